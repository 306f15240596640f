"""The second step: everybody sets one up, nobody gets past it, and its secrets stay secret."""

import json
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.second_factor import has_second_step
from tests.accounts.conftest import PASSPHRASE
from tests.accounts.test_sign_in import CODE, LOGIN, give_password, is_signed_in, words
from tests.people import TOTP_SECRET, code, enrol, make_person, sign_in

pytestmark = pytest.mark.django_db
INDEX, APP = "/accounts/2fa/", "/accounts/2fa/totp/activate/"
CODES, NEW_CODES = "/accounts/2fa/recovery-codes/", "/accounts/2fa/recovery-codes/generate/"
PASSKEY = "/accounts/2fa/webauthn/add/"


@pytest.fixture
def lee(db) -> User:
    """Somebody who was let in and has yet to set up a second step."""
    return make_person("lee@example.org", PASSPHRASE, second_factor=False)


def secret_on(page) -> str:
    found = re.search(r'class="portal-code">([A-Z2-7 ]+)<', page.content.decode())[1]
    return found.replace(" ", "")


def set_up_app(client):
    secret = secret_on(client.get(APP))
    return secret, client.post(APP, {"code": code(secret)})


def codes_on(page) -> list[str]:
    return re.findall(r"<code>(\d{12})</code>", page.content.decode())


def age_session(client, user, minutes: int) -> None:
    sign_in(client, user, ago=minutes * 60)
    User.objects.update(last_login=timezone.now() - timedelta(minutes=minutes))


@pytest.mark.parametrize("way", ["get", "head", "post"])
@pytest.mark.parametrize(
    "path",
    ["/", "/work/", "/board/", "/people/", "/cms/", "/accounts/password/change/", "/measures/",
     "/accounts/2fa/recovery-codes/generate/", "/accounts/sessions/", "/accounts/"],
)  # fmt: skip
def test_nothing_is_open_before_the_second_step_is_set_up(client, lee, path, way):
    sign_in(client, lee)
    answer = getattr(client, way)(path)
    assert (answer.status_code, answer.url) == (302, INDEX)


@pytest.mark.parametrize("way", ["put", "patch", "delete", "options", "trace"])
def test_no_other_way_leads_past_it(client, lee, way):
    sign_in(client, lee)
    assert getattr(client, way)("/work/").status_code == 405


@pytest.mark.parametrize("path", [INDEX, APP, PASSKEY])
def test_pages_to_set_it_up_are_open(client, lee, path):
    sign_in(client, lee)
    assert client.get(path).status_code == 200


def test_signing_out_is_open_before_it_is_set_up(client, lee):
    sign_in(client, lee)
    client.post("/accounts/logout/")
    assert not is_signed_in(client)


def test_recovery_codes_alone_are_no_second_step(client, lee):
    sign_in(client, lee)
    Authenticator.objects.create(
        user=lee, type="recovery_codes", data={"seed": "x", "used_mask": 0}
    )
    assert client.get("/work/").url == INDEX


def test_strong_single_sign_on_stands_for_the_second_step(client, lee):
    sign_in(client, lee)
    session = client.session
    session["strong_single_sign_on"] = True
    session.save()
    assert client.get("/work/").status_code == 200


def test_hassecondstep_asks_once_for_each_request(rf, kim, django_assert_num_queries):
    request = rf.get("/")
    request.user, request.session = kim, {}
    with django_assert_num_queries(1):
        assert has_second_step(request)
        assert has_second_step(request)


def test_step_taken_away_counts_with_the_next_request(client, kim):
    sign_in(client, kim)
    assert client.get("/work/").status_code == 200
    Authenticator.objects.all().delete()
    assert client.get("/work/").url == INDEX


def test_set_up_goes_from_password_to_app_to_codes_to_the_page_wanted(client, lee):
    assert give_password(client, "lee@example.org", next="/priorities/").url == "/priorities/"
    assert client.get("/priorities/").url == INDEX
    assert "Set up your second step" in words(client.get(INDEX))
    _, answer = set_up_app(client)
    assert answer.url == CODES
    page = client.get(CODES)
    assert len(set(codes_on(page))) == 10
    assert 'href="/priorities/"' in page.content.decode()
    assert client.get("/priorities/").status_code == 200
    assert codes_on(client.get(CODES)) == []  # they are shown once


@pytest.mark.django_db(transaction=True)
def test_set_up_tells_the_person_by_mail(client, lee):
    sign_in(client, lee)
    set_up_app(client)
    assert [m.to for m in mail.outbox] == [["lee@example.org"]]


def test_set_up_asks_for_no_password_again_within_half_an_hour(client, lee):
    age_session(client, lee, minutes=29)
    _, answer = set_up_app(client)
    assert answer.url == CODES
    assert codes_on(client.get(CODES))


def test_set_up_asks_for_the_password_again_later(client, lee):
    age_session(client, lee, minutes=31)
    assert client.get(APP).url.startswith("/accounts/reauthenticate/")


@pytest.mark.parametrize("path", [APP, PASSKEY, NEW_CODES, "/accounts/2fa/totp/deactivate/"])
def test_later_changes_ask_again_who_it_is(client, kim, path):
    age_session(client, kim, minutes=6)
    assert client.get(path).url.startswith("/accounts/reauthenticate/")
    assert client.post(path, {"code": code()}).url.startswith("/accounts/reauthenticate/")


def test_wrong_code_sets_nothing_up(client, lee):
    sign_in(client, lee)
    client.get(APP)
    assert "That code is wrong" in words(client.post(APP, {"code": "12"}))
    assert not Authenticator.objects.exists()


def test_code_that_set_up_the_app_cannot_be_used_to_sign_in(client, lee):
    sign_in(client, lee)
    secret, _ = set_up_app(client)
    used = code(secret)
    client.logout()
    give_password(client, "lee@example.org")
    client.post(CODE, {"code": used})
    assert not is_signed_in(client)


def test_app_is_replaced_in_one_go(client, kim):
    sign_in(client, kim)
    old = code()
    _, answer = set_up_app(client)
    assert answer.status_code == 302
    assert Authenticator.objects.filter(user=kim, type="totp").count() == 1
    client.logout()
    give_password(client)
    client.post(CODE, {"code": old})
    assert not is_signed_in(client)


def test_last_step_cannot_be_removed(client, kim):
    sign_in(client, kim)
    client.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=kim, type="totp").exists()
    Authenticator.objects.all().delete()
    passkey = Authenticator.objects.create(user=kim, type="webauthn", data={"name": "Laptop"})
    remove = reverse("mfa_remove_webauthn", args=[passkey.pk])
    assert "This is your only second step" in words(client.get(remove))
    client.post(remove)
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_second_of_two_steps_can_be_removed(client, kim):
    sign_in(client, kim)
    passkey = Authenticator.objects.create(user=kim, type="webauthn", data={"name": "Laptop"})
    client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))
    assert list(Authenticator.objects.values_list("type", flat=True)) == ["totp"]


def test_lost_phone_is_helped_by_a_recovery_code(client, lee):
    sign_in(client, lee)
    set_up_app(client)
    first, second, *_ = codes_on(client.get(CODES))
    client.logout()
    give_password(client, "lee@example.org")
    assert "Use a recovery code" in words(client.get(CODE))
    page = f"{CODE}?with=recovery-code"
    assert "Recovery code" in words(client.get(page))
    assert "12 digits" in words(client.get(page))
    spaced = f"{first[:4]} {first[4:8]} {first[8:]}"
    assert client.post(page, {"code": spaced}).status_code == 302
    assert is_signed_in(client)
    answer = words(client.get("/accounts/"))
    assert "You used a recovery code. 9 are left." in answer
    assert f'href="{INDEX}"' in answer
    assert "9</strong> codes left" in words(client.get(INDEX))
    client.logout()
    give_password(client, "lee@example.org")
    answer = client.post(page, {"code": first})
    assert "That recovery code is wrong or was used already" in words(answer)
    assert client.post(page, {"code": second}).status_code == 302


def test_new_codes_replace_the_old_ones(client, kim):
    sign_in(client, kim)
    assert client.post(NEW_CODES).url == CODES
    old = codes_on(client.get(CODES))
    client.post(NEW_CODES)
    new = codes_on(client.get(CODES))
    assert len(old) == len(new) == 10
    assert not set(old) & set(new)
    client.logout()
    give_password(client)
    client.post(f"{CODE}?with=recovery-code", {"code": old[0]})
    assert not is_signed_in(client)


def test_secrets_are_encrypted_at_rest(client, lee):
    sign_in(client, lee)
    secret, _ = set_up_app(client)
    codes = codes_on(client.get(CODES))
    seed = Authenticator.objects.get(type="recovery_codes").data["seed"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        stored = " ".join(row for (row,) in cursor.fetchall())
        cursor.execute(
            "SELECT string_agg(to_jsonb(e)::text, ' ') FROM accounts_trackedauthenticatorevent e"
        )
        (recorded,) = cursor.fetchone()
    assert len(codes) == 10
    for plain in (secret, decrypt(seed), *codes):
        assert plain not in stored
        assert plain not in (recorded or "")
    assert json.dumps(seed) in stored


def test_a_first_password_needs_a_step_of_ones_own(client, lee):
    lee.set_unusable_password()
    lee.save()
    sign_in(client, lee)
    session = client.session
    session["strong_single_sign_on"] = True
    session.save()
    for way in (client.get, client.post):
        assert way("/accounts/password/set/").url == INDEX
    enrol(lee)
    assert client.get("/accounts/password/set/").status_code == 200


@pytest.mark.parametrize("credential", ["", "[]", "{}", "null", '{"id": 1}', "{", '"x"',
    '{"response": {"userHandle": "?"}}', '{"response": []}'])  # fmt: skip
def test_broken_passkeys_are_refused_in_words(client, kim, credential):
    answer = client.post("/accounts/2fa/webauthn/login/", {"credential": credential})
    assert (answer.status_code, answer.url) == (302, LOGIN)
    give_password(client)
    assert client.post(CODE, {"credential": credential}).status_code == 200
    assert not is_signed_in(client)
    sign_in(client, kim)
    assert client.post(PASSKEY, {"name": "x", "credential": credential}).status_code == 200
    assert Authenticator.objects.count() == 1


def test_totp_secret_of_the_helper_is_a_real_one(kim):
    assert len(TOTP_SECRET) == 32
    assert re.fullmatch(r"\d{6}", code())
