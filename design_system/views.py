"""Error pages and the gallery of components."""

import re
import sys
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults
from django.views.generic import TemplateView
from redis import RedisError

from design_system import gallery

PRIVATE = {"Cache-Control": "no-store, private"}
SECRET = re.compile(r"passw|code|secret|credential", re.IGNORECASE)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page after a form came back without its security code; the reason is for the log only."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, with the portal's header."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the portal's header."""
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the portal's header."""
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429; the limits of sign-in count for five minutes, others say their own time."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "300"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database or Redis is away; needs neither of them, nor a session."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError, RedisError)):
        page = render_to_string("503.html", {"again": _to_send_again(request)})
        return HttpResponse(page, status=503, headers={"Retry-After": "60", **PRIVATE})
    return defaults.server_error(request)


def _to_send_again(request: HttpRequest) -> dict[str, Any] | None:
    """What was typed, as hidden fields of a form; its security code is tried when it comes again.

    Nothing secret, and no file: these are given once more.
    """
    if request.method != "POST":
        return None
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        has_files = bool(request.FILES)
    except (SuspiciousOperation, OSError):  # what came could not be read
        return None
    if has_files or any(SECRET.search(name) for name, _ in fields):
        return None
    return {"address": request.get_full_path(), "fields": fields}


class Gallery(PermissionRequiredMixin, TemplateView):
    """Every component in every state, for those who write pages."""

    permission_required = "gallery.view"  # accounts.Permission; the design system knows no app
    template_name = "design_system/gallery.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The examples by component, and each form as it first appears and as it comes back."""
        wrong = {"wrong-day_day": "31", "wrong-day_year": "2016", "wrong-seen": "many"}
        return super().get_context_data(
            page_title="Design system",
            entries=gallery.entries(),
            forms=[
                ("A form", gallery.SampleForm(prefix="usual")),
                ("A form with problems", gallery.SampleForm(wrong, prefix="wrong")),
                ("Fields of other packages", gallery.PlainForm({}, prefix="plain")),
            ],
            **kwargs,
        )
