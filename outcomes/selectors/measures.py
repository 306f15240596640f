"""Measures as analysts look after them: which are agreed, what waits, what is due for review."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from outcomes.models import Measure, MeasureVersion, Rebase, Target

SOON = timedelta(days=30)
OPEN = (MeasureVersion.State.DRAFT, MeasureVersion.State.IN_REVIEW)


def not_agreed(measures: Iterable[Measure]) -> list[Measure]:
    """Those that must not be asked for or published: never agreed, or retired."""
    return [measure for measure in measures if not measure.is_in_use]


def measures() -> QuerySet[Measure]:
    """All of them, each with its version that is not agreed yet as `open_versions`."""
    waiting = MeasureVersion.objects.filter(state__in=OPEN)
    return Measure.objects.select_related("owner", "programme").prefetch_related(
        Prefetch("versions", waiting, to_attr="open_versions")
    )


def open_version(measure: Measure) -> MeasureVersion | None:
    """The version that is written or reviewed."""
    found = measure.versions.filter(state__in=OPEN)
    return found.select_related("proposed_by", "owner", "programme").first()


def agreed_versions(measure: Measure) -> QuerySet[MeasureVersion]:
    """The versions that were ever in force, the newest first."""
    agreed = measure.versions.filter(state=MeasureVersion.State.AGREED)
    return agreed.select_related("measure", "agreed_by", "proposed_by", "owner", "programme")


@dataclass(frozen=True)
class Waiting:
    """What analysts have to do about definitions."""

    versions: list[MeasureVersion]  # a second person has to decide
    rebases: list[Rebase]
    targets: list[Target]
    reviews: list[Measure]  # due within a month, or past

    def __bool__(self) -> bool:
        return bool(self.versions or self.rebases or self.targets or self.reviews)


def waiting(user: Any, today: date | None = None) -> Waiting:
    """What waits for this person: not what they wrote or proposed themselves."""
    soon = (today or timezone.localdate()) + SOON
    versions = MeasureVersion.objects.filter(state=MeasureVersion.State.IN_REVIEW)
    rebases = Rebase.objects.filter(agreed_at=None).exclude(proposed_by=user)
    targets = Target.objects.filter(agreed_at=None).exclude(proposed_by=user)
    return Waiting(
        versions=list(versions.exclude(makers=user).select_related("measure", "proposed_by")),
        rebases=list(rebases.select_related("measure", "proposed_by").order_by("pk")),
        targets=list(targets.select_related("measure", "proposed_by").order_by("pk")),
        reviews=list(Measure.objects.in_use().filter(next_review_on__lte=soon)),
    )
