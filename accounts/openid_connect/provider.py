"""OpenID Connect as django-allauth speaks it, and stricter: with nonce, checked, and by id only.

django-allauth does state, PKCE and the exchange of the code. Added here: a nonce, the signature and
every other check of `tokens`, one origin for each provider, and no wishes of the browser.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import provider as allauth_provider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from requests import RequestException

from accounts.openid_connect import tokens
from accounts.openid_connect.configuration import origin
from accounts.openid_connect.tokens import NotTrusted
from accounts.single_sign_on import REAUTHENTICATE

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
UID_MAX_LENGTH = 191  # of the column


@contextmanager
def sense() -> Iterator[None]:
    """Turns an answer that is not what the standard promises into an error that has a page."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise OAuth2Error(f"the provider's answer makes no sense: {error!r}") from error


class Connection(OpenIDConnectOAuth2Adapter):
    """One exchange with a provider, for one person who was sent there."""

    asked: dict[str, Any]  # what was noted when the person was sent

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's own description, fetched once; refused if it leads anywhere else."""
        if not hasattr(self, "_openid_config"):
            issuer = self.get_provider().app.settings["server_url"]
            with sense():
                found = super().openid_config
                if found["issuer"] != issuer:
                    raise ValueError(f"it calls itself {found['issuer']!r}")
                for endpoint in ENDPOINTS:
                    if origin(found[endpoint]) != origin(issuer):
                        raise ValueError(f"{endpoint} is elsewhere: {found[endpoint]!r}")
            self._openid_config = found
        return self._openid_config

    def get_access_token_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        with sense():
            return super().get_access_token_data(*args, **kwargs)

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        return SocialToken(token=str(data["access_token"]))  # never kept

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any):
        issuer = app.settings["server_url"]
        if request.GET.get("iss", issuer) != issuer:  # RFC 9207: an answer of somebody else
            raise NotTrusted(NotTrusted.BROKEN, "the answer names another issuer")
        claims = tokens.read(
            kwargs["response"].get("id_token"),
            self._keys(),
            issuer=issuer,
            client_id=app.client_id,
            nonce=self.asked.get("nonce", ""),
        )
        tokens.check_demands(claims, app.settings, self.asked)
        return self.get_provider().sociallogin_from_response(request, claims)

    def _keys(self) -> Any:
        with get_adapter().get_requests_session() as session:
            response = session.get(self.openid_config["jwks_uri"])
            response.raise_for_status()
        with sense():
            return response.json()


class ProviderAccount(allauth_provider.OpenIDConnectProviderAccount):
    def to_str(self) -> str:
        return self.account.extra_data.get("label") or self.account.get_provider().name


class Provider(allauth_provider.OpenIDConnectProvider):
    account_class = ProviderAccount
    oauth2_adapter_class = Connection

    def wk_server_url(self, url: str) -> str:
        return f"{url.rstrip('/')}/.well-known/openid-configuration"

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """Sends the person to the provider, and notes what was asked of it."""
        again = process == REAUTHENTICATE
        max_age = 0 if again else self.app.settings["max_age"]
        nonce = get_random_string(32)
        auth_params = {"nonce": nonce}
        if again:
            auth_params["prompt"] = "login"
        if max_age is not None:
            auth_params["max_age"] = str(max_age)
        if acr := self.app.settings["acr"]:
            auth_params["acr_values"] = " ".join(acr)
        if acrs := self.app.settings["acrs"]:  # Entra's authentication contexts
            wish = {"essential": True, "value": acrs[0]}
            auth_params["claims"] = json.dumps({"id_token": {"acrs": wish}})
        try:
            return super().redirect(
                request,
                process,
                next_url,
                data,
                auth_params=auth_params,
                scope=self.get_scope(),
                nonce=nonce,
                max_age=max_age,
                asked_at=time.time(),
            )
        except (RequestException, OAuth2Error) as error:
            return render_authentication_error(request, self, exception=error)

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Issuer and subject in one: what another issuer says is always another account."""
        subject = data.get(self.app.settings["uid_field"])
        if not isinstance(subject, str) or not subject.strip():
            raise NotTrusted(NotTrusted.BROKEN, "the ID token names nobody")
        uid = f"{data['iss']}|{subject}"
        if len(uid) > UID_MAX_LENGTH:
            raise NotTrusted(NotTrusted.BROKEN, f"too long to keep: {uid}")
        return uid

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """The little that is kept, so that a person can tell their accounts apart."""
        kept = {key: data[key] for key in ("iss", "sub", "oid", "tid") if key in data}
        label = data.get("preferred_username") or data.get("email") or data.get("name") or ""
        return {
            **kept,
            "label": str(label)[:200],
            "auth_time": tokens.auth_time(data),
            "strong": tokens.proves_strength(self.app.settings),
        }

    # An address never says who somebody is, so none leaves this class.
    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list:
        return []


provider_classes = [Provider]
