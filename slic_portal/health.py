"""Whether the portal lives, and whether it can work. Strangers never learn the details."""

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis, RedisError

from jobs.selectors import heartbeat_age

logger = logging.getLogger(__name__)
PLAIN = "text/plain; charset=utf-8"
OLDEST_HEARTBEAT = timedelta(minutes=3)  # the scheduler ticks every minute


@login_not_required
@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """200 while the process answers; asks nobody else, so that a lost database restarts nothing."""
    return HttpResponse("alive\n", content_type=PLAIN)


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when requests and background work can be done, otherwise 503; the log says why."""
    faults = [fault for check in (database, broker, scheduler) if (fault := check())]
    for fault in faults:
        logger.warning("Not ready: %s", fault)
    words, status = ("not ready\n", 503) if faults else ("ready\n", 200)
    return HttpResponse(words, status=status, content_type=PLAIN)


def database() -> str | None:
    """Why the database cannot be used; None when it can."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        return f"the database does not answer ({error})"
    return None


def broker() -> str | None:
    """Why Redis cannot be used; None when it can. Waits one second at most for each answer."""
    try:
        with Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1, retry=None
        ) as client:
            client.ping()
    except (RedisError, OSError) as error:
        return f"Redis does not answer ({error})"
    return None


def scheduler() -> str | None:
    """Why scheduled work cannot be relied on; None when the scheduler ticked lately."""
    try:
        age = heartbeat_age()
    except Error as error:
        return f"the scheduler's heartbeat cannot be read ({error})"
    if age is None:
        return "the scheduler has not ticked yet"
    if age > OLDEST_HEARTBEAT:
        return f"the scheduler last ticked {age} ago"
    return None
