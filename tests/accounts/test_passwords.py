"""What passwords may be: long, anybody's own, and nothing that others would try first."""

import time

import pytest
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from accounts.passwords import GuessableWordsValidator
from tests.people import make_person, sign_in

GOOD = [
    "lantern-orchard-river-bench",
    "correct horse battery staple",
    "Croydon has a lovely duck pond",  # a word of ours among others does no harm
    "éclair-fjord-ölwanne",
    "日本語のとても長いパスワード文字列",
    "x7#kQ9vL2mZ4pR8t",
    "lantern-orchard-river-bench-" * 4 + "pebble",  # 118 characters
    "  spaces before and after  ",
]


@pytest.mark.parametrize("password", GOOD)
def test_good_password_is_taken(password):
    validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "Southwark-Council-2026",
        "NHSportal-November-2026",
        "P@ssw0rd!P@ssw0rd!",
        "qwertyuiopasdfgh",
        "lkjhgfdsapoiuytrewq",
        "12345678901234567",
        "winter2026summer2027",
        "ThomasTrust2026!!",
        "abcabcabcabcabc",
        "aaaaaaaaaaaaaaaaaaaa",
        "Partnership_Partnership",
        "---------------1",
    ],
)
def test_password_that_others_try_first_is_refused(password):
    with pytest.raises(ValidationError) as caught:
        validate_password(password)
    assert "password_guessable" in {error.code for error in caught.value.error_list}


@pytest.mark.parametrize("password", ["Noor Featherstone Noor", "noor.featherstone@example.net"])
def test_password_like_the_own_name_or_address_is_refused(password):
    person = User(full_name="Noor Featherstone", email="noor.featherstone@example.net")
    with pytest.raises(ValidationError) as caught:
        validate_password(password, person)
    assert "password_too_similar" in {error.code for error in caught.value.error_list}


@pytest.mark.parametrize("password", ["short", "thirteen-char", "mynoob12345"])
def test_short_or_common_password_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


def test_password_like_the_person_is_refused(db):
    person = make_person("rosalind.okonkwo@example.org", full_name="Rosalind Okonkwo")
    with pytest.raises(ValidationError):
        validate_password("rosalind.okonkwo1", person)


def test_no_composition_is_asked_for():
    validate_password("onlylowercaselettershere")
    validate_password("ONLY CAPITALS GO HERE TOO")


def test_strange_input_takes_no_time():
    started = time.perf_counter()
    for strange in ("abcdefghij" * 5000 + "!", "q" * 100_000, "\u202e" * 100_000):
        with pytest.raises(ValidationError):
            GuessableWordsValidator().validate(strange)
    GuessableWordsValidator().validate("abc" * 60 + "pebbleqqqqj" + "abc" * 50_000)
    assert time.perf_counter() - started < 1


def test_hints_are_short():
    assert all(len(text) < 200 for text in password_validators_help_texts())


@pytest.mark.parametrize(
    "password", [f"{'lantern-orchard-' * 4}x", "b" * 30 + "lantern" * 14, "  river bench lantern  "]
)
def test_long_and_spaced_passwords_are_kept_as_typed(client, db, password):
    person = make_person("ann@example.org", "lantern-orchard-river-bench")
    sign_in(client, person)
    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": "lantern-orchard-river-bench",
            "password1": password,
            "password2": password,
        },
    )
    person.refresh_from_db()
    assert person.check_password(password)
    assert not person.check_password(password.strip()) or password == password.strip()


def test_change_asks_for_the_old_password(client, db):
    person = make_person("ann@example.org", "lantern-orchard-river-bench")
    sign_in(client, person)
    new = "pebble-harvest-window-sky"
    client.post(reverse("account_change_password"), {"password1": new, "password2": new})
    person.refresh_from_db()
    assert not person.check_password(new)


def test_fields_hide_what_is_typed_and_take_what_is_pasted(client, db):
    page = client.get(reverse("account_login")).content.decode()
    assert 'type="password"' in page
    assert "onpaste" not in page
    assert 'autocomplete="current-password"' in page
