"""A release is rehearsed: published, looked at and undone, so that people see it beforehand.

The very steps that publish it make what its approver and its early readers look at.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from jobs.actions import jobs
from jobs.models import Job, JobState
from outcomes import public_edition
from outcomes.actions import publication, series
from outcomes.models import Measure, Rehearsal, Release, Series
from outcomes.models.releases import Edition
from outcomes.selectors import releases as read

KIND = "outcomes.rehearse_release"
PAUSE = timedelta(hours=1)  # before one that failed is tried again


class _Undone(Exception):  # noqa: N818 (the way back, not an error)
    pass


def request(*, release: Release, by: Any) -> None:
    """Asks for a rehearsal of the release as it is now."""
    key = f"{release.uuid}:{read.contents(release)[:16]}"
    jobs.enqueue(kind=KIND, key=key, payload={"release": release.pk}, by=by)


def request_stale() -> int:
    """Asks again where returns, measures or what is published changed since; returns how many."""
    stale = []
    for release in Release.objects.filter(state__in=["planned", "scheduled"]):
        failed = read.rehearsals(release).filter(
            state=JobState.FAILED, finished_at__gte=timezone.now() - PAUSE
        )
        if not read.is_rehearsed(release) and not failed.exists():
            stale.append(release)
            request(release=release, by=None)
    return len(stale)


@transaction.atomic
def rehearse(*, release: Release, job: Job | None = None) -> None:
    """Keeps what publishing the release now would give away, and what it would show."""
    row = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    if row.is_to_come:
        rehearsed = {
            "of": read.contents(row),
            "problems": _problems(row),
            "figures": _figures(row),
        }
        Rehearsal.objects.update_or_create(release=row, defaults=rehearsed)
    if job:
        jobs.confirm(job=job)


def _measures(release: Release) -> Any:
    found = Measure.objects.filter(pk__in=series.measures_in(release.submissions.all()))
    return found.prefetch_related("targets", "rebases")


def _problems(release: Release) -> list[dict[str, Any]]:
    """What the release would give away, for each measure that would."""
    adding = list(release.submissions.all())
    found = []
    for measure in _measures(release):
        if public_edition.is_protected(measure):
            problems = public_edition.problems(measure, adding, reissued=release.reissued)
            if problems:
                found.append({"measure": measure.name, "problems": problems})
    return found


def _figures(release: Release) -> list[dict[str, Any]]:
    """What readers will see of each measure: its sentence, and its parts in the latest period."""
    figures: list[dict[str, Any]] = []
    try:
        with transaction.atomic():
            by = release.approved_by or release.planned_by
            publication.make_public(release=release, at=timezone.now(), by=by)
            for measure in _measures(release):
                series.build(measure=measure, edition=Edition.PUBLIC)
                figures.append(_shown(measure))
            raise _Undone
    except _Undone:
        release.refresh_from_db()
    return figures


def _shown(measure: Measure) -> dict[str, Any]:
    built = Series.objects.public().filter(measure=measure).without_drawings()
    parts = built.select_related("organisation", "place", "category")
    whole = built.whole().first()
    return {
        "measure": measure.name,
        "sentence": whole.summary["sentence"] if whole else "",
        "parts": [
            [one.part_name, one.summary["period_label"], one.summary["text"]] for one in parts
        ],
    }
