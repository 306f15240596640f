"""Series are what the observations say: sums, limits, texts; hidden numbers stay hidden."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.core.management import call_command
from django.utils import timezone

from jobs.models import Job
from outcomes.actions import series, submissions
from outcomes.models import (
    Category,
    Collection,
    Measure,
    Observation,
    Series,
    Submission,
    Target,
)
from outcomes.models.submissions import State
from partners.models import Place
from tests.outcomes.world import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(world, approved, run_jobs):
    release = publish(world, approved)
    run_jobs()
    return release


def whole(measure, edition="public"):
    return Series.objects.whole().get(measure=measure, edition=edition)


def test_values_are_exact_to_the_last_digit(world, published):
    points = whole(world.measure).points
    assert [p["value"] for p in points] == [
        float(Fraction(100 * 10335, 11554)),
        float(Fraction(100 * 11448, 13263)),
    ]
    assert [p["text"] for p in points] == ["89.4", "86.3"]


def test_approved_figures_reach_the_board_before_the_public(world, approved, run_jobs):
    run_jobs()
    assert whole(world.measure, "board").points
    assert not Series.objects.public().exists()


def test_summary_says_what_people_need(world, published):
    summary = whole(world.measure).summary
    assert (summary["text"], summary["period_label"]) == ("86.3%", "May 2016")
    assert (summary["target_text"], summary["target_met"]) == ("95%", False)
    assert "In May 2016, 86.3% of people were seen within 4 hours." in summary["sentence"]
    assert not summary["provisional"]


@pytest.fixture
def late_partner(world, published):
    """The other trust was asked for May 2016 and has not answered."""
    world.collection.asks_from = date(2016, 5, 1)
    world.collection.save()
    return Submission.objects.create(
        collection=world.collection,
        organisation=world.rjz,
        period=date(2016, 5, 1),
        due_on=date(2016, 6, 20),
    )


def test_missing_organisation_makes_the_figure_provisional(world, late_partner):
    series.build(measure=world.measure, edition="public")
    summary = whole(world.measure).summary
    assert (summary["reported"], summary["expected"], summary["provisional"]) == (1, 2, True)


def test_provisional_figure_is_shown_but_not_compared(world, late_partner):
    series.build(measure=world.measure, edition="public")
    first, last = whole(world.measure).points
    summary = whole(world.measure).summary
    assert (last["text"], last["mean"]) == ("86.3", first["value"])  # May shapes no average
    assert (summary["variation"], summary["target_met"]) == ("", None)
    assert "too early to compare" in summary["sentence"]


def test_draft_nobody_asked_for_makes_no_figure_provisional(world, late_partner):
    world.collection.asks_from = date(2016, 6, 1)
    world.collection.save()
    series.build(measure=world.measure, edition="public")
    assert not whole(world.measure).summary["provisional"]


def test_rebuilding_from_nothing_gives_the_same_hashes(world, published, capsys):
    before = set(Series.objects.values_list("pk", "content_hash"))
    call_command("rebuild_series", "--from-nothing")
    after = set(Series.objects.values_list("pk", "content_hash"))
    assert {content for _, content in after} == {content for _, content in before}
    assert not {pk for pk, _ in after} & {pk for pk, _ in before}
    assert capsys.readouterr().out == f"{len(after)} series built, 0 of them differently.\n"
    Series.objects.filter(edition="board").whole().update(content_hash="other")
    call_command("rebuild_series")
    assert "Different: board, ae-4-hour-performance\n" in capsys.readouterr().out


def test_unchanged_series_are_left_alone(world, published):
    built = whole(world.measure).built_at
    series.build(measure=world.measure, edition="public")
    assert whole(world.measure).built_at == built


def test_gap_in_the_months_is_shown_as_no_data(world, send, run_jobs):
    header = "period,org_code,type,attendances,breaches,admissions\n"
    upload = send(header + "2016-04-01,RJ1,1,10,1,1\n2016-06-01,RJ1,1,10,2,1\n")
    rows = Submission.objects.filter(upload=upload)
    for step, name in (
        (submissions.submit, "rj1.contributor"),
        (submissions.approve, "rj1.approver"),
    ):
        seen = submissions.fingerprint(rows.all())
        step(submissions=rows, seen=seen, by=world.person(name))
    run_jobs()
    points = whole(world.measure, "board").points
    assert [p["text"] for p in points] == ["90.0", "no data", "80.0"]


@pytest.fixture
def small_numbers(world, published):
    """A count of people with an age breakdown of 120, 3 and 10, published as it is."""
    measure = Measure.objects.create(
        version=1,
        partnership=world.partnership,
        slug="people",
        name="People helped",
        kind="count",
        numerator_label="people",
        unit="people",
        sentence_subject="were helped",
        direction="increase",
        source="Test",
        owner=world.rj1,
    )
    world.collection.measures.add(measure)
    submission = Submission.objects.create(
        collection=world.collection,
        organisation=world.rjz,
        period=date(2016, 4, 1),
        due_on=date(2016, 5, 20),
    )
    add = lambda n, category=None: Observation.objects.create(  # noqa: E731
        submission=submission, measure=measure, organisation=world.rjz, category=category,
        period=date(2016, 4, 1), numerator=n,
    )  # fmt: skip
    add(133)
    for order, number in enumerate([120, 3, 10]):
        category = Category.objects.create(
            scheme="age", slug=f"band-{order}", name=f"Band {order}", order=order
        )
        add(number, category)
    when = published.published_at
    people = world.people
    Submission.objects.filter(pk=submission.pk).update(
        state=State.RELEASED, release=published,
        entered_at=when, entered_by=people["rjz.contributor"],
        submitted_at=when, submitted_by=people["rjz.contributor"],
        approved_at=when, approved_by=people["rjz.approver"],
    )  # fmt: skip
    for edition in ("public", "board"):
        series.build(measure=measure, edition=edition)
    return measure


def by_band(measure, edition):
    rows = Series.objects.filter(measure=measure, edition=edition).exclude(category=None)
    return {s.category.slug: s.points[0]["numerator"] for s in rows}


def test_public_edition_rounds_and_hides_small_numbers_and_their_partner(small_numbers):
    assert by_band(small_numbers, "public") == {"band-0": 120, "band-1": None, "band-2": None}
    assert whole(small_numbers).points[0]["numerator"] == 135
    hidden = Series.objects.get(measure=small_numbers, edition="public", category__slug="band-1")
    stored = f"{hidden.points}{hidden.summary}{hidden.chart_wide}"
    assert (hidden.points[0]["status"], hidden.points[0]["text"]) == ("suppressed", "hidden")
    assert "3.0" not in stored and ">3<" not in stored


def test_board_edition_shows_exact_numbers(small_numbers):
    assert by_band(small_numbers, "board") == {"band-0": 120, "band-1": 3, "band-2": 10}
    assert whole(small_numbers, "board").points[0]["numerator"] == 133


def test_target_of_a_count_is_judged_for_the_whole_only(small_numbers):
    Target.objects.create(
        measure=small_numbers, value=100, from_date=date(2016, 4, 1), agreed_at=timezone.now()
    )
    series.build(measure=small_numbers, edition="board")
    part = Series.objects.get(measure=small_numbers, edition="board", organisation__ods_code="RJZ")
    assert whole(small_numbers, "board").summary["target_met"] is True
    assert (part.summary["target"], part.summary["target_met"]) == (None, None)


@pytest.fixture
def councils(world, published):
    """Both trusts are asked for people helped, each for its own borough; RJ1 is late in May."""
    lambeth = Place.objects.create(slug="lambeth", name="Lambeth", gss_code="E09000022")
    southwark = Place.objects.get(slug="southwark")
    measure = Measure.objects.create(
        version=1,
        partnership=world.partnership,
        slug="people",
        name="People helped",
        kind="rate",
        numerator_label="people helped",
        denominator_label="people who live here",
        multiplier=100,
        unit="in 100 people",
        sentence_subject="were helped",
        direction="increase",
        source="Test",
        owner=world.rj1,
    )
    collection = Collection.objects.create(
        partnership=world.partnership,
        slug="councils",
        name="Councils",
        accepts_from=date(2016, 4, 1),
        asks_from=date(2016, 4, 1),
    )
    collection.measures.add(measure)
    answers = [
        (world.rj1, southwark, date(2016, 4, 1), 200, "value"),
        (world.rjz, lambeth, date(2016, 4, 1), 300, "value"),
        (world.rj1, southwark, date(2016, 5, 1), None, "late"),
        (world.rjz, lambeth, date(2016, 5, 1), 300, "value"),
    ]
    for organisation, place, period, number, status in answers:
        submission = Submission.objects.create(
            collection=collection, organisation=organisation, period=period, due_on=period
        )
        Observation.objects.create(
            submission=submission, measure=measure, organisation=organisation, place=place,
            period=period, numerator=number, denominator=1000, status=status,
        )  # fmt: skip
        Submission.objects.filter(pk=submission.pk).update(
            state=State.RELEASED, release=published,
            entered_at=published.published_at, entered_by=world.person("rjz.contributor"),
            submitted_at=published.published_at, submitted_by=world.person("rjz.contributor"),
            approved_at=published.published_at, approved_by=world.person("rjz.approver"),
        )  # fmt: skip
    series.build(measure=measure, edition="public")
    return measure


def test_borough_waits_only_for_those_who_report_on_it(councils):
    lambeth = Series.objects.public().get(measure=councils, place__slug="lambeth")
    assert (lambeth.summary["reported"], lambeth.summary["expected"]) == (1, 1)
    assert not lambeth.summary["provisional"]
    southwark = Series.objects.public().get(measure=councils, place__slug="southwark")
    assert (southwark.summary["reported"], southwark.summary["expected"]) == (0, 1)


def test_late_answer_counts_neither_as_a_report_nor_in_the_rate(councils):
    april, may = whole(councils).points
    assert (april["value"], april["reported"]) == (25.0, 2)
    assert (may["value"], may["reported"], may["expected"]) == (30.0, 1, 2)


def test_failed_build_is_seen_and_tried_again_after_an_hour(world, published, run_jobs):
    builds = Job.objects.filter(kind="outcomes.build_series", key__contains="published:")
    assert series.lost_builds(builds) == []
    job = builds.first()
    earlier = timezone.now() - timedelta(hours=2)
    Job.objects.filter(pk=job.pk).update(state="failed", finished_at=earlier, error="no luck")
    assert series.lost_builds(builds) == [job]
    assert series.retry_lost() == 1
    assert series.retry_lost() == 0
    run_jobs()
    assert series.lost_builds(builds) == []
