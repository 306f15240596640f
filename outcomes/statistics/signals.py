"""The four rules that tell an unusual point of an XmR chart from ordinary variation."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise


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


def beyond(
    values: Sequence[float | None], lower: float | None, upper: float | None
) -> list[bool | None]:
    """Return for each value whether it lies strictly outside the limits; None if unknown."""
    if lower is None or upper is None:
        return [None] * len(values)
    return [None if y is None else y > upper or y < lower for y in values]


def special_causes(
    values: Sequence[float | None],
    sides: Sequence[int | None],
    outside: Sequence[bool | None],
    counting: Sequence[bool | None],
    rules: Rules,
) -> list[SpecialCause]:
    """Return the label of every point of one group: the first rule, in order, that holds.

    sides: 1 above the mean, 0 on it, -1 below, None missing. outside: beyond a process limit.
    counting: counts towards two of three. Every rule sees all points, labelled or not.
    """
    causes = [SpecialCause.COMMON] * len(values)
    # From the lowest rank to the highest, so that the rule that counts is written last.
    for first, end in _long_runs(sides, rules.run_length):
        label = SpecialCause.RUN_ABOVE if sides[first] == 1 else SpecialCause.RUN_BELOW
        causes[first:end] = [label] * (end - first)
    for i in _two_of_three(sides, counting):
        above = sides[i] == 1
        causes[i] = SpecialCause.TWO_OF_THREE_ABOVE if above else SpecialCause.TWO_OF_THREE_BELOW
    for i, step in _trend_steps(values, rules.trend_length).items():
        causes[i] = SpecialCause.TREND_UP if step > 0 else SpecialCause.TREND_DOWN
    for i, is_outside in enumerate(outside):
        if is_outside:
            causes[i] = SpecialCause.ABOVE_LIMIT if sides[i] == 1 else SpecialCause.BELOW_LIMIT
    return causes


def _long_runs(signs: Sequence[int | None], length: int) -> list[tuple[int, int]]:
    """Return (first, end) of each run of at least `length` equal signs, all up or all down."""
    runs = []
    end = 0
    for sign, members in groupby(signs):
        first, end = end, end + len(list(members))
        if sign and end - first >= length:
            runs.append((first, end))
    return runs


def _trend_steps(values: Sequence[float | None], length: int) -> dict[int, int]:
    """Return, for each point in a trend, the step that gives it its direction.

    A tie or a missing value breaks a trend. The step is the one to the next point if that too is
    in a trend, else the one that led here; so it can be 0 where two trends touch at a tie.
    """
    steps = [0] + [
        0 if now is None or before is None else (now > before) - (now < before)
        for before, now in pairwise(values)
    ]
    # A trend includes the point before its first step.
    inside = {i for first, end in _long_runs(steps, length - 1) for i in range(first - 1, end)}
    return {i: steps[i + 1] if i + 1 in inside else steps[i] for i in inside}


def _two_of_three(sides: Sequence[int | None], counting: Sequence[bool | None]) -> set[int]:
    """Return which points count in a window of three on one side where at least two count."""
    marked = set()
    for a, b in pairwise([i for i, counts in enumerate(counting) if counts]):
        for first in range(max(b - 2, 0), min(a, len(sides) - 3) + 1):  # windows with both
            if sides[a] and sides[first] == sides[first + 1] == sides[first + 2]:
                marked |= {a, b}
    return marked
