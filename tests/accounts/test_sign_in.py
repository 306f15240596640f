"""Signing in: by invitation only, and without telling strangers who is known here."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import SecurityEvent, User
from partners.models import StaffMembership
from tests.accounts.conftest import PASSPHRASE
from tests.partners.factories import make_organisation, make_partnership
from tests.people import code, make_person

pytestmark = pytest.mark.django_db
LOGIN, CODE = "/accounts/login/", "/accounts/2fa/authenticate/"
RESET = "/accounts/password/reset/"
PLEASE_WAIT = "There were too many tries. Wait 5 minutes, then try again"


def give_password(client, email="kim@example.org", password=PASSPHRASE, **fields):
    return client.post(LOGIN, {"login": email, "password": password, **fields})


def sign_in(client, email="kim@example.org", **fields):
    """Both steps, as a person does them; the answer to the second, or to the first if it ends."""
    answer = give_password(client, email, **fields)
    if answer.status_code == 302 and answer.url == CODE:
        answer = client.post(CODE, {"code": code()})
    return answer


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def words(response) -> str:
    """The text without what differs from page to page or repeats what was typed."""
    text = re.sub(
        r'(csrfmiddlewaretoken"|name="login") value="[^"]*"', "", response.content.decode()
    )
    return " ".join(re.sub(r' (value|nonce)="[^"]*"', "", text).split())


FIRST_PAGES = {
    "contributor": "/work/",
    "approver": "/work/",
    "analyst": "/work/",
    "board_member": "/board/",
    "editor": "/cms/",
    "administrator": "/people/",
}


@pytest.mark.parametrize(("role", "page"), FIRST_PAGES.items())
def test_person_signs_in_with_address_in_any_case_and_lands_where_they_begin(
    client, kim, role, page
):
    give(kim, role)
    response = sign_in(client, " Kim@Example.org ")
    assert (response.status_code, response.url) == (302, page)
    assert is_signed_in(client)


def give(user, *roles) -> None:
    partnership, organisation = make_partnership(), make_organisation("ours")
    for role in roles:
        local = role in ("contributor", "approver")
        StaffMembership.objects.create(
            user=user,
            role=role,
            organisation=organisation if local else None,
            partnership=None if local else partnership,
        )


def test_person_with_several_roles_begins_with_returns_if_they_may_see_any(client, kim):
    give(kim, "administrator", "editor", "contributor")
    assert sign_in(client).url == "/work/"


def test_person_without_a_role_begins_at_their_account(client, kim):
    assert sign_in(client).url == reverse("accounts:account")


def test_password_alone_opens_nothing(client, kim):
    assert give_password(client).url == CODE
    assert not is_signed_in(client)
    assert client.get("/work/").url == f"{LOGIN}?next=/work/"


def test_unknown_address_and_wrong_password_look_the_same(client, kim):
    wrong = give_password(client, password="not-the-right-passphrase")
    unknown = give_password(client, "nobody@example.org", "not-the-right-passphrase")
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
    assert is_signed_in(client)
    User.objects.update(is_active=False)
    assert client.get("/work/").status_code == 302
    client.logout()
    response = sign_in(client)
    assert not is_signed_in(client)
    assert response.status_code == 302
    assert client.get("/work/").url == f"{LOGIN}?next=/work/"


def test_inactive_person_is_not_told_apart_without_the_password(client, kim):
    wrong = words(give_password(client, password="not-the-right-passphrase"))
    User.objects.update(is_active=False)
    assert words(give_password(client, password="not-the-right-passphrase")) == wrong


def test_nobody_signs_themselves_up(client):
    fields = {"email": "eve@example.org", "password1": PASSPHRASE, "password2": PASSPHRASE}
    for response in (client.get("/accounts/signup/"), client.post("/accounts/signup/", fields)):
        assert "Accounts are by invitation" in response.content.decode()
    assert not User.objects.exists()
    assert not is_signed_in(client)


def test_too_many_tries_are_answered_with_a_plain_sentence(client, kim):
    answers = [give_password(client, password=f"wrong-{n}") for n in range(7)]
    assert PLEASE_WAIT not in words(answers[0])
    assert PLEASE_WAIT in words(answers[-1])
    assert PLEASE_WAIT in words(give_password(client))  # not even with the right passphrase
    assert not is_signed_in(client)


def test_too_many_requests_get_the_page_that_asks_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    answers = [give_password(client, password="wrong") for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert "Wait five minutes, then try again." in answers[-1].content.decode()


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "///x.y"],
)
def test_next_never_leads_to_another_site(client, kim, elsewhere):
    assert sign_in(client, next=elsewhere).url == reverse("accounts:account")


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


def test_too_many_wrong_codes_are_answered_with_a_plain_sentence(client, kim):
    give_password(client)
    answers = [client.post(CODE, {"code": "not-a-code"}) for _ in range(6)]
    assert "That code is wrong or was used already" in words(answers[0])
    assert PLEASE_WAIT in words(answers[-1])
    assert PLEASE_WAIT in words(client.post(CODE, {"code": code()}))  # not even with the right one
    assert not is_signed_in(client)


def wrong_codes(user, count, **ago):
    at = timezone.now() - timedelta(**ago)
    kind = SecurityEvent.Kind.SECOND_STEP_FAILED
    SecurityEvent.objects.bulk_create([SecurityEvent(kind=kind, user=user, at=at)] * count)


def test_patient_guessing_of_codes_ends_after_fifty_in_a_row(client, kim):
    wrong_codes(kim, 49, hours=23)
    give_password(client)
    assert "That code is wrong" in words(client.post(CODE, {"code": "not-a-code"}))
    for guess in (code(), "not-a-code"):
        assert "Too many codes were wrong" in words(client.post(CODE, {"code": guess}))
    assert not is_signed_in(client)


def test_wrong_codes_are_forgotten_after_a_day_or_a_right_one(client, kim):
    wrong_codes(kim, 50, hours=25)
    wrong_codes(kim, 49, hours=1)
    sign_in(client)
    assert is_signed_in(client)
    client.logout()
    wrong_codes(kim, 1, hours=1)
    give_password(client)
    assert "That code was used already" in words(client.post(CODE, {"code": code()}))


def test_code_works_once_and_the_page_says_so(client, kim):
    now = code()
    assert sign_in(client).status_code == 302
    client.logout()
    give_password(client)
    answer = client.post(CODE, {"code": now})
    assert now == code(), "the half minute ended during the test; try again"
    assert "That code was used already. Wait for the next one" in words(answer)
    assert not is_signed_in(client)


def test_reset_gives_a_password_but_not_the_second_step(client, kim):
    client.post(RESET, {"email": "kim@example.org"})
    link = re.search(r"http\S+", mail.outbox[-1].body)[0].removeprefix("http://testserver")
    form = client.get(link).url
    fresh = "marble-thicket-saddle-window"
    answer = client.post(form, {"password1": fresh, "password2": fresh})
    assert answer.status_code == 302
    assert not is_signed_in(client)
    assert give_password(client, password=PASSPHRASE).status_code == 200  # the old one is gone
    assert give_password(client, password=fresh).url == CODE
    assert not is_signed_in(client)
    assert client.get(link).status_code == 200  # the link works once
    assert "This link does not work" in words(client.get(link))


def test_reset_ends_the_sessions_of_the_person(client, kim):
    sign_in(client)
    other = type(client)()
    other.post(RESET, {"email": "kim@example.org"})
    form = other.get(re.search(r"/accounts/\S+", mail.outbox[-1].body)[0]).url
    fresh = "marble-thicket-saddle-window"
    other.post(form, {"password1": fresh, "password2": fresh})
    assert client.get("/work/").url.startswith(LOGIN)


def test_reset_tells_people_of_single_sign_on_how_they_sign_in(client, kim):
    kim.set_unusable_password()
    kim.save()
    kim.socialaccount_set.create(provider="nhs", uid="https://issuer.example|42")
    answer = client.post(RESET, {"email": "kim@example.org"})
    assert answer.url == f"{RESET}done/"
    (message,) = mail.outbox
    assert "Your account has no password" in message.body
    assert "/password/reset/" not in message.body


@pytest.mark.parametrize("active", [True, False])
def test_reset_sends_one_mail_for_every_address(client, kim, active):
    User.objects.update(is_active=active)
    client.post(RESET, {"email": "kim@example.org"})
    assert [m.to for m in mail.outbox] == [["kim@example.org"]]
    assert ("/password/reset/key/" in mail.outbox[0].body) is active


@pytest.mark.parametrize(
    "password",
    ["   spaces-at-both-ends-stay   ", "żółć-häuser-ελλάδα-日本語", "long-enough " * 11],
    ids=["spaces", "unicode", "132 characters"],
)
def test_passwords_may_be_long_and_hold_any_character(client, kim, password):
    sign_in(client)
    fields = {"oldpassword": PASSPHRASE, "password1": password, "password2": password}
    assert client.post("/accounts/password/change/", fields).status_code == 302
    client.logout()
    assert give_password(client, password=password.strip() + "x").status_code == 200
    assert give_password(client, password=password).url == CODE


def test_fields_tell_password_managers_what_they_are_and_let_people_paste(client, kim):
    sign_in_page = client.get(LOGIN).content.decode()
    assert 'autocomplete="username"' in sign_in_page
    assert 'autocomplete="current-password"' in sign_in_page
    give_password(client)
    code_page = client.get(CODE).content.decode()
    assert 'autocomplete="one-time-code"' in code_page
    client.post(CODE, {"code": code()})
    change = client.get("/accounts/password/change/").content.decode()
    assert change.count('autocomplete="new-password"') == 2
    assert "onpaste" not in sign_in_page + code_page + change
    assert "placeholder" not in sign_in_page + code_page + change


def test_header_and_navigation_lead_where_the_person_may_go(client, kim):
    give(kim, "approver", "administrator")
    sign_in(client)
    page = client.get(reverse("accounts:account")).content.decode()
    own = ("/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/")
    for path in ("/work/", "/people/", *own):
        assert f'href="{path}"' in page
    assert 'href=""' not in page
    make_person("lee@example.org", PASSPHRASE)
    client.logout()
    sign_in(client, "lee@example.org")
    page = client.get(reverse("accounts:account")).content.decode()
    assert 'href="/work/"' not in page
    assert 'href="/people/"' not in page


def test_email_address_is_only_shown(client, kim):
    sign_in(client)
    assert "kim@example.org" in client.get("/accounts/email/").content.decode()
    for act in ("remove", "primary", "add", "send"):
        answer = client.post("/accounts/email/", {"email": "kim@example.org", f"action_{act}": ""})
        assert answer.status_code == 405
    assert kim.emailaddress_set.get().verified
