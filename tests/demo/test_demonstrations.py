from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Sum

from accounts.models import User
from demo.actions import demonstrations, returns
from demo.catalogue import DEMONSTRATIONS
from demo.content import Demonstration
from outcomes.actions import series
from outcomes.models import Measure, Observation, Release, Series, Submission
from outcomes.models.releases import Edition
from pages.models import HomePage, StatementPage
from partners.models import Organisation, Partnership
from reports.models import Report

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
LAST_MONTH = date(2026, 10, 1)
SLIC, SWL = DEMONSTRATIONS["slic"], DEMONSTRATIONS["swl"]
State = Submission.State


def numbers(content: Demonstration, today: date) -> set[tuple]:
    """Every observation up to October, by words instead of ids, when loaded on that day."""
    with transaction.atomic():
        demonstrations.create(content=content, today=today)
        found = Observation.objects.filter(period__lte=LAST_MONTH).values_list(
            "measure__slug",
            "organisation__slug",
            "place__slug",
            "category__scheme",
            "category__slug",
            "period",
            "numerator",
            "denominator",
            "status",
        )
        rows = set(found)
        transaction.set_rollback(True)
    return rows


@pytest.mark.parametrize("content", DEMONSTRATIONS.values(), ids=list(DEMONSTRATIONS))
def test_load_makes_a_whole_portal(content):
    call_command("demo", content.slug, today=TODAY, verbosity=0)

    connection.check_constraints()
    assert Partnership.objects.current(TODAY).slug == content.current.slug
    assert not Partnership.objects.filter(is_demonstration=False).exists()
    for measure in content.measures:
        whole = Series.objects.whole().filter(measure__slug=measure.slug)
        editions = {each.edition: each for each in whole}
        assert set(editions) == ({"public", "board"} if measure.pattern else set())
        assert all(each.latest_period == LAST_MONTH for each in editions.values())
    assert Series.objects.public().filter(summary__provisional=True).exists()
    assert Report.objects.get().state == Report.State.READY
    assert HomePage.objects.live().count() == 1
    assert StatementPage.objects.live().count() == len(content.statements)


def test_load_lets_the_portal_compute_the_headlines_of_slic():
    demonstrations.create(content=SLIC, today=TODAY)

    for slug, more_than, most in [
        ("home-support-starts", 3_000, 3_150),
        ("holistic-assessments-done", 7_000, 7_200),
    ]:
        year = Observation.objects.filter(
            measure__slug=slug,
            category=None,
            period__range=(date(2015, 4, 1), date(2016, 3, 1)),
        )
        assert more_than < year.aggregate(total=Sum("numerator"))["total"] <= most
        for edition in Edition.values:
            series.build(measure=Measure.objects.get(slug=slug), edition=edition)
            whole = Series.objects.whole().get(measure__slug=slug, edition=edition)
            point = next(p for p in whole.points if p["period"] == "2016-03-01")
            assert more_than < point["year_total"] <= most


@pytest.mark.parametrize(
    ("content", "late"), [(SLIC, "lambeth-council"), (SWL, "epsom-and-st-helier")]
)
def test_create_draws_the_same_numbers_on_a_later_day(content, late):
    first = numbers(content, TODAY)
    later = numbers(content, date(2026, 12, 23))

    # Who was late for October has answered by December; nothing else is different.
    assert first < later
    assert {(row[1], row[5]) for row in later - first} == {(late, LAST_MONTH)}


def test_create_leaves_the_real_measure_to_partners():
    demonstrations.create(content=SLIC, today=TODAY)

    assert not Observation.objects.filter(measure__slug="ae-4-hour-performance").exists()
    due = Submission.objects.filter(collection__slug="ae-waiting-times")
    assert set(due.values_list("organisation__ods_code", "period", "state")) == {
        ("RJ1", LAST_MONTH, State.DUE),
        ("RJZ", LAST_MONTH, State.DUE),
    }
    measure = Measure.objects.get(slug="ae-4-hour-performance")
    assert measure.target_on(LAST_MONTH) == 95


def test_create_closes_organisations_into_their_successors():
    demonstrations.create(content=SLIC, today=TODAY)

    for code in ("08Q", "08K"):
        closed = Organisation.objects.get(ods_code=code)
        assert closed.closed_on == date(2020, 3, 31)
        assert closed.successor.ods_code == "72Q"
        assert closed.successor.successor.ods_code == "QKK"


def test_create_publishes_all_but_the_late_and_the_real():
    demonstrations.create(content=SWL, today=TODAY)

    waiting = Submission.objects.exclude(state=State.RELEASED).exclude(
        collection__slug="ae-waiting-times"
    )
    assert list(waiting.values_list("organisation__slug", "period", "state")) == [
        ("epsom-and-st-helier", LAST_MONTH, State.DUE)
    ]
    released = Submission.objects.filter(state=State.RELEASED)
    assert released.exclude(observations__isnull=False).count() == 0
    for submission in released.select_related("release"):
        assert submission.approved_at < submission.release.published_at


def test_create_shows_a_trust_under_the_name_it_then_had():
    demonstrations.create(content=SWL, today=TODAY)

    kingston = Organisation.objects.get(ods_code="RAX")
    assert kingston.name_on(date(2023, 4, 1)).startswith("Kingston Hospital")
    assert kingston.name_on(TODAY) == kingston.name


def test_create_loads_nothing_of_a_month_without_a_working_day_yet():
    demonstrations.create(content=SWL, today=date(2026, 11, 1))

    assert set(Submission.objects.filter(period=LAST_MONTH).values_list("state", flat=True)) == {
        State.DUE
    }
    assert not Observation.objects.filter(period=LAST_MONTH).exists()


def test_create_refuses_a_portal_that_is_in_use():
    demonstrations.create(content=SWL, today=TODAY)

    with pytest.raises(demonstrations.NotEmpty, match="make reset, then make run DEMO=slic"):
        demonstrations.create(content=SLIC, today=TODAY)


def test_load_leaves_nothing_behind_when_it_fails(monkeypatch):
    def fail(*args):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(returns, "_publish", fail)
    with pytest.raises(RuntimeError, match="disk is full"):
        demonstrations.load(content=SWL, today=TODAY)

    for model in (Partnership, Organisation, User, Measure, Submission, Observation, Release):
        assert not model.objects.exists()
