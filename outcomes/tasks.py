"""Handlers of this app's jobs: fetch, call an action."""

from jobs.models import Job
from jobs.registry import handler, on_tick
from outcomes.actions import rehearsals, releases, reminders, series, submissions, uploads
from outcomes.models import Measure, Release, Upload


def _upload_failed(job: Job) -> None:
    uploads.give_up(upload=Upload.objects.get(pk=job.payload["upload"]))


@handler("outcomes.check_upload", time_limit=540, on_failure=_upload_failed)
def check_upload(job: Job) -> None:
    uploads.check(upload=Upload.objects.get(pk=job.payload["upload"]), job=job)


@handler("outcomes.look_at_upload", time_limit=200, on_failure=_upload_failed)
def look_at_upload(job: Job) -> None:
    uploads.look(upload=Upload.objects.get(pk=job.payload["upload"]), job=job)


@handler("outcomes.mark_upload", time_limit=300)
def mark_upload(job: Job) -> None:
    uploads.mark(upload=Upload.objects.get(pk=job.payload["upload"]))


@handler("outcomes.build_series", time_limit=300)
def build_series(job: Job) -> None:
    measure = Measure.objects.prefetch_related("targets", "rebases").get(pk=job.payload["measure"])
    series.build(measure=measure, edition=job.payload["edition"], job=job)


@handler(rehearsals.KIND, time_limit=540)
def rehearse_release(job: Job) -> None:
    rehearsals.rehearse(release=Release.objects.get(pk=job.payload["release"]), job=job)


@handler(releases.KIND, time_limit=540)
def publish_release(job: Job) -> None:
    releases.publish(release=Release.objects.get(pk=job.payload["release"]), job=job)


@on_tick
def publish_due_releases() -> None:
    releases.publish_due()


@on_tick
def rehearse_changed_releases() -> None:
    rehearsals.request_stale()


@on_tick
def retry_lost_builds() -> None:
    series.retry_lost()


@on_tick
def open_due_submissions() -> None:
    submissions.open_due()


@on_tick
def remind_of_returns() -> None:
    reminders.remind_due()
