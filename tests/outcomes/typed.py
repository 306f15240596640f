"""What a page with a grid sends, and where it stands."""

from datetime import date

from django.urls import reverse

from outcomes.actions import entry

APRIL = date(2016, 4, 1)
KEY = "ae-4-hour-performance"


def address(world, name="entry", period=APRIL):
    return reverse(f"outcomes:{name}", args=[world.collection.slug, world.rj1.slug, period])


def typed(key=KEY, seen=entry.NOTHING, **fields):
    """What a page sends for one cell."""
    cell = {"numerator": "", "denominator": "", "status": "value", "note": "", "seen": seen}
    return {f"{key}-{name}": value for name, value in (cell | fields).items()}
