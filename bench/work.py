"""What staff open while the table of figures grows: the same pages beside few and many rows."""

import time
from collections.abc import Iterator
from statistics import median

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.page import PLAIN
from bench.portal import World
from bench.timing import Result, milliseconds
from outcomes.models import Upload
from tests.people import enrol, sign_in

REPEATS = 5


class Desk:
    """An analyst's browser, and how long each page took the first time."""

    def __init__(self, world: World) -> None:
        self.client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
        enrol(world.sender)
        sign_in(self.client, world.sender)
        self.first: dict[str, float] = {}

    def measure(self, upload: Upload, stored: int) -> Iterator[Result]:
        """The pages of one return of the file, beside so many figures of others."""
        with override_settings(STORAGES={**settings.STORAGES, "staticfiles": PLAIN}):
            for name, address in pages_of(upload).items():
                took, queries = self.open(address)
                before = self.first.setdefault(name, took)
                yield Result(
                    f"… {name}",
                    milliseconds(took),
                    f"beside the fewest stored: {milliseconds(before)}",
                    took / before,
                    f"{queries} queries, {stored:,} stored",
                )

    def open(self, address: str) -> tuple[float, int]:
        """The middle of some times, in seconds, and how many queries the last took."""
        times = []
        for _ in range(REPEATS):
            begun = time.perf_counter()
            with CaptureQueriesContext(connection) as queries:
                answer = self.client.get(address)
            times.append(time.perf_counter() - begun)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answers {answer.status_code}")
        return median(times), len(queries)


def pages_of(upload: Upload) -> dict[str, str]:
    draft = upload.submissions.select_related("organisation", "collection").latest("period")
    return {
        "My work": reverse("outcomes:work"),
        "all returns": reverse("outcomes:submission-list"),
        "progress": reverse("outcomes:progress"),
        "one return": draft.get_absolute_url(),
        "typing into it": reverse(
            "outcomes:entry", args=[draft.collection.slug, draft.organisation.slug, draft.period]
        ),
    }
