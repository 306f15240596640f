"""manage.py rebuild_series: builds every series again, and says which came out differently."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from outcomes.actions import series
from outcomes.models import Series

KEY = (
    "edition",
    "measure__slug",
    "organisation__slug",
    "place__slug",
    "category__scheme",
    "category__slug",
)


class Command(BaseCommand):
    help = (
        "Builds every series again from the returns and the published figures, and says which came "
        "out differently. Pages stay as they are meanwhile, but with --from-nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from-nothing", action="store_true", help="delete all series before building them"
        )

    def handle(self, *args: Any, from_nothing: bool, **options: Any) -> None:
        before = _hashes()
        if from_nothing:
            Series.objects.all().delete()
        series.build_all()
        after = _hashes()
        different = [
            key for key in before.keys() | after.keys() if before.get(key) != after.get(key)
        ]
        for key in sorted(different, key=str):
            self.stdout.write("Different: " + ", ".join(part for part in key if part))
        self.stdout.write(f"{len(after):,} series built, {len(different):,} of them differently.")


def _hashes() -> dict[tuple[str | None, ...], str]:
    """What each series holds, by what it is about."""
    rows = Series.objects.values_list(*KEY, "content_hash")
    return {tuple(key): content_hash for *key, content_hash in rows}
