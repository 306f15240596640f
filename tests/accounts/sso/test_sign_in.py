"""Single sign-on against a real provider: who gets in, and who does not."""

import base64
import hashlib

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail

from accounts.models import User
from accounts.single_sign_on import STRONG
from tests.accounts.conftest import PASSPHRASE
from tests.accounts.sso.conftest import MFA, connect, entry, leave, sign_in, who
from tests.accounts.sso.provider import AUTHORIZE, DISCOVERY, KEYS, TOKEN, query

pytestmark = pytest.mark.django_db


def test_connected_person_signs_in(client, configure, provider, alex):
    configure(provider, amr=["mfa"])
    connect(alex, provider, "alex")
    provider.knows("alex", **MFA)
    answer = sign_in(client, provider, "alex", next="/priorities/")
    assert (answer.status_code, answer.url) == (302, "/priorities/")
    assert who(client) == str(alex.pk)
    assert client.session[STRONG] is True


def test_what_the_provider_is_asked(client, configure, provider, alex):
    configure(provider, acr=["AAL2_OR_AAL3_ANY"], acrs=["c1"], max_age=3600)
    asked = query(leave(client))
    assert asked["response_type"] == "code"
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert asked["code_challenge_method"] == "S256"
    assert asked["acr_values"] == "AAL2_OR_AAL3_ANY"
    assert asked["max_age"] == "3600"
    assert '"acrs"' in asked["claims"]
    assert len(asked["nonce"]) == 32
    assert asked["redirect_uri"] == "http://testserver/accounts/oidc/trust/login/callback/"
    again = query(leave(client))
    for once in ("state", "nonce", "code_challenge"):
        assert again[once] != asked[once]


def test_code_is_exchanged_with_the_verifier_of_the_challenge(client, configure, provider, alex):
    configure(provider)
    connect(alex, provider, "alex")
    challenge = query(authorize := leave(client))["code_challenge"]
    client.get(provider.approve(authorize, "alex"))
    verifier = provider.calls(TOKEN)[0]["code_verifier"]
    digest = hashlib.sha256(verifier.encode()).digest()
    assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == challenge
    assert who(client) == str(alex.pk)


@pytest.mark.parametrize("wish", ["auth_params", "scope"])
def test_browser_cannot_change_what_is_asked(client, configure, provider, wish):
    configure(provider)
    address = (
        f"/accounts/oidc/trust/login/?{wish}=nonce%3Dmine%26redirect_uri%3Dhttp://evil.example"
    )
    asked = query(client.post(address).url)
    assert asked["nonce"] != "mine"
    assert "evil" not in "".join(asked.values())


@pytest.mark.parametrize("known_address", [True, False])
def test_unknown_subject_is_nobody_even_with_a_known_address(
    client, configure, provider, alex, known_address
):
    configure(provider)
    email = "alex@example.org" if known_address else "nobody@example.org"
    provider.knows("eve", email=email, email_verified=True)
    answer = sign_in(client, provider, "eve")
    assert answer.status_code == 403
    words = answer.content.decode()
    assert "Your account is not connected yet" in words
    assert email not in words
    assert not who(client)
    assert list(User.objects.all()) == [alex]
    assert not SocialAccount.objects.exists()
    assert not mail.outbox
    assert client.get("/accounts/3rdparty/signup/").status_code == 302  # nothing waits there


def test_same_subject_and_address_at_another_provider_is_somebody_else(
    client, configure, provider, stranger, alex
):
    configure(provider, entry(stranger, id="other", name="Other"))
    connect(alex, provider, "alex")
    for each in (provider, stranger):
        each.knows("alex", email="alex@example.org", email_verified=True)
    assert sign_in(client, stranger, "alex", "other").status_code == 403
    assert not who(client)
    sign_in(client, provider, "alex")
    assert who(client) == str(alex.pk)


def test_same_id_in_the_settings_with_another_issuer_is_somebody_else(
    client, configure, provider, stranger, alex
):
    connect(alex, provider, "alex")
    configure(stranger)  # the same id, "trust", now leads elsewhere
    assert sign_in(client, stranger, "alex").status_code == 403
    assert not who(client)


def test_deactivated_person_is_not_signed_in(client, configure, provider, alex):
    configure(provider, amr=["mfa"])
    connect(alex, provider, "alex")
    provider.knows("alex", **MFA)
    User.objects.update(is_active=False)
    sign_in(client, provider, "alex")
    assert not who(client)
    assert STRONG not in client.session


def test_sign_in_changes_the_session_key(client, configure, provider, alex):
    configure(provider)
    connect(alex, provider, "alex")
    authorize = leave(client)
    before = client.session.session_key
    client.get(provider.approve(authorize, "alex"))
    assert who(client) == str(alex.pk)
    assert client.session.session_key != before


def test_without_demands_a_sign_in_is_not_a_strong_one(client, configure, provider, alex):
    configure(provider)
    connect(alex, provider, "alex")
    provider.knows("alex", **MFA)
    sign_in(client, provider, "alex")
    assert who(client) == str(alex.pk)
    assert STRONG not in client.session


def test_strong_mark_does_not_survive_a_password_sign_in(client, configure, provider, alex):
    configure(provider, amr=["mfa"])
    connect(alex, provider, "alex")
    provider.knows("alex", **MFA)
    sign_in(client, provider, "alex")
    assert client.session[STRONG]
    client.post("/accounts/logout/")
    assert STRONG not in client.session
    client.post("/accounts/login/", {"login": alex.email, "password": PASSPHRASE})
    assert who(client) == str(alex.pk)
    assert STRONG not in client.session


def test_strong_mark_planted_before_a_password_sign_in_is_taken_away(client, alex):
    session = client.session
    session[STRONG] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    client.post("/accounts/login/", {"login": alex.email, "password": PASSPHRASE})
    assert who(client) == str(alex.pk)
    assert STRONG not in client.session


def test_signing_in_as_somebody_else_ends_the_first_session(client, configure, provider, alex, kim):
    configure(provider, amr=["mfa"])
    provider.knows("alex", **MFA)
    connect(alex, provider, "alex")
    client.force_login(kim)
    sign_in(client, provider, "alex")
    assert who(client) == str(alex.pk)


def test_a_failed_sign_in_leaves_the_session_as_it_was(client, configure, provider, kim):
    configure(provider, amr=["mfa"])
    provider.knows("eve", **MFA)
    client.force_login(kim)
    assert sign_in(client, provider, "eve").status_code == 403
    assert who(client) == str(kim.pk)
    assert STRONG not in client.session


def test_leaving_takes_a_button(client, configure, provider):
    configure(provider)
    answer = client.get("/accounts/oidc/trust/login/")
    assert answer.status_code == 200
    assert "Sign in with Trust Connect" in answer.content.decode()
    assert not provider.asked


def test_only_the_configured_server_is_asked_and_nothing_about_the_person(
    client, configure, provider, stranger, alex
):
    configure(provider)
    connect(alex, provider, "alex")
    sign_in(client, provider, "alex", next=stranger.url, server_url=stranger.url)
    assert who(client) == str(alex.pk)
    assert {path for path, _ in provider.asked} == {DISCOVERY, AUTHORIZE, TOKEN, KEYS}
    assert not stranger.asked
    account = SocialAccount.objects.get()
    assert set(account.extra_data) == {"iss", "sub", "label", "auth_time", "strong"}


def test_unknown_provider_does_not_exist(client, configure, provider):
    configure(provider)
    for page in ("login/", "login/callback/"):
        assert client.get(f"/accounts/oidc/nowhere/{page}").status_code == 404
    assert client.post("/accounts/oidc/nowhere/login/").status_code == 404


def test_row_of_the_database_is_no_provider(client, stranger, db):
    from allauth.socialaccount.models import SocialApp

    SocialApp.objects.create(
        provider="openid_connect",
        provider_id="planted",
        client_id="x",
        settings={"server_url": stranger.url},
    )
    assert client.post("/accounts/oidc/planted/login/").status_code == 404
    assert not stranger.asked


def test_sign_in_page_offers_the_provider(client, configure, provider, db):
    assert "Trust Connect" not in client.get("/accounts/login/").content.decode()
    configure(provider)
    assert "Sign in with Trust Connect" in client.get("/accounts/login/").content.decode()
