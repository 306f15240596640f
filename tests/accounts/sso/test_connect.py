"""Connecting an account, disconnecting it, and showing again who one is."""

import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import RequestFactory

from accounts.models import TrackedSocialAccount
from accounts.reauthentication import signed_in_recently
from accounts.single_sign_on import providers, reauthentication_url
from accounts.trail.sources import event_models
from tests import people
from tests.accounts.conftest import PASSPHRASE
from tests.accounts.sso.conftest import MFA, connect, entry, leave, sign_in, who
from tests.accounts.sso.provider import AUTHORIZE, ago, changed, query

pytestmark = pytest.mark.django_db
CONNECTIONS = "/accounts/3rdparty/"
LOGIN = "/accounts/oidc/trust/login/"
AGAIN = "/accounts/oidc/trust/again/"


def recently(client, user) -> bool:
    request = RequestFactory().get("/")
    request.user, request.session = user, client.session
    return signed_in_recently(request)


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_person_connects_an_account_and_signs_in_with_it(client, configure, provider, kim):
    configure(provider, amr=["mfa"])
    provider.knows("kim", preferred_username="kim@trust.example", **MFA)
    people.sign_in(client, kim)
    assert "Connect Trust Connect" in words(client.get(CONNECTIONS))
    answer = sign_in(client, provider, "kim", process="connect")
    assert answer.url == CONNECTIONS
    page = words(client.get(CONNECTIONS))
    assert "kim@trust.example" in page
    assert "The account is connected" in page
    account = SocialAccount.objects.get()
    assert (account.user, account.uid) == (kim, f"{provider.url}|kim")
    assert "Trust Connect" in mail.outbox[-1].body
    assert mail.outbox[-1].to == [kim.email]
    noted = event_models()[TrackedSocialAccount._meta.label_lower].objects.get().pgh_context
    assert (noted["user"], noted["path"]) == (kim.pk, "/accounts/oidc/trust/login/callback/")


def test_nobody_connects_without_being_signed_in(client, configure, provider):
    configure(provider)
    assert client.post(LOGIN, {"process": "connect"}).url.startswith("/accounts/login/")
    assert not provider.asked


def test_connecting_asks_again_after_a_while(client, configure, provider, kim):
    configure(provider)
    people.sign_in(client, kim, ago=400)
    answer = client.post(LOGIN, {"process": "connect"})
    assert answer.url.startswith("/accounts/reauthenticate/")
    assert not provider.asked


def test_connecting_asks_again_also_for_people_with_single_sign_on_only(
    client, configure, provider, stranger, alex
):
    configure(provider, entry(stranger, id="other", name="Other"))
    alex.set_unusable_password()
    alex.save()
    connect(alex, provider, "alex")
    people.sign_in(client, alex, ago=400)
    answer = client.post("/accounts/oidc/other/login/", {"process": "connect"})
    assert answer.url.startswith(AGAIN)
    assert not stranger.asked


@pytest.mark.parametrize("step", ["/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"])
def test_password_alone_sets_up_no_second_step_beside_single_sign_on(
    client, configure, provider, alex, step
):
    configure(provider, amr=["mfa"])
    connect(alex, provider, "alex")
    client.post("/accounts/login/", {"login": alex.email, "password": PASSPHRASE})
    assert who(client) == str(alex.pk)
    for answer in (client.get(step), client.post(step, {"code": "123456"})):
        assert answer.url.startswith(AGAIN)
    provider.knows("alex", **MFA, auth_time=ago(0))
    client.get(provider.approve(client.post(client.get(step).url).url, "alex"))
    assert client.get(step).status_code == 200


def test_weak_sign_in_is_not_connected(client, configure, provider, kim):
    configure(provider, amr=["mfa"])
    provider.knows("kim", amr=["pwd"])
    people.sign_in(client, kim)
    assert sign_in(client, provider, "kim", process="connect").status_code == 403
    assert not SocialAccount.objects.exists()
    assert who(client) == str(kim.pk)


def test_account_of_somebody_else_stays_theirs(client, configure, provider, alex, kim):
    configure(provider)
    connect(alex, provider, "alex")
    people.sign_in(client, kim)
    sign_in(client, provider, "alex", process="connect")
    assert SocialAccount.objects.get().user == alex
    assert who(client) == str(kim.pk)
    assert "connected to somebody else" in words(client.get(CONNECTIONS))


@pytest.mark.parametrize("process", ["redirect", "reauthenticate", "anything"])
def test_other_ways_through_the_login_are_plain_sign_ins(
    client, configure, provider, alex, process
):
    configure(provider)
    assert sign_in(client, provider, "nobody", process=process).status_code == 403
    connect(alex, provider, "alex")
    sign_in(client, provider, "alex", process=process)
    assert who(client) == str(alex.pk)


def test_person_disconnects_an_account(client, configure, provider, kim):
    configure(provider)
    account = connect(kim, provider, "kim")
    people.sign_in(client, kim)
    client.post(CONNECTIONS, {"account": account.pk})
    assert not SocialAccount.objects.exists()
    assert "no longer sign in to the portal with Trust Connect" in mail.outbox[-1].body


def test_last_way_in_cannot_be_disconnected(client, configure, provider, kim):
    configure(provider)
    account = connect(kim, provider, "kim")
    kim.set_unusable_password()
    kim.save()
    people.sign_in(client, kim)
    page = words(client.post(CONNECTIONS, {"account": account.pk}))
    assert "This is your only way to sign in" in page
    assert SocialAccount.objects.get() == account


def test_account_that_opens_nothing_any_more_is_no_other_way_in(
    client, configure, provider, stranger, kim
):
    configure(provider)
    account = connect(kim, provider, "kim")
    former = connect(kim, stranger, "kim", "former")
    kim.set_unusable_password()
    kim.save()
    people.sign_in(client, kim)
    assert "former" in words(client.get(CONNECTIONS))
    client.post(CONNECTIONS, {"account": account.pk})
    assert SocialAccount.objects.count() == 2
    client.post(CONNECTIONS, {"account": former.pk})
    assert SocialAccount.objects.get() == account


def test_nobody_disconnects_the_account_of_somebody_else(client, configure, provider, alex, kim):
    configure(provider)
    account = connect(alex, provider, "alex")
    people.sign_in(client, kim)
    client.post(CONNECTIONS, {"account": account.pk})
    assert SocialAccount.objects.get() == account


def test_list_of_providers(configure, provider, stranger):
    configure(provider, entry(stranger, id="other", name="Other"))
    assert [tuple(way) for way in providers()] == [
        ("trust", "Trust Connect", LOGIN),
        ("other", "Other", "/accounts/oidc/other/login/"),
    ]


@pytest.fixture
def sso_only(client, configure, provider, alex):
    """Alex, who has no password, signed in with a strong single sign-on some time ago."""
    configure(provider, amr=["mfa"])
    alex.set_unusable_password()
    alex.save()
    connect(alex, provider, "alex")
    provider.knows("alex", **MFA)
    provider.claims = changed(auth_time=ago(4000))
    sign_in(client, provider, "alex")
    assert who(client) == str(alex.pk)
    provider.claims = changed()
    return alex


def test_sign_in_counts_from_when_the_provider_asked(client, provider, sso_only):
    assert not recently(client, sso_only)
    provider.claims = changed(auth_time=ago(5))
    sign_in(client, provider, "alex")
    assert recently(client, sso_only)


def test_provider_that_names_no_time_is_never_recent(client, provider, sso_only):
    provider.claims = changed(auth_time=None)
    sign_in(client, provider, "alex")
    assert who(client) == str(sso_only.pk)
    assert not recently(client, sso_only)


def test_person_shows_again_who_they_are(client, provider, sso_only):
    address = reauthentication_url(sso_only, "/priorities/?a=1")
    assert address == f"{AGAIN}?next=%2Fpriorities%2F%3Fa%3D1"
    page = client.get(address)
    assert "Show again who you are" in words(page)
    authorize = client.post(address).url
    assert (query(authorize)["prompt"], query(authorize)["max_age"]) == ("login", "0")
    answer = client.get(provider.approve(authorize, "alex"))
    assert answer.url == "/priorities/?a=1"
    assert recently(client, sso_only)
    record = client.session[AUTHENTICATION_METHODS_SESSION_KEY][-1]
    assert record["reauthenticated"] is True
    assert abs(record["at"] - time.time()) < 60


@pytest.mark.parametrize("auth_time", [ago, None])
def test_provider_that_did_not_ask_again_is_not_enough(client, provider, sso_only, auth_time):
    provider.claims = changed(auth_time=auth_time and auth_time(120))
    answer = client.get(provider.approve(client.post(AGAIN).url, "alex"))
    assert answer.status_code == 403
    assert "Sign in again at Trust Connect" in words(answer)
    assert not recently(client, sso_only)


@pytest.mark.parametrize("known", [True, False])
def test_somebody_else_cannot_show_it(client, provider, sso_only, kim, known):
    if known:
        connect(kim, provider, "kim")
    provider.knows("kim", **MFA)
    answer = client.get(provider.approve(client.post(AGAIN).url, "kim"))
    assert answer.status_code == 403
    assert "That was another account" in words(answer)
    assert who(client) == str(sso_only.pk)
    assert not recently(client, sso_only)


def test_weak_sign_in_shows_nothing(client, provider, sso_only):
    provider.knows("alex", amr=["pwd"])
    assert client.get(provider.approve(client.post(AGAIN).url, "alex")).status_code == 403
    assert not recently(client, sso_only)


def test_next_never_leads_to_another_site(client, provider, sso_only):
    address = reauthentication_url(sso_only, "https://evil.example/")
    answer = client.get(provider.approve(client.post(address).url, "alex"))
    assert answer.url == "/work/"


def test_only_ones_own_provider_can_be_asked_again(client, configure, provider, kim):
    configure(provider)
    people.sign_in(client, kim)
    assert client.post(AGAIN).status_code == 404
    assert reauthentication_url(kim, "/") is None
    assert not provider.calls(AUTHORIZE)


def test_nobody_is_asked_again_without_being_signed_in(client, configure, provider):
    configure(provider)
    assert client.post(AGAIN).url.startswith("/accounts/login/")


def test_person_with_a_second_step_here_is_still_asked_for_it(client, configure, provider, kim):
    configure(provider)
    connect(kim, provider, "kim")
    assert sign_in(client, provider, "kim").url.startswith("/accounts/2fa/authenticate/")
    assert not who(client)
    client.post("/accounts/2fa/authenticate/", {"code": people.code()})
    assert who(client) == str(kim.pk)


def test_page_of_leaving_to_connect(client, configure, provider, kim):
    configure(provider)
    people.sign_in(client, kim)
    assert "Connect Trust Connect" in words(client.get(LOGIN, {"process": "connect"}))
    leave(client, process="connect")
