"""Rates as they would be if every place had people of the same ages.

Directly standardised rates are as PHEindicatormethods 2.1.0 computes them, written anew from a
description and checked against values which the original gave. docs/methods.md says where and
why this differs.
"""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from outcomes.statistics.inputs import (
    StatisticsInputError,
    column,
    confidence_levels,
    known_column,
    positive_number,
    refuse_negative,
    refuse_zero_or_less,
    rows_of_groups,
)
from outcomes.statistics.intervals import Limits, byars, count_limits, count_method

SUPPRESSED_BELOW = 10  # events; fewer carry no standardised rate
# European Standard Population 2013: 0-4, 5-9 ... 85-89, 90 and over.
ESP_2013 = (
    5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000,
    7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StandardisedRate:
    """The directly standardised rate of one group; value and limits None under 10 events."""

    group: Hashable
    total_count: float
    total_population: float
    value: float | None
    limits: tuple[Limits, ...]
    method: str
    statistic: str
    missing_counts: int  # age bands without a count, taken as 0 on request


@dataclass(frozen=True, slots=True)
class StandardisedRatio:
    """Events of one group beside those expected; rate = ratio × rate of the reference."""

    group: Hashable
    observed: float
    expected: float
    ratio: float
    ratio_limits: tuple[Limits, ...]
    rate: float
    rate_limits: tuple[Limits, ...]
    method: str


class _Band(NamedTuple):
    """One row: people of one age band, or those of them with so many events each."""

    cases: float
    population: float
    weight: float
    age_band: Hashable = None
    events_each: float = 1


def directly_standardised_rates(
    counts: Iterable[float | None],
    populations: Iterable[float],
    standard_populations: Iterable[float],
    *,
    groups: Sequence[Hashable] | None = None,
    multiplier: float = 100_000,
    confidence: float | Sequence[float] = 0.95,
    independent_events: bool = True,
    event_frequencies: Iterable[float] | None = None,
    age_bands: Sequence[Hashable] | None = None,
    missing_counts: Literal["refuse", "zero"] = "refuse",
) -> tuple[StandardisedRate, ...]:
    """Return the directly standardised rate of each group, with Dobson's limits.

    One row per age band. With `independent_events` False the rows are split further by how many
    events each person had (`event_frequencies`), and counts are people. A missing count is
    refused, or taken as 0 where the caller knows that this is what it means. Source: Dobson and
    others (1991), as in Fingertips' Technical Guidance, "Directly standardised rates".
    """
    m = positive_number(multiplier, "multiplier")
    levels = confidence_levels(confidence)
    supplied = column(counts, "counts")
    missing = [count is None for count in supplied]
    bands = _bands(supplied, populations, standard_populations, missing_counts)
    if not independent_events:
        bands = _split_bands(bands, age_bands, event_frequencies)
    elif event_frequencies is not None:
        raise StatisticsInputError("Event frequencies are for events that are not independent.")
    results = []
    for group, rows in rows_of_groups(groups, len(bands)):
        chosen = [bands[row] for row in rows]
        whole = chosen if independent_events else _whole_bands(chosen)
        variance = _variance(chosen) if independent_events else _variance_of_repeats(chosen)
        gaps = sum(missing[row] for row in rows)
        results.append(_dobson(group, whole, variance, m, levels, independent_events, gaps))
    return tuple(results)


def indirectly_standardised_ratios(
    counts: Iterable[float],
    populations: Iterable[float],
    reference_counts: Iterable[float],
    reference_populations: Iterable[float],
    *,
    groups: Sequence[Hashable] | None = None,
    ratio_multiplier: float = 1,
    rate_multiplier: float = 100_000,
    confidence: float | Sequence[float] = 0.95,
) -> tuple[StandardisedRatio, ...]:
    """Return each group's events over those expected at the reference's rates of its age bands.

    Limits of the events are exact below 10 and Byar's from 10. `rate` is the ratio times the
    crude rate of the reference. Source: Fingertips' Technical Guidance, "Indirectly standardised
    ratios and rates"; Breslow and Day (1987).
    """
    per_ratio = positive_number(ratio_multiplier, "multiplier of the ratio")
    per_rate = positive_number(rate_multiplier, "multiplier of the rate")
    levels = confidence_levels(confidence)
    events = known_column(counts, "counts")
    rows_given = len(events)
    people = known_column(populations, "populations", rows=rows_given)
    reference_events = known_column(reference_counts, "reference counts", rows=rows_given)
    reference_people = known_column(reference_populations, "reference populations", rows=rows_given)
    refuse_negative([*events, *people, *reference_events], "counts and populations")
    refuse_zero_or_less(reference_people, "reference populations")
    expected_each = [
        n * x / of for n, x, of in zip(people, reference_events, reference_people, strict=True)
    ]
    results = []
    for group, rows in rows_of_groups(groups, rows_given):
        observed, expected, all_reference_events, all_reference_people = (
            math.fsum(numbers[row] for row in rows)
            for numbers in (events, expected_each, reference_events, reference_people)
        )
        if expected == 0:
            raise StatisticsInputError("No events are expected, so there is no ratio to them.")
        limits = [count_limits(observed, level) for level in levels]
        ratio = _multiplied(observed, limits, per_ratio / expected)
        crude = all_reference_events / all_reference_people
        rate = _multiplied(observed, limits, per_rate * crude / expected)
        method = count_method(observed)
        results.append(StandardisedRatio(group, observed, expected, *ratio, *rate, method))
    return tuple(results)


def _multiplied(
    events: float, limits: list[Limits], factor: float
) -> tuple[float, tuple[Limits, ...]]:
    return events * factor, tuple(found.each(lambda limit: limit * factor) for found in limits)


def _bands(
    counts: list[float | None],
    populations: Iterable[float],
    standard_populations: Iterable[float],
    missing_counts: str,
) -> list[_Band]:
    """Return the rows, checked as supplied, before any grouping."""
    if missing_counts not in ("refuse", "zero"):
        raise StatisticsInputError("Missing counts are refused, or taken as zero.")
    if missing_counts == "refuse" and None in counts:
        raise StatisticsInputError(
            "A count is missing. Taken as 0 it would lower the rate without a word."
        )
    people = known_column(populations, "populations", rows=len(counts))
    weights = known_column(standard_populations, "standard populations", rows=len(counts))
    refuse_negative(counts, "counts")
    refuse_zero_or_less(people, "populations")
    refuse_negative(weights, "standard populations")
    return [_Band(x or 0.0, n, w) for x, n, w in zip(counts, people, weights, strict=True)]


def _split_bands(
    bands: list[_Band],
    age_bands: Sequence[Hashable] | None,
    event_frequencies: Iterable[float] | None,
) -> list[_Band]:
    """Return the rows with their age band and the events that each of their people had."""
    if age_bands is None or event_frequencies is None:
        raise StatisticsInputError(
            "For events that are not independent, name each row's age band and event frequency."
        )
    if len(age_bands) != len(bands) or any(band is None for band in age_bands):
        raise StatisticsInputError("Name one age band for each row.")
    frequencies = known_column(event_frequencies, "event frequencies", rows=len(bands))
    refuse_negative(frequencies, "event frequencies")
    return [
        row._replace(age_band=band, events_each=frequency)
        for row, band, frequency in zip(bands, age_bands, frequencies, strict=True)
    ]


def _whole_bands(rows: list[_Band]) -> list[_Band]:
    """Return one row per age band that counts events, with its people counted once."""
    found: dict[Hashable, list[_Band]] = {}
    for row in rows:
        found.setdefault(row.age_band, []).append(row)
    for parts in found.values():
        if len({(part.population, part.weight) for part in parts}) > 1:
            raise StatisticsInputError(
                "An age band has rows with different populations or standard populations."
            )
    return [
        parts[0]._replace(cases=math.fsum(part.events_each * part.cases for part in parts))
        for parts in found.values()
    ]


def _variance(rows: list[_Band]) -> float:
    """Return the variance of the weighted rate of rows that share one event frequency."""
    weight = math.fsum(row.weight for row in rows)
    parts = (row.cases * (row.weight / row.population) ** 2 for row in rows)
    return math.fsum(parts) / weight**2 if weight else 0.0


def _variance_of_repeats(rows: list[_Band]) -> float:
    frequencies = sorted({row.events_each for row in rows})
    return math.fsum(
        each**2 * _variance([row for row in rows if row.events_each == each])
        for each in frequencies
    )


def _dobson(
    group: Hashable,
    bands: list[_Band],
    variance: float,
    multiplier: float,
    levels: tuple[float, ...],
    independent: bool,
    missing: int,
) -> StandardisedRate:
    """Return the rate with Dobson's limits, which stretch Byar's limits of the events."""
    events = math.fsum(band.cases for band in bands)
    weight = math.fsum(band.weight for band in bands)
    if weight == 0:
        raise StatisticsInputError("A standard population cannot be zero in every age band.")
    method = "Dobson"
    if not independent:
        method += ", with confidence adjusted for non-independent events"
    value, limits = None, tuple(Limits(level, None, None) for level in levels)
    statistic = f"dsr NA for total count < {SUPPRESSED_BELOW}"
    if events >= SUPPRESSED_BELOW:
        value = (
            math.fsum(band.cases * band.weight / band.population for band in bands)
            / weight
            * multiplier
        )
        stretch = multiplier * math.sqrt(variance / events)
        limits = tuple(
            byars(events, level).each(lambda limit: value + stretch * (limit - events))
            for level in levels
        )
        statistic = f"dsr per {multiplier:.15g}"
    people = math.fsum(band.population for band in bands)
    return StandardisedRate(
        group, events, people, value, limits, method, statistic, missing_counts=missing
    )
