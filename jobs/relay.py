"""The relay hands the ids of waiting jobs to Celery, so that no web request waits for Redis.

It also sweeps: jobs whose worker died go back to the queue, ids that Redis lost are sent again.
"""

import logging
import select
import time
from collections.abc import Callable

from celery import current_app
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from jobs.actions.jobs import CHANNEL, sweep
from jobs.models import Job
from jobs.registry import HANDLERS

logger = logging.getLogger(__name__)
BATCH = 100
PAUSE = 2.0  # seconds between looks when nothing wakes us
LISTEN = f"LISTEN {CHANNEL}"
SWEEP_EVERY = 10.0  # seconds


def publish_waiting() -> int:
    """Publishes up to one batch of waiting jobs and returns how many; all or none is marked.

    Jobs of a kind that a newer version of the portal has written wait for a newer relay.
    """
    with transaction.atomic():
        known = Job.objects.publishable().filter(kind__in=HANDLERS)
        waiting = list(known.select_for_update(skip_locked=True)[:BATCH])
        for job in waiting:
            limit = HANDLERS[job.kind].time_limit
            current_app.send_task(
                "jobs.run",
                [str(job.id)],
                queue=job.queue,
                soft_time_limit=limit,
                time_limit=limit + 60,
            )
        Job.objects.filter(id__in=[job.id for job in waiting]).update(published_at=timezone.now())
    return len(waiting)


def run_forever(stopped: Callable[[], bool]) -> None:
    """Publishes until `stopped()`; a lost Redis is waited for, a lost database reconnects."""
    next_sweep = time.monotonic()
    while not stopped():
        try:
            if time.monotonic() >= next_sweep:
                sweep()
                next_sweep = time.monotonic() + SWEEP_EVERY
            if publish_waiting() == BATCH:
                continue
            _wait_for_news()
        except OperationalError as error:
            logger.warning("Redis does not answer (%s); jobs wait in the database.", error)
            _pause()


def _wait_for_news() -> None:
    """Sleeps until a job is written or the pause is over."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute(LISTEN)
    raw = connection.connection
    select.select([raw], [], [], PAUSE)
    raw.poll()
    raw.notifies.clear()


def _pause() -> None:
    select.select([], [], [], PAUSE)
