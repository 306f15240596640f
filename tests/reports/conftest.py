from datetime import date

import pytest

from accounts.models import User
from outcomes.charts import ChartData, xmr_svg
from reports.actions import reports
from reports.models import Report, ReportSchedule
from tests.factories_figures import (
    make_measure,
    make_partnership,
    make_person,
    make_point,
    make_series,
)

OCTOBER = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def private_files(monkeypatch, tmp_path):
    """Reports of a test are kept in a folder of that test."""
    storage = Report._meta.get_field("pdf").storage
    monkeypatch.setitem(vars(storage), "location", str(tmp_path))
    return tmp_path


@pytest.fixture
def schedule(db) -> ReportSchedule:
    return ReportSchedule.objects.create(
        partnership=make_partnership(), slug="board", name="Board report"
    )


@pytest.fixture
def asker(schedule) -> User:
    """An analyst, who may have reports made."""
    return make_person("analyst")


@pytest.fixture
def ask(schedule, asker):
    """Asks for the report of October."""

    def ask() -> Report:
        return reports.request(schedule=schedule, period=OCTOBER, by=asker)

    return ask


@pytest.fixture(scope="session")
def drawing() -> str:
    """A real chart."""
    flat = [80.0, 80.0]
    words = ["common_cause", "common_cause"]
    data = ChartData(["May 2026", "June 2026"], [79.0, 84.1], flat, flat, flat, words, "Seen", "%")
    return xmr_svg(data)


@pytest.fixture
def published(schedule, drawing):
    """Adds a measure with a public series to the partnership of the schedule."""

    def add(name="Seen within 4 hours", *, order=0, points=None, **summary):
        return make_series(
            make_measure(name, order=order),
            points=points or [make_point()],
            chart_wide=drawing,
            chart_narrow=drawing.replace("<title>Seen", "<title>Narrow"),
            summary={"period": "2026-10-01", "period_label": "October 2026", **summary},
        )

    return add
