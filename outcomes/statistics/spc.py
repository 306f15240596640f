"""XmR charts (individuals and moving range), of one series or of many at once.

The method is that of NHSRplotthedots 0.2.2, re-written from a description of it and checked
against values which the original gave. docs/methods.md says where and why this differs.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import islice, pairwise
from operator import lt
from typing import NamedTuple, cast

from outcomes.statistics.groups import (
    TRIAL_LIMITS_BELOW,
    Group,
    Limits,
    XmRPoint,
    baseline_of,
    work_out,
)
from outcomes.statistics.signals import (
    PACKAGE_RULES,
    POINT_TYPES,
    Direction,
    PointType,
    Rules,
    SpecialCause,
)

__all__ = [
    "TRIAL_LIMITS_BELOW", "Assurance", "Direction", "PointType", "SpecialCause", "Variation",
    "XmRChart", "XmRInput", "XmRInputError", "XmRPoint", "expected_range", "xmr", "xmr_by_facet",
    "xmr_of_many",
]  # fmt: skip

MINIMUM_FIXED_POINTS = 12
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


@dataclass(frozen=True, eq=False)
class XmRChart:
    """One series: its points in date order, and the icons of its latest point."""

    groups: tuple[Group, ...]
    direction: Direction
    target: float | None
    assurance: Assurance | None

    @cached_property
    def points(self) -> tuple[XmRPoint, ...]:
        types = POINT_TYPES[self.direction]
        return tuple(point for group in self.groups for point in group.points(types))

    @property
    def variation(self) -> Variation:
        """The icon of the latest point alone; earlier signals do not show."""
        last = POINT_TYPES[self.direction][self.groups[-1].last_cause]
        if last is PointType.IMPROVEMENT:
            up = self.direction is Direction.INCREASE
            return Variation.IMPROVEMENT_HIGH if up else Variation.IMPROVEMENT_LOW
        if last is PointType.CONCERN:
            up = self.direction is Direction.DECREASE
            return Variation.CONCERN_HIGH if up else Variation.CONCERN_LOW
        return Variation(last.removeprefix("special_cause_"))


class XmRInput(NamedTuple):
    """What is to be charted; see `xmr`."""

    values: Sequence[float | None]
    dates: Sequence[date]
    target: float | None = None
    rebase: Iterable[date] = ()


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
    return xmr_of_many(
        [XmRInput(values, dates, target, rebase)],
        improvement_direction=improvement_direction,
        fix_after_n_points=fix_after_n_points,
        screen_outliers=screen_outliers,
        screen_to_zero=screen_to_zero,
        rules=rules,
    )[0]


def xmr_of_many(
    series: Iterable[XmRInput],
    *,
    improvement_direction: str = Direction.INCREASE,
    fix_after_n_points: int | None = None,
    screen_outliers: bool = True,
    screen_to_zero: bool = True,
    rules: Rules = PACKAGE_RULES,
) -> list[XmRChart]:
    """Return the chart of each series, worked out together, which is many times as fast."""
    direction = _direction(improvement_direction)
    _check_settings(fix_after_n_points, screen_outliers)
    asked = list(series)
    rows: list[list[float | None]] = []
    found: list[list[tuple[int, int, list[date]]]] = []  # of each series: row, number and dates
    for one in asked:
        _check_target(one.target)
        days, values = _sorted_series(one.values, one.dates)
        found.append([])
        for number, first, end in _group_starts(days, _rebase_dates(one.rebase)):
            found[-1].append((len(rows), number, days[first:end]))
            rows.append(values[first:end])
    if not asked:
        return []
    table = work_out(
        rows,
        places=fix_after_n_points,
        screen=screen_outliers,
        screen_to_zero=screen_to_zero,
        rules=rules,
    )
    charts = []
    for one, own in zip(asked, found, strict=True):
        groups = tuple(Group(table, *place) for place in own)
        assurance = _assurance(one.target, groups[-1].limits, direction)
        charts.append(XmRChart(groups, direction, one.target, assurance))
    return charts


def expected_range(
    values: Sequence[float | None], *, screen_outliers: bool = True
) -> tuple[float, float, float] | None:
    """Return mean and process limits of one group, as its chart has them; None if undefined.

    values are one for each period, in order, None where missing. With fewer than
    TRIAL_LIMITS_BELOW of them the limits still move.
    """
    numbers = [_known(value) for value in values]
    limits = baseline_of(numbers, places=None, screen=screen_outliers, screen_to_zero=False).limits
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
    rows: dict[str, list[int]] = {name: [] for name in sorted(set(facets))}
    for row, name in enumerate(facets):
        rows[name].append(row)
    charts = xmr_of_many(
        [
            XmRInput(
                [values[row] for row in own],
                [dates[row] for row in own],
                target.get(name) if isinstance(target, Mapping) else target,
                rebase.get(name, ()) if isinstance(rebase, Mapping) else rebase,
            )
            for name, own in rows.items()
        ],
        improvement_direction=improvement_direction,
        fix_after_n_points=fix_after_n_points,
        screen_outliers=screen_outliers,
    )
    if isinstance(target, Mapping) and charts[0].direction is not Direction.NEUTRAL:
        charts = [
            replace(chart, assurance=Assurance.INCONSISTENT) if chart.target is None else chart
            for chart in charts
        ]
    return dict(zip(rows, charts, strict=True))


def _direction(word: str) -> Direction:
    """Return the direction that a word, or the start of one, names."""
    found = [d for d in Direction if isinstance(word, str) and word and d.startswith(word)]
    if not found:
        raise XmRInputError("Improvement direction must be increase, decrease or neutral.")
    return found[0]


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _check_target(target: float | None) -> None:
    if target is not None and not (_is_number(target) and math.isfinite(target)):
        raise XmRInputError("The target must be one number.")


def _check_settings(fix_after: int | None, screen: bool) -> None:
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
    if not all(issubclass(kind, date) for kind in set(map(type, dates))):
        raise XmRInputError("Every date must be a date.")
    try:
        if all(map(lt, dates, islice(dates, 1, None))):
            return list(dates), _all_known(values)
        order = sorted(range(len(dates)), key=dates.__getitem__)
    except TypeError as error:
        raise XmRInputError("Dates with and without a time cannot be mixed.") from error
    days = [dates[i] for i in order]
    if any(a == b for a, b in pairwise(days)):
        raise XmRInputError("There is more than one value for the same date.")
    return days, _all_known([values[i] for i in order])


def _all_known(values: Sequence[float | None]) -> list[float | None]:
    """Return the values as floats, None if missing; refuse what is not a finite number."""
    if set(map(type, values)) == {float}:  # nearly all series, so the quick way first
        floats = cast(Sequence[float], values)
        if max(map(abs, floats)) <= LARGEST_VALUE and not any(map(math.isnan, floats)):
            return list(values)
    return [_known(value) for value in values]


def _known(value: float | None) -> float | None:
    """Return the value as a float, None if missing; refuse what is not a finite number."""
    if type(value) is float and abs(value) <= LARGEST_VALUE:
        return value  # nearly all values, so the quick way first
    if value is None or value != value:
        return None
    if not _is_number(value) or abs(value) > LARGEST_VALUE:
        raise XmRInputError(f"{value!r} is not a number that can be charted.")
    return float(value)


def _group_starts(days: list[date], rebase: frozenset[date]) -> list[tuple[int, int, int]]:
    """Return (group number, first row, row after the last) for each rebase group."""
    firsts = [i for i, day in enumerate(days) if day in rebase] if rebase else []
    # A rebase on the first row leaves group 0 empty, so numbering then starts at 1.
    cuts = [0, *firsts, len(days)]
    return [(i, a, b) for i, (a, b) in enumerate(pairwise(cuts)) if a < b]


def _assurance(target: float | None, last: Limits, direction: Direction) -> Assurance | None:
    """Return whether the latest limits will meet the target always, never or by chance."""
    if target is None or direction is Direction.NEUTRAL:
        return None
    lower, upper = last.lower, last.upper
    if lower is None or upper is None or lower <= target <= upper:
        return Assurance.INCONSISTENT
    met = (target > upper) == (direction is Direction.DECREASE)
    return Assurance.PASS if met else Assurance.FAIL
