"""How long somebody stays signed in: a while after the last thing they did, and hours in all.

The server decides, with two numbers in the session; what the browser shows is only a courtesy.
"""

import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.actions import sessions as actions
from accounts.authorization import has_permission
from accounts.permissions import Permission

STARTED, SEEN = "started_at", "seen_at"
NOTE_EVERY = 60  # seconds: one write a minute at most, so idle time is counted to the minute
WARN_BEFORE = 5 * 60
# What pages ask for by themselves is no sign of life.
BACKGROUND_HEADER = "X-Background"
BACKGROUND = {("GET", "accounts:session"), ("POST", "wagtailadmin_editing_sessions:ping")}
UNSEEN = re.compile(r"passw|code|token|secret|credential|(^|-)seen$|^next$", re.IGNORECASE)
clock = time.time


@dataclass(frozen=True)
class Limits:
    """When a session ends: `idle_end` moves with what the person does, `last_end` never."""

    idle: int
    idle_end: float
    last_end: float

    @property
    def seconds_left(self) -> int:
        return max(0, math.ceil(min(self.idle_end, self.last_end) - clock()))

    @property
    def can_stay(self) -> bool:
        """Whether doing something now would make the end later."""
        return self.idle_end < self.last_end

    @property
    def ending(self) -> str:
        """Why the session is over, as a sentence; empty while it is not."""
        now = clock()
        if now >= self.last_end:
            hours = settings.SESSION_COOKIE_AGE // 3600
            return f"You were signed out because you had been signed in for {hours} hours."
        if now >= self.idle_end:
            minutes = self.idle // 60
            return f"You were signed out because nothing happened for {minutes} minutes."
        return ""


def limits_of(request: HttpRequest) -> Limits:
    """The limits of the signed-in person's session; one seen for the first time begins now."""
    now = clock()
    powerful = has_permission(request.user, Permission.PEOPLE_MANAGE)
    idle = settings.IDLE_SECONDS_OF_ADMINISTRATORS if powerful else settings.IDLE_SECONDS
    return Limits(
        idle,
        request.session.get(SEEN, now) + idle,
        request.session.get(STARTED, now) + settings.SESSION_COOKIE_AGE,
    )


def note_activity(request: HttpRequest) -> None:
    """Counts the idle time afresh, and begins a session that has just been opened."""
    now = clock()
    if now - request.session.get(SEEN, 0) < NOTE_EVERY:
        return
    request.session.setdefault(STARTED, now)
    request.session[SEEN] = now
    actions.seen(session_key=request.session.session_key, at=datetime.fromtimestamp(now, UTC))


class SessionLimitsMiddleware:
    """Ends sessions that are over, and says so; stands between authentication and the guard."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.session_ending = ""  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            self._end_if_over(request)
        response = self.get_response(request)
        if request.user.is_authenticated and STARTED not in request.session:
            note_activity(request)  # signed in just now
        return response

    def _end_if_over(self, request: HttpRequest) -> None:
        ending = limits_of(request).ending
        if ending:
            key = request.session.session_key
            logout(request)
            actions.forget(session_key=key)
            request.session_ending = ending  # type: ignore[attr-defined]

    def process_view(
        self, request: HttpRequest, view: Callable, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.user.is_authenticated:
            if not _is_background(request):
                note_activity(request)
            request.session_limits = limits_of(request)  # type: ignore[attr-defined]
        elif getattr(view, "login_required", True):
            if _sends_a_form_of_ours(request):
                return _keep_what_was_typed(request, view)
            if request.session_ending:  # type: ignore[attr-defined]
                messages.info(request, request.session_ending)  # type: ignore[attr-defined]
        return None


def _is_background(request: HttpRequest) -> bool:
    match = request.resolver_match
    address = (request.method, match.view_name if match else "")
    return address in BACKGROUND or BACKGROUND_HEADER in request.headers


def _sends_a_form_of_ours(request: HttpRequest) -> bool:
    """Whether this is a form that one of our pages gave out: its security code was just checked.

    Only then is what came shown again, so that no other site can put words on our pages.
    """
    return request.method == "POST" and settings.CSRF_COOKIE_NAME in request.COOKIES


def _keep_what_was_typed(request: HttpRequest, view: Callable) -> HttpResponse:
    """A page with everything that was typed, but no secrets, to copy from."""
    form = getattr(getattr(view, "view_class", None), "form_class", None)
    labels = {name: field.label for name, field in getattr(form, "base_fields", {}).items()}
    typed = [
        {"key": labels.get(name) or _without_signs(name), "value": value}
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and not UNSEEN.search(name)
    ]
    context = {
        "ending": request.session_ending or "You are not signed in any more.",  # type: ignore[attr-defined]
        "typed": typed,
        "files": [file.name for file in request.FILES.values()],
        "next": _page_before(request),
    }
    response = render(request, "account/form_not_sent.html", context, status=403)
    response["Cache-Control"] = "no-store, private"
    return response


def _without_signs(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()


def _page_before(request: HttpRequest) -> str:
    """The path of the page that the form stood on."""
    page = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return urlsplit(page).path
    return request.path
