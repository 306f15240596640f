"""Which measures a new version changes, noted when it is published."""

from collections.abc import Iterator
from typing import Any

from outcomes.models import Correction, Observation, Release, Submission
from outcomes.models.submissions import State

FIGURE = ("place", "category", "numerator", "denominator", "status")
Figures = dict[int, set[tuple[Any, ...]]]  # of each measure


def note(*, release: Release) -> int:
    """Notes each measure whose published figures the release changes; returns how many notes."""
    notes = [
        Correction(release=release, submission=submission, measure_id=measure)
        for submission in release.submissions.filter(version__gt=1).order_by("pk")
        for measure in sorted(_changed(submission))
    ]
    Correction.objects.bulk_create(notes)
    return len(notes)


def _changed(submission: Submission) -> Iterator[int]:
    before = (
        Submission.objects.filter(
            collection=submission.collection_id,
            organisation=submission.organisation_id,
            period=submission.period,
            version__lt=submission.version,
            state=State.RELEASED,
        )
        .order_by("-version")
        .first()
    )
    if before is None:
        return
    old, new = _figures(before), _figures(submission)
    for measure in old.keys() | new.keys():
        if old.get(measure) != new.get(measure):
            yield measure


def _figures(submission: Submission) -> Figures:
    figures: Figures = {}
    rows = Observation.objects.filter(submission=submission).values_list("measure", *FIGURE)
    for measure, *figure in rows:
        figures.setdefault(measure, set()).add(tuple(figure))
    return figures
