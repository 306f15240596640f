"""XmR charts (individuals and moving range) for one series at a time.

The method is that of NHSRplotthedots 0.2.2, re-written from a description of it and checked
against values which the original gave. docs/methods.md says where and why this differs.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise, repeat
from typing import NamedTuple

from outcomes.statistics.signals import (
    PACKAGE_RULES,
    POINT_TYPES,
    Direction,
    PointType,
    Rules,
    SpecialCause,
    beyond,
    special_causes,
)

LIMIT_FACTOR = 2.66  # 3 / 1.128, as charts of moving ranges of two points round it
NEAR_FACTOR = 2 * (2.66 / 3)
SCREEN_FACTOR = 3.267
MINIMUM_FIXED_POINTS = 12
TRIAL_LIMITS_BELOW = 13
LARGEST_VALUE = 1e300  # beyond this the sums would overflow


class XmRInputError(ValueError):
    """The series cannot be charted; the message says why in plain words."""


class Variation(StrEnum):
    """The icon for the latest point of a series."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT_HIGH = "improvement_high"
    IMPROVEMENT_LOW = "improvement_low"
    CONCERN_HIGH = "concern_high"
    CONCERN_LOW = "concern_low"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"


class Assurance(StrEnum):
    """The icon for the latest limits of a series beside its target."""

    PASS = "consistent_pass"  # noqa: S105 (a word of the method, not a secret)
    FAIL = "consistent_fail"
    INCONSISTENT = "inconsistent"


# A tuple, not a dataclass: portals rebuild thousands of series and this is four times faster.
class XmRPoint(NamedTuple):
    """One dated value and all that the chart knows about it; None means undefined."""

    date: date
    value: float | None
    mean: float | None
    lower_process_limit: float | None
    upper_process_limit: float | None
    lower_near_limit: float | None
    upper_near_limit: float | None
    moving_range: float | None
    moving_range_used: float | None  # None also where screening left it out
    average_moving_range: float | None
    rebase_group: int
    in_baseline: bool
    relative_to_mean: int | None  # 1 above, 0 on, -1 below
    outside: bool | None
    close: bool | None  # within the limits but beyond two thirds of the way to them
    special_cause_type: SpecialCause
    point_type: PointType
    short_group: bool  # limits rest on so few points that they will still move

    @property
    def special_cause(self) -> bool:
        """Whether any rule marks this point as unusual."""
        return self.special_cause_type is not SpecialCause.COMMON


@dataclass(frozen=True, slots=True)
class XmRChart:
    """One series: its points in date order, and the icons of its latest point."""

    points: tuple[XmRPoint, ...]
    direction: Direction
    target: float | None
    variation: Variation
    assurance: Assurance | None


class _Limits(NamedTuple):
    """Mean and limits of one rebase group."""

    mean: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    average_moving_range: float | None


_UNDEFINED = _Limits(None, None, None, None, None, None)


def xmr(
    values: Sequence[float | None],
    *,
    dates: Sequence[date],
    improvement_direction: str = Direction.INCREASE,
    target: float | None = None,
    rebase: Iterable[date] = (),
    fix_after_n_points: int | None = None,
    screen_outliers: bool = True,
    screen_to_zero: bool = True,
    rules: Rules = PACKAGE_RULES,
) -> XmRChart:
    """Return the XmR chart of one series.

    values and dates run in parallel, in any order, one value a date; None or NaN is a missing
    value. The unit of every limit is that of the values. Rebase dates that are not dates of the
    series have no effect. `screen_to_zero=False` does without screening where it would leave no
    width at all, as with rare events. Raises XmRInputError where the input makes no sense.
    """
    direction = _direction(improvement_direction)
    _check_settings(target, fix_after_n_points, screen_outliers)
    days, numbers = _sorted_series(values, dates)
    starts = _group_starts(days, _rebase_dates(rebase))
    points: list[XmRPoint] = []
    for group, first, end in starts:
        points += _group_points(
            days[first:end],
            numbers[first:end],
            group,
            fix_after_n_points or end - first,
            screen_outliers,
            screen_to_zero,
            POINT_TYPES[direction],
            rules,
        )
    last = points[-1]
    return XmRChart(
        points=tuple(points),
        direction=direction,
        target=target,
        variation=_variation(last.point_type, direction),
        assurance=_assurance(target, last, direction),
    )


def expected_range(
    values: Sequence[float | None], *, screen_outliers: bool = True
) -> tuple[float, float, float] | None:
    """Return mean and process limits of one group, as its chart has them; None if undefined.

    values are one for each period, in order, None where missing. With fewer than
    TRIAL_LIMITS_BELOW of them the limits still move.
    """
    numbers = [_known(value) for value in values]
    ranges = _moving_ranges(numbers, len(numbers))
    used = _screened(ranges) if screen_outliers else ranges
    limits = _limits(numbers, len(numbers), used if any(used) else ranges)
    if limits.mean is None or limits.lower is None or limits.upper is None:
        return None
    return limits.mean, limits.lower, limits.upper


def xmr_by_facet(
    values: Sequence[float | None],
    *,
    dates: Sequence[date],
    facets: Sequence[str],
    target: float | Mapping[str, float] | None = None,
    rebase: Iterable[date] | Mapping[str, Iterable[date]] = (),
    improvement_direction: str = Direction.INCREASE,
    fix_after_n_points: int | None = None,
    screen_outliers: bool = True,
) -> dict[str, XmRChart]:
    """Return one chart per facet (series name), by name in order; see `xmr`.

    Target and rebase dates hold for all facets, or are mappings that name facets. As in the
    package, once one facet has a target those without are "hit or miss".
    """
    if not len(values) == len(dates) == len(facets):
        raise XmRInputError("Values, dates and facets must be equally many.")
    for named in (target, rebase):
        if isinstance(named, Mapping) and (unknown := set(named) - set(facets)):
            raise XmRInputError(f"No such facet in the data: {', '.join(sorted(unknown))}.")
    if not facets:
        raise XmRInputError("There are no values to chart.")
    charts: dict[str, XmRChart] = {}
    for facet in sorted(set(facets)):
        rows = [i for i, name in enumerate(facets) if name == facet]
        chart = xmr(
            [values[i] for i in rows],
            dates=[dates[i] for i in rows],
            improvement_direction=improvement_direction,
            target=target.get(facet) if isinstance(target, Mapping) else target,
            rebase=rebase.get(facet, ()) if isinstance(rebase, Mapping) else rebase,
            fix_after_n_points=fix_after_n_points,
            screen_outliers=screen_outliers,
        )
        if isinstance(target, Mapping) and chart.target is None and chart.direction != "neutral":
            chart = replace(chart, assurance=Assurance.INCONSISTENT)
        charts[facet] = chart
    return charts


def _direction(word: str) -> Direction:
    """Return the direction that a word, or the start of one, names."""
    found = [d for d in Direction if isinstance(word, str) and word and d.startswith(word)]
    if not found:
        raise XmRInputError("Improvement direction must be increase, decrease or neutral.")
    return found[0]


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _check_settings(target: float | None, fix_after: int | None, screen: bool) -> None:
    if target is not None and not (_is_number(target) and math.isfinite(target)):
        raise XmRInputError("The target must be one number.")
    if fix_after is not None and (
        not isinstance(fix_after, int)
        or isinstance(fix_after, bool)
        or fix_after < MINIMUM_FIXED_POINTS
    ):
        raise XmRInputError(
            f"Limits can be fixed after {MINIMUM_FIXED_POINTS} points or more (a whole number)."
        )
    if not isinstance(screen, bool):
        raise XmRInputError("Screening of outliers must be true or false.")


def _rebase_dates(rebase: Iterable[date]) -> frozenset[date]:
    if isinstance(rebase, (str, Mapping)):
        raise XmRInputError("Rebase dates must be a list of dates.")
    found = list(rebase)
    if not all(isinstance(day, date) for day in found):
        raise XmRInputError("Rebase dates must be a list of dates.")
    return frozenset(found)


def _sorted_series(
    values: Sequence[float | None], dates: Sequence[date]
) -> tuple[list[date], list[float | None]]:
    """Return dates and values by date, with every missing value as None."""
    if len(values) != len(dates):
        raise XmRInputError("Values and dates must be equally many.")
    if not len(values):
        raise XmRInputError("There are no values to chart.")
    if not all(isinstance(day, date) for day in dates):
        raise XmRInputError("Every date must be a date.")
    try:
        order = sorted(range(len(dates)), key=dates.__getitem__)
    except TypeError as error:
        raise XmRInputError("Dates with and without a time cannot be mixed.") from error
    days = [dates[i] for i in order]
    if any(a == b for a, b in pairwise(days)):
        raise XmRInputError("There is more than one value for the same date.")
    return days, [_known(values[i]) for i in order]


def _known(value: float | None) -> float | None:
    """Return the value as a float, None if missing; refuse what is not a finite number."""
    if type(value) is float and -LARGEST_VALUE <= value <= LARGEST_VALUE:
        return value  # nearly all values, so the quick way first
    if value is None or value != value:
        return None
    if not _is_number(value) or not -LARGEST_VALUE <= value <= LARGEST_VALUE:
        raise XmRInputError(f"{value!r} is not a number that can be charted.")
    return float(value)


def _group_starts(days: list[date], rebase: frozenset[date]) -> list[tuple[int, int, int]]:
    """Return (group number, first row, row after the last) for each rebase group."""
    firsts = [i for i, day in enumerate(days) if day in rebase] if rebase else []
    # A rebase on the first row leaves group 0 empty, so numbering then starts at 1.
    cuts = [0, *firsts, len(days)]
    return [(i, a, b) for i, (a, b) in enumerate(pairwise(cuts)) if a < b]


def _mean(known: list[float]) -> float:
    """Return the mean to the last digit: exact sum, then one correction, as R does."""
    first = math.fsum(known) / len(known)
    return first + math.fsum([y - first for y in known]) / len(known)


def _moving_ranges(values: list[float | None], baseline: int) -> list[float | None]:
    """Return |step| to each baseline row from the one before; None where either is missing."""
    ranges: list[float | None] = [None] * len(values)
    for i in range(1, min(baseline, len(values))):
        now, before = values[i], values[i - 1]
        if now is not None and before is not None:
            ranges[i] = abs(now - before)
    return ranges


def _screened(ranges: list[float | None]) -> list[float | None]:
    """Return the moving ranges with the unusually large ones left out, once."""
    known = [r for r in ranges if r is not None]
    if not known:
        return ranges
    bar = SCREEN_FACTOR * _mean(known)
    return [r if r is not None and r < bar else None for r in ranges]


def _limits(values: list[float | None], baseline: int, used: list[float | None]) -> _Limits:
    known = [y for y in values[:baseline] if y is not None]
    kept = [r for r in used if r is not None]
    if not known:
        return _UNDEFINED
    mean = _mean(known)
    if not kept:
        return _UNDEFINED._replace(mean=mean)
    amr = _mean(kept)
    wide, near = LIMIT_FACTOR * amr, NEAR_FACTOR * amr
    return _Limits(mean, mean - wide, mean + wide, mean - near, mean + near, amr)


def _group_points(
    days: list[date],
    values: list[float | None],
    group: int,
    baseline: int,
    screen: bool,
    screen_to_zero: bool,
    point_types: Mapping[SpecialCause, PointType],
    rules: Rules,
) -> list[XmRPoint]:
    """Return the points of one rebase group; no rule reaches across groups."""
    ranges = _moving_ranges(values, baseline)
    used = _screened(ranges) if screen else ranges
    if not screen_to_zero and not any(used):
        used = ranges
    mean, lower, upper, near_lower, near_upper, amr = _limits(values, baseline, used)
    sides = [None if y is None or mean is None else (y > mean) - (y < mean) for y in values]
    outside = beyond(values, lower, upper)
    beyond_near = beyond(values, near_lower, near_upper)
    close = [
        None if o is None else not o and bool(n) for o, n in zip(outside, beyond_near, strict=True)
    ]
    counting = beyond_near if rules.two_of_three_counts_outside else close
    causes = special_causes(values, sides, outside, counting, rules)
    in_baseline = [i < baseline and y is not None for i, y in enumerate(values)]
    types = [point_types[cause] for cause in causes]
    columns = zip(
        days, values, *map(repeat, (mean, lower, upper, near_lower, near_upper)),
        ranges, used, repeat(amr), repeat(group), in_baseline, sides, outside, close,
        causes, types, repeat(len(values) < TRIAL_LIMITS_BELOW), strict=False,
    )  # fmt: skip
    return [XmRPoint._make(row) for row in columns]


def _variation(last: PointType, direction: Direction) -> Variation:
    """Return the icon of the latest point alone; earlier signals do not show."""
    if last is PointType.IMPROVEMENT:
        up = direction is Direction.INCREASE
        return Variation.IMPROVEMENT_HIGH if up else Variation.IMPROVEMENT_LOW
    if last is PointType.CONCERN:
        up = direction is Direction.DECREASE
        return Variation.CONCERN_HIGH if up else Variation.CONCERN_LOW
    return Variation(last.removeprefix("special_cause_"))


def _assurance(target: float | None, last: XmRPoint, direction: Direction) -> Assurance | None:
    """Return whether the latest limits will meet the target always, never or by chance."""
    if target is None or direction is Direction.NEUTRAL:
        return None
    lower, upper = last.lower_process_limit, last.upper_process_limit
    if lower is None or upper is None or lower <= target <= upper:
        return Assurance.INCONSISTENT
    met = (target > upper) == (direction is Direction.DECREASE)
    return Assurance.PASS if met else Assurance.FAIL
