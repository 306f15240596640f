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

    heading: str
    href: str = ""
    number: str = ""
    caption: str = ""
    period: str = ""
    sentence: str = ""


def measure_choices() -> list[tuple[str, str]]:
    """The measures an editor may show a figure of, by slug."""
    return [(m.slug, m.name) for m in Measure.objects.ever_agreed().order_by("name")]


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
    if series is None:
        return LiveFigure("No figure yet", sentence="There is no published number for it yet.")
    measure = series.measure
    point = _point(series, block.get("month"))
    if point is None:
        found = {"sentence": "There is no published number for that time."}
    elif block.get("figure") == YEAR:
        found = _year(point, measure)
    else:
        found = _period(point, measure)
    caption = block.get("caption") or ""
    return LiveFigure(measure.name, href=measure.get_absolute_url(), caption=caption, **found)


def _period(point: Point, measure: Measure) -> dict[str, str]:
    """The number of one month, quarter or year, or why there is none."""
    if point["status"] == "suppressed":
        why = f"The number for {point['label']} is hidden, so that nobody can be recognised."
        return {"sentence": why}
    if point["status"] == "missing":
        return {"sentence": f"There is no published number for {point['label']}."}
    return {"number": with_unit(point["text"], measure.unit), "period": f"In {point['label']}"}


def _year(point: Point, measure: Measure) -> dict[str, str]:
    """The twelve months up to the end of the point's period, added up when the series was built."""
    end = last_day(date.fromisoformat(point["period"]), measure.frequency)
    year = f"the 12 months to {end:%B %Y}"
    if point["year_total"] is None:
        why = "a number is missing, or hidden so that nobody can be recognised."
        return {"sentence": f"We cannot add up {year}: {why}"}
    number = with_unit(point["year_total_text"], measure.unit)
    return {"number": number, "period": f"In {year}"}


def _point(series: Series, month: date | None) -> Point | None:
    """The point of that month, or the latest one; None where the series has none."""
    if month is None:
        wanted = series.summary.get("period")
    else:
        wanted = start_of(month, series.measure.frequency).isoformat()
    return next((p for p in series.points if p["period"] == wanted), None)
