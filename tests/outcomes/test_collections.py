"""Collections: what analysts write, what it does to returns that are open, and how it is said."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from outcomes.actions import collections, submissions
from outcomes.actions.submissions import Conflict
from outcomes.models import Collection, Extension, Measure, Submission
from outcomes.models.submissions import State
from outcomes.periods import add_working_days, due_on, latest_ended, shift
from outcomes.rulebook import RuleError
from outcomes.selectors import collections as read

pytestmark = pytest.mark.django_db
NEWEST = latest_ended(timezone.localdate(), "month")


def fields(**changes):
    return {
        "name": "A&E waiting times",
        "guidance": "",
        "frequency": "month",
        "due_working_days": 15,
        "reminder_days": [-5, 1],
        "closing_working_days": None,
        "accepts_from": date(2016, 4, 1),
        "asks_from": NEWEST,
        "asks_to": None,
    } | changes


@pytest.fixture
def change(world):
    def change(**changes) -> Collection:
        asked = {
            "measures": changes.pop("measures", [world.measure]),
            "organisations": changes.pop("organisations", [world.rj1, world.rjz]),
        }
        return collections.change(
            collection=world.collection, **asked, **fields(**changes), by=world.person("analyst")
        )

    return change


@pytest.fixture
def a_return(world):
    """A return of the newest month, due in so many days."""

    def a_return(days: int, **more) -> Submission:
        due = timezone.localdate() + timedelta(days=days)
        return Submission.objects.create(
            collection=world.collection,
            **{"organisation": world.rj1, "period": NEWEST, "due_on": due} | more,
        )  # fmt: skip

    return a_return


def test_create_makes_a_collection_whose_returns_the_tick_opens(world):
    made = collections.create(
        partnership=world.partnership,
        measures=[world.measure],
        organisations=[world.rj1],
        **fields(name="New", asks_from=NEWEST + timedelta(days=9)),
        by=world.person("analyst"),
    )
    assert (made.slug, made.asks_from) == ("new-2", NEWEST)
    submissions.open_due()
    opened = made.submissions.get()
    assert (opened.organisation, opened.period, opened.state) == (world.rj1, NEWEST, State.DUE)
    assert opened.due_on == due_on(NEWEST, "month", 15)


def test_two_collections_of_one_name_have_two_addresses(world):
    made = [
        collections.create(
            partnership=world.partnership,
            measures=[],
            organisations=[],
            **fields(),
            by=world.person("analyst"),
        ).slug
        for _ in range(2)
    ]
    assert made == ["ae-waiting-times-2", "ae-waiting-times-3"]


def test_change_refuses_what_is_not_the_analysts_to_set(change):
    with pytest.raises(TypeError, match="slug"):
        change(slug="other")


def test_change_moves_a_due_day_that_is_still_to_come(world, change, a_return):
    waiting, later = a_return(days=3), 60
    change(due_working_days=later)
    waiting.refresh_from_db()
    assert waiting.due_on == due_on(NEWEST, "month", later)


@pytest.mark.parametrize("days", [60, 0])
def test_change_leaves_the_due_day_of_what_is_overdue_or_was_sent(world, change, a_return, days):
    overdue = a_return(days=-1)
    sent = a_return(days=3, organisation=world.rjz, first_sent_at=timezone.now(), state="draft")
    before = [overdue.due_on, sent.due_on]
    change(due_working_days=days)
    for row in (overdue, sent):
        row.refresh_from_db()
    assert [overdue.due_on, sent.due_on] == before


def test_change_makes_nobody_late(change, a_return):
    waiting = a_return(days=3)
    change(due_working_days=0)  # the last day of the month that has ended
    waiting.refresh_from_db()
    assert waiting.due_on == timezone.localdate() + timedelta(days=3)


def test_change_takes_back_untouched_returns_that_are_no_longer_asked_for(world, change, a_return):
    a_return(days=3)
    begun = a_return(days=3, organisation=world.rjz, state=State.DRAFT)
    change(asks_from=shift(NEWEST, "month", 1))
    assert list(world.collection.submissions.all()) == [begun]


def test_change_takes_back_untouched_returns_of_who_is_no_longer_asked(world, change, a_return):
    a_return(days=3)
    kept = a_return(days=3, organisation=world.rjz)
    old = a_return(days=3, organisation=world.rjz, period=shift(NEWEST, "month", 1))
    change(organisations=[world.rjz], asks_to=NEWEST)
    assert list(world.collection.submissions.all()) == [kept]
    assert not Submission.objects.filter(pk=old.pk).exists()


def test_change_keeps_the_frequency_once_returns_are_open(change, a_return):
    assert change(frequency="quarter").frequency == "quarter"
    change(frequency="month")
    a_return(days=3)
    with pytest.raises(Conflict, match="stays monthly"):
        change(frequency="year")


@pytest.fixture
def extend(world, change):
    change(closing_working_days=20)
    world.collection.refresh_from_db()

    def extend(**changes) -> Extension:
        given = {
            "collection": world.collection,
            "organisation": world.rj1,
            "period": date(2016, 4, 1),
            "until": timezone.localdate() + timedelta(days=7),
            "reason": "Their system was down.",
            "by": world.person("analyst"),
        }
        return collections.extend(**given | changes)

    return extend


def test_extend_keeps_one_exception_for_each_period(world, extend):
    extend()
    later = extend(until=timezone.localdate() + timedelta(days=9), reason="Still down.")
    assert Extension.objects.get() == later
    collections.end_extension(extension=later, by=world.person("analyst"))
    assert not Extension.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": " "}, "Say why"),
        ({"until": timezone.localdate() - timedelta(days=1)}, "has passed"),
        ({"until": date(2016, 5, 1)}, "open until 31 May 2016 anyway"),
    ],
)
def test_extend_refuses_what_makes_no_sense(extend, changes, words):
    with pytest.raises(Conflict, match=words):
        extend(**changes)


def test_extend_refuses_who_is_not_asked_and_what_never_closes(world, extend, change):
    change(closing_working_days=20, organisations=[world.rjz])
    with pytest.raises(Conflict, match="does not ask"):
        extend()
    world.collection.closing_working_days = None
    with pytest.raises(Conflict, match="never closes"):
        extend()


def test_rule_is_kept_as_it_was_written_and_said_in_words(world):
    term = {"measure": world.measure.slug, "part": "numerator", "factor": 2}
    rule = {
        "left": [term],
        "operator": "<=",
        "right": [{**term, "part": "denominator", "factor": 1}, {"number": 10}],
        "when_missing": "ask",
        "weight": "may",
        "sentence": "Check attendances.",
    }
    by = world.person("analyst")
    written = collections.write_rule(collection=world.collection, **rule, by=by)
    changed = collections.write_rule(
        collection=world.collection, rule=written, **rule | {"operator": "<"}, by=by
    )
    assert changed.pk == written.pk
    assert read.rules_in_words(world.collection) == [
        (changed, "2 × attendances seen within 4 hours is less than attendances plus 10.")
    ]
    with pytest.raises(RuleError):
        collections.write_rule(collection=world.collection, **rule | {"left": []}, by=by)
    collections.drop_rule(rule=changed, by=by)
    assert not world.collection.rules.exists()


def test_rule_is_tried_at_once_on_returns_that_are_not_sent_yet(world, send):
    draft = send().submissions.first()
    term = {"measure": world.measure.slug, "part": "denominator", "factor": 1}
    rule = {"operator": "<=", "when_missing": "skip", "weight": "must", "sentence": "Too many."}
    written = {"collection": world.collection, "left": [term], "by": world.person("analyst")}
    strict = collections.write_rule(**written, **rule, right=[{"number": 1}])
    assert draft.flags.filter(rule=strict).exists()
    collections.write_rule(**written, **rule, right=[{"number": 10**6}], rule=strict)
    assert not draft.flags.filter(rule=strict).exists()


def test_figures_of_one_name_are_told_apart_by_their_measure(world):
    Measure.objects.create(
        version=1,
        partnership=world.partnership, slug="deaths", name="Deaths", description="x",
        kind=Measure.Kind.COUNT, numerator_label="attendances", unit="people",
        sentence_subject="x", direction=Measure.Direction.DECREASE, source="x", owner=world.rj1,
    )  # fmt: skip
    names = read.names_of_figures(Measure.objects.all())
    assert names["deaths", "numerator"] == "attendances (Deaths)"
    assert names[world.measure.slug, "denominator"].startswith("attendances (A&E")
    assert names[world.measure.slug, "numerator"] == "attendances seen within 4 hours"
    assert ("deaths", "denominator") not in names


def test_next_dates_are_real_days(world):
    collection = Collection(
        frequency="month", due_working_days=15, reminder_days=[1, -5, 0], closing_working_days=20,
        asks_from=date(2026, 9, 1),
    )  # fmt: skip
    dates = read.next_dates(collection, date(2026, 12, 1))
    assert (dates.period, dates.due_on) == ("November 2026", date(2026, 12, 21))
    assert dates.reminders == [date(2026, 12, 14), date(2026, 12, 21), date(2026, 12, 22)]
    assert dates.closes_on == date(2026, 12, 30)  # the 28th is a bank holiday
    collection.asks_to = date(2026, 11, 1)
    assert read.next_dates(collection, date(2026, 12, 21)).ends
    assert read.next_dates(collection, date(2026, 12, 22)) is None
    collection.asks_from = date(2027, 4, 1)
    collection.asks_to = None
    assert read.next_dates(collection, date(2026, 12, 1)).period == "April 2027"


def test_add_working_days_goes_back_over_weekends_and_bank_holidays():
    assert add_working_days(date(2026, 12, 29), -1) == date(2026, 12, 24)
    assert add_working_days(date(2026, 12, 29), 0) == date(2026, 12, 29)


def test_organisations_to_ask_hold_those_that_are_asked_already(world):
    world.rjz.closed_on = timezone.localdate()
    world.rjz.save()
    assert list(read.organisations_to_ask()) == [world.rj1]
    assert set(read.organisations_to_ask(world.collection)) == {world.rj1, world.rjz}
