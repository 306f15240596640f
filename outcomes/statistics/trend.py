"""Fingertips' recent trend: whether the last five years rise or fall, by a chi-squared test.

As the unreleased `assign_trend_markers` of PHEindicatormethods computes it, written anew from a
description and checked against values which the original gave. docs/methods.md says where and
why this differs.
"""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from outcomes.statistics.distributions import normal_z
from outcomes.statistics.inputs import (
    StatisticsInputError,
    column,
    confidence_levels,
    refuse_negative,
    refuse_zero_or_less,
    rows_of_groups,
    without_missing,
)

POINTS = 5
CRITICAL = normal_z(0.998) ** 2  # 99.8% point of chi-squared with one degree of freedom, 9.5495


class Direction(StrEnum):
    """The label of a recent trend. Whether that is good depends on the measure."""

    INCREASING = "Increasing"
    DECREASING = "Decreasing"
    NO_CHANGE = "No significant change"
    UNKNOWN = "Cannot be calculated"


class Reason(StrEnum):
    """Why a trend has its label."""

    SIGNIFICANT = "No outliers and significant trend"
    NOT_SIGNIFICANT = "No significant trend"
    OUTLIER = "Outlier found"
    TOO_FEW = "Not enough data points"
    DUPLICATE_YEARS = "Duplicate years in group"
    MISSING_VALUE = "Missing values"
    MISSING_LIMIT = "Missing at least one confidence interval value"
    ALL_OR_NONE = "A numerator is zero or equals its denominator"
    NO_WIDTH = "A confidence interval has no width"


@dataclass(frozen=True, slots=True)
class RecentTrend:
    """The trend of one group; slope is per year, of the log odds for proportions."""

    group: Hashable
    direction: Direction
    reason: Reason
    chi_squared: float | None = None
    slope: float | None = None


class _Point(NamedTuple):
    """One year with numerator and denominator, or with value, lower and upper limit."""

    year: float
    parts: tuple[float | None, ...]


class _Line(NamedTuple):
    """What a straight line through the five points needs: (year, height, weight) of each."""

    points: list[tuple[float, float, float]]
    chi_squared: float


def recent_trends(
    years: Iterable[float],
    values: Iterable[float | None] | None = None,
    *,
    value_type: str,
    numerators: Iterable[float | None] | None = None,
    denominators: Iterable[float | None] | None = None,
    lower: Iterable[float | None] | None = None,
    upper: Iterable[float | None] | None = None,
    groups: Sequence[Hashable] | None = None,
    confidence: float = 0.95,
) -> tuple[RecentTrend, ...]:
    """Return the recent trend of the series, or of each group (sorted), from its last five years.

    value_type "proportion" needs two of numerators, denominators and values (in percent); "other"
    needs values with the limits of their confidence intervals, in the same unit. The caller sees
    to it that years do not overlap and that the definition did not change. Source: Fingertips'
    Technical Guidance, "Trends"; Armitage (1955).
    """
    if value_type not in ("proportion", "other"):
        raise StatisticsInputError("The value type is either proportion or other.")
    (level, *others) = confidence_levels(confidence)
    if others or level == 1:
        raise StatisticsInputError("The limits of a trend have one confidence level, below 1.")
    points = _points(years, values, numerators, denominators, lower, upper, value_type)
    results = []
    for group, rows in rows_of_groups(groups, len(points)):
        series = sorted((points[row] for row in rows), key=lambda point: point.year)
        if groups is None and _repeats(series):
            raise StatisticsInputError("There is more than one row for the same year.")
        results.append(_trend(group, series, value_type, normal_z(level)))
    return tuple(results)


def _points(
    years: Iterable[float],
    values: Iterable[float | None] | None,
    numerators: Iterable[float | None] | None,
    denominators: Iterable[float | None] | None,
    lower: Iterable[float | None] | None,
    upper: Iterable[float | None] | None,
    value_type: str,
) -> list[_Point]:
    """Return one point per row, checked as supplied."""
    when = without_missing(column(years, "years"), "years")
    if value_type == "proportion":
        return _proportion_points(when, values, numerators, denominators)
    if values is None or lower is None or upper is None:
        raise StatisticsInputError("A trend needs values with their lower and upper limits.")
    value = column(values, "values", rows=len(when))
    low = column(lower, "lower limits", rows=len(when))
    high = column(upper, "upper limits", rows=len(when))
    if any(a is not None and b is not None and a > b for a, b in zip(low, high, strict=True)):
        raise StatisticsInputError("A lower limit lies above its upper limit.")
    return [_Point(when[i], (value[i], low[i], high[i])) for i in range(len(when))]


def _proportion_points(
    when: list[float],
    values: Iterable[float | None] | None,
    numerators: Iterable[float | None] | None,
    denominators: Iterable[float | None] | None,
) -> list[_Point]:
    """Return points with numerator and denominator, one of them from a percentage if need be."""
    rows = len(when)
    percents = None if values is None else column(values, "values", rows=rows)
    over = None if numerators is None else column(numerators, "numerators", rows=rows)
    under = None if denominators is None else column(denominators, "denominators", rows=rows)
    refuse_negative(percents or (), "values")
    refuse_negative(over or (), "numerators")
    refuse_zero_or_less(under or (), "denominators")
    if over is None and under is not None and percents is not None:
        over = [_numerator(n, percent) for n, percent in zip(under, percents, strict=True)]
    if under is None and over is not None and percents is not None:
        under = [_denominator(x, percent) for x, percent in zip(over, percents, strict=True)]
    if over is None or under is None:
        raise StatisticsInputError(
            "A trend of proportions needs two of numerators, denominators and percentages."
        )
    pairs = list(zip(over, under, strict=True))
    if any(x is not None and n is not None and x > n for x, n in pairs):
        raise StatisticsInputError("A numerator of a proportion cannot exceed its denominator.")
    return [_Point(t, pair) for t, pair in zip(when, pairs, strict=True)]


def _trend(group: Hashable, series: list[_Point], value_type: str, z: float) -> RecentTrend:
    """Return the label of one series that stands in the order of its years."""
    latest = series[-POINTS:]
    problem = _why_not(series, latest, value_type)
    if problem is not None:
        return RecentTrend(group, Direction.UNKNOWN, problem)
    rows = [(point.year, *(p for p in point.parts if p is not None)) for point in latest]
    line = _proportion_line(rows) if value_type == "proportion" else _weighted_line(rows, z)
    slope, sign = _slope(line.points), _slope_sign(line.points)
    if not line.chi_squared > CRITICAL:
        direction, reason = Direction.NO_CHANGE, Reason.NOT_SIGNIFICANT
    elif any(_slope_sign(some) != sign for some in combinations(line.points, POINTS - 1)):
        direction, reason = Direction.NO_CHANGE, Reason.OUTLIER
    else:
        direction = Direction.INCREASING if sign > 0 else Direction.DECREASING
        reason = Reason.SIGNIFICANT
    return RecentTrend(group, direction, reason, line.chi_squared, slope)


def _why_not(series: list[_Point], latest: list[_Point], value_type: str) -> Reason | None:
    """Return why a series has no trend, None where it can have one."""
    if len(series) < POINTS:
        return Reason.TOO_FEW
    if _repeats(series):
        return Reason.DUPLICATE_YEARS
    for point in latest:
        if value_type == "proportion":
            numerator, denominator = point.parts
            if numerator is None or denominator is None:
                return Reason.MISSING_VALUE
            if numerator in (0, denominator):
                return Reason.ALL_OR_NONE
        else:
            value, low, high = point.parts
            if value is None:
                return Reason.MISSING_VALUE
            if low is None or high is None:
                return Reason.MISSING_LIMIT
            if low == high:
                return Reason.NO_WIDTH
    return None


def _proportion_line(rows: list[tuple[float, ...]]) -> _Line:
    """Return the log odds, and the chi-squared test for a linear trend in proportions.

    All sums run over pairs of years: equal to the textbook's, but no digits are lost to years
    as large as 2024.
    """
    events, people = math.fsum(c for _, c, _ in rows), math.fsum(d for _, _, d in rows)
    pairs = list(combinations(rows, 2))
    drift = math.fsum((t2 - t1) * (c2 * d1 - c1 * d2) for (t1, c1, d1), (t2, c2, d2) in pairs)
    width = math.fsum(d1 * d2 * (t2 - t1) ** 2 for (t1, _, d1), (t2, _, d2) in pairs)
    chi_squared = people * drift**2 / (events * (people - events) * width)
    return _Line([(t, math.log(c / (d - c)), 1.0) for t, c, d in rows], chi_squared)


def _weighted_line(rows: list[tuple[float, ...]], z: float) -> _Line:
    """Return the values with weights from the widths of their intervals, and the test of the slope.

    Weights are relative to the narrowest interval, so that none is too large to compute with.
    """
    narrowest = min(high - low for _, _, low, high in rows)
    points = [(t, v, (narrowest / (high - low)) ** 2) for t, v, low, high in rows]
    rise, width = _rise_and_width(points)
    weight = math.fsum(w for _, _, w in points)
    return _Line(points, (2 * z / narrowest * rise) ** 2 / (width * weight))


def _rise_and_width(points: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    """Return numerator and denominator of a weighted least-squares slope, over pairs of points."""
    pairs = list(combinations(points, 2))
    rise = math.fsum(w1 * w2 * (t2 - t1) * (y2 - y1) for (t1, y1, w1), (t2, y2, w2) in pairs)
    width = math.fsum(w1 * w2 * (t2 - t1) ** 2 for (t1, _, w1), (t2, _, w2) in pairs)
    return rise, width


def _slope(points: Sequence[tuple[float, float, float]]) -> float:
    rise, width = _rise_and_width(points)
    return rise / width


def _slope_sign(points: Sequence[tuple[float, float, float]]) -> int:
    rise, _ = _rise_and_width(points)
    return (rise > 0) - (rise < 0)


def _repeats(series: list[_Point]) -> bool:
    return len({point.year for point in series}) < len(series)


def _numerator(denominator: float | None, percent: float | None) -> float | None:
    return None if denominator is None or percent is None else denominator * percent / 100


def _denominator(numerator: float | None, percent: float | None) -> float | None:
    return None if numerator is None or not percent else numerator / (percent / 100)
