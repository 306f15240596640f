from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from accounts.second_factor import AFTER_SET_UP, has_second_step
from accounts.single_sign_on import url_before_first_step


class NoStoreMiddleware:
    """Keeps pages of signed-in people out of every cache, also on shared computers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        return response


class CountedAttemptsMiddleware:
    """Lets nobody try passwords while attempts cannot be counted: the answer is 503 then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.path.startswith("/accounts/"):
            caches["limits"].get("is Redis there?")
        return self.get_response(request)


class SecondFactorMiddleware:
    """Leads everybody who has yet to set up a second step there, whatever they asked for."""

    SET_UP = {"mfa_activate_totp", "mfa_add_webauthn"}
    OPEN = SET_UP | {
        "account_logout",
        "account_reauthenticate",
        "accounts:session",
        "health-live",
        "health-ready",
        "mfa_index",
        # Invited people may choose their organisation's sign-in, which brings its own second step.
        "openid_connect_callback",
        "openid_connect_login",
        "openid_connect_reauthenticate",
    }

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or has_second_step(request):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in self.SET_UP and (provider := url_before_first_step(request)):
            return redirect(provider)
        if name in self.OPEN:
            return None
        if request.method == "GET":
            request.session[AFTER_SET_UP] = request.get_full_path()
        return redirect("mfa_index")
