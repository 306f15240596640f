"""What the editorial pages show beside their own words: the figures that stay up to date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from outcomes.models import Measure, Series
from outcomes.periods import last_day, start_of
from outcomes.series import Point, with_unit

LATEST, YEAR = "latest", "year"


@dataclass(frozen=True)
class LiveFigure:
    """A published number as it stands now; without one, the sentence that says why."""

    label: str
    number: str = ""
    period: str = ""
    href: str = ""
    sentence: str = ""


def measure_choices() -> list[tuple[str, str]]:
    """The measures an editor may show a figure of, by slug."""
    return [(m.slug, m.name) for m in Measure.objects.order_by("name")]


def live_figures(wanted: Iterable[Mapping[str, Any]]) -> list[LiveFigure]:
    """One figure for each block value (measure, figure, month, caption), from public series only.

    One query, however many are wanted.
    """
    blocks = list(wanted)
    found = {s.measure.slug: s for s in _public_series({b["measure"] for b in blocks})}
    return [_live_figure(block, found.get(block["measure"])) for block in blocks]


def _public_series(slugs: set[str]) -> QuerySet[Series]:
    series = Series.objects.public().whole().without_drawings()
    return series.filter(measure__slug__in=slugs).select_related("measure")


def _live_figure(block: Mapping[str, Any], series: Series | None) -> LiveFigure:
    caption = block.get("caption") or ""
    if series is None:
        return LiveFigure(
            label=caption or "A figure belongs here",
            sentence="There is no published number for it yet.",
        )
    measure = series.measure
    label = caption or measure.name
    href = measure.get_absolute_url()
    point = _point(series, block.get("month"))
    if point is None:
        sentence = "There is no published number for that time."
        return LiveFigure(label=label, href=href, sentence=sentence)
    if block.get("figure") == YEAR:
        return _year_figure(measure, point, label)
    if point["status"] == "suppressed":
        sentence = f"The number for {point['label']} is hidden, so that nobody can be recognised."
        return LiveFigure(label=label, href=href, sentence=sentence)
    if point["status"] == "missing":
        sentence = f"There is no published number for {point['label']}."
        return LiveFigure(label=label, href=href, sentence=sentence)
    number = with_unit(point["text"], measure.unit)
    return LiveFigure(label=label, number=number, period=point["label"], href=href)


def _year_figure(measure: Measure, point: Point, label: str) -> LiveFigure:
    """The twelve months up to the end of the point's period, added up when the series was built."""
    end = last_day(date.fromisoformat(point["period"]), measure.frequency)
    year = f"the 12 months to {end:%B %Y}"
    href = measure.get_absolute_url()
    if point["year_total"] is None:
        sentence = (
            f"We cannot add up {year}: a number is missing, or hidden so that nobody can be "
            "recognised."
        )
        return LiveFigure(label=label, href=href, sentence=sentence)
    return LiveFigure(label=label, number=point["year_total_text"], period=f"In {year}", href=href)


def _point(series: Series, month: date | None) -> Point | None:
    """The point of that month, or the latest one; None where the series has none."""
    if month is None:
        wanted = series.summary.get("period")
    else:
        wanted = start_of(month, series.measure.frequency).isoformat()
    return next((p for p in series.points if p["period"] == wanted), None)
