"""Limits, signals and icons of thousands of series, beside what no method can leave out."""

import math
import random
from datetime import date
from itertools import pairwise

from bench.timing import Result, alternated
from outcomes.periods import shift
from outcomes.statistics.spc import xmr


def measure(count: int, points: int) -> Result:
    """All series once; beside it their means and average moving ranges alone."""
    chance = random.Random(20161122)  # noqa: S311 (figures, not secrets)
    dates = [shift(date(2020, 4, 1), "month", step) for step in range(points)]
    many = [[chance.gauss(85, 4) for _ in dates] for _ in range(count)]

    def here() -> None:
        for values in many:
            xmr(values, dates=dates, target=90.0)

    def beside() -> None:
        for values in many:
            mean_and_limits(values)

    ours, least = alternated(here, beside, repeats=3)
    return Result(
        f"SPC of {count:,} series × {points}",
        f"{ours:.2f} s",
        f"mean and moving range: {least:.2f} s",
        ours / least,
        f"{ours / count * 1e6:.0f} µs a series",
    )


def mean_and_limits(values: list[float]) -> tuple[float, float, float]:
    mean = math.fsum(values) / len(values)
    ranges = math.fsum(abs(b - a) for a, b in pairwise(values))
    width = 2.66 * ranges / (len(values) - 1)
    return mean, mean - width, mean + width
