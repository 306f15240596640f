"""To the provider and back. Leaving takes a button; only what we asked for is let back in."""

from typing import Any

import pghistory
from allauth.account.utils import get_next_redirect_url, get_request_param
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe
from requests import RequestException

from accounts.openid_connect.provider import Connection, Provider
from accounts.reauthentication import ask_again, signed_in_recently
from accounts.single_sign_on import REAUTHENTICATE
from accounts.trail.context import of_request


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Signs in, or connects the provider's account to the one that is signed in."""
    provider = _provider(request, provider_id)
    if get_request_param(request, "process") != AuthProcess.CONNECT:
        return _leave(request, provider, AuthProcess.LOGIN)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not signed_in_recently(request):
        return ask_again(request)
    return _leave(request, provider, AuthProcess.CONNECT)


@require_http_methods(["GET", "HEAD", "POST"])
def reauthenticate(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Asks the provider to ask the person again, before an act that needs it."""
    provider = _provider(request, provider_id)
    get_object_or_404(SocialAccount.objects.filter(provider=provider_id, user=request.user))
    return _leave(request, provider, REAUTHENTICATE)


@login_not_required
@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    _provider(request, provider_id)
    # The one address that changes something (it connects an account) without a form.
    with pghistory.context(**of_request(request)):
        return _Callback.adapter_view(Connection(request, provider_id))(request)


class _Callback(OAuth2CallbackView):
    adapter: Connection

    def _get_state(self, request: HttpRequest, provider: Provider) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        self.adapter.asked = state or {}
        if response is None:
            try:
                _ = self.adapter.openid_config  # django-allauth asks where nobody catches a failure
            except (RequestException, OAuth2Error) as error:
                response = render_authentication_error(request, provider, exception=error)
        return state, response


def _provider(request: HttpRequest, provider_id: str) -> Provider:
    try:
        return get_adapter(request).get_provider(request, provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error


def _leave(request: HttpRequest, provider: Provider, process: str) -> HttpResponse:
    if request.method != "POST":
        return render(
            request, "socialaccount/login.html", {"provider": provider, "process": process}
        )
    return provider.redirect(request, process, get_next_redirect_url(request))
