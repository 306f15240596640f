"""How far groups lie from one of them, and for how many people the group is known at all."""

import math
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass

from outcomes.statistics.inputs import (
    StatisticsInputError,
    column,
    refuse_negative,
    without_missing,
)


@dataclass(frozen=True, slots=True)
class Gap:
    """One value beside the reference: value - reference, and value / reference.

    Limits are at the confidence of the limits that went in. None where a part is missing or, for
    the ratio, where the reference is zero; a lower limit of zero in the reference leaves the
    ratio without an upper one.
    """

    difference: float | None = None
    difference_lower: float | None = None
    difference_upper: float | None = None
    ratio: float | None = None
    ratio_lower: float | None = None
    ratio_upper: float | None = None


@dataclass(frozen=True, slots=True)
class ShareKnown:
    """For how many of all records a characteristic is known; share None without records."""

    known: float
    total: float
    share: float | None


def gaps(
    values: Iterable[float | None],
    lower: Iterable[float | None],
    upper: Iterable[float | None],
    *,
    reference: int,
) -> tuple[Gap, ...]:
    """Return the gap of every group to the group in row `reference`, counted from 0.

    Limits come from those of the two values (the method of variance estimates recovery), so they
    fit proportions, rates, standardised rates and means alike, for groups that share no people.
    For proportions with Wilson's limits the difference is Newcombe's. The reference's own gap is
    0 without width. Values below zero have no ratio. Source: Newcombe (1998); Zou and Donner
    (2008); Donner and Zou (2012).
    """
    value = column(values, "values")
    low = column(lower, "lower limits", rows=len(value))
    high = column(upper, "upper limits", rows=len(value))
    if isinstance(reference, bool) or reference not in range(len(value)):
        raise StatisticsInputError("The reference is the row of one of the groups.")
    rows = [_row(*row) for row in zip(value, low, high, strict=True)]
    against = rows[reference]
    if against is None:
        return tuple(Gap() for _ in rows)
    return tuple(
        Gap() if row is None else _gap(row, against, itself=number == reference)
        for number, row in enumerate(rows)
    )


def share_known(counts: Mapping[Hashable, float], *, unknown: Collection[Hashable]) -> ShareKnown:
    """Return the share of records whose category is not one of `unknown` (such as "Not stated").

    Counts are by category. A missing or hidden count is refused, because the share would then be
    of something else. There is no interval: all records are counted.
    """
    if isinstance(unknown, str):
        raise StatisticsInputError("Name the unknown categories as a list.")
    numbers = without_missing(column(counts.values(), "counts"), "counts")
    refuse_negative(numbers, "counts")
    pairs = list(zip(counts, numbers, strict=True))
    total = math.fsum(numbers)
    known = math.fsum(count for category, count in pairs if category not in unknown)
    return ShareKnown(known, total, known / total if total else None)


_Row = tuple[float, float, float]


def _row(value: float | None, lower: float | None, upper: float | None) -> _Row | None:
    if value is None or lower is None or upper is None:
        return None
    if not lower <= value <= upper:
        raise StatisticsInputError("A value does not lie between its limits.")
    return value, lower, upper


def _gap(row: _Row, against: _Row, *, itself: bool) -> Gap:
    """Return the gap between two groups; a group and itself are not independent."""
    if itself:
        ratio = 1.0 if row[0] > 0 else None
        return Gap(0.0, 0.0, 0.0, ratio, ratio, ratio)
    (v1, l1, u1), (v2, l2, u2) = row, against
    difference = v1 - v2
    down, up = math.hypot(v1 - l1, u2 - v2), math.hypot(u1 - v1, v2 - l2)
    return Gap(difference, difference - down, difference + up, *_ratio(row, against))


def _ratio(row: _Row, against: _Row) -> tuple[float | None, float | None, float | None]:
    """Return the ratio of two values with its limits."""
    (v1, l1, u1), (v2, l2, u2) = row, against
    if v2 <= 0 or v1 < 0 or l1 < 0 or l2 < 0:
        return None, None, None
    product = v1 * v2
    low1, low2 = l1 * (2 * v1 - l1), l2 * (2 * v2 - l2)
    high1, high2 = u1 * (2 * v1 - u1), u2 * (2 * v2 - u2)
    # Written so that nothing is divided by zero where u = 2v; equal to the published form.
    lower = low1 / (product + math.sqrt(max(product**2 - low1 * high2, 0.0))) if low1 else 0.0
    upper = (product + math.sqrt(max(product**2 - high1 * low2, 0.0))) / low2 if low2 else None
    return v1 / v2, lower, upper
