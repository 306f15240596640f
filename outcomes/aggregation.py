"""Sums of observations by period for the whole partnership and for each of its parts.

The board sees them as they are; `outcomes.public_edition` says what everybody may see of them.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from outcomes.models import Measure, Observation, Submission
from outcomes.models.submissions import SubmissionQuerySet
from outcomes.series import Cell


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of the partnership: all ids None means the whole of it."""

    organisation: int | None = None
    place: int | None = None
    category: int | None = None


WHOLE = Part()
Table = dict[Part, dict[date, Cell]]
Asked = Mapping[date, set[int]]
Group = tuple[int, int]  # an organisation, and a place or category


def exact_table(measure: Measure) -> Table:
    """The whole and its parts, in each way of dividing it that there is: the board's edition."""
    submissions = Submission.objects.filter(collection__measures=measure)
    return Sums(measure, submissions.latest_agreed()).table


def asked_of(measure: Measure) -> Asked:
    """The organisations that were asked, by period; others may have answered all the same."""
    asked: dict[date, set[int]] = defaultdict(set)
    rows = Submission.objects.order_by().filter(
        collection__measures=measure, period__gte=F("collection__asks_from")
    )
    for period, organisation in rows.values_list("period", "organisation").distinct():
        asked[period].add(organisation)
    return asked


def completed(table: Table, asked: Asked) -> Table:
    """The table with how many organisations each part still waits for.

    A part expects those who ever reported on it: a council is asked for its own borough only,
    which no list says but its figures do.
    """
    for part, cells in table.items():
        ever = frozenset[int]().union(*(cell.sources for cell in cells.values()))
        for period, cell in cells.items():
            asked_then = asked.get(period, set())
            expected = asked_then if part == WHOLE else asked_then & ever
            cells[period] = replace(cell, expected=len(cell.sources.union(expected)))
    return table


class Sums:
    """What the observations of these submissions add up to, in every way they can be divided."""

    def __init__(self, measure: Measure, submissions: SubmissionQuerySet):
        self.measure = measure
        counted = _one_answer_each(measure, submissions)
        self.observations = Observation.objects.filter(measure=measure, submission__in=counted)

    @cached_property
    def whole(self) -> Table:
        return self._sums(self._totals)

    @cached_property
    def divisions(self) -> dict[str, Table]:
        """The parts by organisation, by place and by each scheme of categories; none empty."""
        found = {
            "organisation": self._sums(self._totals, "organisation_id"),
            **{name: self._sums(rows, key) for name, (key, rows) in self._divided.items()},
        }
        return {name: table for name, table in found.items() if table}

    @cached_property
    def table(self) -> Table:
        """The whole and all parts."""
        return self.whole | {p: cells for t in self.divisions.values() for p, cells in t.items()}

    def groups(self, division: str) -> dict[Group, dict[date, Cell]]:
        """Each part of a division by organisation: not published, but parts of what is."""
        key, rows = self._divided[division]
        found: dict[Group, dict[date, Cell]] = defaultdict(dict)
        for row in self._rows(rows, "organisation_id", key):
            found[row["organisation_id"], row[key]][row["period"]] = _cell(row)
        return found

    @cached_property
    def _totals(self) -> QuerySet[Observation]:
        return self.observations.filter(category=None)

    @cached_property
    def _divided(self) -> dict[str, tuple[str, QuerySet[Observation]]]:
        by_scheme = self.observations.exclude(category=None).order_by("category__scheme")
        schemes = by_scheme.values_list("category__scheme", flat=True).distinct()
        return {
            "place": ("place_id", self._totals.exclude(place=None)),
            **{s: ("category_id", self.observations.filter(category__scheme=s)) for s in schemes},
        }

    def _sums(self, observations: QuerySet[Observation], key: str = "") -> Table:
        """One cell for each part and period: numbers added up, and who reported of whom."""
        table: Table = defaultdict(dict)
        for row in self._rows(observations, *([key] if key else [])):
            part = Part(**{key.removesuffix("_id"): row[key]}) if key else WHOLE
            table[part][row["period"]] = _cell(row)
        return completed(dict(table), self._asked)

    @cached_property
    def _asked(self) -> Asked:
        return asked_of(self.measure)

    def _rows(self, observations: QuerySet[Observation], *keys: str) -> list[dict]:
        """A denominator without its numerator would pull a rate down, and the reverse push it up:
        only pairs are added up.
        """
        status = Observation.Status
        known, hidden = Q(status__in=[status.VALUE, status.ZERO]), Q(status=status.SUPPRESSED)
        if self.measure.has_denominator:
            known &= Q(denominator__isnull=False)
        return list(
            observations.order_by()
            .values("period", *keys)
            .annotate(
                top=Sum("numerator", filter=known),
                bottom=Sum("denominator", filter=known),
                reporters=ArrayAgg(
                    "organisation", distinct=True, filter=known | hidden, default=[]
                ),
                hidden=Count("id", filter=hidden),
            )
        )


def _cell(row: Mapping) -> Cell:
    """A sum with a part that its source hides would read low: nothing is known of it."""
    answered, hidden = frozenset(row["reporters"]), row["hidden"] > 0
    return Cell(
        numerator=None if hidden else as_fraction(row["top"]),
        denominator=None if hidden else as_fraction(row["bottom"]),
        suppressed=hidden,
        reported=len(answered),
        expected=len(answered),
        sources=answered,
    )


def _one_answer_each(measure: Measure, submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    """A measure may stand in two collections: of two answers the one agreed last counts."""
    if measure.collections.count() < 2:
        return submissions
    answers = Observation.objects.filter(measure=measure, submission=OuterRef("pk"))
    latest = (
        submissions.filter(Exists(answers))
        .order_by("organisation_id", "period", "-approved_at", "-pk")
        .distinct("organisation_id", "period")
    )
    return Submission.objects.filter(pk__in=latest.values("pk"))


def as_fraction(value: Decimal | None) -> Fraction | None:
    """The number exactly, for arithmetic that rounds once, at the end."""
    return None if value is None else Fraction(value)
