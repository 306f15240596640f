"""Guessing is slow, no stranger locks anybody out, and what can be forged is not believed."""

import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import User
from jobs.models import Job, Mail
from tests.partners.factories import make_partnership, make_user
from tests.people import TOTP_SECRET, make_person, sign_in

pytestmark = pytest.mark.django_db
PASSWORD = "lantern-orchard-river-bench"
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()
    make_partnership()


@pytest.fixture
def ann() -> User:
    return make_person("ann@example.org", PASSWORD)


def try_password(client, password, login="ann@example.org", **headers):
    return client.post(LOGIN, {"login": login, "password": password}, **headers)


def is_let_on(response) -> bool:
    """Whether the password was taken: the second step comes next."""
    return response.status_code == 302 and "/accounts/2fa/" in response.url


def test_guessing_closes_the_password_and_leaves_other_ways_open(client, ann):
    for number in range(5):
        assert not is_let_on(try_password(client, f"wrong-{number}", REMOTE_ADDR="192.0.2.66"))
    # The sixth try is refused although it is right, also from somewhere else
    assert not is_let_on(try_password(client, PASSWORD, REMOTE_ADDR="192.0.2.66"))
    assert not is_let_on(try_password(client, PASSWORD, REMOTE_ADDR="198.51.100.7"))
    # A passkey is still asked for there
    asked = client.get(
        reverse("mfa_login_webauthn"),
        HTTP_X_REQUESTED_WITH="XMLHttpRequest",
        REMOTE_ADDR="198.51.100.7",
    )
    assert "challenge" in asked.json()["request_options"]["publicKey"]
    # And a new password opens the door at once
    client.post("/accounts/password/reset/", {"email": ann.email}, REMOTE_ADDR="198.51.100.7")
    link = next(word for word in mail.outbox[-1].body.split() if "/reset/key/" in word)
    page = client.get(link, follow=True)
    new = "pebble-harvest-window-sky"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert is_let_on(try_password(client, new, REMOTE_ADDR="198.51.100.7"))


def test_one_person_does_not_lock_out_the_building(client, ann):
    make_person("ben@example.org", PASSWORD)
    for number in range(6):
        try_password(client, f"wrong-{number}")
    assert is_let_on(try_password(client, PASSWORD, login="ben@example.org"))


def test_guessing_many_names_from_one_address_is_stopped(client, ann):
    for number in range(20):
        try_password(client, "wrong", login=f"nobody-{number}@example.org")
    assert not is_let_on(try_password(client, PASSWORD))
    assert is_let_on(try_password(client, PASSWORD, REMOTE_ADDR="198.51.100.7"))


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP"])
def test_guessing_with_forged_addresses_is_stopped(client, ann, header):
    for number in range(20):
        login = f"nobody-{number}@example.org"
        try_password(client, "wrong", login=login, **{header: f"192.0.2.{number}"})
    assert not is_let_on(try_password(client, PASSWORD, **{header: "203.0.113.5"}))


def test_behind_a_proxy_people_are_told_apart(client, ann, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(20):
        login = f"nobody-{number}@example.org"
        try_password(client, "wrong", login=login, HTTP_X_FORWARDED_FOR="10.9.9.9, 192.0.2.1")
    assert not is_let_on(try_password(client, PASSWORD, HTTP_X_FORWARDED_FOR="1.1.1.1, 192.0.2.1"))
    assert is_let_on(try_password(client, PASSWORD, HTTP_X_FORWARDED_FOR="192.0.2.1, 192.0.2.2"))


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED"])
def test_forged_host_is_not_believed(client, ann, header):
    value = "host=evil.example" if header == "HTTP_FORWARDED" else "evil.example"
    client.post("/accounts/password/reset/", {"email": ann.email}, **{header: value})
    assert "evil.example" not in mail.outbox[-1].body
    assert client.get("/work/", **{header: value}).url.startswith("/accounts/login/")


def test_forged_scheme_is_not_believed_without_a_proxy(client):
    assert not client.get("/", HTTP_X_FORWARDED_PROTO="https").wsgi_request.is_secure()


def test_unknown_address_costs_the_same_as_a_known_one(client, ann, settings):
    """Both only write a mail down: the mail server's time tells nothing."""
    settings.EMAIL_BACKEND = "jobs.mail.QueuedMail"
    for number, email in enumerate(("ann@example.org", "stranger@example.org"), start=1):
        client.post("/accounts/password/reset/", {"email": email})
        assert (Mail.objects.count(), Job.objects.count()) == (number, number)
    assert mail.outbox == []


def test_code_of_an_app_lives_for_its_own_half_minute(client, ann, settings):
    """A code of the half minute before is refused, and the one of now is taken."""
    assert settings.MFA_TOTP_TOLERANCE == 0
    now = int(time.time()) // 30
    for counter, is_right in ((now - 1, False), (now, True)):
        code = totp.format_hotp_value(totp.hotp_value(TOTP_SECRET, counter))
        taken = totp.validate_totp_code(TOTP_SECRET, code)
        assert taken == is_right or int(time.time()) // 30 != now  # half a minute just ended


def test_fault_in_a_permission_opens_nothing(client, monkeypatch):
    from accounts import authorization

    sign_in(client, make_user("analyst"))
    assert client.get("/board/").status_code == 200

    def broken(user):
        raise ZeroDivisionError

    monkeypatch.setattr(authorization, "granted", broken)
    client.raise_request_exception = False
    assert client.get("/board/").status_code == 500
    with pytest.raises(ZeroDivisionError):
        authorization.require(by=make_user("editor"), permission="board.view", at=None)


def test_missing_permission_is_a_refusal(client):
    from accounts.authorization import require

    with pytest.raises(PermissionDenied):
        require(by=make_user("editor"), permission="board.view", at=None)


def test_security_txt_says_whom_to_tell_and_until_when(client, settings):
    """As RFC 9116 asks for."""
    from datetime import datetime, timedelta

    from django.utils import timezone

    settings.SECURITY_CONTACT = "mailto:security@example.org"
    settings.PORTAL_URL = "https://portal.example.org"
    response = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == "mailto:security@example.org"
    assert lines["Preferred-Languages"] == "en"
    assert lines["Canonical"] == "https://portal.example.org/.well-known/security.txt"
    ends = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=30) < ends - timezone.now() < timedelta(days=365)


def test_robots_are_asked_to_keep_out_of_what_is_private(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /accounts/" in text
    assert "Disallow: /measures/" not in text
