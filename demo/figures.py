"""Illustrative numbers that never change: each is drawn from a seed made of its own name.

A month that was drawn once comes out the same on any later day, because no draw depends on another
month or on today.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random

from demo.content import Curve, Group, Measure, Pattern

PANDEMIC_FROM, PANDEMIC_TO = date(2020, 3, 1), date(2021, 7, 1)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of one organisation: for a place, for a group of people (scheme, slug) or both
    empty. The denominator is None for counts."""

    place: str | None
    group: tuple[str, str] | None
    numerator: int
    denominator: int | None


def figures(
    measure: Measure, measures: Mapping[str, Measure], organisation: str, period: date
) -> Iterator[Figure]:
    """All numbers of a measure that an organisation reports for a month, totals first.

    The numbers of each set of groups add up to the same total as those of the places.
    """
    pattern = measure.pattern
    if pattern is None:
        return
    counted = measures[pattern.whole] if pattern.whole else measure
    places = [place for who, place in pattern.shares if who == organisation]
    totals = [_total(measure, counted, (organisation, place), period) for place in places]
    yield from totals
    for scheme, groups in pattern.groups.items():
        yield from _parts(measure, counted, organisation, period, scheme, groups, totals)


def reporters(measure: Measure) -> list[str]:
    """The organisations that report a measure."""
    return sorted({who for who, _ in measure.pattern.shares}) if measure.pattern else []


def value_on(curve: Curve, day: date) -> float:
    """The height of a curve on a day; before its first and after its last point it is flat."""
    if day <= curve[0][0]:
        return curve[0][1]
    for (start, low), (end, high) in pairwise(curve):
        if day < end:
            return low + (high - low) * (day - start).days / (end - start).days
    return curve[-1][1]


def _total(
    measure: Measure, counted: Measure, part: tuple[str, str | None], period: date
) -> Figure:
    """One organisation's number for one place, all people together."""
    organisation, place = part
    base = _volume(counted, part, period)
    pattern = _pattern(measure)
    if measure.kind in ("count", "money"):
        return Figure(place, None, base, None)
    level = value_on(pattern.level, period)
    rng = _rng(measure, organisation, place, "", period)
    if measure.kind == "proportion":
        spread = math.sqrt(level * (1 - level) / max(base, 1) + pattern.noise**2)
        chance = min(max(rng.gauss(level, spread), 0.0), 1.0)
        return Figure(place, None, round(base * chance), base)
    if measure.kind == "rate":
        expected = base * level * _season(pattern, period)
        return Figure(place, None, _drawn(rng, expected, pattern.noise), base)
    return Figure(place, None, round(base * level * rng.gauss(1, pattern.noise)), base)


def _volume(counted: Measure, part: tuple[str, str | None], period: date) -> int:
    """The denominator of a number, or the count itself."""
    pattern = _pattern(counted)
    share = pattern.shares[part] / sum(pattern.shares.values())
    expected = value_on(pattern.volume, period) * share
    if pattern.steady:
        return round(expected)
    rng = _rng(counted, *part, "volume", period)
    return _drawn(rng, expected * _season(pattern, period), pattern.noise)


def _parts(
    measure: Measure,
    counted: Measure,
    organisation: str,
    period: date,
    scheme: str,
    groups: Sequence[Group],
    totals: Sequence[Figure],
) -> Iterator[Figure]:
    """An organisation's number for each group of a scheme; together they make the total."""
    shares = [group.share for group in groups]
    counting = measure.kind in ("count", "money")
    whole = sum(figure.numerator if counting else figure.denominator or 0 for figure in totals)
    chance = not _pattern(counted).steady
    rng = _rng(counted, organisation, None, scheme, period)
    bases = divided(whole, _wishes(rng, whole, shares) if chance else shares)
    if counting:
        numerators: Sequence[int] = bases
    else:
        wishes = [base * group.level for base, group in zip(bases, groups, strict=True)]
        total = sum(figure.numerator for figure in totals)
        limits = bases if measure.kind == "proportion" else None
        rng = _rng(measure, organisation, None, scheme, period)
        numerators = divided(total, _wishes(rng, total, wishes), limits)
    for group, numerator, base in zip(groups, numerators, bases, strict=True):
        yield Figure(None, (scheme, group.slug), numerator, None if counting else base)


def divided(total: int, wishes: Sequence[float], limits: Sequence[int] | None = None) -> list[int]:
    """The total in whole parts near the wished proportions, none above its limit.

    Raises ValueError if the limits leave no room for the total.
    """
    room = list(limits) if limits is not None else [total] * len(wishes)
    if sum(room) < total:
        raise ValueError("The limits leave no room for the total.")
    scale = total / (sum(wishes) or 1)
    exact = [wish * scale for wish in wishes]
    parts = [min(math.floor(part), most) for part, most in zip(exact, room, strict=True)]
    while (left := total - sum(parts)) > 0:
        # The parts that fell furthest below their wish come first; of equals the first one.
        open_parts = [i for i, most in enumerate(room) if parts[i] < most]
        open_parts.sort(key=lambda i: parts[i] - exact[i])
        for i in open_parts[:left]:
            parts[i] += 1
    return parts


def _wishes(rng: Random, total: int, shares: Sequence[float]) -> list[float]:
    """Shares of a total as chance would have them: small groups vary most."""
    scale = total / (sum(shares) or 1)
    return [max(0.0, rng.gauss(share * scale, math.sqrt(share * scale))) for share in shares]


def _drawn(rng: Random, expected: float, noise: float) -> int:
    """A count around the expected one: chance of counting and noise together."""
    spread = math.sqrt(expected + (noise * expected) ** 2)
    return max(0, round(rng.gauss(expected, spread)))


def _season(pattern: Pattern, period: date) -> float:
    """The share of the usual that month and pandemic let us expect."""
    winter = 1 + pattern.winter * math.cos(2 * math.pi * (period.month - 1) / 12)
    if not PANDEMIC_FROM <= period < PANDEMIC_TO:
        return winter
    worst = date(2020, 4, 1)
    curve = ((PANDEMIC_FROM, 0.9), (worst, pattern.pandemic), (PANDEMIC_TO, 1.0))
    return winter * (1.0 if pattern.pandemic == 1.0 else value_on(curve, period))


def _pattern(measure: Measure) -> Pattern:
    if measure.pattern is None:
        raise ValueError(f"The measure {measure.slug} has no illustrative numbers.")
    return measure.pattern


def _rng(measure: Measure, organisation: str, place: str | None, kind: str, period: date) -> Random:
    return Random(f"{measure.slug}|{organisation}|{place or ''}|{kind}|{period}")  # noqa: S311
