"""How one figure was made: its numbers, who reported, which releases showed it, what was hidden."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst

from outcomes import provenance_words as words
from outcomes.models import (
    Measure,
    Observation,
    PublishedCell,
    PublishedMeasure,
    Rebase,
    Release,
    Series,
    Submission,
)
from outcomes.models.releases import Edition
from outcomes.models.submissions import State
from outcomes.public_edition import in_force, to_show
from outcomes.selectors import calendar
from outcomes.selectors.calendar import Change
from outcomes.series import HIDDEN_TEXT, MISSING_TEXT, Point, number_text, value_of, with_unit


@dataclass(frozen=True, slots=True)
class Version:
    """What one release showed of the figure."""

    release: Release
    text: str
    reason: str  # why it was hidden; empty when it was shown
    in_force: bool
    settings: PublishedMeasure

    @property
    def is_withdrawn(self) -> bool:
        return self.release.state == Release.State.WITHDRAWN


@dataclass(frozen=True)
class Made:
    """A figure of one period, and all that it was made of."""

    series: Series
    point: Point
    versions: list[Version]  # of the public edition, the latest first
    submissions: list[Submission]  # whose figures it is made of
    changes: list[Change]
    rebase: Rebase | None  # since when the expected range is worked out afresh
    cells: bool  # whether the reader may see the cells behind it

    @property
    def measure(self) -> Measure:
        return self.series.measure

    @property
    def is_public(self) -> bool:
        return self.series.edition == Edition.PUBLIC

    @property
    def period(self) -> date:
        return date.fromisoformat(self.point["period"])

    @property
    def current(self) -> Version | None:
        return next((version for version in self.versions if version.in_force), None)

    @property
    def withdrawn(self) -> Release | None:
        """The release that showed a number where now there is none."""
        if self.point["status"] != "missing":
            return None
        return next((v.release for v in self.versions if v.is_withdrawn), None)

    @property
    def text(self) -> str:
        return with_unit(self.point["text"], self.measure.unit)

    @property
    def is_hidden(self) -> bool:
        return self.point["status"] == "suppressed"

    @property
    def sentence(self) -> str:
        """What the figure says, as one sentence of words and numbers."""
        return words.calculation(self.measure, self.point)

    @property
    def rows(self) -> list[dict[str, str]]:
        return words.numbers(self.measure, self.point)

    @property
    def range_rows(self) -> list[dict[str, str]]:
        return words.expected_range(self.measure, self.series, self.point, self.rebase)

    @property
    def protection(self) -> str:
        return words.protection(self.current.settings) if self.current and self.is_public else ""

    @property
    def built_rows(self) -> list[dict[str, str]]:
        return words.built(self.series, self.current.settings if self.current else None)


def part_series(
    measure: Measure,
    edition: str,
    *,
    organisation: str = "",
    place: str = "",
    scheme: str = "",
    category: str = "",
) -> Series | None:
    """The series of the whole, or of the part that these slugs name."""
    found = Series.objects.filter(measure=measure, edition=edition).without_drawings()
    if organisation:
        found = found.filter(organisation__slug=organisation)
    elif place:
        found = found.filter(place__slug=place)
    elif category:
        found = found.filter(category__scheme=scheme, category__slug=category)
    else:
        found = found.whole()
    return found.select_related("organisation", "place", "category").first()


def made(series: Series, period: date, user: Any) -> Made | None:
    """How the figure of a period was made; None if the series does not reach to it."""
    point = next((p for p in series.points if p["period"] == period.isoformat()), None)
    if point is None:
        return None
    measure = series.measure
    corrected = calendar.changes(measure=measure, submission__period=period)
    if series.organisation_id:
        corrected = [c for c in corrected if c.organisation_id == series.organisation_id]
    return Made(
        series=series,
        point=point,
        versions=_versions(series, period),
        submissions=_submissions(series, period),
        changes=corrected,
        rebase=max(
            (r for r in measure.agreed_rebases if r.period <= period),
            key=lambda rebase: rebase.period,
            default=None,
        ),
        cells=user.is_authenticated and cells(measure, period, user).exists(),
    )


def _versions(series: Series, period: date) -> list[Version]:
    found = PublishedCell.objects.filter(
        published__measure=series.measure_id,
        period=period,
        organisation=series.organisation_id,
        place=series.place_id,
        category=series.category_id,
    )
    shown = list(
        found.select_related("published__release", "published__measure").order_by(
            "-published__release__published_at", "-published__release_id"
        )
    )
    latest = in_force([cell.published for cell in shown], period)
    return [
        Version(
            release=cell.published.release,
            text=_text(cell, series.measure),
            reason=words.why_hidden(cell.hidden),
            in_force=cell.published == latest,
            settings=cell.published,
        )
        for cell in shown
    ]


def _text(cell: PublishedCell, measure: Measure) -> str:
    """The figure as that release showed it; withdrawn ones are not shown again."""
    if cell.published.release.state == Release.State.WITHDRAWN:
        return "Withdrawn"
    shown = to_show(cell, cell.published)
    if shown.suppressed:
        return capfirst(HIDDEN_TEXT)
    decimals = min(d for d in (measure.decimals, shown.decimals) if d is not None)
    text = number_text(value_of(shown, measure), decimals)
    return with_unit(text, measure.unit) or capfirst(MISSING_TEXT)


def _submissions(series: Series, period: date) -> list[Submission]:
    """The returns that count in the edition, of those who reported on the part."""
    submissions = Submission.objects.filter(collection__measures=series.measure, period=period)
    if series.edition == Edition.PUBLIC:
        counted = submissions.latest_released().exclude(release__state=Release.State.WITHDRAWN)
    else:
        counted = submissions.latest_agreed()
    figures = _of_part(Observation.objects.filter(measure=series.measure), series)
    reporting = figures.filter(submission__in=counted).values("submission")
    found = counted.filter(pk__in=reporting).select_related("organisation", "release", "collection")
    return list(found.order_by("organisation__name"))


def _of_part(figures: QuerySet[Observation], series: Series) -> QuerySet[Observation]:
    if series.category_id:
        return figures.filter(category=series.category_id)
    figures = figures.filter(category=None)
    if series.organisation_id:
        return figures.filter(organisation=series.organisation_id)
    return figures.filter(place=series.place_id) if series.place_id else figures


def cells(measure: Measure, period: date, user: Any) -> QuerySet[Observation]:
    """The figures of a period that count, of the organisations whose returns the user may see."""
    counted = (
        Submission.objects.for_user(user)
        .filter(collection__measures=measure, period=period)
        .latest_agreed()
    )
    found = Observation.objects.filter(measure=measure, submission__in=counted)
    return found.select_related(
        "measure", "organisation", "place", "category", "typed_by", "submission__collection",
        "submission__upload", "submission__entered_by", "submission__submitted_by",
        "submission__approved_by", "submission__release",
    ).order_by(
        "organisation__name", "category__scheme", "category__order", "place__name", "pk"
    )  # fmt: skip


def steps(submission: Submission) -> Iterator[tuple[str, Any, Any]]:
    """Who did what with a return, and when."""
    yield "Entered", submission.entered_by, submission.entered_at
    yield "Sent", submission.submitted_by, submission.submitted_at
    yield "Approved", submission.approved_by, submission.approved_at
    if submission.state == State.RELEASED and submission.release:
        yield "Published", submission.release.published_by, submission.release.published_at
