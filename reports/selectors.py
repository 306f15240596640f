"""What the pages of a report read."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from jobs.models import Job
from outcomes.periods import label, latest_ended
from reports.actions.reports import KIND
from reports.models import Report, ReportSchedule, job_key


def progress(report: Report) -> dict[str, Any]:
    """How far the making is: `percent` (None while nobody knows) and `note`, in words."""
    job = Job.objects.of(KIND, job_key(report)).last()
    total = job.progress_total if job else 0
    return {
        "percent": 100 * job.progress_done // total if job and total else None,
        "note": (job.progress_note if job else "") or report.get_state_display(),
    }


def period_to_make(schedule: ReportSchedule) -> date:
    """The period a report made now is for: the last one that is over."""
    return latest_ended(timezone.localdate(), schedule.frequency)


def offers(schedules: Any) -> list[dict[str, Any]]:
    """What may be made now: each schedule with the name of its period."""
    return [
        {"schedule": schedule, "period": label(period_to_make(schedule), schedule.frequency)}
        for schedule in schedules
    ]


def chapters(report: Report) -> list[dict[str, Any]]:
    """The groups of a ready report, each with its measures and where their charts are."""
    figures: dict[str, Any] = report.figures or {}
    measures = [
        {**measure, "number": number, **_chart_urls(report, number, measure), **_numbers(measure)}
        for number, measure in enumerate(figures["measures"], start=1)
    ]
    return [
        {**group, "measures": [m for m in measures if m["group"] == group["slug"]]}
        for group in figures["groups"]
    ]


def _chart_urls(report: Report, number: int, measure: dict[str, Any]) -> dict[str, str]:
    wide = reverse("reports:report-chart", args=[report.uuid, number]) if measure["chart"] else ""
    return {
        "wide_url": wide,
        "narrow_url": f"{wide}?width=narrow" if measure["chart_narrow"] else "",
    }


def _numbers(measure: dict[str, Any]) -> dict[str, list[Any]]:
    """The table of the measure: its columns and rows."""
    unusual = any(point["signal"] for point in measure["points"])
    columns = [{"label": "Period"}, {"label": measure["column"], "numeric": True}]
    if unusual:
        columns.append({"label": "What is unusual"})
    keys = ("label", "text", "signal") if unusual else ("label", "text")
    return {
        "columns": columns,
        "rows": [[point[key] for key in keys] for point in measure["points"]],
    }
