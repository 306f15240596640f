"""Before acts that would do the most harm in wrong hands, people show again who they are."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.core.internal.httpkit import serialize_request
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from accounts import single_sign_on
from accounts.second_factor import is_setting_up
from accounts.trail.context import note_page

SAFE = ("GET", "HEAD", "OPTIONS")
SECRET_FIELDS = ("password", "code", "credential")
WAITS_AT_MOST = 15 * 60  # seconds
TOO_LATE = (
    "What you sent before you were asked who you are has waited for too long, so nothing was done. "
    "If you still want it, please send it again."
)
# Pages of the sign-in packages on which somebody could change how the person signs in.
GUARDED = {
    "account_change_password",
    "account_set_password",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "socialaccount_connections",
}


def signed_in_recently(request: HttpRequest) -> bool:
    """Whether password, second step or single sign-on were shown in the last five minutes."""
    records = get_authentication_records(request, request.user)
    newest = max((record["at"] for record in records), default=0)
    return time.time() - newest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def ask_again(request: HttpRequest) -> HttpResponse:
    """Sends the person to show who they are; what they sent waits in their session meanwhile."""
    waits = _put_aside(request)
    page = request.path if waits else request.get_full_path()
    methods = get_adapter().get_reauthentication_methods(request.user)
    if methods:
        return redirect(f"{methods[0]['url']}?{urlencode({REDIRECT_FIELD_NAME: page})}")
    if waits:  # the way over the provider comes back to a page of its own, with a button
        page = f"{reverse('accounts:go-on')}?{urlencode({REDIRECT_FIELD_NAME: page})}"
    provider = single_sign_on.reauthentication_url(request.user, page)
    if provider:
        return redirect(provider)
    return render(request, "account/sign_in_again.html", status=403)


def _put_aside(request: HttpRequest) -> bool:
    """Keeps a form that was sent, unless it holds secrets or files: neither belongs in a row."""
    request.session.pop(STATE_SESSION_KEY, None)  # an older form that nobody came back for
    if request.method in SAFE or request.FILES:
        return False
    if any(secret in name for name in request.POST for secret in SECRET_FIELDS):
        return False
    request.session[STATE_SESSION_KEY] = {"request": serialize_request(request), "at": time.time()}
    return True


def _forget_what_waited_too_long(request: HttpRequest) -> None:
    """Nobody expects what they sent long ago to happen now; they are told when it would have."""
    waits = request.session.get(STATE_SESSION_KEY)
    if waits and time.time() - waits.get("at", 0) > WAITS_AT_MOST:
        del request.session[STATE_SESSION_KEY]
        messages.warning(request, TOO_LATE)


class RecentSignIn:
    """A view whose acts ask who it is again, and afterwards go on with what was sent.

    Stands after PermissionRequired, so that only those are asked who may go on.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in SAFE and not signed_in_recently(request):
            return ask_again(request)
        note_page(request)  # for a form that waited, which comes by way of another page
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class RecentSignInMiddleware:
    """Guards the packages' pages about passwords, second steps and single sign-on.

    Their own guard lets people without password and second step through at any time. Also sees
    to it that nothing waits for ever for somebody to show who they are.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        _forget_what_waited_too_long(request)
        match = request.resolver_match
        if match is None or match.view_name not in GUARDED:
            return None
        if signed_in_recently(request) or is_setting_up(request):
            return None
        return ask_again(request)
