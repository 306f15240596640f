"""Signing in with an account of one's own organisation, by OpenID Connect.

A person is whom issuer and subject name, and only if they connected that account before. No
address is looked up, nobody is created. What a token must prove: accounts/openid_connect/tokens.py.
"""

import logging
from typing import Any, NamedTuple, NoReturn
from urllib.parse import urlencode

import requests
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.account.signals import user_logged_in
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse

from accounts.models import User
from accounts.openid_connect.configuration import origin
from accounts.second_factor import STRONG_SINGLE_SIGN_ON as STRONG

REAUTHENTICATE = "reauthenticate"
# What to answer when a sign-in goes no further; the words are in the template.
STATUS = {
    "unknown": 403,
    "weak": 403,
    "tenant": 403,
    "old": 403,
    "other": 403,
    "broken": 400,
    "away": 503,
}
logger = logging.getLogger(__name__)


class WayIn(NamedTuple):
    id: str
    name: str
    url: str  # takes a POST


def providers() -> list[WayIn]:
    """The organisations' sign-in services, as the settings list them."""
    return [
        WayIn(
            app["provider_id"],
            app["name"],
            reverse("openid_connect_login", args=[app["provider_id"]]),
        )
        for app in _configured()
    ]


def reauthentication_url(user: User, next: str) -> str | None:
    """Where the person's provider asks them again and then leads to `next`; None without one."""
    account = _usable(SocialAccount.objects.filter(user=user).order_by("-last_login"))
    if not account:
        return None
    url = reverse("openid_connect_reauthenticate", args=[account[0].provider])
    return f"{url}?{urlencode({'next': next})}"


def url_before_first_step(request: HttpRequest) -> str | None:
    """Where somebody shows their organisation's account before a first second step here.

    Else whoever learnt the password of a person with single sign-on could set up a step of their
    own. None for people without such an account, and once they came by it or by invitation.
    """
    shown = {record["method"] for record in get_authentication_records(request, request.user)}
    if shown & {"socialaccount", "invitation"}:
        return None
    return reauthentication_url(request.user, request.path)


def name_of(account: SocialAccount) -> str:
    """The provider's name; one that is no longer in the settings goes by its id."""
    names = {app["provider_id"]: app["name"] for app in _configured()}
    return names.get(account.provider, account.provider)


def _configured() -> list[dict[str, Any]]:
    return settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]


def _usable(accounts: Any) -> list[SocialAccount]:
    """Those whose provider still stands in the settings, with the same issuer."""
    issuers = {app["provider_id"]: app["settings"]["server_url"] for app in _configured()}
    return [
        account
        for account in accounts
        if account.uid.split("|")[0] == issuers.get(account.provider, "")
    ]


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": "This is your only way to sign in. Set a password before you disconnect it.",
        "no_verified_email": "This is your only way to sign in, so it cannot be disconnected.",
        "connected_other": "That account is connected to somebody else.",
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody signs themselves up: people are invited."""
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Never: whoever can set an address at some provider would be that person here."""
        return

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Only what the settings list: no row of the database opens a door."""
        apps = [SocialApp(provider="openid_connect", **app) for app in _configured()]
        return [
            app
            for app in apps
            if provider in (None, app.provider_id, app.provider)
            and client_id in (None, app.client_id)
        ]

    def get_requests_session(self) -> requests.Session:
        return _ProvidersOnly()

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The token is proven. Only a person whom we know by issuer and subject goes on."""
        process = sociallogin.state.get("process")
        if process == AuthProcess.CONNECT:
            return
        if process == REAUTHENTICATE:
            _note_shown_again(request, sociallogin)
            raise ImmediateHttpResponse(
                HttpResponseRedirect(
                    sociallogin.get_redirect_url(request)
                    or resolve_url(settings.LOGIN_REDIRECT_URL)
                )
            )
        if not sociallogin.is_existing:
            refuse(request, sociallogin.provider, "unknown", "nobody connected this account")

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        if error == AuthError.CANCELLED:
            return  # the person said no: that page is django-allauth's
        reason = getattr(exception, "reason", "broken")
        if isinstance(exception, requests.ConnectionError | requests.Timeout | requests.HTTPError):
            reason = "away"
        refuse(request, provider, reason, str(exception or error))

    def validate_disconnect(self, account: SocialAccount, accounts: Any) -> None:
        """An account that no longer opens the door does not count as another way in."""
        others = _usable(accounts.exclude(pk=account.pk))
        if not others and not account.user.has_usable_password():
            raise self.validation_error("no_password")


def refuse(request: HttpRequest, provider: Any, reason: str, detail: str) -> NoReturn:
    """Ends the sign-in with a page; the log gets the detail, the person does not."""
    name = provider.app.provider_id
    reason = reason if reason in STATUS else "broken"
    logger.warning("Single sign-on with %s ended (%s): %s", name, reason, detail[:300])
    user_login_failed.send(__name__, credentials={"single_sign_on": name}, request=request)
    context = {"reason": reason, "provider": provider}
    page = "socialaccount/authentication_error.html"
    raise ImmediateHttpResponse(render(request, page, context, status=STATUS[reason]))


def _note_shown_again(request: HttpRequest, sociallogin: SocialLogin) -> None:
    """Counts only for the person who is signed in; how recent it is was checked with the token."""
    account = sociallogin.account
    if not sociallogin.is_existing or sociallogin.user != request.user:
        refuse(request, sociallogin.provider, "other", "shown again by somebody else")
    record_authentication(
        request,
        request.user,
        "socialaccount",
        reauthenticated=True,
        provider=account.provider,
        uid=account.uid,
    )
    _date_back(request, account)


@receiver(user_logged_in, dispatch_uid="single sign-on marks the session")
def note_way_in(
    sender: Any, request: HttpRequest, sociallogin: SocialLogin | None = None, **kwargs: Any
) -> None:
    """Marks a session that began with a strong single sign-on, and no other."""
    request.session.pop(STRONG, None)
    if sociallogin:
        if sociallogin.account.extra_data.get("strong"):
            request.session[STRONG] = True
        _date_back(request, sociallogin.account)


def _date_back(request: HttpRequest, account: SocialAccount) -> None:
    """Notes when the person showed who they are at the provider, not when they came back from it.

    A session at the provider may be hours old. One that does not say is never recent.
    """
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    for record in reversed(records):
        if record["method"] == "socialaccount" and record.get("uid") == account.uid:
            at = account.extra_data.get("auth_time") or 0
            record["at"] = min(record["at"], at)
            request.session[AUTHENTICATION_METHODS_SESSION_KEY] = records
            return


class _ProvidersOnly(requests.Session):
    """Asks the providers in the settings and nobody else, and follows nobody elsewhere."""

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:  # type: ignore[override]
        allowed = {origin(app["settings"]["server_url"]) for app in _configured()}
        if origin(url) not in allowed:
            raise requests.exceptions.InvalidURL(f"{url} is not an address of a provider")
        kwargs["allow_redirects"] = False
        kwargs.setdefault("timeout", settings.SOCIALACCOUNT_REQUESTS_TIMEOUT)
        return super().request(method, url, **kwargs)
