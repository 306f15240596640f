"""Charts are sound, self-contained SVG that shows what it was given and nothing more."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from outcomes.chart_frame import axis_steps
from outcomes.charts import ChartData, bars_svg, sparkline_svg, xmr_svg
from outcomes.statistics.signals import PointType

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def chart_data(values, **changes):
    count = len(values)
    data = ChartData(
        labels=[f"{MONTHS[i % 12]} {2013 + i // 12}" for i in range(count)],
        values=values,
        means=[50.0] * count,
        lowers=[40.0] * count,
        uppers=[60.0] * count,
        point_types=["common_cause"] * count,
        title="Seen within 4 hours <& more>",
        unit="%",
    )
    return replace(data, **changes)


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 (our own output)


def texts(svg):
    return [element.text for element in parsed(svg).iter(f"{SVG}text")]


def series_line(svg):
    """Return the path of the line through the values."""
    for path in parsed(svg).iter(f"{SVG}path"):
        if path.get("stroke") == "#005eb8" and path.get("fill") in (None, "none"):
            return path.get("d") or ""
    return ""


@pytest.mark.parametrize(("width", "pixels"), [("wide", "720"), ("narrow", "320")])
def test_xmr_svg_has_title_labels_and_legend(width, pixels):
    svg = xmr_svg(chart_data([50.0, 52, 49, 55], target=55), width=width)
    root = parsed(svg)
    assert float(root.get("width")) == float(pixels)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "Seen within 4 hours <& more>"
    words = texts(svg)
    assert {"Apr", "2013", "Average", "Expected range", "Target (55%)", "50%"} <= set(words)
    assert "Percentage" in words


def test_xmr_svg_refers_to_nothing_outside_itself():
    svg = xmr_svg(chart_data([50.0, 52, None, 55], target=55, rebase_starts=[2]))
    addresses = set(re.findall(r"https?://[^\"' )]+", svg))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert not re.search(r"<script|<image|@import|@font-face|href=|url\((?!#)", svg)


def test_xmr_svg_text_is_large_enough_to_read():
    svg = xmr_svg(chart_data([50.0, 52, 49, 55]), width="narrow")
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', svg)]
    assert sizes
    assert min(sizes) >= 12


def test_xmr_svg_leaves_gaps():
    whole = series_line(xmr_svg(chart_data([50.0, 52, 49, 55, 51])))
    broken = series_line(xmr_svg(chart_data([50.0, 52, None, 55, 51])))
    assert whole.count("M") == 1
    assert broken.count("M") == 2


def test_xmr_svg_does_not_hold_a_missing_value():
    svg = xmr_svg(chart_data([50.0, None, None]))
    assert len(re.findall(r'<path[^>]*fill="#005eb8"[^>]*stroke="white"', svg)) == 1


def test_xmr_svg_shows_the_last_36_points():
    svg = xmr_svg(chart_data([50.0 + i % 3 for i in range(163)], rebase_starts=[20, 150]))
    assert series_line(svg).count("L") == 35
    words = texts(svg)
    assert words.count("new limits") == 1
    assert "Jul" in words
    assert "2013" not in words


def test_chart_data_latest_keeps_positions_of_rebases():
    data = chart_data([1.0] * 40, rebase_starts=[3, 4, 10])
    assert list(data.latest(36).rebase_starts) == [6]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (PointType.IMPROVEMENT, "Change for the better"),
        (PointType.CONCERN, "Change for the worse"),
        (PointType.NEUTRAL_HIGH, "Unusual change"),
    ],
)
def test_xmr_svg_point_kinds_differ_in_shape_and_stand_in_the_legend(kind, words):
    usual = xmr_svg(chart_data([50.0, 52]))
    unusual = xmr_svg(chart_data([50.0, 52], point_types=["common_cause", kind.value]))
    assert words in texts(unusual)
    assert words not in texts(usual)
    point = re.compile(r'<path[^>]*\bd="([^"]+)"[^>]*stroke="white"')
    assert len(set(point.findall(unusual))) == 2


@pytest.mark.parametrize(
    "values",
    [
        [50.0],
        [50.0, 51.0],
        [5.0] * 20,
        [0.0] * 3,
        [],
        [None, None],
        [1e9, 2e9],
        [1e-7, 2e-7],
        [-5.0, 3],
    ],
)
@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_xmr_svg_draws_unusual_series(values, width):
    none = [None] * len(values)
    svg = xmr_svg(chart_data(values, means=none, lowers=none, uppers=none), width=width)
    words = texts(svg)
    assert ("No figures to show" in words) == (not any(v is not None for v in values))
    assert "Expected range" not in words
    assert "NaN" not in svg


def test_xmr_svg_axis_does_not_show_impossible_values():
    svg = xmr_svg(chart_data([97.0, 99], uppers=[104.0] * 2))
    percents = [float(w.rstrip("%")) for w in texts(svg) if re.fullmatch(r"[\d.]+%", w)]
    assert percents
    assert max(percents) <= 100


def test_chart_data_refuses_uneven_columns():
    with pytest.raises(ValueError, match="as many"):
        chart_data([1.0], labels=["a", "b"])


def test_xmr_svg_labels_cannot_carry_markup():
    svg = xmr_svg(chart_data([1.0], labels=["<b>\x00x"], title="a\x07<script>"))
    assert "<script" not in svg
    assert "<b>" not in svg
    parsed(svg)


@pytest.mark.parametrize(
    ("low", "high", "steps", "decimals"),
    [
        (0, 10, [0, 2, 4, 6, 8, 10], 0),
        (99.03, 99.36, [99.1, 99.2, 99.3], 1),
        (6800, 8600, [7000, 7500, 8000, 8500], 0),
        (-1, 1, [-1.0, -0.5, 0, 0.5, 1.0], 1),
    ],
)
def test_axis_steps_are_round(low, high, steps, decimals):
    assert axis_steps(low, high) == (steps, decimals)


def test_bars_svg_names_values_and_hides():
    svg = bars_svg(["Lambeth", "Southwark", "A" * 20 + " " + "B" * 40], [1234.0, None, 0], "people")
    words = texts(svg)
    assert {"Lambeth", "Southwark", "1,234", "hidden", "0"} <= set(words)
    assert svg.count('fill="#005eb8"') == 2  # a bar for 1,234, one without length for 0


def test_bars_svg_wraps_long_names_when_narrow():
    name = "Guy’s and St Thomas’ NHS Foundation Trust with its community services"
    svg = bars_svg([name], [3.0], "%", "narrow", title="By trust", decimals=1)
    assert "3.0%" in "".join(parsed(svg).itertext())
    assert name not in texts(svg)
    assert parsed(svg).find(f"{SVG}title").text == "By trust"


def test_bars_svg_refuses_uneven_columns():
    with pytest.raises(ValueError, match="as many"):
        bars_svg(["a"], [], "%")


def test_sparkline_svg_leaves_gaps_and_marks_the_latest():
    root = parsed(sparkline_svg([1, 2, None, 3, 4], title="Visits"))
    assert root.find(f"{SVG}title").text == "Visits"
    assert root.find(f"{SVG}path").get("d").count("M") == 2
    assert root.find(f"{SVG}circle") is not None


@pytest.mark.parametrize(("values", "marked"), [([], False), ([1, None], False), ([4] * 50, True)])
def test_sparkline_svg_of_unusual_series(values, marked):
    root = parsed(sparkline_svg(values))
    assert (root.find(f"{SVG}circle") is not None) == marked
