"""The life of a job. Every step is one conditional statement, so that only one worker can win."""

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Thread
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from jobs.models import Job, JobState
from jobs.registry import HANDLERS, Refused

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=30)
REPUBLISH_AFTER = timedelta(seconds=60)
RETRY_AFTER = timedelta(seconds=10)  # doubled with each attempt
CHANNEL = "slic_portal_jobs"


class LeaseLost(Exception):  # noqa: N818
    """Another worker owns the job now: stop, and let the transaction roll back."""


def enqueue(
    *,
    kind: str,
    key: str,
    payload: dict[str, Any] | None = None,
    by: Any = None,
    due_at: datetime | None = None,
) -> Job:
    """Writes the job in the caller's transaction; the same unfinished cause is never queued twice.

    `key` names the cause and `payload` holds primary keys. Does not touch Redis.
    """
    with transaction.atomic():
        job, _ = Job.objects.get_or_create(
            kind=kind,
            key=key,
            state__in=[JobState.QUEUED, JobState.RUNNING],
            defaults={
                "state": JobState.QUEUED,
                "payload": payload or {},
                "queue": HANDLERS[kind].queue,
                "created_by": by,
                "due_at": due_at or timezone.now(),
            },
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])  # wakes the relay after commit
    return job


def claim(*, job_id: uuid.UUID | str) -> Job | None:
    """Takes the job for this worker, or returns None when it is not waiting."""
    now = timezone.now()
    claimed = Job.objects.filter(id=job_id, state=JobState.QUEUED, due_at__lte=now).update(
        state=JobState.RUNNING,
        claim=uuid.uuid4(),
        lease_until=now + LEASE,
        attempts=F("attempts") + 1,
        started_at=now,
        error="",
    )
    return Job.objects.get(id=job_id) if claimed else None


def _mine(job: Job) -> Q:
    return Q(id=job.id, state=JobState.RUNNING, claim=job.claim)


def renew(*, job: Job) -> bool:
    """Extends the lease; False when another worker owns the job now."""
    return bool(Job.objects.filter(_mine(job)).update(lease_until=timezone.now() + LEASE))


def confirm(*, job: Job) -> None:
    """Call last in the transaction that does the work: the job is done with it, or not at all.

    Raises LeaseLost when the job is not ours any more. Until the transaction commits, the same
    cause is not queued again; from then on it is.
    """
    if not finish(job=job):
        raise LeaseLost(f"Job {job.id} was given to another worker.")


def report_progress(*, job: Job, done: int, total: int, note: str = "") -> None:
    """Shows how far the work is. Call it outside the transaction that does the work."""
    Job.objects.filter(_mine(job)).update(
        progress_done=done, progress_total=total, progress_note=note[:200]
    )


def report_from_within(*, job: Job, done: int, total: int, note: str = "") -> None:
    """As `report_progress`, inside the transaction that does the work: by another connection."""

    def report() -> None:
        try:
            report_progress(job=job, done=done, total=total, note=note)
        except OperationalError as error:  # the work goes on without having been told of
            logger.warning("The progress of job %s was not noted (%s).", job.id, error)
        finally:
            connection.close()

    thread = Thread(target=report, name=f"progress {job.id}")
    thread.start()
    thread.join()


def finish(*, job: Job) -> bool:
    """Ends the job as done; False when it is not ours, or was ended with its work."""
    return bool(
        Job.objects.filter(_mine(job)).update(
            state=JobState.DONE,
            claim=None,
            lease_until=None,
            finished_at=timezone.now(),
            progress_done=F("progress_total"),
        )
    )


@transaction.atomic
def fail(*, job: Job, error: BaseException) -> None:
    """Queues another attempt after a pause, or ends the job when no attempt is left."""
    if not Job.objects.select_for_update().filter(_mine(job)).exists():
        return
    if isinstance(error, Refused) or job.attempts >= job.max_attempts:
        _end_as_failed(job, str(error) or type(error).__name__)
        return
    Job.objects.filter(id=job.id).update(
        state=JobState.QUEUED,
        claim=None,
        lease_until=None,
        published_at=None,
        due_at=timezone.now() + RETRY_AFTER * 2 ** (job.attempts - 1),
        error=f"{type(error).__name__}: {error}",
    )


def _end_as_failed(job: Job, error: str) -> None:
    Job.objects.filter(id=job.id).update(
        state=JobState.FAILED, claim=None, lease_until=None, finished_at=timezone.now(), error=error
    )
    job.refresh_from_db()
    handler = HANDLERS.get(job.kind)
    if handler and handler.on_failure:
        _tell(handler.on_failure, job)


def _tell(on_failure: Callable[[Job], None], job: Job) -> None:
    """Calls it; a mistake in it ends this job all the same, for all others wait for the sweep."""
    try:
        with transaction.atomic():
            on_failure(job)
    except OperationalError:  # the database was away or busy: the next sweep tells it
        raise
    except Exception:
        logger.exception("The failure of job %s could not be told.", job.id)


@transaction.atomic
def sweep() -> int:
    """Gives back jobs whose worker died and re-publishes ids that Redis lost; returns how many."""
    now = timezone.now()
    lost = Job.objects.select_for_update(skip_locked=True).filter(
        state=JobState.RUNNING, lease_until__lt=now
    )
    exhausted = [job for job in lost if job.attempts >= job.max_attempts]
    for job in exhausted:
        _end_as_failed(job, "The worker stopped each time this was tried.")
    returned = Job.objects.filter(
        state=JobState.RUNNING, lease_until__lt=now, attempts__lt=F("max_attempts")
    ).update(state=JobState.QUEUED, claim=None, lease_until=None, published_at=None, due_at=now)
    republished = Job.objects.filter(
        state=JobState.QUEUED, published_at__lt=now - REPUBLISH_AFTER
    ).update(published_at=None)
    return len(exhausted) + returned + republished
