import pytest

from accounts.models import User
from tests.constraints import assert_refused, named

pytestmark = pytest.mark.django_db


def test_user_email_is_lower_case():
    assert named("accounts") == {"user_email_is_lower_case"}
    assert_refused(
        "user_email_is_lower_case",
        lambda: User.objects.create(email="Kim@example.org", full_name="Kim"),
    )
    assert User.objects.create_user(" Kim@Example.org ").email == "kim@example.org"


def test_user_has_an_address_of_their_own():
    User.objects.create_user("kim@example.org")
    assert_refused("accounts_user_email_key", lambda: User.objects.create_user("kim@example.org"))
