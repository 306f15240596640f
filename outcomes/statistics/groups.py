"""The rebase groups of XmR charts as the rows of one table, so that many are worked out at once.

A group is charted by itself: no limit and no rule reaches across groups. NaN is a missing value,
and all that lies beyond the end of a short row.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, repeat
from operator import sub
from typing import TYPE_CHECKING, NamedTuple

from outcomes.statistics.signals import CAUSES, PointType, Rules, SpecialCause, special_causes

if TYPE_CHECKING:
    import numpy as np

LIMIT_FACTOR = 2.66  # 3 / 1.128, as charts of moving ranges of two points round it
NEAR_FACTOR = 2 * (2.66 / 3)
SCREEN_FACTOR = 3.267
TRIAL_LIMITS_BELOW = 13


# A tuple, not a dataclass: thousands of series are built at once and this is four times faster.
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


class Limits(NamedTuple):
    """Mean and limits of one group; None means undefined."""

    mean: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    average_moving_range: float | None


UNDEFINED = Limits(None, None, None, None, None, None)


class Baseline(NamedTuple):
    """What a group's limits follow from: its moving ranges, all of them and those that count."""

    limits: Limits
    ranges: list[float | None]
    used: list[float | None]


@dataclass(frozen=True, slots=True)
class Table:
    """What is known of many groups, one in each row."""

    rows: Sequence[Sequence[float | None]]
    baselines: Sequence[Baseline]
    places: int | None  # that many of each row shape its limits; None means all
    sides: "np.ndarray"
    outside: "np.ndarray"
    close: "np.ndarray"
    causes: "np.ndarray"


class Group(NamedTuple):
    """One group of a chart: a row of the table, its number within the chart, and its dates."""

    table: Table
    row: int
    number: int
    dates: Sequence[date]

    @property
    def limits(self) -> Limits:
        return self.table.baselines[self.row].limits

    @property
    def last_cause(self) -> SpecialCause:
        return CAUSES[self.table.causes[self.row, len(self.dates) - 1]]

    def points(self, types: Mapping[SpecialCause, PointType]) -> Iterator[XmRPoint]:
        """The points with all that is known of them."""
        table, row, size = self.table, self.row, len(self.dates)
        values, (limits, ranges, used) = table.rows[row], table.baselines[row]
        mean, lower, upper, near_lower, near_upper, amr = limits
        known = [value is not None for value in values]
        judged = known if lower is not None else [False] * size
        shaping = size if table.places is None else table.places
        causes = [CAUSES[position] for position in table.causes[row, :size].tolist()]
        columns = zip(
            self.dates, values, *map(repeat, (mean, lower, upper, near_lower, near_upper)),
            ranges, used, repeat(amr), repeat(self.number),
            [k and i < shaping for i, k in enumerate(known)],
            _where(known, table.sides[row, :size]), _where(judged, table.outside[row, :size]),
            _where(judged, table.close[row, :size]), causes, [types[cause] for cause in causes],
            repeat(size < TRIAL_LIMITS_BELOW), strict=False,
        )  # fmt: skip
        return map(XmRPoint._make, columns)


def _where(known: list[bool], facts: "np.ndarray") -> list:
    found = facts.tolist()
    return found if all(known) else [f if k else None for k, f in zip(known, found, strict=True)]


def work_out(
    rows: Sequence[Sequence[float | None]],
    *,
    places: int | None,
    screen: bool,
    screen_to_zero: bool,
    rules: Rules,
) -> Table:
    """Return limits and signals of groups of values in order of their dates."""
    import numpy as np  # a quarter of a second, spent only where charts are made

    baselines = [
        baseline_of(row, places=places, screen=screen, screen_to_zero=screen_to_zero)
        for row in rows
    ]
    width = max(map(len, rows))
    # In an array of floats, None is NaN.
    values = np.array([[*row, *repeat(None, width - len(row))] for row in rows], dtype=float)
    limits = np.array([baseline.limits for baseline in baselines], dtype=float)
    mean, lower, upper, near_lower, near_upper, _ = (limits[:, [k]] for k in range(6))
    sides = (values > mean).astype(np.int8) - (values < mean)
    outside = (values > upper) | (values < lower)
    beyond_near = (values > near_upper) | (values < near_lower)
    close = beyond_near & ~outside
    counting = beyond_near if rules.two_of_three_counts_outside else close
    causes = special_causes(values, sides, outside, counting, rules)
    return Table(rows, baselines, places, sides, outside, close, causes)


def baseline_of(
    values: Sequence[float | None], *, places: int | None, screen: bool, screen_to_zero: bool
) -> Baseline:
    """Return the limits of one group; see `spc.xmr` for what shapes them."""
    ranges = _moving_ranges(values, places)
    used = _screened(ranges) if screen else ranges
    if not screen_to_zero and any(ranges) and not any(used):
        used = ranges
    return Baseline(_limits(values, places, used), ranges, used)


def _mean(known: list[float]) -> float:
    """Return the mean to the last digit: exact sum, then one correction, as R does."""
    first = math.fsum(known) / len(known)
    return first + math.fsum(map(sub, known, repeat(first))) / len(known)


def _moving_ranges(values: Sequence[float | None], baseline: int | None) -> list[float | None]:
    """Return |step| to each baseline row from the one before; None where either is missing."""
    pairs = pairwise(values[:baseline])
    steps = [None if a is None or b is None else abs(b - a) for a, b in pairs]
    return [None, *steps, *repeat(None, len(values) - 1 - len(steps))]


def _screened(ranges: list[float | None]) -> list[float | None]:
    """Return the moving ranges with the unusually large ones left out, once."""
    known = [r for r in ranges if r is not None]
    if not known:
        return ranges
    bar = SCREEN_FACTOR * _mean(known)
    return [r if r is not None and r < bar else None for r in ranges]


def _limits(
    values: Sequence[float | None], baseline: int | None, used: list[float | None]
) -> Limits:
    known = [y for y in values[:baseline] if y is not None]
    kept = [r for r in used if r is not None]
    if not known:
        return UNDEFINED
    mean = _mean(known)
    if not kept:
        return UNDEFINED._replace(mean=mean)
    amr = _mean(kept)
    wide, near = LIMIT_FACTOR * amr, NEAR_FACTOR * amr
    return Limits(mean, mean - wide, mean + wide, mean - near, mean + near, amr)
