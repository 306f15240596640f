"""The board's report as a PDF, beside the same report without its charts."""

from typing import cast

from django.utils import timezone

from bench.portal import World
from bench.timing import Result, alternated, seconds
from outcomes.periods import latest_ended
from reports.figures import Figures, ReportedMeasure, collect
from reports.models import ReportSchedule
from reports.pdf import typeset


def measure(world: World) -> Result:
    """Collects the figures and sets the pages, as a worker does."""
    schedule = ReportSchedule.objects.create(
        partnership=world.partnership, slug="bench", name="Bench report"
    )
    period = latest_ended(timezone.localdate(), "month")
    plain = without_charts(collect(schedule, period))
    numbers = iter(range(1, 100))

    def here() -> None:
        typeset(collect(schedule, period, edition=next(numbers)))

    def beside() -> None:
        typeset({**plain, "edition": next(numbers)})

    first = seconds(here)  # loads fonts and lays out every page
    ours, least = alternated(here, beside, repeats=9)
    return Result(
        f"Report PDF of {len(plain['measures'])} measures",
        f"{ours:.2f} s, the first {first:.2f} s",
        f"without charts: {least:.2f} s",
        ours / least,
        "PDF/UA-1",
    )


def without_charts(figures: Figures) -> Figures:
    measures = [
        cast(ReportedMeasure, {**each, "chart": "", "chart_narrow": ""})
        for each in figures["measures"]
    ]
    return {**figures, "measures": measures}
