"""The only two Celery tasks: run one job, and the tick that looks for what is due. And mail."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
from celery import shared_task
from django.db import OperationalError, connection

from jobs.actions import heartbeats, mails
from jobs.actions import jobs as actions
from jobs.models import Job, Mail
from jobs.registry import HANDLERS, ON_TICK, handler, on_tick

logger = logging.getLogger(__name__)
RENEW_EVERY = 8  # seconds; about a quarter of the lease


@contextmanager
def renewed_lease(job: Job) -> Iterator[None]:
    """Renews the lease from a thread of its own, which dies with the process."""
    over = threading.Event()

    def renew() -> None:
        try:
            while not over.wait(RENEW_EVERY) and _still_ours(job):
                pass
        finally:
            connection.close()

    thread = threading.Thread(target=renew, daemon=True, name=f"lease {job.id}")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=5)


def _cause(job: Job) -> dict[str, Any]:
    """For the record of changes: what is being done, and who caused it."""
    person = {"user": job.created_by_id, "name": str(job.created_by)} if job.created_by else {}
    return {"job": job.kind, "key": job.key, **person}


def _still_ours(job: Job) -> bool:
    """Renews the lease; a database that is away for a moment takes no job from its worker."""
    try:
        return actions.renew(job=job)
    except OperationalError as error:
        logger.warning("The lease of job %s was not renewed (%s).", job.id, error)
        connection.close()
        return True


@shared_task(name="jobs.run")
def run(job_id: str) -> None:
    """Claims the job and does its work; a job that is not waiting is left alone."""
    job = actions.claim(job_id=job_id)
    if job is None:
        return
    try:
        with renewed_lease(job), pghistory.context(**_cause(job)):
            HANDLERS[job.kind].run(job)
    except actions.LeaseLost as error:
        logger.warning("%s", error)
    except Exception as error:
        logger.exception("Job %s (%s) did not succeed.", job.id, job.kind)
        actions.fail(job=job, error=error)
    else:
        actions.finish(job=job)


@shared_task(name="jobs.tick", soft_time_limit=50, time_limit=55)
def tick() -> None:
    """Every minute: shows life, and asks each app what is due."""
    heartbeats.beat()
    for look in ON_TICK:
        try:
            with pghistory.context(job=f"{look.__module__}.{look.__name__}"):
                look()
        except Exception:  # one app's trouble must not stop the others
            logger.exception("The tick of %s did not succeed.", look.__module__)


def _mail_failed(job: Job) -> None:
    mails.note_failure(mail=Mail.objects.get(pk=job.payload["mail"]), error=job.error)


@handler(mails.KIND, queue="mail", on_failure=_mail_failed)
def send_mail(job: Job) -> None:
    mails.send(mail=Mail.objects.get(pk=job.payload["mail"]), job=job)


@on_tick
def look_after_mail() -> None:
    mails.try_again()
    mails.forget()
