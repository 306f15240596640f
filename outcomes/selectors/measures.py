"""Measures as analysts look after them: their state, their versions, what is due for review."""

from collections.abc import Iterable

from outcomes.models import Measure


def not_agreed(measures: Iterable[Measure]) -> list[Measure]:
    """Those that must not be asked for or published: never agreed, or retired."""
    return [measure for measure in measures if not measure.is_in_use]
