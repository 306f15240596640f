"""The public page of a measure, beside a view that does nothing behind the same middleware."""

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.portal import World
from bench.timing import Result, alternated, milliseconds

# Hashed names need collected files; the page costs the same without.
PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def measure(world: World, repeats: int) -> Result:
    address = world.measures[0].get_absolute_url()
    empty = reverse("health-live")
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": PLAIN}):
        client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status_code}")
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
            asked = len(queries)
        ours, least = alternated(lambda: client.get(address), lambda: client.get(empty), repeats)
    return Result(
        f"Measure page, {len(answer.content) // 1000} kB",
        milliseconds(ours),
        f"empty view: {milliseconds(least)}",
        ours / least,
        f"{asked} queries, no cache",
    )
