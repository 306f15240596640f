"""Proportions, crude rates and means with their confidence limits.

As PHEindicatormethods 2.1.0 computes them, written anew from a description and checked against
values which the original gave. docs/methods.md says where and why this differs.
"""

import math
import statistics
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from outcomes.statistics.distributions import normal_z, poisson_limits, student_t
from outcomes.statistics.inputs import (
    StatisticsInputError,
    column,
    confidence_levels,
    positive_number,
    refuse_negative,
    refuse_zero_or_less,
    rows_of_groups,
    total,
)

EXACT_BELOW = 10  # events; from here on Byar's approximation is as good


@dataclass(frozen=True, slots=True)
class Limits:
    """One confidence interval; None where it is undefined."""

    confidence: float
    lower: float | None
    upper: float | None

    def each(self, change: Callable[[float], float]) -> "Limits":
        """Return both limits changed alike."""
        lower = None if self.lower is None else change(self.lower)
        return Limits(self.confidence, lower, None if self.upper is None else change(self.upper))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A proportion or rate of one group (or one row), None where a part of it is missing."""

    group: Hashable
    numerator: float | None
    denominator: float | None
    value: float | None
    limits: tuple[Limits, ...]
    method: str | None
    statistic: str


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of one group; `count` includes missing values, which make all else missing."""

    group: Hashable
    total: float | None
    count: int
    standard_deviation: float | None
    value: float | None
    limits: tuple[Limits, ...]
    method: str = "Student's t-distribution"
    statistic: str = "mean"


def proportions(
    numerators: Iterable[float | None],
    denominators: Iterable[float | None],
    *,
    groups: Sequence[Hashable] | None = None,
    multiplier: float = 1,
    confidence: float | Sequence[float] | None = 0.95,
) -> tuple[Estimate, ...]:
    """Return proportions, times the multiplier, with Wilson's score limits.

    One result per row, or with groups one per group (sorted) of the sums. `confidence` None asks
    for no limits. Source: Wilson (1927), as in Fingertips' Technical Guidance, "Proportions".
    """
    m = positive_number(multiplier, "multiplier")
    levels = () if confidence is None else confidence_levels(confidence)
    parts = _fractions(numerators, denominators)
    if any(x is not None and n is not None and x > n for x, n in parts):
        raise StatisticsInputError("A numerator of a proportion cannot exceed its denominator.")
    statistic = "percentage" if m == 100 else f"proportion of {m:.15g}"
    return tuple(
        Estimate(
            group, x, n, _divided(x, n, m),
            tuple(_wilson(x, n, m, level) for level in levels),
            "Wilson" if levels else None, statistic,
        )
        for group, x, n in _summed(parts, groups)
    )  # fmt: skip


def rates(
    numerators: Iterable[float | None],
    denominators: Iterable[float | None],
    *,
    groups: Sequence[Hashable] | None = None,
    multiplier: float = 100_000,
    confidence: float | Sequence[float] = 0.95,
) -> tuple[Estimate, ...]:
    """Return crude rates per multiplier: exact limits below 10 events, Byar's from 10.

    One result per row, or with groups one per group (sorted) of the sums; the method is chosen on
    the sum. Source: Fingertips' Technical Guidance, "Rates"; Breslow and Day (1987).
    """
    m = positive_number(multiplier, "multiplier")
    levels = confidence_levels(confidence)
    return tuple(
        Estimate(
            group, x, n, _divided(x, n, m),
            tuple(_count_limits_scaled(x, n, m, level) for level in levels),
            None if x is None else count_method(x), f"rate per {m:.15g}",
        )
        for group, x, n in _summed(_fractions(numerators, denominators), groups)
    )  # fmt: skip


def means(
    values: Iterable[float | None],
    *,
    groups: Sequence[Hashable] | None = None,
    confidence: float | Sequence[float] = 0.95,
) -> tuple[Mean, ...]:
    """Return the mean of all values, or of each group, with Student's t limits.

    One missing value makes sum, mean and limits of its group missing; one value alone has no
    limits. Source: Fingertips' Technical Guidance, "Means".
    """
    levels = confidence_levels(confidence)
    found = column(values, "values")
    results = []
    for group, rows in rows_of_groups(groups, len(found)):
        known = [value for row in rows if (value := found[row]) is not None]
        if len(known) < len(rows):
            nothing = tuple(Limits(level, None, None) for level in levels)
            results.append(Mean(group, None, len(rows), None, None, nothing))
            continue
        value = statistics.mean(known)  # exact, so that equal values have no spread
        spread = statistics.stdev(known) if len(known) > 1 else None
        limits = tuple(_t_limits(value, spread, len(known), level) for level in levels)
        results.append(Mean(group, math.fsum(known), len(known), spread, value, limits))
    return tuple(results)


def count_method(count: float) -> str:
    """Return by which method limits of this many events are found."""
    return "Exact" if count < EXACT_BELOW else "Byars"


def count_limits(count: float, confidence: float) -> Limits:
    """Return the limits of a count of events: exact below 10, Byar's from 10."""
    if count_method(count) == "Byars":
        return byars(count, confidence)
    return Limits(confidence, *poisson_limits(count, confidence))


def byars(count: float, confidence: float) -> Limits:
    """Return Byar's limits of a count above 0; at confidence 1 there is no lower one."""
    z, more = normal_z(confidence), count + 1
    lower = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    upper = more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3
    return Limits(confidence, lower if lower >= 0 else None, upper)


def _fractions(
    numerators: Iterable[float | None], denominators: Iterable[float | None]
) -> list[tuple[float | None, float | None]]:
    """Return (numerator, denominator) for each row, checked as supplied, before any sum."""
    over = column(numerators, "numerators")
    under = column(denominators, "denominators", rows=len(over))
    refuse_negative(over, "numerators")
    refuse_zero_or_less(under, "denominators")
    return list(zip(over, under, strict=True))


def _summed(
    parts: list[tuple[float | None, float | None]], groups: Sequence[Hashable] | None
) -> list[tuple[Hashable, float | None, float | None]]:
    if groups is None:
        return [(None, x, n) for x, n in parts]
    return [
        (group, total(parts[row][0] for row in rows), total(parts[row][1] for row in rows))
        for group, rows in rows_of_groups(groups, len(parts))
    ]


def _divided(x: float | None, n: float | None, multiplier: float) -> float | None:
    return None if x is None or n is None else x / n * multiplier


def _wilson(x: float | None, n: float | None, m: float, confidence: float) -> Limits:
    if x is None or n is None:
        return Limits(confidence, None, None)
    z = normal_z(confidence)
    if math.isinf(z):
        return Limits(confidence, 0.0, m)
    middle = 2 * x + z * z
    reach = z * math.sqrt(z * z + 4 * x * (1 - x / n))
    scale = m / (2 * (n + z * z))
    # Rounding must not carry a limit past what is possible.
    lower = max((middle - reach) * scale, 0.0) if x > 0 else 0.0
    upper = min((middle + reach) * scale, m) if x < n else m
    return Limits(confidence, lower, upper)


def _count_limits_scaled(x: float | None, n: float | None, m: float, confidence: float) -> Limits:
    if x is None or n is None:
        return Limits(confidence, None, None)
    return count_limits(x, confidence).each(lambda limit: limit / n * m)


def _t_limits(value: float, spread: float | None, count: int, confidence: float) -> Limits:
    if spread is None:
        return Limits(confidence, None, None)
    if spread == 0:  # no spread, no width, whatever the confidence
        return Limits(confidence, value, value)
    reach = student_t(confidence, count - 1) * spread / math.sqrt(count)
    return Limits(confidence, value - reach, value + reach)
