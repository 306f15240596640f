"""The life of a report: requested, made by a job, ready; or failed with the reason, and retried."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.authorization import require
from accounts.permissions import Permission
from jobs.actions import jobs
from jobs.models import Job
from outcomes.periods import due_on, last_day, latest_ended, shift
from reports.figures import Figures, collect
from reports.models import Report, ReportSchedule, job_key, stored_name
from reports.pdf import typeset

KIND = "reports.make"
LOOK_BACK = 12  # periods
STEPS = 3


@transaction.atomic
def request(*, schedule: ReportSchedule, period: date, by: Any) -> Report:
    """The next edition, waiting to be made, with its job in the same transaction.

    While an edition of the same period waits or is being made, that one is returned instead, so
    that asking twice makes one report.
    """
    require(by=by, permission=Permission.REPORT_CREATE, at=None)
    return _request(schedule, period, by)


def _request(schedule: ReportSchedule, period: date, by: Any = None) -> Report:
    _lock(schedule)
    unfinished = schedule.reports.unfinished().filter(period=period).first()
    if unfinished:
        return unfinished
    report = _next_edition(schedule, period, by)
    _enqueue(report, by)
    return report


@transaction.atomic
def retry(*, report: Report, by: Any) -> Report:
    """Lets a failed report be made again; does nothing in any other state."""
    require(by=by, permission=Permission.REPORT_CREATE, at=None)
    again = Report.objects.filter(pk=report.pk, state=Report.State.FAILED)
    if again.update(state=Report.State.QUEUED, error=""):
        _enqueue(report, by)
    report.refresh_from_db()
    return report


def make(*, report: Report, job: Job | None = None) -> Report:
    """Collects the figures, typesets the PDF and keeps both; does nothing when that is done.

    With a job, nothing is kept unless the job is still ours (raises LeaseLost).
    """
    _progress(job, 0, "Collecting the figures")
    begun = Report.objects.to_be_made().filter(pk=report.pk).update(state=Report.State.GENERATING)
    if begun:
        figures = collect(report.schedule, report.period, edition=report.edition)
        _progress(job, 1, "Setting the pages")
        pdf = typeset(figures)
        _progress(job, 2, "Keeping the report")
        _keep(report, figures, pdf, job)
    report.refresh_from_db()
    return report


def make_now(*, schedule: ReportSchedule, period: date) -> Report:
    """The next edition, made at once and without a job: for the demonstration's history."""
    with transaction.atomic():
        _lock(schedule)
        report = _next_edition(schedule, period, None)
    return make(report=report)


def fail(*, report: Report, error: str) -> None:
    """Writes on the row why it could not be made; a report that is ready stays ready."""
    Report.objects.to_be_made().filter(pk=report.pk).update(
        state=Report.State.FAILED, error=error or "The reason is not known."
    )


def queue_due(*, today: date | None = None) -> list[Report]:
    """Requests each report whose making day has come and that nobody has asked for yet.

    Of each schedule only the latest due period counts: a report shows the figures of the day it
    is made, so after a long downtime older editions would only repeat the same figures.
    """
    today = today or timezone.localdate()
    requested = []
    for schedule in ReportSchedule.objects.filter(is_active=True).select_related("partnership"):
        period = _latest_due(schedule, today)
        if period is None:
            continue
        with transaction.atomic():
            _lock(schedule)
            if not schedule.reports.filter(period=period).exists():
                requested.append(_request(schedule, period))
    return requested


def _latest_due(schedule: ReportSchedule, today: date) -> date | None:
    """The latest period within the partnership's life whose making day has come."""
    partnership, frequency = schedule.partnership, schedule.frequency
    latest = latest_ended(today, frequency)
    for steps in range(LOOK_BACK):
        period = shift(latest, frequency, -steps)
        if due_on(period, frequency, schedule.made_after_working_days) <= today:
            started = last_day(period, frequency) >= partnership.starts_on
            ended = partnership.ends_on is not None and period > partnership.ends_on
            return period if started and not ended else None
    return None


def _lock(schedule: ReportSchedule) -> None:
    """Only one transaction at a time decides which edition comes next."""
    ReportSchedule.objects.select_for_update().get(pk=schedule.pk)


def _next_edition(schedule: ReportSchedule, period: date, by: Any) -> Report:
    last = schedule.reports.filter(period=period).aggregate(last=Max("edition"))["last"] or 0
    return Report.objects.create(
        schedule=schedule, period=period, edition=last + 1, requested_by=by
    )


def _enqueue(report: Report, by: Any) -> None:
    jobs.enqueue(kind=KIND, key=job_key(report), payload={"report": report.pk}, by=by)


def _keep(report: Report, figures: Figures, pdf: bytes, job: Job | None) -> None:
    """Saves file and row together; when the transaction fails, no file is left behind."""
    storage = Report._meta.get_field("pdf").storage
    name = storage.save(stored_name(report, ""), ContentFile(pdf))
    kept = False
    try:
        with transaction.atomic():
            kept = bool(
                Report.objects.to_be_made()
                .filter(pk=report.pk)
                .update(
                    state=Report.State.READY,
                    figures=figures,
                    pdf=name,
                    made_at=timezone.now(),
                    error="",
                )
            )
            if job is not None:
                jobs.confirm(job=job)
    except BaseException:
        storage.delete(name)
        raise
    if not kept:
        storage.delete(name)  # somebody else finished it first


def _progress(job: Job | None, done: int, note: str) -> None:
    if job is not None:
        jobs.report_progress(job=job, done=done, total=STEPS, note=note)
