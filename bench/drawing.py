"""One chart, beside a sparkline, which is written without a drawing engine."""

import random

from bench.timing import Result, alternated, milliseconds
from outcomes.charts import ChartData, sparkline_svg, xmr_svg
from outcomes.statistics.signals import PointType

POINTS = 36


def measure(repeats: int) -> Result:
    chance = random.Random(20161122)  # noqa: S311 (figures, not secrets)
    values = [chance.gauss(85, 4) for _ in range(POINTS)]
    data = ChartData(
        labels=[f"Month {number}" for number in range(POINTS)],
        values=values,
        means=[85.0] * POINTS,
        lowers=[74.0] * POINTS,
        uppers=[96.0] * POINTS,
        point_types=[PointType.COMMON] * POINTS,
        title="Seen within 4 hours",
        unit="%",
        target=90.0,
    )
    ours, least = alternated(
        lambda: xmr_svg(data, width="wide"),
        lambda: sparkline_svg(values, title="Seen within 4 hours"),
        repeats,
    )
    return Result(
        f"Chart of {POINTS} points",
        milliseconds(ours),
        f"sparkline: {milliseconds(least)}",
        ours / least,
        "drawn once per series",
    )
