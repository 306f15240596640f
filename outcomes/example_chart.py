"""The worked example on the page about methods: invented numbers, charted as all others are.

python -m outcomes.example_chart    (draws static/images/example-*.svg again)
"""

from datetime import date
from pathlib import Path

from outcomes import charts
from outcomes.charts import ChartData
from outcomes.periods import label, span
from outcomes.series import number_text
from outcomes.statistics.spc import XmRChart, xmr

FOLDER = Path(__file__).parents[1] / "static" / "images"
VALUES = (84, 87, 82, 85, 88, 83, 86, 84, 81, 85, 87, 84, 82, 86, 85, 83, 87, 84, 96, 85, 83, 86,
          84, 85)  # fmt: skip
MONTHS = tuple(span(date(2024, 4, 1), date(2026, 3, 1), "month"))


def chart() -> XmRChart:
    return xmr(VALUES, dates=MONTHS)


def drawn() -> dict[str, str]:
    """The drawings by name of their files."""
    points = chart().points
    data = ChartData(
        labels=[label(month, "month") for month in MONTHS],
        values=[point.value for point in points],
        means=[point.mean for point in points],
        lowers=[point.lower_process_limit for point in points],
        uppers=[point.upper_process_limit for point in points],
        point_types=[str(point.point_type) for point in points],
        title="An invented example",
        unit="%",
    )
    return {
        "example-wide.svg": charts.xmr_svg(data, width="wide"),
        "example-narrow.svg": charts.xmr_svg(data, width="narrow"),
    }


def words() -> dict[str, str]:
    """What the page says of the example: its average, range, steps and unusual number."""
    points = chart().points
    last, unusual = points[-1], next(p for p in points if p.special_cause)
    said = {
        "mean": number_text(last.mean, 1),
        "step": number_text(last.average_moving_range, 1),
        "lower": number_text(last.lower_process_limit, 1),
        "upper": number_text(last.upper_process_limit, 1),
        "unusual": number_text(unusual.value, 0),
        "month": label(unusual.date, "month"),
    }
    said["alt"] = (
        f"A chart of {len(VALUES)} months. All numbers but one go up and down inside the expected "
        f"range of {said['lower']}% to {said['upper']}%. The number of {said['month']}, "
        f"{said['unusual']}%, lies above it and is marked as unusual."
    )
    return said


if __name__ == "__main__":
    for name, svg in drawn().items():
        (FOLDER / name).write_text(svg, encoding="utf-8")
