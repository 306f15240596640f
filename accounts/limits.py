"""How often one person, or one address, may ask for what costs the portal much.

Sign-in has limits of its own in allauth, which answer 503 without Redis. These let everybody
through then: a download is no secret, and the portal's work must go on.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal.ratelimit import Rate, get_ip, parse_rates
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from redis import RedisError

View = Callable[..., HttpResponse]


def limited(action: str, *, method: str = "GET") -> Callable[[View], View]:
    """A decorator for views: more than settings.LIMITS[action] requests get 429."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            seconds = _seconds_to_wait(request, action) if request.method == method else 0
            if not seconds:
                return view(request, *args, **kwargs)
            response = respond_429(request)
            response["Retry-After"] = str(seconds)
            return response

        return answer

    return decorate


def _seconds_to_wait(request: HttpRequest, action: str) -> int:
    """Counts this request; 0 while it is within all rates of the action."""
    try:
        return max(_count(request, action, rate) for rate in parse_rates(settings.LIMITS[action]))
    except RedisError:
        return 0


def _count(request: HttpRequest, action: str, rate: Rate) -> int:
    now = time.time()
    window, seconds_gone = divmod(now, rate.duration)
    key = f"limit:{action}:{rate}:{_who(request, rate)}:{window:.0f}"
    counts = caches["limits"]
    counts.add(key, 0, timeout=int(rate.duration) * 2)
    return int(rate.duration - seconds_gone) + 1 if counts.incr(key) > rate.amount else 0


def _who(request: HttpRequest, rate: Rate) -> str:
    if rate.per == "user" and request.user.is_authenticated:
        return f"user:{request.user.pk}"
    return f"ip:{get_ip(request)}"
