"""Before releases and changes of how somebody signs in, they show again who they are."""

import json
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from accounts import reauthentication, single_sign_on
from accounts.models import User
from accounts.trail.sources import event_models
from outcomes.models import Release
from tests.accounts.conftest import PASSPHRASE
from tests.outcomes.conftest import approved, send, submitted, world  # noqa: F401 (fixtures)
from tests.people import code, sign_in

pytestmark = pytest.mark.django_db
PLAN = "/work/releases/new/"
PASSWORD, SECOND_STEP = "/accounts/reauthenticate/", "/accounts/2fa/reauthenticate/"
FIVE_MINUTES = 300
GUARDED = [
    "/accounts/password/change/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/3rdparty/",
]


@pytest.fixture
def analyst(world) -> User:  # noqa: F811
    person = world.person("analyst")
    person.set_password(PASSPHRASE)
    person.save()
    return person


@pytest.fixture
def release(approved) -> dict[str, str]:  # noqa: F811
    """What the form of a release sends."""
    collection = approved[0].collection.slug
    return {
        "title": "Spring", "note": "Two came late.", "collections": collection, "when": "at_once",
    }  # fmt: skip


def stale(client, person, ago=FIVE_MINUTES + 1):
    sign_in(client, person, ago=ago)
    return client


def without_password(person) -> None:
    person.set_unusable_password()
    person.save()


def only_a_passkey(person) -> None:
    without_password(person)
    person.authenticator_set.update(type=Authenticator.Type.WEBAUTHN, data={})


def only_single_sign_on(person) -> None:
    without_password(person)
    person.authenticator_set.all().delete()
    SocialAccount.objects.create(user=person, provider="trust", uid="https://id.example|1")


def path_and_next(response) -> tuple[str, str]:
    parts = urlsplit(response.url)
    return parts.path, parse_qs(parts.query)["next"][0]


@pytest.mark.parametrize(("ago", "releases"), [(0, 1), (FIVE_MINUTES - 10, 1), (FIVE_MINUTES, 0)])
def test_fresh_sign_in_is_enough_for_five_minutes(client, analyst, release, ago, releases):
    response = stale(client, analyst, ago).post(PLAN, release)
    assert Release.objects.count() == releases
    assert (path_and_next(response) == (PASSWORD, PLAN)) if not releases else True


def test_newest_proof_counts_and_only_the_persons_own(client, analyst, kim, rf):
    request = rf.get("/")
    request.user, now = analyst, time.time()
    old, new = ({"method": "password", "at": now - ago} for ago in (1000, 10))
    owner = {"account_authentication_methods_user": str(analyst.pk)}
    for records, recent in [([old, new], True), ([new, old], True), ([old], False), ([], False)]:
        request.session = {**owner, "account_authentication_methods": records}
        assert reauthentication.signed_in_recently(request) is recent
    request.session = {**owner, "account_authentication_methods": [new]}
    request.user = kim
    assert not reauthentication.signed_in_recently(request)


def test_looking_at_a_form_asks_nothing(client, analyst):
    assert stale(client, analyst).get(PLAN).status_code == 200


def test_refused_person_is_not_asked(client, world, release):  # noqa: F811
    assert stale(client, world.person("board")).post(PLAN, release).status_code == 403


@pytest.mark.parametrize("way", ["password", "code", "code without password"])
def test_release_goes_on_after_the_proof_and_happens_once(client, analyst, release, way):
    if way == "code without password":
        without_password(analyst)
    response = stale(client, analyst).post(PLAN, release)
    page, back = path_and_next(response)
    assert (page, back) == (SECOND_STEP if "without" in way else PASSWORD, PLAN)
    proof = {"password": PASSPHRASE} if way == "password" else {"code": code()}
    address = PASSWORD if way == "password" else SECOND_STEP
    assert client.get(f"{address}?next={back}").status_code == 200
    assert not Release.objects.exists()
    response = client.post(address, {**proof, "next": back})
    planned = Release.objects.get()
    assert (planned.title, planned.note) == ("Spring", "Two came late.")
    assert response.url == planned.get_absolute_url()
    noted = event_models()[Release._meta.label_lower].objects.get().pgh_context
    assert (noted["user"], noted["path"]) == (analyst.pk, PLAN)
    assert client.post(address, {**proof, "next": back}).status_code in (200, 302)
    assert Release.objects.count() == 1


@pytest.mark.parametrize("proof", ["wrong password", ""])
def test_release_does_not_happen_without_the_proof(client, analyst, release, proof):
    stale(client, analyst).post(PLAN, release)
    response = client.post(PASSWORD, {"password": proof, "next": PLAN})
    assert response.status_code == 200
    client.get(PLAN)
    client.post("/accounts/go-on/", {"next": PLAN})
    assert not Release.objects.exists()


def test_release_goes_on_only_with_its_security_code(client, analyst, release):
    """What waits was checked when it came; the page that asks again is checked as well."""
    careful = type(client)(enforce_csrf_checks=True)
    stale(careful, analyst)
    assert careful.post(PLAN, release).status_code == 403
    careful.get(PLAN)
    token = {"csrfmiddlewaretoken": careful.cookies["csrftoken"].value}
    assert path_and_next(careful.post(PLAN, {**release, **token}))[0] == PASSWORD
    proof = {"password": PASSPHRASE, "next": PLAN}
    assert careful.post(PASSWORD, proof).status_code == 403
    assert not Release.objects.exists()
    careful.post(PASSWORD, {**proof, **token})
    assert Release.objects.get().title == "Spring"


@pytest.mark.parametrize(("minutes", "planned"), [(14, 1), (16, 0)])
def test_release_waits_for_a_quarter_of_an_hour_at_most(
    client, analyst, release, monkeypatch, minutes, planned
):
    stale(client, analyst).post(PLAN, release)
    later = time.time() + minutes * 60
    monkeypatch.setattr(reauthentication.time, "time", lambda: later)
    answer = client.post(PASSWORD, {"password": PASSPHRASE, "next": PLAN}, follow=True)
    assert Release.objects.count() == planned
    assert (reauthentication.TOO_LATE in answer.content.decode()) is (not planned)


def test_role_taken_away_meanwhile_stops_what_waits(client, analyst, release):
    stale(client, analyst).post(PLAN, release)
    analyst.staff_memberships.all().delete()
    response = client.post(PASSWORD, {"password": PASSPHRASE, "next": PLAN})
    assert response.status_code == 403
    assert not Release.objects.exists()


def test_mistake_in_what_waited_comes_back_as_a_form_of_its_own_page(client, analyst, release):
    stale(client, analyst).post(PLAN, {**release, "title": ""})
    response = client.post(PASSWORD, {"password": PASSPHRASE, "next": PLAN})
    page = response.content.decode()
    assert "Two came late.</textarea>" in page
    assert f'<form method="post" action="{PLAN}"' in page


def test_person_with_only_a_passkey_is_asked_for_it(client, analyst, release):
    only_a_passkey(analyst)
    response = stale(client, analyst).post(PLAN, release)
    assert path_and_next(response) == ("/accounts/2fa/webauthn/reauthenticate/", PLAN)
    assert not Release.objects.exists()


def test_person_with_only_single_sign_on_is_sent_to_the_provider(
    client, analyst, release, monkeypatch
):
    only_single_sign_on(analyst)
    asked = []
    monkeypatch.setattr(
        single_sign_on,
        "reauthentication_url",
        lambda user, next: asked.append((user, next)) or "/to-the-provider/",
    )
    stale(client, analyst)
    strong(client)
    assert client.post(PLAN, release).url == "/to-the-provider/"
    assert asked == [(analyst, f"/accounts/go-on/?next={PLAN.replace('/', '%2F')}")]
    assert not Release.objects.exists()
    back = asked[0][1]
    assert "Nothing has been done yet" in client.get(back).content.decode()
    client.post("/accounts/go-on/", {"next": PLAN})
    assert not Release.objects.exists()  # without the provider's proof
    client.post(PLAN, release)
    proven(client)
    response = client.post("/accounts/go-on/", {"next": PLAN})
    assert response.url == Release.objects.get().get_absolute_url()
    client.post("/accounts/go-on/", {"next": PLAN})
    assert Release.objects.count() == 1


def test_person_without_any_way_is_told_to_sign_in_again(client, analyst, release):
    only_single_sign_on(analyst)  # at a provider that is no longer in the settings
    stale(client, analyst)
    strong(client)
    response = client.post(PLAN, release)
    assert response.status_code == 403
    assert "Sign out, sign in again" in response.content.decode()
    assert not Release.objects.exists()


def strong(client) -> None:
    """As after single sign-on with two steps at the provider."""
    session = client.session
    session["strong_single_sign_on"] = True
    session.save()


def proven(client) -> None:
    """As after a proof a moment ago."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time()
    session.save()


# --- How somebody signs in ------------------------------------------------------------------------


@pytest.mark.parametrize("address", GUARDED)
@pytest.mark.parametrize("method", ["get", "post"])
def test_change_of_how_somebody_signs_in_asks_again(client, kim, address, method):
    stale(client, kim)
    assert path_and_next(getattr(client, method)(address)) == (PASSWORD, address)


@pytest.mark.parametrize("address", GUARDED)
def test_change_of_how_somebody_signs_in_asks_also_with_single_sign_on(client, kim, address):
    """The package's own guard lets these people through at any time."""
    only_single_sign_on(kim)
    stale(client, kim)
    strong(client)
    response = client.get(address)
    assert response.status_code == 403
    assert "Sign out, sign in again" in response.content.decode()


@pytest.mark.parametrize("address", GUARDED)
def test_change_of_how_somebody_signs_in_is_open_after_a_fresh_sign_in(client, kim, address):
    sign_in(client, kim)
    answer = client.get(address, follow=True)
    assert all(page not in {PASSWORD, SECOND_STEP} for page, _ in answer.redirect_chain)


def test_every_page_that_changes_how_somebody_signs_in_is_guarded():
    from tests.access.doors import addresses

    changing = ("mfa_", "account_change", "account_set", "socialaccount_conn")
    asks_itself = {  # shows only what there is, or is the proof itself, or comes before sign-in
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_login_webauthn",
    }
    names = {name for name, _ in addresses() if name.startswith(changing)}
    assert len(names) > 10
    assert names - asks_itself == reauthentication.GUARDED


def test_guard_of_the_packages_holds_where_ours_is_missing(client, kim, monkeypatch):
    monkeypatch.setattr(reauthentication, "GUARDED", set())
    stale(client, kim)
    for address in ("/accounts/2fa/totp/deactivate/", "/accounts/2fa/recovery-codes/generate/"):
        assert path_and_next(client.get(address)) == (PASSWORD, address)


def test_secrets_do_not_wait_in_the_session(client, kim):
    stale(client, kim)
    new = "orchard-window-silver-path"
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSPHRASE, "password1": new, "password2": new},
    )
    assert new not in json.dumps(dict(client.session))
    client.post(PASSWORD, {"password": PASSPHRASE, "next": reverse("account_change_password")})
    assert User.objects.get().check_password(PASSPHRASE)
