"""What the reports app does in the background."""

from jobs.models import Job
from jobs.registry import handler, on_tick
from reports.actions import reports
from reports.models import Report


def write_failure(job: Job) -> None:
    """The job has finally failed: its report says why."""
    report = Report.objects.filter(pk=job.payload["report"]).first()
    if report:
        reports.fail(report=report, error=job.error)


@handler(reports.KIND, queue="reports", time_limit=540, on_failure=write_failure)
def make(job: Job) -> None:
    report = Report.objects.select_related("schedule__partnership").get(pk=job.payload["report"])
    reports.make(report=report, job=job)


@on_tick
def queue_due() -> None:
    reports.queue_due()
