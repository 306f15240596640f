"""Sums of observations by period for the whole partnership and for each of its parts.

The board's edition sees them as they are; the public edition after disclosure control.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Q, Sum

from outcomes.models import Measure, Observation, Submission
from outcomes.models.releases import Edition
from outcomes.models.submissions import SubmissionQuerySet
from outcomes.series import Cell
from outcomes.statistics.disclosure import protect_count, protect_parts, protect_rate


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of the partnership: all ids None means the whole of it."""

    organisation: int | None = None
    place: int | None = None
    category: int | None = None


WHOLE = Part()
Table = dict[Part, dict[date, Cell]]
Asked = Mapping[date, set[int]]


def tables(measure: Measure, edition: str) -> list[Table]:
    """The whole, and one table of parts for each way of dividing it that the data has."""
    counted = _counted(measure, edition)
    observations = Observation.objects.filter(measure=measure, submission__in=counted)
    asked = _asked(measure)
    totals = observations.filter(category=None)
    whole = _sums(totals, asked)
    divisions = [
        _sums(totals, asked, "organisation_id"),
        _sums(totals.exclude(place=None), asked, "place_id"),
    ]
    for scheme in _schemes(observations):
        of_scheme = observations.filter(category__scheme=scheme)
        divisions.append(_sums(of_scheme, asked, "category_id"))
    found = [whole, *(d for d in divisions if d)]
    if edition == Edition.PUBLIC and measure.disclosure == Measure.Disclosure.SUPPRESS_AND_ROUND:
        return _protected(found, measure)
    return found


def _counted(measure: Measure, edition: str) -> SubmissionQuerySet:
    """The submissions that the edition is made of."""
    submissions = Submission.objects.filter(collection__measures=measure)
    if edition == Edition.PUBLIC:
        return submissions.latest_released()
    return submissions.latest_agreed()


def _schemes(observations) -> list[str]:
    found = observations.exclude(category=None).order_by("category__scheme")
    return list(found.values_list("category__scheme", flat=True).distinct())


def _asked(measure: Measure) -> Asked:
    """The organisations that were asked, by period; others may have answered all the same."""
    asked: dict[date, set[int]] = defaultdict(set)
    rows = Submission.objects.order_by().filter(
        collection__measures=measure, period__gte=F("collection__asks_from")
    )
    for period, organisation in rows.values_list("period", "organisation").distinct():
        asked[period].add(organisation)
    return asked


def _sums(observations, asked: Asked, key: str = "") -> Table:
    """One cell for each part and period: numbers added up, and who reported of whom.

    A part expects those who ever reported on it: a council is asked for its own borough only, which
    no list says but its figures do. A denominator without its numerator would pull a rate down, so
    it is left out.
    """
    status = Observation.Status
    known, hidden = Q(status__in=[status.VALUE, status.ZERO]), Q(status=status.SUPPRESSED)
    rows = list(
        observations.order_by()
        .values("period", *([key] if key else []))
        .annotate(
            numerator=Sum("numerator"),
            denominator=Sum("denominator", filter=known),
            reporters=ArrayAgg("organisation", distinct=True, filter=known | hidden, default=[]),
            hidden=Count("id", filter=hidden),
        )
    )
    reporters: dict[int | None, set[int]] = defaultdict(set)
    for row in rows:
        reporters[row.get(key)].update(row["reporters"])
    table: Table = defaultdict(dict)
    for row in rows:
        part = Part(**{key.removesuffix("_id"): row[key]}) if key else WHOLE
        answered = set(row["reporters"])
        expected = asked[row["period"]] & reporters[row[key]] if key else asked[row["period"]]
        table[part][row["period"]] = Cell(
            numerator=as_fraction(row["numerator"]),
            denominator=as_fraction(row["denominator"]),
            suppressed=row["hidden"] > 0,
            reported=len(answered),
            expected=len(expected | answered),
        )
    return dict(table)


def as_fraction(value: Decimal | None) -> Fraction | None:
    """The number exactly, for arithmetic that rounds once, at the end."""
    return None if value is None else Fraction(value)


def _whole(count: Fraction) -> int:
    if count.denominator != 1:
        raise ValueError(f"A count of people must be a whole number, not {float(count)}.")
    return count.numerator


def _protected(found: list[Table], measure: Measure) -> list[Table]:
    """Small numbers hidden in each table; a part hidden alone takes a second one with it."""
    return [_protect_table(table, measure) for table in found]


def _protect_table(table: Table, measure: Measure) -> Table:
    protected: Table = {part: {} for part in table}
    for period in sorted({period for cells in table.values() for period in cells}):
        row = {part: cells[period] for part, cells in table.items() if period in cells}
        hidden = _hidden_parts(row) | _hidden_complements(row, measure)
        for part, cell in row.items():
            protected[part][period] = _protect(cell, measure, hide=part in hidden)
    return protected


def _hidden_parts(row: Mapping[Part, Cell]) -> set[Part]:
    """The parts whose count may not be shown, by the rules for the parts of a total."""
    by_name = {_name(part): part for part in row}
    counts = {
        name: _whole(cell.numerator)
        for name, part in by_name.items()
        if (cell := row[part]).numerator is not None
    }
    return {by_name[name] for name in protect_parts(counts).hidden}


def _hidden_complements(row: Mapping[Part, Cell], measure: Measure) -> set[Part]:
    """Rates hidden by their denominator or complement; a single one takes a second with it."""
    if not measure.has_denominator:
        return set()
    hidden = {part for part, cell in row.items() if _protect(cell, measure, hide=False).suppressed}
    others = [part for part in row if part not in hidden and row[part].numerator]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda part: (row[part].numerator, _name(part))))
    return hidden


def _name(part: Part) -> str:
    return f"{part.organisation or 0:09}/{part.place or 0:09}/{part.category or 0:09}"


def _protect(cell: Cell, measure: Measure, *, hide: bool) -> Cell:
    if cell.numerator is None:
        return cell
    hidden = replace(cell, numerator=None, denominator=None, suppressed=True)
    if hide:
        return hidden
    if not measure.has_denominator:
        shown = protect_count(_whole(cell.numerator))
        return hidden if shown is None else replace(cell, numerator=Fraction(shown))
    if cell.denominator is None:
        return cell
    rate = protect_rate(
        _whole(cell.numerator),
        _whole(cell.denominator),
        is_proportion=measure.kind == Measure.Kind.PROPORTION,
    )
    if rate.suppressed or rate.numerator is None or rate.denominator is None:
        return hidden
    return replace(
        cell,
        numerator=Fraction(rate.numerator),
        denominator=Fraction(rate.denominator),
        decimals=rate.decimals,
    )
