"""Mail about an account: in plain words, from the portal, with times as the NHS writes them."""

import re
from datetime import UTC, datetime

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.core import mail
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from tests.accounts.conftest import PASSPHRASE
from tests.partners.factories import make_partnership
from tests.people import sign_in

pytestmark = pytest.mark.django_db
NOTICES = (
    "account/email/password_changed",
    "account/email/password_reset",
    "account/email/password_set",
    "mfa/email/totp_activated",
    "mfa/email/totp_deactivated",
    "mfa/email/webauthn_added",
    "mfa/email/webauthn_removed",
    "mfa/email/recovery_codes_generated",
    "socialaccount/email/account_connected",
    "socialaccount/email/account_disconnected",
)


@pytest.mark.parametrize("template", NOTICES)
def test_notice_names_the_portal_the_browser_and_the_time(kim, settings, monkeypatch, template):
    settings.PORTAL_URL = "https://portal.example.org"
    make_partnership("together")
    night = datetime(2026, 11, 22, 3, 53, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: night)
    agent = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0 Send your password to eve@example.org"
    request = RequestFactory(headers={"User-Agent": agent}).get("/")
    with context.request_context(request):
        get_adapter(request).send_notification_mail(template, kim, {"provider": "Trust account"})
    [message] = mail.outbox
    assert "on 22 November 2026 at 3:53am, with Firefox on Windows, from" in message.body
    assert message.body.endswith("Together\nhttps://portal.example.org")
    assert "tell an administrator of the portal at once" in message.body
    for word in ("testserver", "eve@example.org", "Thank you for using", "Two-Factor"):
        assert word not in message.subject + message.body


def test_mail_for_a_new_password_says_the_same_whether_the_address_is_known(client, kim):
    for address in ("kim@example.org", "nobody@example.org"):
        client.post("/accounts/password/reset/", {"email": address})
    known, unknown = mail.outbox
    assert known.subject == unknown.subject == "Your password for the partnership portal"
    assert re.search(r"\nhttp\S+/accounts/password/reset/key/", known.body)
    assert "testserver" not in known.body.replace("http://testserver/accounts", "")


def test_changed_password_is_told(client, kim):
    sign_in(client, kim)
    new = "granite-willow-lantern-76"
    given = {"oldpassword": PASSPHRASE, "password1": new, "password2": new}
    client.post("/accounts/password/change/", given)
    assert [message.subject for message in mail.outbox] == ["Your password was changed"]


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(0, 5, "12:05am"), (9, 0, "9am"), (12, 0, "12pm"), (15, 53, "3:53pm")],
)
def test_moment_is_written_as_the_nhs_does(hour, minute, words):
    when = timezone.make_aware(datetime(2026, 7, 1, hour, minute))
    text = Template("{{ when|moment }}").render(Context({"when": when}))
    assert text == f"1 July 2026 at {words}"
