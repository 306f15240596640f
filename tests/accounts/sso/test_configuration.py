"""OIDC_PROVIDERS: what the portal starts with, and which sentence stops it."""

import json
import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.openid_connect import configuration

GOOD = {
    "id": "entra",
    "name": "NHS.net Connect",
    "server_url": "https://login.microsoftonline.com/0f2f3c1a-0000-4000-8000-000000000000/v2.0",
    "client_id": "an id",
    "secret": "a secret",
}


def read(*entries, development=False):
    return configuration.read(json.dumps(entries), development=development)


def test_nothing_configured_is_no_provider():
    assert configuration.read("  ", development=False) == []
    assert configuration.read("[]", development=False) == []


def test_good_entry_becomes_what_the_package_wants():
    [app] = read({**GOOD, "amr": ["mfa"], "tenants": ["ours"], "max_age": 28800})
    assert app["provider_id"] == "entra"
    assert app["settings"] == {
        "server_url": GOOD["server_url"],
        "uid_field": "sub",
        "max_age": 28800,
        "oauth_pkce_enabled": True,
        "scope": ["openid", "profile", "email"],
        "fetch_userinfo": False,
        "acr": [],
        "amr": ["mfa"],
        "acrs": [],
        "tenants": ["ours"],
    }
    assert configuration.form_targets([app]) == ["https://login.microsoftonline.com"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        *[({key: None}, f'has no "{key}"') for key in GOOD],
        ({"secret": "  "}, 'has no "secret" for the provider entra'),
        ({"secret": 7}, 'has no "secret"'),
        ({"id": "En tra"}, "small letters, digits and -"),
        ({"id": "../x"}, "small letters, digits and -"),
        ({"server_url": "http://login.example.org/t/v2.0"}, "begins with https://"),
        ({"server_url": "login.example.org"}, "begins with https://"),
        ({"server_url": "https://"}, "begins with https://"),
        ({"server_url": "https://x.org/.well-known/openid-configuration"}, "must give the issuer"),
        ({"server_url": "https://x.org/?tenant=a"}, "must give the issuer"),
        ({"server_url": "https://me@x.org/"}, "must give the issuer"),
        *[
            ({"server_url": f"https://login.microsoftonline.com/{tenant}/v2.0"}, "name one tenant")
            for tenant in ("common", "organizations", "consumers", "Common")
        ],
        ({"acr": "AAL3"}, '"acr" as a list of texts'),
        ({"tenants": [1]}, '"tenants" as a list of texts'),
        ({"amr": [""]}, '"amr" as a list of texts'),
        ({"uid_field": "email"}, "never an e-mail"),
        ({"max_age": "60"}, "whole seconds"),
        ({"max_age": True}, "whole seconds"),
        ({"max_age": -1}, "whole seconds"),
        ({"acr_values": ["AAL3"]}, "means nothing, 'acr_values'"),
    ],
    ids=str,
)
def test_wrong_entry_is_refused_with_a_sentence(changes, sentence):
    entry = {k: v for k, v in {**GOOD, **changes}.items() if v is not None}
    with pytest.raises(ImproperlyConfigured) as refusal:
        read(entry)
    assert sentence in str(refusal.value)
    assert str(refusal.value).startswith("The setting OIDC_PROVIDERS")
    assert GOOD["secret"] not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("{", "is not JSON"), ("{}", "must be a list"), ("[1]", "must be a list"), ("7", "must be")],
)
def test_text_that_is_no_list_is_refused(text, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        configuration.read(text, development=False)


def test_same_id_twice_is_refused():
    with pytest.raises(ImproperlyConfigured, match="the same id twice"):
        read(GOOD, GOOD)


def test_plain_http_is_for_development_only():
    entry = {**GOOD, "server_url": "http://127.0.0.1:9000"}
    assert read(entry, development=True)
    with pytest.raises(ImproperlyConfigured):
        read(entry)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://x.org/a", "https://X.org:443/b", True),
        ("https://x.org", "https://x.org:8443", False),
        ("https://x.org", "http://x.org", False),
        ("https://x.org", "https://x.org.evil.example", False),
        ("https://x.org", "https://x.org@evil.example", False),
        ("https://x.org", "//x.org", False),
    ],
)
def test_origin(one, other, same):
    assert (configuration.origin(one) == configuration.origin(other)) is same


def test_portal_starts_with_providers_and_not_with_wrong_ones():
    """The settings themselves, in a process of their own."""
    ask = (
        "from django.conf import settings as s; "
        "print(s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0]['provider_id'], "
        "s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    )

    def start(entry: dict) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-c", ask],
            env={**os.environ, "OIDC_PROVIDERS": json.dumps([entry])},
            capture_output=True,
            text=True,
            check=False,
        )

    good = start(GOOD)
    assert good.returncode == 0, good.stderr
    assert "entra" in good.stdout
    assert "https://login.microsoftonline.com" in good.stdout
    wrong = start({**GOOD, "secret": ""})
    assert wrong.returncode != 0
    assert 'The setting OIDC_PROVIDERS has no "secret"' in wrong.stderr
