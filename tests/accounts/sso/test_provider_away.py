"""A provider that is away, slow, or answers with rubbish; and a person who says no."""

import threading
import time

import pytest
import requests
from django.contrib.auth.signals import user_login_failed

from tests.accounts.sso.conftest import connect, leave, sign_in, who
from tests.accounts.sso.provider import DISCOVERY, KEYS, TOKEN, Provider

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/oidc/trust/login/"
AWAY = "Trust Connect does not answer"


@pytest.fixture
def alex(alex, provider):
    connect(alex, provider, "alex")
    return alex


@pytest.fixture
def description(provider) -> dict:
    """What the provider says of itself."""
    found = requests.get(provider.url + DISCOVERY, timeout=5).json()
    provider.reset()
    return found


def test_person_says_no(client, configure, provider, alex):
    configure(provider)
    answer = client.get(provider.deny(leave(client)))
    assert answer.url == "/accounts/3rdparty/login/cancelled/"
    page = client.get(answer.url)
    assert page.status_code == 200
    assert "You stopped before the sign-in was finished" in page.content.decode()
    assert not provider.calls(TOKEN)
    assert not who(client)


def test_provider_is_switched_off(client, configure, alex):
    gone = Provider()
    gone.stop()
    configure(gone)
    answer = client.post(LOGIN)
    assert answer.status_code == 503
    assert AWAY in answer.content.decode()


@pytest.mark.parametrize("path", [TOKEN, KEYS])
def test_provider_fails_half_way(client, configure, provider, alex, path):
    configure(provider)
    back = provider.approve(leave(client), "alex")
    provider.answers[path] = ("Bad gateway", 502)
    answer = client.get(back)
    assert answer.status_code in (400, 503)
    assert not who(client)


@pytest.mark.parametrize("path", [DISCOVERY, TOKEN])
def test_slow_provider_is_waited_for_no_longer_than_the_limit(
    client, configure, provider, alex, settings, path
):
    configure(provider)
    back = provider.approve(leave(client), "alex")
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.3
    provider.delays[path] = threading.Event()
    began = time.monotonic()
    answer = client.get(back)
    took = time.monotonic() - began
    provider.delays[path].set()
    assert answer.status_code == 503
    assert AWAY in answer.content.decode()
    assert 0.3 <= took < 4


def test_the_limit_is_five_seconds(settings):
    assert settings.SOCIALACCOUNT_REQUESTS_TIMEOUT == 5


@pytest.mark.parametrize(
    "rubbish",
    ["<html>", "[]", "null", "7", '"text"', "{}", '{"issuer": 7}', "\x00", "{" * 5000],
    ids=lambda text: text[:15],
)
@pytest.mark.parametrize("path", [DISCOVERY, TOKEN, KEYS])
def test_rubbish_is_a_page_and_no_fault(client, configure, provider, alex, path, rubbish):
    configure(provider)
    back = provider.approve(leave(client), "alex")
    provider.answers[path] = (rubbish, 200, {"Content-Type": "application/json"})
    assert client.get(back).status_code == 400
    if path == DISCOVERY:
        assert client.post(LOGIN).status_code == 400
    assert not who(client)


@pytest.mark.parametrize(
    "endpoint", ["issuer", "token_endpoint", "jwks_uri", "authorization_endpoint"]
)
@pytest.mark.parametrize("elsewhere", ["http://169.254.169.254/latest", "//evil", "file:///etc", 7])
def test_description_that_leads_elsewhere(
    client, configure, provider, stranger, alex, description, endpoint, elsewhere
):
    configure(provider)
    back = provider.approve(leave(client), "alex")
    provider.answers[DISCOVERY] = {**description, endpoint: elsewhere}
    assert client.get(back).status_code == 400
    assert client.post(LOGIN).status_code == 400
    assert not provider.calls(TOKEN)


@pytest.mark.parametrize("path", [DISCOVERY, KEYS, TOKEN])
def test_nobody_is_followed_to_another_server(client, configure, provider, stranger, alex, path):
    configure(provider)
    back = provider.approve(leave(client), "alex")
    provider.answers[path] = ("", 302, {"Location": stranger.url + path})
    assert client.get(back).status_code == 400
    assert not stranger.asked
    assert not who(client)


@pytest.mark.parametrize(
    "answer",
    ["error=server_error", "error=%3Cscript%3E", "code=x", "state=x", "", "code=x&state=x"],
)
def test_callback_without_what_it_needs(client, configure, provider, answer):
    configure(provider)
    response = client.get(f"{LOGIN}callback/?{answer}")
    assert response.status_code == 400
    assert "<script>" not in response.content.decode().split("<main", 1)[1]


def test_refusal_is_told_to_whoever_listens(client, configure, provider, alex):
    told = []
    configure(provider)
    user_login_failed.connect(listener := lambda **news: told.append(news["credentials"]))
    try:
        sign_in(client, provider, "eve")
    finally:
        user_login_failed.disconnect(listener)
    assert told == [{"single_sign_on": "trust"}]
