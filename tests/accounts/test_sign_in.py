"""Signing in: by invitation only, and without telling strangers who is known here."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from tests.accounts.conftest import PASSPHRASE

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
PLEASE_WAIT = "There were too many tries. Wait 5 minutes, then try again"


def sign_in(client, email="kim@example.org", password=PASSPHRASE, **fields):
    return client.post(LOGIN, {"login": email, "password": password, **fields})


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def words(response) -> str:
    """The text without what differs from page to page or repeats what was typed."""
    text = re.sub(
        r'(csrfmiddlewaretoken"|name="login") value="[^"]*"', "", response.content.decode()
    )
    return " ".join(re.sub(r' (value|nonce)="[^"]*"', "", text).split())


def test_person_signs_in_with_address_in_any_case_and_lands_on_their_work(client, kim):
    response = sign_in(client, " Kim@Example.org ")
    assert (response.status_code, response.url) == (302, reverse("outcomes:work"))
    assert is_signed_in(client)


def test_unknown_address_and_wrong_password_look_the_same(client, kim):
    wrong = sign_in(client, password="not-the-right-passphrase")
    unknown = sign_in(client, "nobody@example.org", "not-the-right-passphrase")
    assert wrong.status_code == unknown.status_code == 200
    assert words(wrong) == words(unknown)
    assert "Error: Sign in" in words(wrong)


def test_password_reset_looks_the_same_for_known_and_unknown(client, kim):
    answers = [
        client.post("/accounts/password/reset/", {"email": f"{name}@example.org"})
        for name in ("kim", "nobody")
    ]
    assert {(a.status_code, a.url) for a in answers} == {(302, "/accounts/password/reset/done/")}
    assert [m.to for m in mail.outbox] == [["kim@example.org"], ["nobody@example.org"]]


def test_inactive_person_cannot_sign_in_and_their_session_ends(client, kim):
    sign_in(client)
    User.objects.update(is_active=False)
    assert client.get("/work/").status_code == 302
    client.logout()
    response = sign_in(client)
    assert not is_signed_in(client)
    assert response.status_code == 302
    assert client.get("/work/").url == f"{LOGIN}?next=/work/"


def test_inactive_person_is_not_told_apart_without_the_password(client, kim):
    wrong = words(sign_in(client, password="not-the-right-passphrase"))
    User.objects.update(is_active=False)
    assert words(sign_in(client, password="not-the-right-passphrase")) == wrong


def test_nobody_signs_themselves_up(client):
    fields = {"email": "eve@example.org", "password1": PASSPHRASE, "password2": PASSPHRASE}
    for response in (client.get("/accounts/signup/"), client.post("/accounts/signup/", fields)):
        assert "Accounts are by invitation" in response.content.decode()
    assert not User.objects.exists()
    assert not is_signed_in(client)


def test_too_many_tries_are_answered_with_a_plain_sentence(client, kim):
    answers = [sign_in(client, password=f"wrong-{n}") for n in range(7)]
    assert PLEASE_WAIT not in words(answers[0])
    assert PLEASE_WAIT in words(answers[-1])
    assert PLEASE_WAIT in words(sign_in(client))  # not even with the right passphrase
    assert not is_signed_in(client)


def test_too_many_requests_get_the_page_that_asks_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    answers = [sign_in(client) for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert "Wait five minutes, then try again." in answers[-1].content.decode()


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "///x.y"],
)
def test_next_never_leads_to_another_site(client, kim, elsewhere):
    assert sign_in(client, next=elsewhere).url == reverse("outcomes:work")


def test_next_leads_back_to_a_page_of_ours(client, kim):
    assert sign_in(client, next="/priorities/").url == "/priorities/"


def test_sign_out_needs_a_button_and_ends_the_session(client, kim):
    sign_in(client)
    client.get("/accounts/logout/")
    assert is_signed_in(client)
    client.post("/accounts/logout/")
    assert not is_signed_in(client)


def test_session_changes_its_key_when_somebody_signs_in(client, kim):
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client)
    assert client.session.session_key != before


def test_unproven_address_does_not_open_the_door(client, kim):
    kim.emailaddress_set.update(verified=False)
    sign_in(client)
    assert not is_signed_in(client)
