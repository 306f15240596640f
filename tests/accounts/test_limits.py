"""What costs much has a limit; a person's own, or that of one address, and nobody else's."""

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.limits import limited
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_a_minute(settings):
    settings.LIMITS = {"dig": "2/m/user", "fetch": "2/m/ip", "both": "9/m/ip,1/m/user"}
    cache.clear()


def ask(action, user=None, method="GET", guarded="GET", **headers):
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().generic(method, "/", **headers)
    request.user = user or AnonymousUser()
    view = limited(action, method=guarded)(lambda request: HttpResponse("done"))
    return view(request)


def test_third_request_of_a_person_waits(client):
    ann, ben = make_person("ann@example.org"), make_person("ben@example.org")
    assert [ask("dig", ann).status_code for _ in range(3)] == [200, 200, 429]
    assert ask("dig", ben).status_code == 200  # from the same address
    assert ask("fetch", ann).status_code == 200  # something else


def test_answer_says_when_to_come_back():
    refused = [ask("fetch") for _ in range(3)][-1]
    assert 0 < int(refused["Retry-After"]) <= 60
    assert "Please wait a little" in refused.content.decode()


def test_address_is_counted_for_strangers():
    assert [ask("dig").status_code for _ in range(3)] == [200, 200, 429]
    assert ask("dig", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_all_rates_of_an_action_count():
    ann = make_person("ann@example.org")
    assert [ask("both", ann).status_code for _ in range(2)] == [200, 429]


def test_other_methods_are_not_counted():
    for _ in range(5):
        assert ask("fetch", method="GET", guarded="POST").status_code == 200


def test_work_goes_on_while_redis_is_away(settings):
    settings.CACHES = settings.CACHES | {
        "limits": settings.CACHES["limits"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    }
    assert [ask("fetch").status_code for _ in range(3)] == [200] * 3


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED"])
def test_nobody_escapes_by_a_forged_address(header):
    answers = [ask("fetch", **{header: f"192.0.2.{n}"}).status_code for n in range(3)]
    assert answers == [200, 200, 429]


def test_behind_a_proxy_its_last_word_counts(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    forged = [ask("fetch", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}, 192.0.2.1") for n in range(3)]
    assert [answer.status_code for answer in forged] == [200, 200, 429]
    assert ask("fetch", HTTP_X_FORWARDED_FOR="192.0.2.1, 192.0.2.2").status_code == 200
