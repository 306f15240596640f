"""Charts as self-contained SVG, drawn by Vega-Lite without a browser.

They show what they are given: callers pass figures that may be published (see
statistics/disclosure.py). Text alternatives are the page's task; the SVG carries a title only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from textwrap import wrap

from outcomes.chart_frame import (
    BLUE,
    GREY,
    LETTER,
    PALE,
    SIZES,
    LegendEntry,
    Margins,
    Size,
    Spec,
    Width,
    axis_steps,
    clean,
    finished_svg,
    frame,
    legend_parts,
    legend_rows,
    number_text,
    row_height,
    svg_text,
    text_group,
    text_width,
)
from outcomes.plain_charts import MOST_POINTS, bars_svg, sparkline_svg
from outcomes.statistics.signals import PointType

__all__ = ["ChartData", "bars_svg", "sparkline_svg", "xmr_svg"]

VERSION = 2  # raise it when drawings change, so that stored ones are drawn anew
TARGET_COLOUR, TARGET_DASH, LIMIT_DASH = "#ae2573", "10,3,2,3", "5,4"
BETWEEN_WORDS = 4  # pixels
# Each kind differs by shape (in a box of 2 x 2) as well as by colour, 4.5:1 against white.
CIRCLE = "M-0.8,0A0.8,0.8,0,1,1,0.8,0A0.8,0.8,0,1,1,-0.8,0Z"
DIAMOND = "M0,-1.2L1.2,0L0,1.2L-1.2,0Z"
SQUARE = "M-0.9,-0.9H0.9V0.9H-0.9Z"
TRIANGLE = "M0,-1.1L1.15,0.9H-1.15Z"
USUAL = "Usual ups and downs"
KINDS = {
    USUAL: (CIRCLE, BLUE),
    "Change for the better": (DIAMOND, "#00703c"),
    "Change for the worse": (SQUARE, "#b5490b"),
    "Unusual change": (TRIANGLE, "#5a2d8c"),
}
KIND_OF = {
    PointType.COMMON: USUAL,
    PointType.IMPROVEMENT: "Change for the better",
    PointType.CONCERN: "Change for the worse",
    PointType.NEUTRAL_HIGH: "Unusual change",
    PointType.NEUTRAL_LOW: "Unusual change",
}


@dataclass(frozen=True, slots=True)
class ChartData:
    """One series to draw, oldest period first; the first six fields run in parallel.

    values: None is a hidden or missing figure and leaves a gap. means, lowers and uppers: None
    where undefined. point_types: words of PointType. rebase_starts: positions of the first
    points after a recalculation of the limits. unit: "%" or words such as "people".
    """

    labels: Sequence[str]
    values: Sequence[float | None]
    means: Sequence[float | None]
    lowers: Sequence[float | None]
    uppers: Sequence[float | None]
    point_types: Sequence[str]
    title: str
    unit: str
    target: float | None = None
    rebase_starts: Sequence[int] = ()

    def __post_init__(self) -> None:
        parallel = (self.values, self.means, self.lowers, self.uppers, self.point_types)
        if any(len(column) != len(self.labels) for column in parallel):
            raise ValueError("A chart needs as many labels as values, limits and point types.")

    def latest(self, count: int = MOST_POINTS) -> "ChartData":
        """Return the last `count` points."""
        cut = max(len(self.labels) - count, 0)
        return replace(
            self,
            labels=self.labels[cut:],
            values=self.values[cut:],
            means=self.means[cut:],
            lowers=self.lowers[cut:],
            uppers=self.uppers[cut:],
            point_types=self.point_types[cut:],
            rebase_starts=[start - cut for start in self.rebase_starts if start > cut],
        )


def xmr_svg(series: ChartData, *, width: Width = "wide") -> str:
    """Return the XmR chart of the last 36 points as SVG, 720 px or 320 px wide."""
    shown, size = series.latest(), SIZES[width]
    ends = _value_range(shown)
    steps, decimals = axis_steps(*ends)
    ticks = [number_text(step, shown.unit, decimals) for step in steps]
    unit = wrap(_unit_title(shown.unit), int(size.width / (LETTER * size.font)))
    legend = legend_rows(_legend(shown), size)
    below = size.font * 2.4 + 22  # two lines of period labels
    margins = Margins(
        left=max(text_width(tick, size) for tick in ticks) + 18,
        top=len(unit) * size.font * 1.2 + 18,
        right=size.font * 2,
        bottom=below + len(legend) * row_height(size) + 4,
    )
    periods = _labelled_periods(shown, margins, size)
    spec = frame(size, margins, size.plot_height) | {
        "encoding": {"x": _period_axis(shown, periods), "y": _value_axis(ends, steps)},
        "layer": _layers(shown, size),
    }
    texts = [
        *_unit_texts(unit, size),
        *_value_texts(dict(zip(steps, ticks, strict=True)), ends, margins, size),
        *_period_texts(shown, periods, margins, size),
        *_plot_texts(shown, margins, size),
    ]
    legend_top = margins.top + size.plot_height + below
    extra = text_group([*texts, *legend_parts(legend, size, legend_top)], size)
    return finished_svg(spec, series.title, extra)


def _layers(shown: ChartData, size: Size) -> list[Spec]:
    return [
        _range_band(shown),
        _rebase_marks(shown),
        _lines(shown),
        _series_line(shown),
        _points(shown, size),
    ]


def _unit_title(unit: str) -> str:
    return "Percentage" if unit == "%" else clean(unit[:1].upper() + unit[1:])


def _value_range(shown: ChartData) -> tuple[float, float]:
    """Return the ends of the y axis: all that is drawn, but nothing impossible.

    Limits may reach below 0 or above 100%; the axis does not, so they run out of the picture.
    """
    columns = (shown.values, shown.means, shown.lowers, shown.uppers, (shown.target,))
    drawn = [y for column in columns for y in column if y is not None] or [0.0]
    low, high = min(drawn), max(drawn)
    margin = (high - low) * 0.08 or max(abs(high) * 0.1, 1.0)
    low, high = low - margin, high + margin
    real = [y for y in (*shown.values, shown.target) if y is not None] or [0.0]
    if min(real) >= 0:
        low = max(low, 0.0)
    if shown.unit == "%" and max(real) <= 100:
        high = min(high, 100.0)
    return low, high


def _labelled_periods(shown: ChartData, margins: Margins, size: Size) -> list[int]:
    """Return the positions whose period is written out: every so many back from the latest."""
    words = [word for label in shown.labels for word in label.split()]
    needed = max((text_width(word, size) for word in words), default=0) + BETWEEN_WORDS
    stretch = _stretch(shown, margins, size)
    step = next((step for step in (1, 2, 3, 4, 6) if step * stretch >= needed), 12)
    return list(range(len(shown.labels) - 1, -1, -step))


def _period_axis(shown: ChartData, periods: list[int]) -> Spec:
    """Return the x channel: the positions 0, 1, 2 … each in the middle of its own stretch."""
    return {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": [-0.5, _across(shown) - 0.5], "nice": False, "zero": False},
        "axis": {"title": None, "values": periods, "labels": False, "grid": False},
    }


def _value_axis(ends: tuple[float, float], steps: list[float]) -> Spec:
    return {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": list(ends), "nice": False, "zero": False},
        "axis": {"title": None, "values": steps, "labels": False, "domain": False, "ticks": False},
    }


def _across(shown: ChartData) -> int:
    """Return how many stretches the x axis has."""
    return max(len(shown.labels), 1)


def _stretch(shown: ChartData, margins: Margins, size: Size) -> float:
    """Return how many pixels of the x axis a period has."""
    return (size.width - margins.left - margins.right) / _across(shown)


def _unit_texts(lines: list[str], size: Size) -> list[str]:
    """Return the unit, above the axis it belongs to."""
    return [svg_text(line, 8, (i + 1) * size.font * 1.2) for i, line in enumerate(lines)]


def _value_texts(
    ticks: dict[float, str], ends: tuple[float, float], margins: Margins, size: Size
) -> list[str]:
    low, high = ends
    texts = []
    for value, tick in ticks.items():
        y = margins.top + (high - value) / (high - low) * size.plot_height
        texts.append(svg_text(tick, margins.left - 8, y + size.font * 0.36, anchor="end"))
    return texts


def _period_texts(shown: ChartData, periods: list[int], margins: Margins, size: Size) -> list[str]:
    """Return the names of the labelled periods, one word below the other."""
    stretch = _stretch(shown, margins, size)
    top = margins.top + size.plot_height + 10
    return [
        svg_text(
            word,
            margins.left + (i + 0.5) * stretch,
            top + (line + 0.85) * size.font * 1.2,
            anchor="middle",
        )
        for i in periods
        for line, word in enumerate(clean(shown.labels[i]).split(" ", 1))
    ]


def _plot_texts(shown: ChartData, margins: Margins, size: Size) -> list[str]:
    """Return the words in the plot: where limits restart, and that there is nothing to show."""
    plot_width = size.width - margins.left - margins.right
    stretch = plot_width / _across(shown)
    texts = [
        svg_text("new limits", margins.left + start * stretch + 4, margins.top - 4)
        for start in shown.rebase_starts
    ]
    if all(y is None for y in shown.values):
        middle = margins.top + size.plot_height / 2
        texts.append(
            svg_text("No figures to show", margins.left + plot_width / 2, middle, anchor="middle")
        )
    return texts


def _segments(shown: ChartData) -> list[Spec]:
    """Return stretches of points that share mean and limits, broken where limits restart."""
    limits = list(zip(shown.means, shown.lowers, shown.uppers, strict=True))
    changes = [i for i in range(1, len(limits)) if limits[i] != limits[i - 1]]
    cuts = sorted({0, len(limits), *changes, *shown.rebase_starts})
    return [
        {"x": first - 0.5, "x2": end - 0.5, "mean": mean, "lower": lower, "upper": upper}
        for first, end in pairwise(cuts)
        for mean, lower, upper in [limits[first]]
    ]


def _range_band(shown: ChartData) -> Spec:
    """Return the shaded expected range."""
    rows = [s | {"y": s["lower"], "y2": s["upper"]} for s in _segments(shown)]
    return {
        "data": {"values": [row for row in rows if None not in (row["y"], row["y2"])]},
        "mark": {"type": "rect", "color": PALE, "opacity": 0.6, "clip": True},
        "encoding": {"x2": {"field": "x2"}, "y2": {"field": "y2"}},
    }


def _lines(shown: ChartData) -> Spec:
    """Return average, limits and target as lines across the stretches they hold for."""
    limits, target = [int(n) for n in LIMIT_DASH.split(",")], [10, 3, 2, 3]
    rows = [
        {"x": s["x"], "x2": s["x2"], "y": s[key], "colour": GREY, "dash": dash}
        for s in _segments(shown)
        for key, dash in (("mean", [1, 0]), ("lower", limits), ("upper", limits))
        if s[key] is not None
    ]
    if shown.target is not None:
        whole = {"x": -0.5, "x2": max(len(shown.labels), 1) - 0.5, "y": shown.target}
        rows.append(whole | {"colour": TARGET_COLOUR, "dash": target})
    return {
        "data": {"values": rows},
        "mark": {"type": "rule", "strokeWidth": 1.5, "clip": True},
        "encoding": {
            "x2": {"field": "x2"},
            "color": {"field": "colour", "type": "nominal", "scale": None},
            "strokeDash": {"field": "dash", "type": "nominal", "scale": None},
        },
    }


def _rebase_marks(shown: ChartData) -> Spec:
    """Return dotted upright lines where limits were recalculated."""
    return {
        "data": {"values": [{"x": start - 0.5} for start in shown.rebase_starts]},
        "mark": {"type": "rule", "color": GREY, "strokeDash": [2, 3]},
        "encoding": {"y": {"value": 0}, "y2": {"value": "height"}},
    }


def _series_line(shown: ChartData) -> Spec:
    look = {"color": BLUE, "strokeWidth": 2, "strokeJoin": "round"}
    rows = [{"x": i, "y": y} for i, y in enumerate(shown.values)]
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "invalid": "break-paths-filter-domains", **look},
    }


def _points(shown: ChartData, size: Size) -> Spec:
    rows = []
    for i, (y, word) in enumerate(zip(shown.values, shown.point_types, strict=True)):
        shape, colour = KINDS[KIND_OF[PointType(word)]]
        if y is not None:
            area = size.point * (1 if shape == CIRCLE else 1.7)
            rows.append({"x": i, "y": y, "shape": shape, "colour": colour, "area": area})
    return {
        "data": {"values": rows},
        "mark": {"type": "point", "filled": True, "opacity": 1}
        | {"stroke": "white", "strokeWidth": 0.8},
        "encoding": {
            "size": {"field": "area", "type": "quantitative", "scale": None},
            "fill": {"field": "colour", "type": "nominal", "scale": None},
            "shape": {"field": "shape", "type": "nominal", "scale": None},
        },
    }


def _legend(shown: ChartData) -> list[LegendEntry]:
    """Return an entry for everything that is drawn, and for nothing else."""
    known = [w for w, y in zip(shown.point_types, shown.values, strict=True) if y is not None]
    drawn = {KIND_OF[PointType(word)] for word in known}
    entries = [LegendEntry(k, c, shape=s) for k, (s, c) in KINDS.items() if k in drawn]
    if any(mean is not None for mean in shown.means):
        entries.append(LegendEntry("Average", GREY))
    if any(limit is not None for limit in shown.uppers):
        entries.append(LegendEntry("Expected range", GREY, dash=LIMIT_DASH))
    if shown.target is not None:
        words = f"Target ({number_text(shown.target, shown.unit)})"
        entries.append(LegendEntry(words, TARGET_COLOUR, dash=TARGET_DASH))
    return entries
