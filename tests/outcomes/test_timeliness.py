"""How complete and timely returns are: each counts once, by when it was first sent."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from outcomes.models import Observation, Submission
from outcomes.models.submissions import State
from outcomes.selectors import timeliness
from partners.models import Organisation
from tests import people

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)


@pytest.fixture
def owe(world):
    """A return of a month of 2026, due on a day of the month after."""

    def owe(month: int, organisation: Organisation | None = None, **fields) -> Submission:
        due = {"due_on": date(2026, month + 1, 20), "period": date(2026, month, 1)}
        submission = Submission(
            collection=world.collection, organisation=organisation or world.rj1, **due | fields
        )
        if submission.first_sent_at:
            sender = world.person("rj1.contributor")
            submission.state = State.SUBMITTED
            submission.submitted_at = submission.entered_at = submission.first_sent_at
            submission.submitted_by = submission.entered_by = sender
        submission.save()
        return submission

    return owe


def on(month: int, day: int, hour: int = 12) -> datetime:
    return timezone.make_aware(datetime.combine(date(2026, month, day), time(hour)))


def figure(world, submission: Submission, **fields) -> Observation:
    return Observation.objects.create(
        submission=submission, measure=world.measure, organisation=submission.organisation,
        period=submission.period, proportion=True, **fields,
    )  # fmt: skip


def test_returns_are_on_time_late_overdue_or_not_due_yet(world, owe):
    owe(9, first_sent_at=on(10, 20, 23))
    owe(9, world.rjz, first_sent_at=on(10, 21))
    owe(10)
    owe(10, world.rjz, due_on=TODAY)
    rows = timeliness.returns(today=TODAY)
    states = {(row.organisation, row.period.month): row.state for row in rows}
    assert states == {
        (world.rj1, 9): "on time",
        (world.rjz, 9): "late",
        (world.rj1, 10): "overdue",
        (world.rjz, 10): "not due yet",
    }
    total = timeliness.total(rows)
    assert (total.expected, total.received) == (4, 2)
    assert (total.on_time, total.late, total.overdue, total.not_due) == (1, 1, 1, 1)


def test_a_return_counts_once_whatever_its_versions(world, owe):
    owe(9, first_sent_at=on(10, 19))
    owe(9, version=2, first_sent_at=on(11, 30), correction_reason="Too high.")
    [row] = timeliness.returns(today=TODAY)
    assert (row.state, row.sent_on) == ("on time", date(2026, 10, 19))


def test_with_data_means_that_something_was_sent_with_a_number(world, owe):
    sent, empty = owe(9, first_sent_at=on(10, 1)), owe(9, world.rjz, first_sent_at=on(10, 1))
    draft = owe(10, state=State.DRAFT)
    for submission in (sent, draft):
        figure(world, submission, numerator=1, denominator=2)
    figure(world, empty, status="not_collected")
    rows = timeliness.returns(today=TODAY)
    assert [row.organisation for row in rows if row.with_data] == [world.rj1]
    assert timeliness.total(rows).with_data == 1


def test_returns_are_narrowed_to_a_collection_and_a_time_and_to_what_was_asked(world, owe):
    owe(9, due_on=TODAY - timedelta(days=100))
    owe(10, due_on=TODAY)
    owe(8)  # before the first period asked for
    assert len(timeliness.returns(today=TODAY)) == 2
    assert len(timeliness.returns(today=TODAY, months="3")) == 1
    world.collection.pk = None
    world.collection.slug = "other"
    world.collection.save()
    assert timeliness.returns(today=TODAY, collection=world.collection) == []


def test_tallies_stand_in_order_and_their_bars_fill_the_line(world, owe):
    owe(9, first_sent_at=on(10, 1))
    owe(10)
    owe(10, world.rjz)
    rows = timeliness.returns(today=TODAY)
    assert [t.name for t in timeliness.by_organisation(rows)] == [world.rj1.name, world.rjz.name]
    assert [t.name for t in timeliness.by_period(rows)] == ["October 2026", "September 2026"]
    assert timeliness.by_organisation(rows)[0].bars == [
        {"x": "0.00", "width": "50.00", "colour": timeliness.COLOURS["on time"]},
        {"x": "50.00", "width": "50.00", "colour": timeliness.COLOURS["overdue"]},
    ]
    assert timeliness.total([]).bars == []


def test_to_ask_names_who_owes_what_and_who_sends_it(world, owe):
    owe(9, due_on=timezone.localdate() - timedelta(days=1))
    owe(10, due_on=timezone.localdate())  # it is not late yet
    [place] = timeliness.to_ask(world.person("analyst"))
    assert place.organisation == world.rj1
    assert [row.period.month for row in place.missing] == [9]
    assert place.people == [world.person("rj1.contributor")]


def test_to_ask_names_people_only_to_who_may_see_them(world, owe):
    owe(9, due_on=timezone.localdate() - timedelta(days=1))
    [place] = timeliness.to_ask(world.person("board"))
    assert place.people == []


def test_progress_says_in_words_what_it_draws_and_can_be_downloaded(client, world, owe):
    today = timezone.localdate()
    owe(9, due_on=today - timedelta(days=1))
    people.sign_in(client, world.person("analyst"))
    page = client.get(reverse("outcomes:progress"), {"months": "3"})
    words = " ".join(page.content.decode().split())
    assert "Of 1 return that we asked for" in words
    assert "1 is overdue" in words
    assert "rj1.contributor@example.org" in words
    answer = client.get(reverse("outcomes:progress-csv"), {"collection": world.collection.slug})
    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    assert lines[1].startswith("A&E waiting times,Guy’s and St Thomas’,RJ1,2026-09-01,September")
    assert lines[1].endswith(",,overdue,no")


def test_progress_of_nothing_and_of_nonsense_is_a_page_too(client, world):
    people.sign_in(client, world.person("analyst"))
    page = client.get(reverse("outcomes:progress"), {"months": "x", "collection": "no-such"})
    assert "No return fell due in this time" in page.content.decode()


def test_csv_guards_names_that_a_spreadsheet_would_run(client, world, owe):
    owe(9, due_on=timezone.localdate())
    Organisation.objects.filter(pk=world.rj1.pk).update(name="=HYPERLINK(1)")
    people.sign_in(client, world.person("analyst"))
    answer = client.get(reverse("outcomes:progress-csv"))
    assert "'=HYPERLINK(1)" in b"".join(answer).decode()
