"""The figures one organisation is asked for in one period, as a grid to type into."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from outcomes.models import Category, Collection, Flag, Measure, Observation, Submission
from outcomes.models.submissions import State
from outcomes.periods import MONTHS, label, last_day, latest_ended, shift, start_of
from outcomes.selectors.returns import value_text
from partners.models import Organisation, Place

HALF = "Unfinished: {other} is still empty. Write it, or choose why there is no number."
NO_NUMBER = "Unfinished: write the number, or 0 if there were none. If you have none, choose why."
EMPTY_ROW = "This row is empty. Write its figure, choose why there is none, or take the row away."

REMEMBERED = 36  # periods; what nobody sent for longer is not asked for by itself

CellId = tuple[int, int | None, int | None]  # ids of measure, place and category


@dataclass(frozen=True, slots=True)
class Past:
    """A figure of an earlier period, to compare with."""

    period: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure that is asked for, with what is known of it."""

    measure: Measure
    place: Place | None
    category: Category | None
    stored: Observation | None
    past: tuple[Past, ...] = ()
    flags: tuple[Flag, ...] = ()
    is_asked: bool = True  # as in the last return; other rows were added, and may be taken away

    @property
    def id(self) -> CellId:
        place, category = self.place, self.category
        return self.measure.pk, place.pk if place else None, category.pk if category else None

    @property
    def key(self) -> str:
        """The name of the cell in forms: readable, because people may be shown what they typed."""
        return key_of(self.measure, self.place, self.category)

    @property
    def part(self) -> str:
        """Which part of the whole; empty for the whole itself."""
        return ", ".join(part.name for part in (self.place, self.category) if part)

    @property
    def name(self) -> str:
        return f"{self.measure}: {self.part}" if self.part else str(self.measure)

    @property
    def text(self) -> str:
        """The value that follows from what is stored, such as “84.2%”."""
        return value_text(self.stored) if self.stored and self.is_answered else ""

    @property
    def is_answered(self) -> bool:
        return self.stored is not None and not self.stored.is_unfinished

    @property
    def unfinished(self) -> str:
        """What is still to be typed, where something is stored that cannot be sent like this."""
        stored = self.stored
        if stored is None or not stored.is_unfinished:
            return ""
        if stored.numerator is None and stored.denominator is None:
            return EMPTY_ROW if not (self.is_asked or stored.note) else NO_NUMBER
        lacking = "numerator" if stored.numerator is None else "denominator"
        return HALF.format(other=capfirst(getattr(self.measure, f"{lacking}_label")))


@dataclass(frozen=True)
class Grid:
    """What is asked for, measure by measure; `submission` is None until somebody has begun."""

    collection: Collection
    organisation: Organisation
    period: date
    submission: Submission | None
    cells: list[Cell]

    @property
    def period_label(self) -> str:
        return label(self.period, self.collection.frequency)

    @property
    def state(self) -> str:
        return self.submission.state if self.submission else State.DUE

    @property
    def missing(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.stored is None]

    @property
    def unfinished(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.unfinished]

    @property
    def answered(self) -> int:
        return sum(cell.is_answered for cell in self.cells)

    def cell(self, key: str) -> Cell | None:
        return next((cell for cell in self.cells if cell.key == key), None)


def key_of(measure: Measure, place: Place | None, category: Category | None) -> str:
    """The name of a cell in forms and addresses."""
    parts = [measure.slug]
    if place:
        parts.append(place.slug)
    if category:
        parts.append(f"{category.scheme}-{category.slug}")
    return "--".join(parts)


def takes(collection: Collection, organisation: Organisation, period: date) -> bool:
    """Whether the organisation can be asked for the period in this collection at all."""
    return (
        period == start_of(period, collection.frequency)
        and collection.accepts_from
        <= period
        <= latest_ended(timezone.localdate(), collection.frequency)
        and (organisation.closed_on is None or period <= organisation.closed_on)
        and (
            organisation.opened_on is None
            or organisation.opened_on <= last_day(period, collection.frequency)
        )
    )


def grid(
    collection: Collection,
    organisation: Organisation,
    period: date,
    only: Callable[[Measure], bool] = lambda measure: True,
) -> Grid:
    """The grid of the latest version, or some measures of it.

    A few queries, however much was sent before.
    """
    returns = Submission.objects.filter(collection=collection, organisation=organisation)
    submission = (
        returns.filter(period=period)
        .select_related("collection", "organisation", "upload__received_by", "entered_by")
        .order_by("version")
        .last()
    )
    measures = {measure.pk: measure for measure in filter(only, collection.measures.all())}
    stored = {}
    if submission:
        stored = {_id(o): o for o in _figures(submission.observations, measures)}
    flags = open_flags(submission)
    since = shift(period, collection.frequency, -REMEMBERED)
    before = returns.filter(period__lt=period, period__gte=since).latest_version()
    periods = _periods_beside(period, collection.frequency)
    latest = _latest_returns(before, list(measures))
    wanted = {*latest.values(), *before.filter(period__in=periods).values_list("pk", flat=True)}
    earlier = list(_figures(Observation.objects.filter(submission__in=wanted), measures))
    beside = {(o.period, _id(o)): o for o in earlier}
    known = [o for o in earlier if latest.get(o.measure_id) == o.submission_id]
    days = period, last_day(period, collection.frequency)
    asked = {
        _id(o): (o.place, o.category)
        for o in known
        if o.place is None or o.place.existed_between(*days)
    }
    for pk in measures.keys() - {measure for measure, _, _ in asked}:
        if not any(measure == pk and place for measure, place, _ in stored):
            asked[pk, None, None] = (None, None)
    parts = asked | {_id(o): (o.place, o.category) for o in stored.values()}
    cells = [
        Cell(
            measures[cell[0]],
            place,
            category,
            stored.get(cell),
            tuple(
                Past(label(day, collection.frequency), value_text(beside[day, cell]))
                for day in periods
                if (day, cell) in beside
            ),
            tuple(flags.get(cell, ())),
            cell in asked,
        )
        for cell, (place, category) in parts.items()
        if cell[0] in measures
    ]
    return Grid(collection, organisation, period, submission, in_order(cells))


def in_order(cells: Iterable[Cell]) -> list[Cell]:
    return sorted(cells, key=_order)


def is_of(key: str) -> Callable[[Measure], bool]:
    """Whether the cell of this name may belong to a measure."""
    return lambda measure: key == measure.slug or key.startswith(f"{measure.slug}--")


def count_answered(collection: Collection, organisation: Organisation, period: date) -> int:
    """How many figures of the grid are answered."""
    returns = Submission.objects.filter(
        collection=collection, organisation=organisation, period=period
    )
    stored = Observation.objects.filter(
        submission__in=returns.latest_version().values("pk"),
        measure__in=collection.measures.values("pk"),
    )
    return stored.exclude(status=Observation.Status.UNFINISHED).count()


def changed_since(submission: Submission, since: datetime, by_others_than: Any) -> dict:
    """Who changed which cell after a moment, the latest of each: ids of the cell to (name, when).

    The record knows all of them, also those who cleared a figure.
    """
    events = (
        apps.get_model("outcomes", "ObservationEvent")
        .objects.filter(submission_id=submission.pk, pgh_created_at__gt=since)
        .filter(pgh_label__in=["typed", "update", "cleared"])
        .exclude(Q(pgh_context__user=by_others_than.pk))
        .order_by("pgh_id")
    )
    return {
        _id(event): ((event.pgh_context or {}).get("name", "Somebody"), event.pgh_created_at)
        for event in events
    }


def open_flags(submission: Submission | None) -> dict[CellId, list[Flag]]:
    """What was noticed about single figures and is not answered yet."""
    found: dict[CellId, list[Flag]] = defaultdict(list)
    if submission:
        for flag in Flag.objects.open().filter(submission=submission, measure__isnull=False):
            found[_id(flag)].append(flag)
    return found


def _periods_beside(period: date, frequency: str) -> list[date]:
    """The period before, and the same one a year before; for years they are one."""
    return list(dict.fromkeys(shift(period, frequency, n) for n in (-1, -12 // MONTHS[frequency])))


def _latest_returns(before: QuerySet[Submission], measures: list[int]) -> dict[int, int]:
    """For each measure the id of the latest of those returns that had figures of it."""
    rows = (
        Observation.objects.order_by("measure_id", "-period")
        .filter(submission__in=before.values("pk"), measure_id__in=measures)
        .distinct("measure_id")
    )
    return dict(rows.values_list("measure_id", "submission_id"))


def _figures(observations: Any, measures: Iterable[int]) -> QuerySet[Observation]:
    related = ("measure", "place", "category", "typed_by")
    return observations.filter(measure__in=measures).select_related(*related)


def _id(cell: Any) -> CellId:
    return cell.measure_id, cell.place_id, cell.category_id


def _order(cell: Cell) -> tuple:
    """As measures are ordered; the whole before its boroughs, these before groups of people."""
    group, place = cell.category, cell.place
    return (
        cell.measure.order,
        cell.measure.name,
        (group.scheme, group.order, group.name) if group else ("", 0, ""),
        place.name if place else "",
    )
