"""Cookies of production belong to this host, over HTTPS only; no script reads the session’s."""

import os
import subprocess
import sys

import pytest

from tests.people import sign_in

PRINT = (
    "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, "
    "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_DOMAIN, s.SESSION_ENGINE)"
)


@pytest.fixture
def production() -> list[str]:
    """The settings of cookies as they are where DEVELOPMENT is not set."""
    environment = {**os.environ, "DEVELOPMENT": "false", "ALLOWED_HOSTS": "portal.example.nhs.uk"}
    command = [sys.executable, "-c", PRINT]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout.split()


def test_production_names_its_cookies_for_one_host(production):
    engine = "django.contrib.sessions.backends.db"  # a flush of Redis must log nobody out
    assert production == [
        "__Host-sessionid", "__Host-csrftoken", "True", "True", "None", engine
    ]  # fmt: skip


@pytest.mark.django_db
def test_cookies_have_what_their_prefix_promises(client, kim, settings):
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-s", "__Host-c"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    sign_in(client, kim)
    response = client.get("/accounts/sessions/", secure=True)
    session, csrf = response.cookies["__Host-s"], response.cookies["__Host-c"]
    for cookie in (session, csrf):
        assert cookie["secure"]
        assert (cookie["path"], cookie["domain"], cookie["samesite"]) == ("/", "", "Lax")
    assert session["httponly"]
