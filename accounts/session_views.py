"""Staying signed in, seeing where one is signed in, and ending that."""

import re
from typing import Any

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY, resume_request
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView, View

from accounts import browsers
from accounts.actions import sessions
from accounts.reauthentication import signed_in_recently

NUMBER = re.compile(r"\d{1,18}")


@method_decorator(login_not_required, name="dispatch")
class Session(View):
    """For the page's script: how long this session lasts. GET does not make it longer; POST does.

    Tells strangers nothing but that they are not signed in.
    """

    def get(self, request: HttpRequest) -> JsonResponse:
        answer: dict[str, Any] = {"signed_in": request.user.is_authenticated}
        if request.user.is_authenticated:
            limits = request.session_limits  # type: ignore[attr-defined]
            answer |= {
                "user": str(request.user.uuid),
                "seconds_left": limits.seconds_left,
                "can_stay": limits.can_stay,
                "token": get_token(request),
            }
        elif request.session_ending:  # type: ignore[attr-defined]
            messages.info(request, request.session_ending)  # type: ignore[attr-defined]
        return JsonResponse(answer, headers={"Cache-Control": "no-store, private"})

    post = get


class SignedIn(TemplateView):
    """Where the tab ends in which somebody signed in again; their work waits in another."""

    template_name = "account/signed_in.html"
    extra_context = {"page_title": "You are signed in again"}


class SessionList(TemplateView):
    """Where the person is signed in."""

    template_name = "usersessions/usersession_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = self.request.session.session_key
        own = UserSession.objects.purge_and_list(self.request.user)
        own.sort(key=lambda session: (session.session_key != here, -session.created_at.timestamp()))
        rows = [
            {
                "session": session,
                "browser": browsers.in_words(session.user_agent),
                "is_here": session.session_key == here,
            }
            for session in own
        ]
        return super().get_context_data(**kwargs) | {
            "page_title": "Where you are signed in",
            "rows": rows,
            "others": sum(not row["is_here"] for row in rows),
        }


class SessionEnd(View):
    """Ends one of the person's sessions, or all but this one."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = request.POST.get("session", "")
        only = None if chosen == "others" else int(chosen) if NUMBER.fullmatch(chosen) else 0
        here = request.session.session_key
        ended = sessions.end_others(by=request.user, here=here, only=only)
        if ended:
            places = "1 other place" if ended == 1 else f"{ended} other places"
            messages.success(request, f"You are signed out in {places}.")
        else:
            messages.info(request, "You were not signed in there any more.")
        return redirect("usersessions_list")


class GoOn(TemplateView):
    """After a provider has shown again who somebody is: goes on with what they had sent."""

    template_name = "account/go_on.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "page_title": "Go on with what you were doing",
            "waits": STATE_SESSION_KEY in self.request.session,
            "next": self.request.GET.get("next", ""),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        go_on = signed_in_recently(request) and resume_request(request)
        return go_on or redirect(settings.LOGIN_REDIRECT_URL)
