import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache

from accounts.models import User

PASSPHRASE = "harbour-copper-meadow-lantern"


@pytest.fixture(autouse=True)
def fresh_rate_limits():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def kim(db) -> User:
    """Somebody who was let in, and whose address is known to be theirs."""
    user = User.objects.create_user("kim@example.org", PASSPHRASE, full_name="Kim Example")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
