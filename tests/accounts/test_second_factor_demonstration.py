"""In development, demonstrations show newcomers the code that an app would show."""

import os
import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt

from demo.actions.people import AUTHENTICATOR_KEY, code_now, code_of
from partners.models import Partnership
from tests.accounts.test_sign_in import CODE, give_password, is_signed_in, words
from tests.partners.factories import make_partnership

pytestmark = pytest.mark.django_db
HINT = "Demonstration:</strong> the code is now"


@pytest.fixture
def kim(kim):
    make_partnership()
    Partnership.objects.update(is_demonstration=True)
    Authenticator.objects.update(data={"secret": encrypt(AUTHENTICATOR_KEY)})
    return kim


def test_code_page_of_a_demonstration_shows_the_code(client, kim):
    give_password(client)
    page = words(client.get(CODE))
    assert f"{HINT} <strong>{code_now()}</strong>" in page
    client.post(CODE, {"code": code_now()})
    assert is_signed_in(client)


def test_code_is_shown_to_nobody_before_the_password(client, kim):
    assert HINT not in words(client.get("/accounts/login/"))
    assert client.get(CODE).status_code == 302


def test_codeof_is_empty_for_a_real_partnership_or_person_or_an_own_app(kim):
    assert code_of(kim) == code_now()
    Partnership.objects.update(is_demonstration=False)
    assert code_of(kim) == ""
    Partnership.objects.update(is_demonstration=True)
    kim.email = "kim@trust.nhs.uk"
    assert code_of(kim) == ""
    kim.email = "kim@example.org"
    Authenticator.objects.update(data={"secret": encrypt("JBSWY3DPEHPK3PXP")})
    assert code_of(kim) == ""


def test_code_page_outside_development_shows_no_code():
    look = (
        "import slic_portal.settings as s; print(s.TEMPLATES[0]['OPTIONS']['context_processors'])"
    )
    found = {}
    for development in ("true", "false"):
        given = {"DEVELOPMENT": development, "ALLOWED_HOSTS": "portal.example.nhs.uk"}
        found[development] = subprocess.run(
            [sys.executable, "-c", look],
            env=os.environ | given, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    assert "demo.context_processors.second_step" in found["true"]
    assert "demo" not in found["false"]
