import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts.models import User
from accounts.openid_connect import configuration
from tests.accounts.conftest import PASSPHRASE
from tests.accounts.sso.provider import Provider
from tests.people import make_person

HERE = Path(__file__).parent
ID = "trust"
MFA = {"amr": ["mfa", "pwd"]}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The provider runs in this process, so the warnings of its own libraries reach the tests."""
    theirs = pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib")
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(theirs)


@pytest.fixture(scope="session")
def servers() -> Iterator[list[Provider]]:
    both = [Provider(), Provider()]
    yield both
    for provider in both:
        provider.stop()


@pytest.fixture
def provider(servers) -> Provider:
    servers[0].reset()
    return servers[0]


@pytest.fixture
def stranger(servers) -> Provider:
    """A second provider, which would gladly say that somebody is anybody."""
    servers[1].reset()
    return servers[1]


@pytest.fixture
def configure(settings):
    """`configure(a_provider, amr=["mfa"])`, or a list of such entries, as the environment would."""

    def configure(provider: Provider, *more: dict[str, Any], **changes: Any) -> None:
        entries = [entry(provider, **changes), *more]
        settings.OIDC_PROVIDERS = configuration.read(json.dumps(entries), development=True)
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                **settings.SOCIALACCOUNT_PROVIDERS["openid_connect"],
                "APPS": settings.OIDC_PROVIDERS,
            }
        }

    return configure


def entry(provider: Provider, **changes: Any) -> dict[str, Any]:
    return {
        "id": ID,
        "name": "Trust Connect",
        "server_url": provider.url,
        "client_id": "slic-portal",
        "secret": "a secret of the tests",
        **changes,
    }


@pytest.fixture
def alex(db) -> User:
    """Somebody who has yet to connect an account, and who has no second step here."""
    return make_person(
        "alex@example.org", PASSPHRASE, second_factor=False, full_name="Alex Example"
    )


def connect(user: User, provider: Provider, sub: str, provider_id: str = ID) -> SocialAccount:
    return SocialAccount.objects.create(
        user=user, provider=provider_id, uid=f"{provider.url}|{sub}", extra_data={"label": sub}
    )


def leave(client: Client, provider_id: str = ID, **fields: str) -> str:
    """Presses the button; returns where the provider asks who it is."""
    answer = client.post(f"/accounts/oidc/{provider_id}/login/", fields)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def sign_in(client: Client, provider: Provider, sub: str, provider_id: str = ID, **fields: str):
    """All the way to the provider and back; returns the portal's answer."""
    return client.get(provider.approve(leave(client, provider_id, **fields), sub))


def who(client: Client) -> str:
    """The key of the person who is signed in; empty when nobody is."""
    return client.session.get("_auth_user_id", "")
