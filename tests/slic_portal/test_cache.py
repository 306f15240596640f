"""Redis may be away: pages are served all the same, and nobody tries passwords without limit."""

import pytest
from django.conf import settings as django_settings

from pages.actions import site
from tests.outcomes.world import make_world
from tests.people import make_person

AWAY = "redis://127.0.0.1:1/0"  # nothing listens there


@pytest.fixture
def redis_is_away(settings):
    settings.CACHES = {
        name: {**cache, "LOCATION": AWAY} for name, cache in django_settings.CACHES.items()
    }


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
def test_sign_in_answers_503_rather_than_skip_its_limits(redis_is_away, client):
    user = make_person("ann@example.org", "a long passphrase")
    client.raise_request_exception = False
    form = {"login": user.email, "password": "a long passphrase"}
    response = client.post("/accounts/login/", form)
    assert response.status_code == 503
    assert "not available right now" in response.content.decode()
    assert "_auth_user_id" not in client.session
