"""The four rules that tell an unusual point of an XmR chart from ordinary variation.

They take tables: one group of points in each row, the missing ones and what lies beyond the end of
a short row as NaN, or as side 0 and False.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


class Direction(StrEnum):
    """Which way a measure gets better."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


class SpecialCause(StrEnum):
    """Why a point is unusual: the first rule, in this order, that holds for it."""

    ABOVE_LIMIT = "Above UCL"
    BELOW_LIMIT = "Below LCL"
    TREND_UP = "7 Point Trend (Increasing)"
    TREND_DOWN = "7 Point Trend (Decreasing)"
    TWO_OF_THREE_ABOVE = "2 in 3 Above CL"
    TWO_OF_THREE_BELOW = "2 in 3 Below CL"
    RUN_ABOVE = "7 Points Above CL"
    RUN_BELOW = "7 Points Below CL"
    COMMON = "Common Cause"


class PointType(StrEnum):
    """What an unusual point means, given the direction of improvement."""

    COMMON = "common_cause"
    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    NEUTRAL_HIGH = "special_cause_neutral_high"
    NEUTRAL_LOW = "special_cause_neutral_low"


@dataclass(frozen=True, slots=True)
class Rules:
    """How signals are found; the defaults are those of the package.

    two_of_three_counts_outside: points beyond a limit count towards the two of three, as
    Making Data Count has done since late 2023.
    """

    trend_length: int = 7
    run_length: int = 7
    two_of_three_counts_outside: bool = False


PACKAGE_RULES = Rules()
_HIGH = frozenset(c for c in SpecialCause if "Above" in c or "Increasing" in c)
_MEANING = {
    Direction.INCREASE: (PointType.IMPROVEMENT, PointType.CONCERN),
    Direction.DECREASE: (PointType.CONCERN, PointType.IMPROVEMENT),
    Direction.NEUTRAL: (PointType.NEUTRAL_HIGH, PointType.NEUTRAL_LOW),
}
POINT_TYPES = {
    direction: {cause: high_low[0] if cause in _HIGH else high_low[1] for cause in SpecialCause}
    | {SpecialCause.COMMON: PointType.COMMON}
    for direction, high_low in _MEANING.items()
}


CAUSES = tuple(SpecialCause)  # a table of causes holds the positions in this


def special_causes(
    values: "np.ndarray",
    sides: "np.ndarray",
    outside: "np.ndarray",
    counting: "np.ndarray",
    rules: Rules,
) -> "np.ndarray":
    """Return the label of every point, by position in CAUSES: the first rule, in order, that holds.

    sides: 1 above the mean, 0 on it or missing, -1 below. outside: beyond a process limit.
    counting: counts towards two of three. Every rule sees all points, labelled or not.
    """
    import numpy as np  # a quarter of a second, spent only where charts are made

    trends, steps = _trends(values, rules.trend_length)
    found = [  # from the first rule to the last, so that the rule that counts is taken
        (outside & (sides == 1), SpecialCause.ABOVE_LIMIT),
        (outside, SpecialCause.BELOW_LIMIT),
        (trends & (steps > 0), SpecialCause.TREND_UP),
        (trends, SpecialCause.TREND_DOWN),
    ]
    close = _two_of_three(sides, counting)
    runs = _in_long_runs(sides, rules.run_length)
    found += [
        (close & (sides == 1), SpecialCause.TWO_OF_THREE_ABOVE),
        (close, SpecialCause.TWO_OF_THREE_BELOW),
        (runs & (sides == 1), SpecialCause.RUN_ABOVE),
        (runs, SpecialCause.RUN_BELOW),
    ]
    where, causes = zip(*found, strict=True)
    positions = [CAUSES.index(cause) for cause in causes]
    return np.select(where, positions, CAUSES.index(SpecialCause.COMMON))


def _in_windows(holds: "np.ndarray", length: int, columns: int) -> "np.ndarray":
    """Return which points lie in a window that holds; `holds` has a column for each first point."""
    import numpy as np

    inside = np.zeros((len(holds), columns), dtype=bool)
    for offset in range(length):
        inside[:, offset : offset + holds.shape[1]] |= holds
    return inside


def _in_long_runs(signs: "np.ndarray", length: int) -> "np.ndarray":
    """Return which points lie in a run of at least `length` equal signs, all up or all down."""
    import numpy as np

    columns = signs.shape[1]
    inside = np.zeros(signs.shape, dtype=bool)
    for sign in (1, -1):
        equal, windows = signs == sign, max(columns - length + 1, 0)
        whole = np.ones((len(signs), windows), dtype=bool)
        for offset in range(length):
            whole &= equal[:, offset : offset + windows]
        inside |= _in_windows(whole, length, columns)
    return inside


def _trends(values: "np.ndarray", length: int) -> tuple["np.ndarray", "np.ndarray"]:
    """Return which points lie in a trend, and the step that gives each its direction.

    A tie or a missing value breaks a trend. The step is the one to the next point if that too is
    in a trend, else the one that led here; so it can be 0 where two trends touch at a tie.
    """
    import numpy as np

    before, now = values[:, :-1], values[:, 1:]
    steps = np.zeros(values.shape, dtype=np.int8)
    steps[:, 1:] = (now > before).astype(np.int8) - (now < before)
    inside = _in_long_runs(steps, length - 1)
    inside[:, :-1] |= inside[:, 1:].copy()  # a trend includes the point before its first step
    next_step, next_inside = np.zeros_like(steps), np.zeros_like(inside)
    next_step[:, :-1], next_inside[:, :-1] = steps[:, 1:], inside[:, 1:]
    return inside, np.where(next_inside, next_step, steps)


def _two_of_three(sides: "np.ndarray", counting: "np.ndarray") -> "np.ndarray":
    """Return which points count in a window of three on one side where at least two count."""
    windows = max(sides.shape[1] - 2, 0)
    first, second, third = (sides[:, k : k + windows] for k in range(3))
    counts = sum(counting[:, k : k + windows].astype("int8") for k in range(3))
    holds = (first != 0) & (first == second) & (second == third) & (counts >= 2)
    return counting & _in_windows(holds, 3, sides.shape[1])
