"""The health pages: honest to the machine that asks, silent towards strangers."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from jobs.models import Heartbeat
from slic_portal import health


def test_live_asks_nobody(client):
    # Without the database mark any query would fail the test.
    response = client.get(reverse("health-live"))
    assert response.status_code == 200
    assert response.content == b"alive\n"
    assert "no-store" in response["Cache-Control"]


@pytest.fixture
def beat(db):
    return Heartbeat.objects.update_or_create(name="beat", defaults={"at": timezone.now()})[0]


def test_ready_when_all_works(client, beat):
    response = client.get(reverse("health-ready"))
    assert (response.status_code, response.content) == (200, b"ready\n")
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def assert_not_ready(client, caplog, reason: str) -> None:
    response = client.get(reverse("health-ready"))
    assert (response.status_code, response.content) == (503, b"not ready\n")
    assert reason in caplog.text


def test_ready_refuses_before_the_first_tick(client, db, caplog):
    Heartbeat.objects.all().delete()
    assert_not_ready(client, caplog, "the scheduler has not ticked yet")


def test_ready_refuses_when_the_scheduler_is_late(client, beat, caplog):
    late = timezone.now() - health.OLDEST_HEARTBEAT - timedelta(seconds=1)
    Heartbeat.objects.filter(pk=beat.pk).update(at=late)
    assert_not_ready(client, caplog, "the scheduler last ticked")


def test_ready_refuses_without_redis(client, beat, caplog, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert_not_ready(client, caplog, "Redis does not answer")


def test_ready_refuses_without_the_database(client, monkeypatch, caplog):
    def refuse(*args):
        raise OperationalError("gone")

    monkeypatch.setattr(health.connection, "cursor", refuse)
    monkeypatch.setattr(health, "heartbeat_age", refuse)
    assert_not_ready(client, caplog, "the database does not answer")
