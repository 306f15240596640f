"""Standardised rates: hand-worked examples, our own choices, and what must hold for all."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.statistics.inputs import StatisticsInputError
from outcomes.statistics.intervals import byars, rates
from outcomes.statistics.standardisation import (
    ESP_2013,
    directly_standardised_rates,
    indirectly_standardised_ratios,
)

steady = settings(derandomize=True, deadline=None, max_examples=100)
bands = st.lists(
    st.tuples(st.integers(0, 300), st.integers(1, 10**6), st.integers(0, 7000)),
    min_size=1,
    max_size=19,
).filter(lambda rows: sum(x for x, _, _ in rows) >= 10 and sum(w for _, _, w in rows) > 0)


def rate_of(rows, **arguments):
    """The standardised rate of rows of count, population and weight."""
    (found,) = directly_standardised_rates(*zip(*rows, strict=True), **arguments)
    return found


def test_esp_2013_has_nineteen_bands_of_100_000_people():
    assert (len(ESP_2013), sum(ESP_2013)) == (19, 100_000)


def test_directly_standardised_rates_of_a_hand_worked_example():
    found = rate_of([(10, 1000, 60), (20, 1000, 40)], multiplier=1000)
    variance = (10 * 0.06**2 + 20 * 0.04**2) / 100**2
    stretch = 1000 * math.sqrt(variance / 30)
    assert found.value == pytest.approx(14)
    assert found.limits[0].lower == pytest.approx(14 + stretch * (byars(30, 0.95).lower - 30))
    assert (found.total_count, found.total_population) == (30, 2000)


def test_directly_standardised_rates_need_ten_events():
    hidden = rate_of([(9.5, 1000, 1)])
    assert (hidden.value, hidden.limits[0].lower, hidden.total_count) == (None, None, 9.5)
    assert rate_of([(10, 1000, 1)]).value == 1000


def test_directly_standardised_rates_refuse_a_missing_count():
    with pytest.raises(StatisticsInputError, match="would lower the rate"):
        rate_of([(None, 1000, 1), (20, 1000, 1)])


def test_directly_standardised_rates_take_a_missing_count_as_zero_if_told_and_say_so():
    found = rate_of([(None, 1000, 1), (20, 1000, 1), (9, 1000, 1)], missing_counts="zero")
    assert found.missing_counts == 1
    assert found.value == rate_of([(0, 1000, 1), (20, 1000, 1), (9, 1000, 1)]).value


def test_directly_standardised_rates_of_single_events_do_not_change_when_split():
    whole = rate_of([(10, 1000, 60), (20, 900, 40)])
    split = rate_of(
        [(10, 1000, 60), (20, 900, 40)],
        independent_events=False,
        event_frequencies=[1, 1],
        age_bands=["0-64", "65+"],
    )
    assert (split.value, split.limits) == (whole.value, whole.limits)


def test_directly_standardised_rates_of_repeated_events_are_less_certain():
    rows = [(10, 1000, 60), (5, 1000, 60), (20, 900, 40), (0, 900, 40)]
    found = rate_of(
        rows, independent_events=False, event_frequencies=[1, 2, 1, 2], age_bands=[0, 0, 65, 65]
    )
    alone = rate_of([(20, 1000, 60), (20, 900, 40)])
    assert (found.value, found.total_count) == (alone.value, 40)
    assert found.total_population == 1900
    assert found.limits[0].lower < alone.limits[0].lower
    assert found.limits[0].upper > alone.limits[0].upper


def test_directly_standardised_rates_leave_out_bands_of_no_weight():
    split = {"independent_events": False, "event_frequencies": [1, 3], "age_bands": [0, 65]}
    found = rate_of([(20, 1000, 60), (0, 900, 0)], **split)
    assert found.limits == rate_of([(20, 1000, 60)]).limits


@pytest.mark.parametrize(
    ("rows", "arguments", "words"),
    [
        ([(None, 10, 1)], {}, "A count is missing. Taken as 0 it would lower the rate without a"),
        (
            [(20, 10, 1)],
            {"independent_events": False},
            "For events that are not independent, name each row's age band and event frequency.",
        ),
        (
            [(20, 10, 1), (20, 11, 1)],
            {"independent_events": False, "event_frequencies": [1, 2], "age_bands": [0, 0]},
            "An age band has rows with different populations or standard populations.",
        ),
    ],
)
def test_directly_standardised_rates_say_what_makes_no_sense(rows, arguments, words):
    with pytest.raises(StatisticsInputError, match=f"^{words}"):
        rate_of(rows, **arguments)


@pytest.mark.parametrize(
    ("rows", "arguments"),
    [
        ([(20, 0, 1)], {}),
        ([(20, None, 1)], {}),
        ([(20, 10, None)], {}),
        ([(20, 10, -1)], {}),
        ([(20, 10, 0)], {}),
        ([(-1, 10, 1)], {}),
        ([(20, 10, 1)], {"multiplier": 0}),
        ([(20, 10, 1)], {"missing_counts": "drop"}),
        ([(20, 10, 1)], {"event_frequencies": [1]}),
        ([(20, 10, 1)], {"independent_events": False, "age_bands": [0]}),
        ([(20, 10, 1)], {"independent_events": False, "event_frequencies": [1]}),
        (
            [(20, 10, 1)],
            {"independent_events": False, "event_frequencies": [1], "age_bands": [None]},
        ),
        (
            [(20, 10, 1), (20, 11, 1)],
            {"independent_events": False, "event_frequencies": [1, 2], "age_bands": [0, 0]},
        ),
    ],
)
def test_directly_standardised_rates_refuse_what_makes_no_sense(rows, arguments):
    with pytest.raises(StatisticsInputError):
        rate_of(rows, **arguments)


@steady
@given(bands)
def test_directly_standardised_rates_lie_between_limits_that_widen(rows):
    narrow, wide = rate_of(rows, confidence=(0.95, 0.998)).limits
    value = rate_of(rows).value
    assert narrow.lower <= value <= narrow.upper
    assert wide.lower <= narrow.lower
    assert narrow.upper <= wide.upper


@steady
@given(bands, st.integers(2, 50))
def test_directly_standardised_rates_do_not_depend_on_the_size_of_the_standard(rows, times):
    larger = [(x, n, w * times) for x, n, w in rows]
    assert rate_of(larger).value == pytest.approx(rate_of(rows).value, rel=1e-12)
    assert rate_of(larger).limits[0].upper == pytest.approx(rate_of(rows).limits[0].upper)


@steady
@given(st.integers(10, 10**5), st.integers(1, 10**6))
def test_directly_standardised_rates_of_one_band_are_crude_rates(x, n):
    (crude,) = rates([x], [n])
    found = rate_of([(x, n, 5000)])
    assert found.value == pytest.approx(crude.value, rel=1e-12)
    assert found.limits[0].lower == pytest.approx(crude.limits[0].lower)


def test_indirectly_standardised_ratios_of_a_hand_worked_example():
    # 1,000 people at 50 in 10,000 and 2,000 at 100 in 10,000: 25 events are expected.
    (found,) = indirectly_standardised_ratios(
        [10, 20], [1000, 2000], [50, 100], [10_000, 10_000], ratio_multiplier=100
    )
    assert (found.observed, found.expected, found.ratio) == (30, pytest.approx(25), 120)
    assert found.rate == pytest.approx(1.2 * 150 / 20_000 * 100_000)
    assert found.ratio_limits[0].lower == pytest.approx(byars(30, 0.95).lower * 4)
    assert found.method == "Byars"


def test_indirectly_standardised_ratios_of_few_events_have_exact_limits():
    (found,) = indirectly_standardised_ratios([0], [1000], [10], [1000])
    assert (found.ratio, found.ratio_limits[0].lower, found.method) == (0, 0, "Exact")
    assert found.ratio_limits[0].upper == pytest.approx(0.36889, abs=1e-5)


def test_indirectly_standardised_ratios_come_by_group():
    found = indirectly_standardised_ratios([5, 50], [10, 10], [5, 5], [10, 10], groups=["B", "A"])
    assert [(each.group, each.ratio) for each in found] == [("A", 10), ("B", 1)]


@pytest.mark.parametrize(
    "columns",
    [
        ([None], [10], [5], [10]),
        ([1], [-1], [5], [10]),
        ([1], [10], [0], [10]),
        ([1], [10], [5], [0]),
        ([1, 2], [10], [5], [10]),
    ],
)
def test_indirectly_standardised_ratios_refuse_what_makes_no_sense(columns):
    with pytest.raises(StatisticsInputError):
        indirectly_standardised_ratios(*columns)
