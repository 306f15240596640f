"""The frame that all charts share: size, colours, axis steps, legend and the finished SVG.

Positions are worked out here, not by Vega's automatic layout: measuring a text there takes as
long as drawing the rest of a chart, and a legend that wraps at 320 px is not among its layouts.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

Width = Literal["wide", "narrow"]
Spec = dict[str, Any]

BLUE, INK, GREY, PALE, GRID = "#005eb8", "#212b32", "#4c6272", "#e8edee", "#d8dde0"
FONT = "Arial, Helvetica, sans-serif"
LETTER = 0.54  # mean width of an Arial letter in text such as ours, in font sizes


@dataclass(frozen=True, slots=True)
class Size:
    """Measures of a chart in CSS pixels."""

    width: int
    plot_height: int
    font: int
    point: int  # area of a point


SIZES: dict[str, Size] = {
    "wide": Size(width=720, plot_height=270, font=14, point=80),
    "narrow": Size(width=320, plot_height=230, font=12, point=50),
}


@dataclass(frozen=True, slots=True)
class Margins:
    """Space around the plot in CSS pixels."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A word of the legend; either a dashed or solid line, or a filled shape in a box of 2 x 2."""

    text: str
    colour: str
    dash: str | None = None
    shape: str | None = None

    def drawn(self, x: float, y: float) -> str:
        """Return the symbol, 24 px wide, whose middle line is at y."""
        if self.shape is not None:
            place = f'transform="translate({x + 12:g},{y:g}) scale(5.5)"'
            return f'<path d="{self.shape}" fill="{self.colour}" {place}/>'
        dash = f' stroke-dasharray="{self.dash}"' if self.dash else ""
        line = f'd="M{x:g},{y:g}h24" stroke="{self.colour}" stroke-width="2"'
        return f'<path {line}{dash} fill="none"/>'


def frame(size: Size, margins: Margins, plot_height: float) -> Spec:
    """Return the Vega-Lite parts all charts share."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": size.width - margins.left - margins.right,
        "height": plot_height,
        "autosize": "none",
        "padding": {
            "left": margins.left,
            "top": margins.top,
            "right": margins.right,
            "bottom": margins.bottom,
        },
        "background": "white",
        "config": {
            "aria": False,
            "font": FONT,
            "view": {"stroke": None},
            "text": {"font": FONT, "fontSize": size.font, "color": INK},
            "axis": {
                "labelFont": FONT,
                "labelFontSize": size.font,
                "labelColor": INK,
                "gridColor": GRID,
                "domainColor": GREY,
                "tickColor": GREY,
            },
        },
    }


def axis_steps(low: float, high: float, most: int = 6) -> tuple[list[float], int]:
    """Return round values between low and high, and the decimals they need."""
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(i * step, decimals) for i in range(first, last + 1)], decimals


def number_text(value: float, unit: str, decimals: int | None = None) -> str:
    """Return a number as people write it, with % where that is the unit."""
    text = f"{value:,.{2 if decimals is None else decimals}f}"
    if decimals is None:
        text = text.rstrip("0").rstrip(".")
    return f"{text}%" if unit == "%" else text


def text_width(text: str, size: Size) -> float:
    """Return about how many pixels a text takes."""
    return len(text) * LETTER * size.font


def legend_rows(entries: Iterable[LegendEntry], size: Size) -> list[list[LegendEntry]]:
    """Return the entries in as many rows as the width asks for."""
    rows: list[list[LegendEntry]] = []
    left = 0.0
    for entry in entries:
        if not rows or left + _entry_width(entry, size) > size.width:
            rows.append([])
            left = 0.0
        rows[-1].append(entry)
        left += _entry_width(entry, size)
    return rows


def legend_parts(rows: list[list[LegendEntry]], size: Size, top: float) -> list[str]:
    """Return the symbols and words of the legend as SVG, its first row starting at `top`."""
    parts = []
    for i, row in enumerate(rows):
        y, x = top + (i + 0.5) * row_height(size), 8.0
        for entry in row:
            parts += [entry.drawn(x, y), svg_text(entry.text, x + 32, y + size.font * 0.36)]
            x += _entry_width(entry, size)
    return parts


def svg_text(text: str, x: float, baseline: float, *, anchor: str = "start") -> str:
    """Return one line of text as SVG."""
    place = f'x="{x:.1f}" y="{baseline:.1f}" text-anchor="{anchor}"'
    return f"<text {place}>{escape(clean(text))}</text>"


def text_group(parts: list[str], size: Size) -> str:
    """Return SVG parts in the font of the charts."""
    look = f'font-family="{FONT}" font-size="{size.font}px" fill="{INK}"'
    return f"<g {look}>{''.join(parts)}</g>"


def row_height(size: Size) -> float:
    """Return the height of one row of the legend."""
    return size.font + 10


def _entry_width(entry: LegendEntry, size: Size) -> float:
    return 32 + text_width(entry.text, size) + 18


def clean(text: str) -> str:
    """Return the text without characters that XML cannot carry."""
    return "".join(char if char.isprintable() else " " for char in text).strip()


def finished_svg(spec: Spec, title: str, extra: str = "") -> str:
    """Return the drawn chart with a title and extra SVG, closed to anything outside itself."""
    import vl_convert  # here: its megabytes are for those processes only that draw

    drawn: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    opening_end = drawn.index(">", drawn.index("<svg ")) + 1
    opening, rest = drawn[:opening_end], drawn[opening_end:].removesuffix("</svg>")
    opening = opening.replace("<svg ", '<svg role="img" ', 1)
    return f"{opening}<title>{escape(clean(title))}</title>{rest}{extra}</svg>"
