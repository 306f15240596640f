"""A release of many figures: published, protected, built and drawn, beside adding them up alone."""

import io
import random
from collections.abc import Iterator
from itertools import product

from django.db import connection
from django.utils import timezone

from bench.portal import START, World
from bench.timing import Result, seconds
from outcomes.actions import publication, published, releases, series
from outcomes.models import Observation, PublishedCell, Release, Submission
from outcomes.models.releases import Edition
from outcomes.models.submissions import State
from outcomes.periods import shift

COLUMNS = """submission_id, measure_id, organisation_id, place_id, category_id, period, numerator,
    denominator, status, proportion"""
# The least that anybody has to do: read each figure once and add it up by all parts there are.
ADDED_UP = """
    SELECT measure_id, period, organisation_id, place_id, category_id, sum(numerator),
           sum(denominator)
      FROM outcomes_observation WHERE submission_id = ANY(%s)
     GROUP BY GROUPING SETS ((measure_id, period), (measure_id, period, organisation_id),
                             (measure_id, period, place_id), (measure_id, period, category_id))
"""


def measure(world: World, sizes: list[int]) -> Iterator[Result]:
    """One release of each size, in periods of their own; small groups of people are in all."""
    first, per_figure = 0, None
    for size in sorted(sizes):
        months = max(1, round(size / len(_cells(world))))
        approved = _approve(world, first, months)
        first -= months + 1
        figures = Observation.objects.filter(submission__in=approved).count()
        release = _plan(world, approved)
        publishing = seconds(lambda r=release: _publish(r, world))
        keeping = seconds(lambda: [published.record(measure=one) for one in world.measures])
        building = seconds(lambda: _build(world))
        least = seconds(lambda a=approved: _add_up(a))
        whole = publishing + keeping + building
        growth = f"{whole / figures / per_figure:.2f} of the time a figure" if per_figure else ""
        per_figure = per_figure or whole / figures
        yield Result(
            f"release of {figures:,} figures",
            f"{whole:.1f} s: {publishing:.1f}, {keeping:.1f}, {building:.1f}",
            f"added up alone: {least:.2f} s",
            whole / least,
            growth or _kept(release),
        )


def _cells(world: World) -> list[tuple]:
    """Each part that each measure has figures of."""
    places = [place.pk for place in world.places]
    groups = [None, *(group.pk for group in world.groups)]
    measures = [one.pk for one in world.measures]
    organisations = [one.pk for one in world.organisations]
    return list(product(organisations, places, groups, measures))


def _approve(world: World, first: int, months: int) -> list[int]:
    """Approved returns with figures of so many months before the beginning."""
    now = timezone.now()
    periods = [shift(START, "month", first - months + step) for step in range(months)]
    made = Submission.objects.bulk_create(
        Submission(
            collection=world.collection, organisation=organisation, period=period, due_on=period,
            state=State.APPROVED, entered_at=now, entered_by=world.sender, submitted_at=now,
            submitted_by=world.sender, approved_at=now, approved_by=world.approver,
        )
        for organisation, period in product(world.organisations, periods)
    )  # fmt: skip
    by_key = {(one.organisation_id, one.period): one.pk for one in made}
    chance, lines = random.Random(20161122), io.StringIO()  # noqa: S311 (figures, not secrets)
    for period in periods:
        for organisation, place, group, one in _cells(world):
            out_of = chance.randrange(4, 60) if group else chance.randrange(200, 400)
            people = out_of * chance.randrange(75, 101) // 100
            key = by_key[organisation, period]
            row = (key, one, organisation, place, group or "\\N", period, people, out_of)
            lines.write("\t".join(map(str, (*row, "value", "t"))) + "\n")
    lines.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY outcomes_observation ({COLUMNS}) FROM STDIN", lines)
        cursor.execute("ANALYZE outcomes_observation")
    return list(by_key.values())


def _plan(world: World, approved: list[int]) -> Release:
    release = releases.plan(
        partnership=world.partnership, title=f"Bench {approved[0]}",
        collections=[world.collection], by=world.sender,
    )  # fmt: skip
    Submission.objects.filter(pk__in=approved).update(release=release)
    return release


def _publish(release: Release, world: World) -> None:
    publication.make_public(release=release, at=timezone.now(), by=world.sender)
    series.request_public(release=release, by=world.sender)


def _build(world: World) -> None:
    for one in world.measures:
        series.build(measure=one, edition=Edition.PUBLIC)


def _add_up(approved: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ADDED_UP, [approved])
        cursor.fetchall()


def _kept(release: Release) -> str:
    cells = PublishedCell.objects.filter(published__release=release)
    return f"{cells.count():,} kept, {cells.exclude(hidden='').count():,} hidden"
