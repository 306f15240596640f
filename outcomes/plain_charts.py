"""Bars and sparklines: charts of figures alone, without limits or signals."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap

from outcomes.chart_frame import (
    BLUE,
    GREY,
    INK,
    LETTER,
    SIZES,
    Margins,
    Spec,
    Width,
    clean,
    finished_svg,
    frame,
    number_text,
)

MOST_POINTS = 36  # three years of months: more cannot be read on a telephone


def sparkline_svg(
    values: Sequence[float | None], *, title: str = "", width: int = 120, height: int = 32
) -> str:
    """Return a tiny line of the last 36 values with its latest point marked; gaps stay gaps.

    Written by hand: a line of 36 points needs no layout, and scorecards show hundreds.
    """
    shown = list(values)[-MOST_POINTS:]
    known = [y for y in shown if y is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    across, up = (width - 10) / max(len(shown) - 1, 1), (height - 10) / ((high - low) or 1)
    places = [
        None
        if y is None
        else (5 + i * across, height - 5 - (y - low) * up if high > low else height / 2)
        for i, y in enumerate(shown)
    ]
    path, pen_down = "", False
    for place in places:
        if place is not None:
            path += f"{'L' if pen_down else 'M'}{place[0]:.1f},{place[1]:.1f}"
            path += "" if pen_down else "h0.1"  # a point between two gaps still shows
        pen_down = place is not None
    last = places[-1] if places else None
    dot = f'<circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="3.5" fill="{BLUE}"/>' if last else ""
    look = f'fill="none" stroke="{BLUE}" stroke-width="2" stroke-linejoin="round"'
    return (
        f'<svg role="img" xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><title>{escape(clean(title))}</title>'
        f'<path d="{path}" {look} stroke-linecap="round"/>{dot}</svg>'
    )


def bars_svg(
    labels: Sequence[str],
    values: Sequence[float | None],
    unit: str,
    width: Width = "wide",
    *,
    title: str = "",
    decimals: int | None = None,
) -> str:
    """Return bars from zero, one below the other, each under its name; None is "hidden"."""
    if len(labels) != len(values):
        raise ValueError("A bar chart needs as many labels as values.")
    size = SIZES[width]
    line, bar = size.font * 1.25, size.font + 6
    names = [wrap(clean(label), int(size.width / (LETTER * size.font)) - 2) for label in labels]
    texts = ["hidden" if y is None else number_text(y, unit, decimals) for y in values]
    margins = Margins(
        left=8, top=6, right=max(map(len, texts), default=0) * LETTER * size.font + 16, bottom=4
    )
    rows, top = [], 0.0
    for name, text, y in zip(names, texts, values, strict=True):
        start = top + len(name) * line + 2
        rows.append(
            {"name": name, "text": text, "value": y, "zero": 0, "end": max(y or 0, 0), "top": top}
            | {"start": start, "finish": start + bar, "middle": start + bar / 2}
            | {"ink": GREY if y is None else INK}
        )
        top = start + bar + 12
    known = [y for y in values if y is not None]
    ends = [min([0.0, *known]), max([0.0, *known]) or 1.0]
    spec = frame(size, margins, top) | {"data": {"values": rows}, "layer": _bar_layers(ends)}
    return finished_svg(spec, title)


def _bar_layers(ends: list[float]) -> list[Spec]:
    """Return names, bars and figures; heights are pixels, lengths share one scale from zero."""

    def pixels(field: str) -> Spec:
        return {"field": field, "type": "quantitative", "scale": None, "axis": None}

    length = {"type": "quantitative", "axis": None, "scale": {"domain": ends, "nice": False}}
    text = {"type": "text", "align": "left"}
    return [
        {
            "mark": text | {"baseline": "top"},
            "encoding": {"x": {"value": 0}, "y": pixels("top"), "text": {"field": "name"}},
        },
        {
            "mark": {"type": "rect", "color": BLUE},
            "transform": [{"filter": "isValid(datum.value)"}],
            "encoding": {
                "x": {"field": "zero", **length},
                "x2": {"field": "value"},
                "y": pixels("start"),
                "y2": {"field": "finish"},
            },
        },
        {
            "mark": text | {"baseline": "middle", "dx": 6},
            "encoding": {
                "x": {"field": "end", **length},
                "y": pixels("middle"),
                "text": {"field": "text"},
                "color": {"field": "ink", "type": "nominal", "scale": None},
            },
        },
    ]
