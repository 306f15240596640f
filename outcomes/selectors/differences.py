"""How the figures of returns compare with what the same organisation sent before.

The returns are those of one organisation to one collection. A page of figures costs a fixed number
of queries, however many figures the returns have.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from outcomes.models import Flag, Measure, Observation, Submission
from outcomes.models.submissions import State
from outcomes.periods import MONTHS, shift
from outcomes.selectors.returns import value_text
from outcomes.series import number_text

SENT = [State.SUBMITTED, State.APPROVED, State.RELEASED]

Place = tuple[int, int | None, int | None]  # a cell of a return: measure, place, category


@dataclass(frozen=True, slots=True)
class Change:
    """A figure beside an earlier one; `sign` is up, down or same, and empty where none compares."""

    before: str  # “89.4% (10,335 of 11,554)”
    words: str  # “1.2 percentage points more (1.3%)”
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure as an approver reads it; a comparison is None where there is nothing before."""

    figure: Observation
    part: str
    result: str
    version: Change | None
    period: Change | None
    year: Change | None
    flags: list[Flag]


@dataclass(frozen=True, slots=True)
class Changes:
    """What one version of a return says differently from the one before, as far as it is shown."""

    lines: list[Line]
    count: int
    gone: list[Observation]
    gone_count: int


def lines(figures: Iterable[Observation]) -> list[Line]:
    """A page of figures of one organisation and collection, beside what was sent before."""
    figures = list(figures)
    if not figures:
        return []
    earlier = _earlier(figures)
    flags: dict[tuple, list[Flag]] = defaultdict(list)
    about = Flag.objects.filter(submission__in={f.submission_id for f in figures})
    for flag in about.select_related("answered_by"):
        flags[flag.submission_id, flag.measure_id, flag.place_id, flag.category_id].append(flag)
    return [
        Line(
            figure=figure,
            part=figure.part,
            result=value_text(figure),
            version=compare(figure, earlier.version(figure)),
            period=compare(figure, earlier.at(figure, 1)),
            year=compare(figure, earlier.at(figure, 12)),
            flags=flags[figure.submission_id, *_place(figure)],
        )
        for figure in figures
    ]


def changed(figures: QuerySet[Observation]) -> QuerySet[Observation]:
    """Those a correction says differently or anew, and those typed after a return came back."""
    corrected = Q(submission__version__gt=1) & ~Exists(_twins("number", "whole", "status", "note"))
    retyped = Q(typed_at__gt=F("submission__returned_at"))
    return _comparable(figures).filter(corrected | retyped)


def flagged(figures: QuerySet[Observation]) -> QuerySet[Observation]:
    """Those about which something was noticed or asked, answered or not."""
    about = Flag.objects.annotate(
        place_key=Coalesce("place_id", 0), category_key=Coalesce("category_id", 0)
    ).filter(
        submission=OuterRef("submission"),
        measure=OuterRef("measure"),
        place_key=OuterRef("place_key"),
        category_key=OuterRef("category_key"),
    )
    return _comparable(figures).filter(Exists(about))


def gone(submissions: Iterable[Submission]) -> QuerySet[Observation]:
    """Figures of the version before that the returns do not give any more."""
    before = _comparable(
        Observation.objects.filter(submission__in=_before(submissions).values())
    ).select_related("submission__collection", "measure", "place", "category")
    now = _comparable(Observation.objects.filter(submission__in=list(submissions)))
    return before.filter(~Exists(now.filter(**_same_cell()))).order_by(
        "period", "measure__order", "place", "category", "pk"
    )


def between_versions(submission: Submission, shown: int) -> Changes | None:
    """What a correction says differently from the version before; None for a first version."""
    if not submission.is_correction:
        return None
    now = Observation.objects.filter(submission=submission).select_related(
        "submission__collection", "measure", "place", "category"
    )
    other = changed(now).order_by("measure__order", "place", "category", "pk")
    missing = gone([submission])
    return Changes(lines(other[:shown]), other.count(), list(missing[:shown]), missing.count())


def among(submissions: Iterable[Submission], ids: Iterable[int]) -> set[int]:
    """Those of the figures' ids that are still in the returns."""
    found = Observation.objects.filter(pk__in=list(ids), submission__in=list(submissions))
    return set(found.values_list("pk", flat=True))


def compare(now: Observation, before: Observation | None) -> Change | None:
    """How a figure differs from an earlier one of the same measure; None when there is none."""
    if before is None:
        return None
    measure = now.measure
    old, new = _value(before, measure), _value(now, measure)
    before.measure = measure
    said = value_text(before)
    if measure.has_denominator and before.numerator is not None:
        said += f" ({before.as_text})"
    if old is None and new is None:
        is_same = before.status == now.status
        return Change(said, "No change" if is_same else "Was without a number, too")
    if old is None:
        return Change(said, "There was no number before")
    if new is None:
        return Change(said, "The number has gone")
    if old == new:
        is_same = before.as_text == now.as_text
        return Change(said, "No change" if is_same else "Same result, other numbers", "same")
    return Change(said, _difference(new - old, old, measure), "up" if new > old else "down")


def _difference(by: Fraction, old: Fraction, measure: Measure) -> str:
    """“1,219 more (11.8%)”; with two more decimals where rounding would leave nothing."""
    decimals = measure.decimals
    amount = number_text(abs(float(by)), decimals)
    if not amount.strip("0.,"):
        amount = number_text(abs(float(by)), decimals + 2)
    if measure.unit == "%":
        amount += " percentage points"
    elif measure.unit == "£":
        amount = f"£{amount}"
    share = abs(by) / old * 100 if old else None
    told = "less than 0.1" if share and share < Fraction(1, 10) else number_text(_float(share), 1)
    return f"{amount} {'more' if by > 0 else 'less'}" + (f" ({told}%)" if told else "")


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _value(figure: Observation, measure: Measure) -> Fraction | None:
    """Exactly, so that a difference is not one of rounding."""
    if figure.numerator is None or (measure.has_denominator and not figure.denominator):
        return None
    value = Fraction(figure.numerator) * measure.multiplier
    if measure.has_denominator and figure.denominator:
        return value / Fraction(figure.denominator)
    return value


def _place(figure: Observation) -> Place:
    return figure.measure_id, figure.place_id, figure.category_id


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What was sent before, by return and cell."""

    frequency: str
    versions: dict[int, int]  # the version before a return
    latest: dict[date, int]  # the latest return that was sent for a period
    figures: dict[tuple[int, Place], Observation]
    sent_back: dict[int, Observation]  # a figure as it was when its return was sent back

    def version(self, figure: Observation) -> Observation | None:
        if figure.pk in self.sent_back:
            return self.sent_back[figure.pk]
        before = self.versions.get(figure.submission_id)
        return self.figures.get((before, _place(figure))) if before else None

    def at(self, figure: Observation, months: int) -> Observation | None:
        steps = max(1, months // MONTHS[self.frequency])
        before = self.latest.get(shift(figure.period, self.frequency, -steps))
        return self.figures.get((before, _place(figure))) if before else None


def _earlier(figures: Sequence[Observation]) -> _Earlier:
    returns = {figure.submission_id: figure.submission for figure in figures}
    one = next(iter(returns.values()))
    frequency = one.collection.frequency
    wanted = {
        shift(period, frequency, -steps)
        for period in {figure.period for figure in figures}
        for steps in (1, 12 // MONTHS[frequency])
    }
    sent = Submission.objects.filter(
        collection=one.collection_id,
        organisation=one.organisation_id,
        period__in=wanted,
        state__in=SENT,
    )
    latest = dict(sent.order_by("version").values_list("period", "pk"))
    versions = _before(returns.values())
    found = Observation.objects.filter(
        submission__in=[*latest.values(), *versions.values()],
        measure__in={figure.measure_id for figure in figures},
    )
    by_cell = {(f.submission_id, _place(f)): f for f in found}
    return _Earlier(frequency, versions, latest, by_cell, _sent_back(figures))


def _sent_back(figures: Sequence[Observation]) -> dict[int, Observation]:
    """What the record says about figures that were typed over after their return came back.

    A file leaves no such record: it replaces the rows, and is kept itself.
    """
    since = {
        figure.pk: figure.submission.returned_at
        for figure in figures
        if figure.typed_at and figure.submission.returned_at
        if figure.typed_at > figure.submission.returned_at
    }
    if not since:
        return {}
    record = apps.get_model("outcomes", "ObservationEvent")
    rows = record.objects.filter(pgh_obj__in=since, pgh_label="before").order_by("pgh_id")
    return {  # the last content from before then
        row.pgh_obj_id: Observation(
            numerator=row.numerator, denominator=row.denominator, status=row.status
        )
        for row in rows
        if row.typed_at is None or row.typed_at <= since[row.pgh_obj_id]
    }


def _before(submissions: Iterable[Submission]) -> dict[int, int]:
    """The version before each of the returns that is a correction, by id."""
    corrections = {(s.period, s.version - 1): s for s in submissions if s.is_correction}
    if not corrections:
        return {}
    one = next(iter(corrections.values()))
    found = Submission.objects.filter(
        collection=one.collection_id,
        organisation=one.organisation_id,
        period__in={period for period, _ in corrections},
    ).values_list("period", "version", "pk")
    return {
        corrections[period, version].pk: pk
        for period, version, pk in found
        if (period, version) in corrections
    }


def _comparable(figures: QuerySet[Observation]) -> QuerySet[Observation]:
    """Figures whose empty columns can be compared; the database takes two unknowns for unequal."""
    return figures.annotate(
        place_key=Coalesce("place_id", 0),
        category_key=Coalesce("category_id", 0),
        number=Coalesce("numerator", Decimal(-1)),
        whole=Coalesce("denominator", Decimal(-1)),
    )


def _same_cell(*more: str) -> dict[str, Any]:
    keys = ("organisation", "period", "measure", "place_key", "category_key", *more)
    return {key: OuterRef(key) for key in keys}


def _twins(*also: str) -> QuerySet[Observation]:
    """The figures of the version before in the same cell, and with the same content."""
    return _comparable(Observation.objects.all()).filter(
        **_same_cell(*also),
        submission__collection=OuterRef("submission__collection"),
        submission__version=OuterRef("submission__version") - 1,
    )
