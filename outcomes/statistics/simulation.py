"""Seeded repetitions of an inequality line: what else the figures might have shown."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from outcomes.statistics.inputs import StatisticsInputError

if TYPE_CHECKING:
    import numpy as np


class SimulatedLines(NamedTuple):
    """Slope, and fitted value at the start, of each repetition."""

    slopes: "np.ndarray"
    starts: "np.ndarray"


def simulated_lines(
    heights: Sequence[float],
    errors: Sequence[float],
    *,
    ranks: Sequence[float],
    weights: Sequence[float],
    back: "Callable[[np.ndarray], np.ndarray] | None",
    repetitions: int,
    seed: int,
) -> SimulatedLines:
    """Return lines fitted to heights drawn from normal distributions, `back` applied to each draw.

    Weights sum to 1. Sums go one quantile at a time: little memory, and the same bits on every
    machine, which a matrix product does not promise.
    """
    import numpy as np  # a quarter of a second, spent only where something is simulated

    # NumPy promises the same numbers in every version for this generator, not for its newer ones.
    random = np.random.RandomState(seed)
    centre, spread = rank_centre_and_spread(ranks, weights)
    slopes = np.zeros(repetitions)
    means = np.zeros(repetitions)
    for height, error, rank, weight in zip(heights, errors, ranks, weights, strict=True):
        draws = height + error * random.standard_normal(repetitions)
        drawn = draws if back is None else back(draws)
        slopes += drawn * (weight * (rank - centre) / spread)
        means += drawn * weight
    return SimulatedLines(slopes, means - slopes * centre)


def rank_centre_and_spread(ranks: Sequence[float], weights: Sequence[float]) -> tuple[float, float]:
    """Return weighted mean and variance of the ranks; weights sum to 1."""
    centre = sum(w * rank for w, rank in zip(weights, ranks, strict=True))
    return centre, sum(w * (rank - centre) ** 2 for w, rank in zip(weights, ranks, strict=True))


def limit_positions(repetitions: int, confidence: float) -> tuple[int, int]:
    """Return the places of lower and upper limit in sorted repetitions, counted from 0."""
    upper_share = confidence + (1 - confidence) / 2
    lower = round(repetitions * (1 - upper_share))
    upper = round(repetitions * upper_share)
    if lower < 1:
        raise StatisticsInputError("So high a confidence needs more repetitions.")
    return lower - 1, upper - 1
