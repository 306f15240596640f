"""Slope and relative index of inequality: how much lies between the two ends of deprivation.

As PHEindicatormethods 2.1.0 computes them, written anew from a description and checked against
values which the original gave. docs/methods.md says where and why this differs.
"""

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from outcomes.statistics.distributions import normal_z
from outcomes.statistics.inputs import (
    StatisticsInputError,
    confidence_levels,
    known_column,
    one_number,
    refuse_negative,
    refuse_zero_or_less,
    rows_of_groups,
)
from outcomes.statistics.intervals import Limits
from outcomes.statistics.simulation import (
    SimulatedLines,
    limit_positions,
    rank_centre_and_spread,
    simulated_lines,
)

if TYPE_CHECKING:
    import numpy as np

FEWEST_QUANTILES, MOST_QUANTILES, STEADY_QUANTILES = 5, 100, 10
FEWEST_REPETITIONS = 1000
# Of 1 to 150 the seed whose simulated limits come closest to the exact ones of straight lines with
# normal errors, in fifths and tenths, at 95% and 99.8%. It has to stay the same.
SEED = 14


class ValueType(IntEnum):
    """What the values are, and with that the scale on which their errors are even."""

    OTHER = 0
    RATE = 1
    PROPORTION = 2


@dataclass(frozen=True, slots=True)
class SlopeIndex:
    """The indices of one group; all None where it lacks a quantile (see `notes`).

    `intercept` is as the package gives it: times the multiplier only with a transformation.
    `start` and `end` are the fitted values at the two ends in the unit of `sii`, for drawing.
    """

    group: Hashable
    sii: float | None
    rii: float | None
    sii_limits: tuple[Limits, ...]
    rii_limits: tuple[Limits, ...]
    intercept: float | None
    start: float | None
    end: float | None
    transformation: str
    method: str
    notes: tuple[str, ...] = ()


class _Scale(NamedTuple):
    """A scale to work on: the way there, the way back, and back for many draws at once."""

    name: str
    there: Callable[[float], float]
    back: Callable[[float], float]
    back_many: "Callable[[np.ndarray], np.ndarray] | None"


class _Quantile(NamedTuple):
    """One row: a quantile's people and value, and the value with its error on the scale."""

    order: float
    population: float
    value: float
    height: float
    error: float


class _Line(NamedTuple):
    intercept: float
    slope: float


class _Settings(NamedTuple):
    scale: _Scale
    transform: bool
    multiplier: float
    levels: tuple[float, ...]
    repetitions: int
    seed: int


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


def _share(log_odds: float) -> float:
    odds = math.exp(-abs(log_odds))  # this way round it cannot overflow
    return (odds if log_odds < 0 else 1) / (1 + odds)


def _exp_many(draws: "np.ndarray") -> "np.ndarray":
    import numpy as np

    return np.exp(draws)


def _shares_many(draws: "np.ndarray") -> "np.ndarray":
    import numpy as np

    odds = np.exp(-np.abs(draws))
    return np.where(draws < 0, odds, 1) / (1 + odds)


_SCALES = {
    ValueType.OTHER: _Scale("none", float, float, None),
    ValueType.RATE: _Scale("log", math.log, math.exp, _exp_many),
    ValueType.PROPORTION: _Scale("logit", _logit, _share, _shares_many),
}


def slope_indices(
    quantiles: Iterable[float | str],
    populations: Iterable[float],
    values: Iterable[float] | None = None,
    *,
    counts: Iterable[float] | None = None,
    lower: Iterable[float] | None = None,
    upper: Iterable[float] | None = None,
    standard_errors: Iterable[float] | None = None,
    groups: Sequence[Hashable] | None = None,
    value_type: int = ValueType.OTHER,
    transform: bool = False,
    multiplier: float = 1,
    confidence: float | Sequence[float] = 0.95,
    repetitions: int = 100_000,
    seed: int = SEED,
) -> tuple[SlopeIndex, ...]:
    """Return slope and relative index of inequality of the data, or of each group (sorted).

    Quantile 1 is the most deprived by convention; the line runs from 1 to the last. `lower` and
    `upper` are 95% limits of the values whatever `confidence` asks of the result; standard errors
    instead are those of the logarithm of a rate and of the logit of a proportion. `counts` stand
    in for the values of proportions. `transform` fits the line on that scale, too. A negative
    multiplier turns the direction round. Every group is drawn with the same seed, so its limits
    do not depend on what else is in the data. Source: Mackenbach and Kunst (1997); Fingertips'
    Technical Guidance, "Slope index of inequality".
    """
    kind = _value_type(value_type)
    settings = _Settings(
        _SCALES[kind], transform, one_number(multiplier, "multiplier"),
        confidence_levels(confidence, any_levels=True), repetitions, seed,
    )  # fmt: skip
    _check_settings(settings, kind, with_errors=standard_errors is not None)
    orders = _orders(quantiles)
    people = known_column(populations, "populations", rows=len(orders))
    refuse_zero_or_less(people, "populations")
    found = _values(values, counts, people, kind)
    heights = [_on_scale(value, settings.scale, "values") for value in found]
    errors = _errors(lower, upper, standard_errors, settings.scale, len(orders))
    rows = list(map(_Quantile, orders, people, found, heights, errors))
    wanted = _wanted(orders)
    return tuple(
        _of_group(group, sorted(rows[number] for number in numbers), wanted, settings)
        for group, numbers in rows_of_groups(groups, len(rows))
    )


def _value_type(value_type: object) -> ValueType:
    if isinstance(value_type, bool) or value_type not in (0, 1, 2):
        raise StatisticsInputError("The value type is 0 (other), 1 (rate) or 2 (proportion).")
    return ValueType(value_type)


def _check_settings(settings: _Settings, kind: ValueType, *, with_errors: bool) -> None:
    if settings.multiplier == 0:
        raise StatisticsInputError("The multiplier cannot be zero.")
    if not isinstance(settings.repetitions, int) or settings.repetitions < FEWEST_REPETITIONS:
        raise StatisticsInputError(f"Simulate {FEWEST_REPETITIONS} repetitions or more.")
    if settings.transform and kind is ValueType.OTHER:
        raise StatisticsInputError("Only rates and proportions can be transformed.")
    if settings.transform and with_errors:
        raise StatisticsInputError("A transformation needs limits, not standard errors.")
    for level in settings.levels:
        limit_positions(settings.repetitions, level)


def _orders(quantiles: Iterable[float | str]) -> list[float]:
    """Return the quantiles as numbers, so that 10 comes after 9 also where they came as text."""
    try:
        numbers = [float(q) if isinstance(q, str) else q for q in quantiles]
    except ValueError as error:
        raise StatisticsInputError("Quantiles must be numbers, such as 1 to 10.") from error
    return known_column(numbers, "quantiles")


def _wanted(orders: list[float]) -> frozenset[float]:
    wanted = frozenset(orders)
    if not FEWEST_QUANTILES <= len(wanted) <= MOST_QUANTILES:
        raise StatisticsInputError(
            f"The indices need {FEWEST_QUANTILES} to {MOST_QUANTILES} quantiles."
        )
    return wanted


def _values(
    values: Iterable[float] | None,
    counts: Iterable[float] | None,
    populations: list[float],
    kind: ValueType,
) -> list[float]:
    if (values is None) == (counts is None):
        raise StatisticsInputError("Give values or, for proportions, counts.")
    if values is not None:
        return known_column(values, "values", rows=len(populations))
    if kind is not ValueType.PROPORTION:
        raise StatisticsInputError("Counts can only stand in for the values of proportions.")
    events = known_column(counts or (), "counts", rows=len(populations))
    refuse_zero_or_less(events, "counts")
    return [x / n for x, n in zip(events, populations, strict=True)]


def _errors(
    lower: Iterable[float] | None,
    upper: Iterable[float] | None,
    standard_errors: Iterable[float] | None,
    scale: _Scale,
    rows: int,
) -> list[float]:
    """Return the standard errors on the scale: as given, or from 95% limits."""
    if standard_errors is not None:
        if lower is not None or upper is not None:
            raise StatisticsInputError("Give limits or standard errors, not both.")
        errors = known_column(standard_errors, "standard errors", rows=rows)
        refuse_negative(errors, "standard errors")
        return errors
    if lower is None or upper is None:
        raise StatisticsInputError("Give both limits of the values, or their standard errors.")
    low, high = (
        [_on_scale(limit, scale, name) for limit in known_column(limits, name, rows=rows)]
        for limits, name in ((lower, "lower limits"), (upper, "upper limits"))
    )
    errors = [(b - a) / (2 * normal_z(0.95)) for a, b in zip(low, high, strict=True)]
    if any(error < 0 for error in errors):
        raise StatisticsInputError("A lower limit lies above its upper limit.")
    return errors


def _on_scale(value: float, scale: _Scale, name: str) -> float:
    if scale.name == "log" and value <= 0:
        raise StatisticsInputError(f"The {name} of rates must be greater than zero.")
    if scale.name == "logit" and not 0 < value < 1:
        raise StatisticsInputError(f"The {name} of proportions must lie between 0 and 1.")
    return scale.there(value)


def _of_group(
    group: Hashable, rows: list[_Quantile], wanted: frozenset[float], settings: _Settings
) -> SlopeIndex:
    """Return the indices of one group, whose rows stand in the order of their quantiles."""
    orders = [row.order for row in rows]
    if len(set(orders)) < len(orders):
        raise StatisticsInputError("A group has more than one row for a quantile.")
    name = settings.scale.name if settings.transform else "none"
    method = f"simulation {settings.repetitions} reps"
    absent = wanted - set(orders)
    if absent:
        note = f"No figure for quantile {', '.join(f'{order:g}' for order in sorted(absent))}."
        nothing = tuple(Limits(level, None, None) for level in settings.levels)
        return SlopeIndex(
            group, None, None, nothing, nothing, None, None, None, name, method, (note,)
        )
    return _indices(group, rows, name, method, settings)


def _indices(
    group: Hashable, rows: list[_Quantile], name: str, method: str, settings: _Settings
) -> SlopeIndex:
    people = math.fsum(row.population for row in rows)
    weights = [row.population / people for row in rows]
    ranks = [up_to - w / 2 for w, up_to in zip(weights, accumulate(weights), strict=True)]
    fitted = [row.height if settings.transform else row.value for row in rows]
    line = _fit(fitted, ranks, weights)
    lines = simulated_lines(
        [row.height for row in rows],
        [row.error for row in rows],
        ranks=ranks,
        weights=weights,
        back=None if settings.transform else settings.scale.back_many,
        repetitions=settings.repetitions,
        seed=settings.seed,
    )
    limits = _transformed_limits if settings.transform else _plain_limits
    sii_limits, rii_limits = limits(line, lines, settings)
    start, end = line.intercept, line.intercept + line.slope
    difference = line.slope
    if settings.transform:
        start, end = settings.scale.back(start), settings.scale.back(end)
        difference = end - start
    m = settings.multiplier
    return SlopeIndex(
        group, m * difference, _ratio(end, start, m), sii_limits, rii_limits,
        abs(m) * start if settings.transform else start, abs(m) * start, abs(m) * end,
        name, method, _notes(len(rows), start, end),
    )  # fmt: skip


def _fit(heights: list[float], ranks: list[float], weights: list[float]) -> _Line:
    """Return the weighted least-squares line; weights sum to 1.

    Heights are taken from the first one, so that equal heights give a slope of exactly 0.
    """
    centre, spread = rank_centre_and_spread(ranks, weights)
    above = [height - heights[0] for height in heights]
    mean = heights[0] + math.fsum(w * y for w, y in zip(weights, above, strict=True))
    slope = math.fsum(
        w * (rank - centre) * y for w, rank, y in zip(weights, ranks, above, strict=True)
    )
    return _Line(mean - slope / spread * centre, slope / spread)


def _plain_limits(
    line: _Line, lines: SimulatedLines, settings: _Settings
) -> tuple[tuple[Limits, ...], tuple[Limits, ...]]:
    """Return the limits of both indices from the repetitions' own slopes and ratios."""
    import numpy as np

    differences = np.sort(lines.slopes * settings.multiplier)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = (lines.starts + lines.slopes) / lines.starts
        ratios = np.sort(ratios if settings.multiplier > 0 else 1 / ratios)
    places = [limit_positions(settings.repetitions, level) for level in settings.levels]
    pairs = list(zip(settings.levels, places, strict=True))
    return (
        tuple(_limits(level, differences[a], differences[b]) for level, (a, b) in pairs),
        tuple(_limits(level, ratios[a], ratios[b]) for level, (a, b) in pairs),
    )


def _transformed_limits(
    line: _Line, lines: SimulatedLines, settings: _Settings
) -> tuple[tuple[Limits, ...], tuple[Limits, ...]]:
    """Return the limits of both indices from slopes alone, turned about the line's middle."""
    import numpy as np

    slopes, middle, m = np.sort(lines.slopes), line.intercept + line.slope / 2, settings.multiplier
    differences, ratios = [], []
    for level in settings.levels:
        ends = []
        for place in limit_positions(settings.repetitions, level):
            half = float(slopes[place]) / 2
            start, end = settings.scale.back(middle - half), settings.scale.back(middle + half)
            ends.append((m * (end - start), _ratio(end, start, m)))
        (sii_a, rii_a), (sii_b, rii_b) = ends if m > 0 else reversed(ends)
        differences.append(Limits(level, sii_a, sii_b))
        ratios.append(Limits(level, rii_a, rii_b))
    return tuple(differences), tuple(ratios)


def _ratio(end: float, start: float, multiplier: float) -> float | None:
    over, under = (end, start) if multiplier > 0 else (start, end)
    return over / under if under else None


def _limits(level: float, lower: float, upper: float) -> Limits:
    known = [float(x) if math.isfinite(x) else None for x in (lower, upper)]
    return Limits(level, *known)


def _notes(quantiles: int, start: float, end: float) -> tuple[str, ...]:
    notes = []
    if quantiles > STEADY_QUANTILES:
        notes.append("With so many quantiles, small numbers can make the index unstable.")
    if start * end <= 0:
        notes.append("The line reaches zero, so the relative index says nothing.")
    return tuple(notes)
