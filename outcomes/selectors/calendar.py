"""What everybody may know of releases: those to come, those that came, and what they corrected."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import timezone

from outcomes.models import Correction, EarlyReader, Hold, Measure, Release
from outcomes.periods import label
from outcomes.wording import day_text

EARLY = timedelta(hours=24)  # how long before everybody else early readers may look
State = Release.State


@dataclass(frozen=True, slots=True)
class Change:
    """A correction of published figures, in words."""

    measure: Measure
    period: str
    first_day: date
    organisation: str
    organisation_id: int
    reason: str
    at: datetime
    release: Release

    @property
    def day(self) -> str:
        return day_text(timezone.localdate(self.at))


def to_come() -> QuerySet[Release]:
    """Announced releases, the next one first."""
    return Release.objects.announced().prefetch_related("collections__measures").order_by("due_at")


def called_off(since: timedelta = timedelta(days=60)) -> QuerySet[Release]:
    """Announced releases that were called off lately, so that nobody waits for them."""
    recent = timezone.now() - since
    return Release.objects.filter(
        state=State.CANCELLED, due_at__isnull=False, ended_at__gte=recent
    ).order_by("-ended_at")


def holds() -> QuerySet[Hold]:
    return Hold.objects.in_force().filter(last_day__gte=timezone.localdate())


def past() -> QuerySet[Release]:
    """What was published, also what was withdrawn, the latest first."""
    found = Release.objects.filter(state__in=[State.PUBLISHED, State.WITHDRAWN])
    return found.order_by("-published_at", "-pk")


def known() -> QuerySet[Release]:
    """Every release that has a page for everybody."""
    announced = Release.objects.exclude(state__in=[State.PUBLISHED, State.WITHDRAWN])
    return past() | announced.filter(due_at__isnull=False)


def changes(**of: Any) -> list[Change]:
    """Corrections, the latest first: of a measure or of a release, or all."""
    rows = (
        Correction.objects.filter(**of)
        .filter(release__state=State.PUBLISHED)
        .select_related("measure", "release", "submission__collection", "submission__organisation")
        .order_by("-release__published_at", F("submission__period").desc(), "pk")
    )
    return [_change(row) for row in rows]


def _change(row: Correction) -> Change:
    submission = row.submission
    assert row.release.published_at is not None  # noqa: S101  # the database sees to it
    return Change(
        measure=row.measure,
        period=label(submission.period, submission.collection.frequency),
        first_day=submission.period,
        organisation=submission.organisation.name,
        organisation_id=submission.organisation_id,
        reason=submission.correction_reason,
        at=row.release.published_at,
        release=row.release,
    )


def notes(changed: Iterable[Change]) -> dict[tuple[str, int | None], str]:
    """What a file says beside a figure, by ISO date of its period and organisation.

    None stands for every part that adds up several organisations.
    """
    found: dict[tuple[str, int | None], list[str]] = defaultdict(list)
    for one in changed:
        words = f"Corrected on {one.day} ({one.organisation}): {one.reason}"
        for organisation in (None, one.organisation_id):
            found[one.first_day.isoformat(), organisation].append(words)
    return {key: " ".join(words) for key, words in found.items()}


def withdrawn(measure: Measure) -> QuerySet[Release]:
    """Releases that published figures of the measure and were withdrawn, the latest first."""
    found = Release.objects.filter(state=State.WITHDRAWN, submissions__collection__measures=measure)
    return found.distinct().order_by("-ended_at")


def measures(release: Release) -> list[Measure]:
    """What it holds or will hold, each measure once."""
    named = {m for one in release.collections.all() for m in one.measures.all()}
    return sorted(named, key=lambda measure: (measure.order, measure.name))


def early_reader(user: Any, uuid: UUID) -> EarlyReader | None:
    """The user as an early reader of that release, if they may look at it now."""
    now = timezone.now()
    return (
        EarlyReader.objects.filter(user=user, release__uuid=uuid)
        .filter(release__state=State.SCHEDULED, release__due_at__lte=now + EARLY)
        .filter(release__rehearsal__isnull=False)
        .select_related("release__rehearsal")
        .first()
    )


def early_releases(user: Any) -> QuerySet[Release]:
    """The releases that the user may read early now."""
    return Release.objects.filter(
        state=State.SCHEDULED,
        due_at__lte=timezone.now() + EARLY,
        rehearsal__isnull=False,
        early_readers__user=user,
    ).order_by("due_at")
