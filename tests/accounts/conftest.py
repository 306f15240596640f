import pytest
from django.core.cache import cache

from accounts.models import User
from tests.people import make_person

PASSPHRASE = "harbour-copper-meadow-lantern"


@pytest.fixture(autouse=True)
def fresh_rate_limits():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def kim(db) -> User:
    """Somebody who was let in, and whose address is known to be theirs."""
    return make_person("kim@example.org", PASSPHRASE, full_name="Kim Example")
