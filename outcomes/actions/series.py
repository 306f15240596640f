"""Series are derived: asked for when figures are approved or released, built by a job."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from jobs.actions import jobs
from jobs.models import Job, JobState
from outcomes import charts, public_edition
from outcomes.actions import published
from outcomes.aggregation import WHOLE, Part, exact_table
from outcomes.inequalities import inequalities
from outcomes.models import Measure, Observation, Release, Series, Submission
from outcomes.models.releases import Edition
from outcomes.series import Cell, Definition, Inequality, Point, build_points
from outcomes.summaries import build_summary


def request_board(*, submissions: Iterable[Submission], by: Any) -> None:
    """Asks for the board's series of every measure in newly approved submissions."""
    rows = list(submissions)
    cause = hashlib.sha256("".join(sorted(str(s.uuid) for s in rows)).encode()).hexdigest()[:16]
    _request(Edition.BOARD, Submission.objects.filter(pk__in=[s.pk for s in rows]), cause, by)


def request_public(*, release: Release, by: Any) -> None:
    """Keeps the settings of every measure that the release publishes; asks for both editions."""
    measures = Measure.objects.filter(collections__submissions__release=release)
    published.settle(release=release, measures=measures.distinct())
    for edition in (Edition.PUBLIC, Edition.BOARD):
        _request(edition, release.submissions.all(), f"{release.state}:{release.uuid}", by)


def request(*, measure: Measure, cause: str, by: Any) -> None:
    """Asks for both editions of one measure, because its definition has changed."""
    for edition in (Edition.PUBLIC, Edition.BOARD):
        _enqueue(edition, measure.pk, cause, by)


def measures_in(submissions: QuerySet[Submission]) -> QuerySet:
    """The ids of the measures that returns have figures of."""
    measures = Observation.objects.filter(submission__in=submissions).values("measure").distinct()
    return measures.values_list("measure", flat=True).order_by("measure")


def _request(edition: str, submissions: QuerySet[Submission], cause: str, by: Any) -> None:
    for measure_id in measures_in(submissions):
        _enqueue(edition, measure_id, cause, by)


def _enqueue(edition: str, measure_id: int, cause: str, by: Any) -> None:
    jobs.enqueue(
        kind="outcomes.build_series",
        key=f"{edition}:{measure_id}:{cause}",
        payload={"measure": measure_id, "edition": edition},
        by=by,
    )


def lost_builds(jobs_of_interest: QuerySet[Job]) -> list[Job]:
    """The latest job of each cause, where it failed."""
    latest: dict[str, Job] = {}
    for job in jobs_of_interest.order_by("created_at"):
        latest[job.key] = job
    return [job for job in latest.values() if job.state == JobState.FAILED]


def retry_lost() -> int:
    """Asks again, once an hour, for builds that failed; returns how many."""
    now = timezone.now()
    recent = Job.objects.filter(
        kind="outcomes.build_series", created_at__gte=now - timedelta(days=1)
    )
    pause = now - timedelta(hours=1)
    lost = [job for job in lost_builds(recent) if job.finished_at and job.finished_at < pause]
    for job in lost:
        jobs.enqueue(kind=job.kind, key=job.key, payload=job.payload, by=job.created_by)
    return len(lost)


def build(*, measure: Measure, edition: str, job: Job | None = None) -> int:
    """Builds every series of a measure afresh, the public ones from what is kept of each release;
    returns how many.
    """
    if edition == Edition.PUBLIC:
        published.record(measure=measure)
    return _build(measure, edition, job)


@transaction.atomic
def _build(measure: Measure, edition: str, job: Job | None) -> int:
    _hold(measure, edition)
    is_public = edition == Edition.PUBLIC
    table = public_edition.public_table(measure) if is_public else exact_table(measure)
    apart = inequalities(measure, table)
    built = [
        _store(measure, edition, part, cells, apart if part == WHOLE else [])
        for part, cells in table.items()
        if cells
    ]
    measure.series.filter(edition=edition).exclude(pk__in=built).delete()
    if job:
        jobs.confirm(job=job)
    return len(built)


def _hold(measure: Measure, edition: str) -> None:
    """Two builds of the same measure wait for each other, so that the later one wins."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s))", [f"series:{edition}:{measure.pk}"]
        )


def forget(*, measures: Iterable[Measure]) -> None:
    """Takes the series of measures away; what is being built meanwhile goes with them."""
    gone = sorted(measures, key=lambda measure: measure.pk)
    for measure in gone:
        for edition in (Edition.BOARD, Edition.PUBLIC):
            _hold(measure, edition)
    Series.objects.filter(measure__in=gone).delete()


def build_all() -> int:
    """Rebuilds everything from nothing; returns how many series there are."""
    return sum(
        build(measure=measure, edition=edition)
        for measure in Measure.objects.prefetch_related("targets", "rebases")
        for edition in (Edition.PUBLIC, Edition.BOARD)
    )


def _store(
    measure: Measure,
    edition: str,
    part: Part,
    cells: dict[date, Cell],
    apart: list[Inequality],
) -> int:
    definition = Definition.of(measure, on=max(cells))
    if measure.is_count and part != WHOLE:
        definition = replace(definition, target=None)  # a total's target is not that of its parts
    points, chart = build_points(cells, definition)
    summary = build_summary(points, chart, definition) | {"inequalities": apart}
    content = json.dumps(
        [charts.VERSION, measure.name, measure.unit, points, summary], sort_keys=True
    )
    content_hash = hashlib.sha256(content.encode()).hexdigest()
    key: dict[str, Any] = {
        "measure": measure,
        "edition": edition,
        "organisation_id": part.organisation,
        "place_id": part.place,
        "category_id": part.category,
    }
    known = Series.objects.filter(**key, content_hash=content_hash).only("pk").first()
    if known:
        return known.pk
    values: dict[str, Any] = {
        "latest_period": max(cells),
        "points": points,
        "summary": summary,
        "content_hash": content_hash,
    }
    series, _ = Series.objects.update_or_create(
        **key, defaults=values | _drawings(measure, points, definition)
    )
    return series.pk


def _drawings(measure: Measure, points: list[Point], definition: Definition) -> dict[str, str]:
    data = charts.ChartData(
        labels=[point["label"] for point in points],
        values=[point["value"] for point in points],
        means=[point["mean"] for point in points],
        lowers=[point["lower"] for point in points],
        uppers=[point["upper"] for point in points],
        point_types=[point["point_type"] for point in points],
        title=measure.name,
        unit=measure.unit,
        target=definition.target,
        rebase_starts=[i for i, point in enumerate(points) if point["rebase"] and i],
    )
    return {
        "chart_wide": charts.xmr_svg(data, width="wide"),
        "chart_narrow": charts.xmr_svg(data, width="narrow"),
        "sparkline": charts.sparkline_svg(data.values, title=measure.name),
    }
