"""Reports that are due are asked for by themselves, once each."""

from datetime import date

import pytest

from jobs.models import Job
from jobs.registry import ON_TICK
from reports.actions import reports
from reports.models import Report
from reports.tasks import queue_due as tick

pytestmark = pytest.mark.django_db

# 15 working days after 31 October 2026 is Friday 20 November.
DAY_BEFORE, DUE = date(2026, 11, 19), date(2026, 11, 20)


def periods() -> list[date]:
    return sorted(Report.objects.values_list("period", flat=True))


def test_queue_due_waits_for_the_making_day(schedule):
    reports.queue_due(today=DAY_BEFORE)
    assert periods() == [date(2026, 9, 1)]
    reports.queue_due(today=DUE)
    assert periods() == [date(2026, 9, 1), date(2026, 10, 1)]


def test_queue_due_asks_once_however_often_it_looks(schedule):
    for _ in range(3):
        reports.queue_due(today=DUE)
    reports.make(report=Report.objects.get())
    assert reports.queue_due(today=DUE) == []
    assert Report.objects.count() == Job.objects.count() == 1


def test_queue_due_leaves_a_failed_report_to_people(schedule):
    reports.queue_due(today=DUE)
    reports.fail(report=Report.objects.get(), error="No space left.")
    assert reports.queue_due(today=DUE) == []


def test_queue_due_after_downtime_makes_only_the_latest(schedule):
    reports.queue_due(today=date(2026, 6, 30))
    reports.queue_due(today=DUE)
    assert periods() == [date(2026, 5, 1), date(2026, 10, 1)]


def test_queue_due_ignores_inactive_schedules(schedule):
    schedule.is_active = False
    schedule.save()
    assert reports.queue_due(today=DUE) == []


@pytest.mark.parametrize(
    ("starts", "ends", "due"),
    [
        (date(2026, 10, 31), None, 1),  # it began within the period
        (date(2026, 11, 1), None, 0),  # it did not exist yet
        (date(2016, 4, 1), date(2026, 10, 1), 1),  # it ended within the period
        (date(2016, 4, 1), date(2026, 9, 30), 0),  # it was over
    ],
)
def test_queue_due_keeps_to_the_life_of_the_partnership(schedule, starts, ends, due):
    schedule.partnership.starts_on, schedule.partnership.ends_on = starts, ends
    schedule.partnership.save()
    assert len(reports.queue_due(today=DUE)) == due


def test_queue_due_knows_quarters(schedule):
    schedule.frequency = "quarter"
    schedule.save()
    (report,) = reports.queue_due(today=DUE)
    assert (report.period, str(report)) == (
        date(2026, 7, 1),
        "Board report, July to September 2026",
    )


def test_tick_looks_for_due_reports(schedule):
    assert tick in ON_TICK
    tick()
    tick()
    assert Report.objects.count() == 1
