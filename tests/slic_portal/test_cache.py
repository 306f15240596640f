"""Redis may be away: pages are served and people sign in all the same."""

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches

from accounts.models import User
from pages.actions import site
from tests.outcomes.world import make_world

AWAY = "redis://127.0.0.1:1/0"  # nothing listens there


@pytest.fixture
def redis_is_away(settings):
    settings.CACHES = {"default": {**django_settings.CACHES["default"], "LOCATION": AWAY}}
    return caches["default"]


def test_cache_keeps_what_it_is_given():
    cache = caches["default"]
    cache.set("test", 1)
    assert cache.get("test") == 1
    assert not cache.add("test", 2)
    cache.delete("test")


def test_cache_without_redis_is_empty_and_raises_nothing(redis_is_away):
    cache = redis_is_away
    cache.set("test", 1)
    cache.set_many({"test": 1})
    cache.delete_many(["test"])
    assert cache.get("test", "nothing") == "nothing"
    assert cache.get_many(["test"]) == {}
    assert cache.add("test", 1)
    assert not cache.delete("test")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/measures/", "/programmes/", "/partners/"])
def test_public_pages_need_no_redis(redis_is_away, client, address):
    site.create_pages(
        partnership=make_world().partnership,
        home={"title": "Home", "introduction": "Hello", "body": []},
        statements=[
            {
                "title": "Said",
                "date": "2016-03-01",
                "on_behalf_of": "the board",
                "introduction": "This.",
                "body": [],
            }
        ],
    )
    assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_sign_in_needs_no_redis(redis_is_away, client):
    from allauth.account.models import EmailAddress

    user = User.objects.create_user("ann@example.org", "a long passphrase", full_name="Ann")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    form = {"login": user.email, "password": "a long passphrase"}
    response = client.post("/accounts/login/", form)
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
