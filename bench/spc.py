"""Limits, signals and icons of thousands of series, fetched from the database, beside the least.

The least is what no method can leave out: means and average moving ranges, of the same series.
"""

import math
import random
from datetime import date
from itertools import pairwise

from django.db import connection

from bench.timing import Result, alternated
from outcomes.periods import shift
from outcomes.statistics.spc import XmRInput, xmr_of_many


def measure(count: int, points: int) -> Result:
    """All series once, with their fetch; beside it their means and average moving ranges alone."""
    dates = [shift(date(2020, 4, 1), "month", step) for step in range(points)]
    store(count, points)
    many = fetch()

    def here() -> None:
        for chart in xmr_of_many([XmRInput(values, dates, 90.0) for values in fetch()]):
            chart.variation  # noqa: B018 (worked out when it is asked for)

    def beside() -> None:
        for values in many:
            mean_and_limits(values)

    ours, least = alternated(here, beside, repeats=5)
    return Result(
        f"SPC of {count:,} series × {points}",
        f"{ours:.2f} s",
        f"mean and moving range: {least:.2f} s",
        ours / least,
        f"{ours / count * 1e6:.0f} µs a series",
    )


def store(count: int, points: int) -> None:
    chance = random.Random(20161122)  # noqa: S311 (figures, not secrets)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE charted (number integer, figures float8[])")
        rows = [(n, [chance.gauss(85, 4) for _ in range(points)]) for n in range(count)]
        cursor.executemany("INSERT INTO charted VALUES (%s, %s)", rows)


def fetch() -> list[list[float]]:
    with connection.cursor() as cursor:  # as one text each: the driver reads arrays slowly
        cursor.execute("SELECT array_to_string(figures, ',') FROM charted ORDER BY number")
        return [list(map(float, figures.split(","))) for (figures,) in cursor.fetchall()]


def mean_and_limits(values: list[float]) -> tuple[float, float, float]:
    mean = math.fsum(values) / len(values)
    ranges = math.fsum(abs(b - a) for a, b in pairwise(values))
    width = 2.66 * ranges / (len(values) - 1)
    return mean, mean - width, mean + width
