"""What happens at the doors is written down and told to the log, without secrets."""

import logging

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts import events
from accounts.models import SecurityEvent
from tests.accounts.conftest import PASSPHRASE
from tests.people import code, sign_in

pytestmark = pytest.mark.django_db
Kind = SecurityEvent.Kind
LOGIN, CODE = "/accounts/login/", "/accounts/2fa/authenticate/"
FORGED = "x\r\nINFO portal.security: event=signed_in user=1\u2028\x1b[2K"


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.INFO, logger="portal.security")
    return caplog


def give_password(client, email, password=PASSPHRASE, **headers):
    return client.post(LOGIN, {"login": email, "password": password}, headers=headers)


def kinds() -> list[str]:
    return list(SecurityEvent.objects.order_by("pk").values_list("kind", flat=True))


def test_sign_in_with_both_steps_is_one_event_with_its_methods(client, kim, log):
    give_password(client, kim.email)
    assert kinds() == []  # one step is no sign-in
    client.post(CODE, {"code": code()})
    event = SecurityEvent.objects.get()
    assert (event.kind, event.user, event.address) == (Kind.SIGNED_IN, kim, "127.0.0.1")
    assert event.detail == "password, authenticator app"
    assert f"event=signed_in user={kim.pk} address=127.0.0.1" in log.text


def test_sign_out_is_an_event(client, kim):
    sign_in(client, kim)
    client.post(reverse("account_logout"))
    assert kinds() == [Kind.SIGNED_IN, Kind.SIGNED_OUT]


def test_wrong_password_of_somebody_known_names_them(client, kim, log):
    give_password(client, "Kim@example.org", "not-my-long-password")
    event = SecurityEvent.objects.get()
    assert (event.kind, event.user, event.detail) == (Kind.SIGN_IN_FAILED, kim, "")
    assert "not-my-long-password" not in log.text


def test_unknown_address_is_not_kept(client, kim, log):
    give_password(client, "stranger@example.org", "not-my-long-password")
    event = SecurityEvent.objects.get()
    assert (event.kind, event.user, event.detail) == (Kind.SIGN_IN_FAILED, None, "unknown address")
    assert "stranger" not in log.text


def test_wrong_code_is_an_event(client, kim):
    give_password(client, kim.email)
    client.post(CODE, {"code": "000000"})
    event = SecurityEvent.objects.get()
    assert (event.kind, event.user) == (Kind.SECOND_STEP_FAILED, kim)
    assert event.detail == "at sign-in"


def test_password_change_and_reset_are_events(client, kim):
    request = RequestFactory().post("/")
    events.password_changed(request=request, user=kim)
    events.password_reset(request=request, user=kim)
    assert kinds() == [Kind.PASSWORD_CHANGED, Kind.PASSWORD_RESET]


def test_changed_password_is_told_by_the_real_form(client, kim):
    sign_in(client, kim)
    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSPHRASE,
            "password1": "granite-willow-lantern-76",
            "password2": "granite-willow-lantern-76",
        },
    )
    assert Kind.PASSWORD_CHANGED in kinds()


@pytest.mark.parametrize(
    ("listener", "kind"),
    [
        (events.second_step_added, Kind.SECOND_STEP_ADDED),
        (events.second_step_removed, Kind.SECOND_STEP_REMOVED),
    ],
)
def test_changes_of_the_second_step_say_of_which_kind(kim, listener, kind):
    authenticator = Authenticator.objects.get(user=kim)
    listener(request=RequestFactory().post("/"), user=kim, authenticator=authenticator)
    event = SecurityEvent.objects.get()
    assert (event.kind, event.detail) == (kind, "authenticator app")


def test_recovery_code_used_is_an_event_and_an_app_used_is_not(kim):
    request = RequestFactory().post("/")
    app = Authenticator.objects.get(user=kim)
    events.recovery_code_used(request=request, user=kim, authenticator=app)
    assert kinds() == []
    codes = Authenticator(user=kim, type=Authenticator.Type.RECOVERY_CODES, data={})
    events.recovery_code_used(request=request, user=kim, authenticator=codes)
    assert kinds() == [Kind.RECOVERY_CODE_USED]


def test_refusal_of_somebody_signed_in_is_kept_once_a_minute_and_always_logged(client, kim, log):
    sign_in(client, kim)
    for _ in range(3):
        assert client.get(reverse("accounts:trail")).status_code == 403
    event = SecurityEvent.objects.get(kind=Kind.REFUSED)
    assert (event.user, event.detail) == (kim, reverse("accounts:trail"))
    assert log.text.count("event=refused") == 3


def test_refusals_of_one_person_cannot_flood_the_record(kim, monkeypatch):
    monkeypatch.setattr(events, "REFUSALS_A_MINUTE", 3)
    for number in range(5):
        request = RequestFactory().get(f"/closed/{number}/")
        request.user = kim
        events.record_refusal(request)
    assert kinds() == [Kind.REFUSED] * 3


def test_refusal_of_a_visitor_is_no_event():
    Client(enforce_csrf_checks=True).post(LOGIN, {})
    assert kinds() == []


def test_log_line_cannot_be_forged(client, kim, log):
    give_password(client, FORGED, "wrong", **{"user-agent": FORGED + '" user="1'})
    give_password(client, kim.email, "wrong", **{"user-agent": FORGED + '" user="1'})
    client.get("/accounts/record/%0d%0aINFO%20portal.security")
    lines = [record.getMessage() for record in log.records if record.name == "portal.security"]
    assert lines
    for line in lines:
        assert line.isprintable(), line
        assert line.count('"') == 6, line  # three quoted parts and no more


def test_path_of_a_refusal_is_one_line(kim, log):
    request = RequestFactory().get("/")
    request.path, request.user = f"/{FORGED}", kim
    events.record_refusal(request)
    assert SecurityEvent.objects.get().detail.isprintable()
    assert all(record.getMessage().isprintable() for record in log.records)


def test_sign_in_works_when_the_event_cannot_be_written(client, kim, log):
    """A full disk locks nobody out; the line in the log stands, with the trouble."""

    def full(execute, sql, params, many, context):
        if 'INSERT INTO "accounts_securityevent"' in str(sql):
            raise DatabaseError("No space left on device")
        return execute(sql, params, many, context)

    give_password(client, kim.email)
    with connection.execute_wrapper(full):
        client.post(CODE, {"code": code()})
    assert "_auth_user_id" in client.session
    assert kinds() == []
    assert "event=signed_in" in log.text
    assert "The event “signed_in” was not written." in log.text


def test_address_that_is_no_address_is_left_out(kim):
    request = RequestFactory().post("/", REMOTE_ADDR="nonsense")
    events.record(Kind.SIGNED_OUT, user=kim, request=request)
    assert SecurityEvent.objects.get().address is None


@pytest.fixture(autouse=True)
def another_code_each_time():
    """A code is good once; the cache remembers it."""
    cache.clear()
