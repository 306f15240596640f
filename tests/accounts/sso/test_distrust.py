"""A provider, or somebody between, who says what must not be believed."""

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from tests.accounts.sso.conftest import connect, entry, leave, sign_in, who
from tests.accounts.sso.provider import TOKEN, ago, changed, query, sign

pytestmark = pytest.mark.django_db
BROKEN = "The sign-in did not work"


@pytest.fixture
def alex(alex, provider):
    connect(alex, provider, "alex")
    return alex


def an_hour_ago() -> int:
    return ago(3600)


def in_an_hour() -> int:
    return ago(-3600)


def unsigned(claims: dict, key: jwt.PyJWK) -> str:
    return jwt.encode(claims, None, "none", headers={"kid": key.key_id})


def signed_by_another(claims: dict, key: jwt.PyJWK) -> str:
    theirs = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(claims, theirs, "RS256", headers={"kid": key.key_id})


def signed_with_the_shared_secret(claims: dict, key: jwt.PyJWK) -> str:
    secret = "a secret of the tests".ljust(32, "!")
    return jwt.encode(claims, secret, "HS256", headers={"kid": key.key_id})


def named_another_key(claims: dict, key: jwt.PyJWK) -> str:
    return jwt.encode(claims, key.key, "RS256", headers={"kid": "another"})


def with_a_changed_letter(claims: dict, key: jwt.PyJWK) -> str:
    head, _body, signature = sign(claims, key).split(".")
    forged = jwt.encode({**claims, "sub": "kim"}, key.key, "RS256").split(".")[1]
    return f"{head}.{forged}.{signature}"


def test_the_provider_as_it_is_is_believed(client, configure, provider, alex):
    configure(provider)
    sign_in(client, provider, "alex")
    assert who(client) == str(alex.pk)


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another-client"},
        {"aud": None},
        {"aud": ["slic-portal", "another"], "azp": "another"},
        {"iss": "http://127.0.0.1:1"},
        {"iss": None},
        {"exp": an_hour_ago},
        {"exp": None},
        {"iat": in_an_hour},
        {"nbf": in_an_hour},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "a" * 200},
    ],
    ids=lambda changes: "-".join(
        f"{name}-{getattr(value, '__name__', str(value)[:30])}" for name, value in changes.items()
    ),
)
def test_token_that_says_something_wrong(client, configure, provider, alex, changes):
    configure(provider)
    provider.claims = changed(**{k: v() if callable(v) else v for k, v in changes.items()})
    answer = sign_in(client, provider, "alex")
    assert answer.status_code == 400
    assert BROKEN in answer.content.decode()
    assert not who(client)


@pytest.mark.parametrize(
    "way",
    [
        unsigned,
        signed_by_another,
        signed_with_the_shared_secret,
        named_another_key,
        with_a_changed_letter,
        lambda claims, key: "no.token.atall",
        lambda claims, key: "",
        lambda claims, key: None,
        lambda claims, key: 7,
    ],
    ids=lambda way: way.__name__,
)
def test_token_signed_in_another_way(client, configure, provider, alex, way):
    configure(provider)
    provider.sign = way
    answer = sign_in(client, provider, "alex")
    assert answer.status_code == 400
    assert BROKEN in answer.content.decode()
    assert not who(client)


def test_token_of_an_earlier_sign_in_is_not_taken_again(client, configure, provider, alex):
    configure(provider)
    kept: list[str] = []

    def remember(claims, key):
        kept.append(sign(claims, key))
        return kept[0]

    provider.sign = remember
    sign_in(client, provider, "alex")
    assert who(client)
    thief = Client()
    assert sign_in(thief, provider, "alex").status_code == 400
    assert len(kept) == 2
    assert not who(thief)


def test_state_of_nobody_of_another_browser_and_used_twice(client, configure, provider, alex):
    configure(provider)
    back = provider.approve(leave(client), "alex")
    forged = back.replace(query(back)["state"], "0123456789abcdef")
    for browser, address in [(client, forged), (Client(), back)]:
        answer = browser.get(address)
        assert answer.status_code == 400
        assert not who(browser)
    assert not provider.calls(TOKEN)  # nothing was even asked
    client.get(back)
    assert who(client) == str(alex.pk)
    client.post("/accounts/logout/")
    assert client.get(back).status_code == 400
    assert not who(client)


def test_code_taken_to_another_browser(client, configure, provider, alex):
    """The thief has the code but neither our state nor the verifier of its challenge."""
    configure(provider)
    stolen = query(provider.approve(leave(client), "alex"))["code"]
    thief = Client()
    state = query(leave(thief))["state"]
    answer = thief.get(f"/accounts/oidc/trust/login/callback/?code={stolen}&state={state}")
    assert answer.status_code == 400
    assert not who(thief)


def test_code_used_twice(client, configure, provider, alex):
    configure(provider)
    used = query(back := provider.approve(leave(client), "alex"))["code"]
    client.get(back)
    assert who(client)
    client.post("/accounts/logout/")
    state = query(leave(client))["state"]
    again = client.get(f"/accounts/oidc/trust/login/callback/?code={used}&state={state}")
    assert again.status_code == 400
    assert not who(client)


def test_verifier_that_was_lost_is_refused_by_the_provider(client, configure, provider, alex):
    configure(provider)
    back = provider.approve(leave(client), "alex")
    session = client.session
    for state, _at, _id in session["socialaccount_states"].values():
        del state["pkce_code_verifier"]
    session.save()
    assert client.get(back).status_code == 400
    assert "code_verifier" not in provider.calls(TOKEN)[0]
    assert not who(client)


def test_state_of_one_provider_is_worth_nothing_at_another(
    client, configure, provider, stranger, alex
):
    configure(provider, entry(stranger, id="other", name="Other"))
    back = provider.approve(leave(client), "alex").replace("/oidc/trust/", "/oidc/other/")
    assert client.get(back).status_code == 400
    assert not stranger.calls(TOKEN)
    assert not who(client)


def test_answer_that_names_another_issuer(client, configure, provider, alex):
    configure(provider)
    back = provider.approve(leave(client), "alex")
    assert client.get(f"{back}&iss=http://evil.example").status_code == 400
    assert not who(client)


@pytest.mark.parametrize(
    ("demands", "claims", "good"),
    [
        ({"acr": ["AAL3", "AAL2"]}, {"acr": "AAL2"}, True),
        ({"acr": ["AAL3", "AAL2"]}, {"acr": "AAL1"}, False),
        ({"acr": ["AAL3"]}, {}, False),
        ({"acr": ["AAL3"]}, {"acr": ["AAL3"]}, False),
        ({"amr": ["mfa"]}, {"amr": ["pwd", "mfa"]}, True),
        ({"amr": ["mfa"]}, {"amr": ["pwd"]}, False),
        ({"amr": ["mfa"]}, {"amr": "mfa"}, True),
        ({"amr": ["mfa"]}, {"amr": "not-mfa"}, False),
        ({"amr": ["mfa"]}, {}, False),
        ({"acrs": ["c1"]}, {"acrs": ["c1", "c2"]}, True),
        ({"acrs": ["c1"]}, {"acrs": ["c2"]}, False),
        ({"acr": ["AAL3"], "amr": ["mfa"]}, {"acr": "AAL3", "amr": ["pwd"]}, False),
    ],
    ids=str,
)
def test_strength_of_the_sign_in(client, configure, provider, alex, demands, claims, good):
    configure(provider, **demands)
    provider.claims = changed(**{"acr": None, "amr": None, **claims})
    answer = sign_in(client, provider, "alex")
    assert bool(who(client)) is good
    if not good:
        assert answer.status_code == 403
        assert "Sign in with a second step" in answer.content.decode()


@pytest.mark.parametrize(("tid", "good"), [("ours", True), ("theirs", False), (None, False)])
def test_only_the_tenants_in_the_list(client, configure, provider, alex, tid, good):
    configure(provider, tenants=["ours"])
    provider.claims = changed(tid=tid)
    answer = sign_in(client, provider, "alex")
    assert bool(who(client)) is good
    assert answer.status_code == (302 if good else 403)


def test_another_claim_may_be_the_subject(client, configure, provider, alex):
    configure(provider, uid_field="oid")
    provider.claims = changed(sub="pairwise", oid="alex")
    sign_in(client, provider, "whoever")
    assert who(client) == str(alex.pk)


@pytest.mark.parametrize(("seconds_ago", "good"), [(30, True), (7200, False), (-7200, False)])
@pytest.mark.parametrize("form", [int, float, str])
def test_sign_in_at_the_provider_must_not_be_older_than_asked(
    client, configure, provider, alex, seconds_ago, good, form
):
    configure(provider, max_age=3600)
    provider.claims = changed(auth_time=form(ago(seconds_ago)))
    answer = sign_in(client, provider, "alex")
    assert bool(who(client)) is good
    assert answer.status_code == (302 if good else 403)


@pytest.mark.parametrize("auth_time", [None, "soon", "", -1, True, [], {}])
def test_time_of_the_sign_in_that_is_no_time(client, configure, provider, alex, auth_time):
    configure(provider, max_age=3600)
    provider.claims = changed(auth_time=auth_time)
    assert sign_in(client, provider, "alex").status_code == 403
    assert not who(client)
