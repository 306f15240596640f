"""Proportions, rates and means beside printed values, and what must hold for all of them."""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.statistics.distributions import upper_tail
from outcomes.statistics.inputs import StatisticsInputError
from outcomes.statistics.intervals import Limits, byars, count_limits, means, proportions, rates

LEVELS = [0.9, 0.95, 0.998]
counts = st.integers(0, 10**7)
steady = settings(derandomize=True, deadline=None, max_examples=100)


def test_proportions_agree_with_newcombes_printed_example():
    (found,) = proportions([81], [263])  # Newcombe (1998), method 3
    assert (round(found.limits[0].lower, 4), round(found.limits[0].upper, 4)) == (0.2553, 0.3662)


def test_proportions_of_none_and_all_touch_the_ends():
    none, every = proportions([0, 5], [5, 5], multiplier=100)
    assert (none.value, none.limits[0].lower) == (0, 0)
    assert (every.value, every.limits[0].upper) == (100, 100)
    assert none.limits[0].upper == pytest.approx(100 - every.limits[0].lower)


def test_proportions_without_confidence_have_no_limits():
    (found,) = proportions([1], [4], confidence=None)
    assert (found.value, found.limits, found.method) == (0.25, (), None)


def test_proportions_of_missing_parts_are_missing():
    row, other = proportions([None, 1], [4, math.nan])
    assert (row.value, row.limits[0].lower, other.value) == (None, None, None)
    assert row.denominator == 4


def test_proportions_of_one_group_are_summed_too():
    (found,) = proportions([1, 2], [4, 8], groups=["A", "A"])
    assert (found.group, found.numerator, found.denominator, found.value) == ("A", 3, 12, 0.25)


@pytest.mark.parametrize(
    ("function", "numerators", "denominators", "arguments"),
    [
        (proportions, [-1], [5], {}),
        (proportions, [6], [5], {}),
        (proportions, [0], [0], {}),
        (proportions, [1], [5], {"multiplier": 0}),
        (proportions, [1], [5], {"multiplier": None}),
        (proportions, [1, 2], [5], {}),
        (rates, [-1], [5], {}),
        (rates, [1], [-5], {}),
        (rates, [1], [5], {"confidence": None}),
        (rates, [1], [5], {"multiplier": -1}),
        (rates, [], [], {}),
    ],
)
def test_fractions_refuse_what_makes_no_sense(function, numerators, denominators, arguments):
    with pytest.raises(StatisticsInputError):
        function(numerators, denominators, **arguments)


def test_count_limits_agree_with_printed_tables():
    # Exact limits of a Poisson count, as in Breslow and Day (1987), table 2.10.
    assert count_limits(0, 0.95).upper == pytest.approx(3.689, abs=5e-4)
    assert count_limits(5, 0.95).lower == pytest.approx(1.623, abs=5e-4)
    assert count_limits(5, 0.95).upper == pytest.approx(11.668, abs=5e-4)


def test_upper_tail_leaves_half_of_the_rest():
    assert [upper_tail(level) for level in (0.9, 0.95, 1)] == [pytest.approx(0.95), 0.975, 1]


def test_count_limits_change_method_at_ten():
    assert count_limits(10, 0.95) == byars(10, 0.95)
    below, above = count_limits(9.999999, 0.95), count_limits(10, 0.95)
    assert below.lower != above.lower
    assert below.lower == pytest.approx(above.lower, rel=0.01)
    assert below.upper == pytest.approx(above.upper, rel=0.01)


def test_count_limits_at_full_confidence_are_unbounded():
    assert (count_limits(5, 1).lower, count_limits(5, 1).upper) == (0, math.inf)
    assert (count_limits(50, 1).lower, count_limits(50, 1).upper) == (None, math.inf)


def test_rates_choose_the_method_on_the_sum_of_a_group():
    (found,) = rates([6, 6], [100, 100], groups=["A", "A"])
    assert (found.numerator, found.method, found.value) == (12, "Byars", 6000)


def test_rates_say_no_method_where_the_count_is_missing():
    assert rates([None], [5])[0].method is None
    assert rates([5], [None])[0].method == "Exact"


def test_means_of_a_hand_worked_example():
    (found,) = means([1, 2, 3, 4, 5])
    assert (found.total, found.count, found.value) == (15, 5, 3)
    assert found.limits[0].upper == pytest.approx(3 + 2.776445 * math.sqrt(2.5 / 5), rel=1e-6)


def test_means_of_equal_values_have_no_width():
    (found,) = means([0.1] * 3, confidence=1)
    assert (found.value, found.limits) == (0.1, (Limits(1, 0.1, 0.1),))


def test_limits_that_are_not_known_stay_so_when_both_are_changed():
    assert Limits(0.95, None, None).each(abs) == Limits(0.95, None, None)
    assert Limits(0.95, -1, None).each(abs) == Limits(0.95, 1, None)
    assert Limits(0.95, None, -2).each(abs) == Limits(0.95, None, 2)


def test_means_of_one_value_have_no_limits():
    (found,) = means([5])
    assert (found.value, found.standard_deviation, found.limits[0].lower) == (5, None, None)


def test_means_with_a_missing_value_are_missing_and_count_it():
    (found,) = means([5, None])
    assert (found.count, found.total, found.value, found.limits[0].upper) == (2, None, None, None)


@steady
@given(counts, counts)
def test_proportions_lie_between_their_limits_which_widen_with_confidence(x, more):
    assert_nested([proportions([x], [x + more + 1], confidence=level)[0] for level in LEVELS])


@steady
@given(st.floats(0, 1e6), st.integers(1, 10**9))
def test_rates_lie_between_their_limits_which_widen_with_confidence(x, n):
    assert_nested([rates([x], [n], confidence=level)[0] for level in LEVELS])


@steady
@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30))
def test_means_lie_between_their_limits_which_widen_with_confidence(values):
    assert_nested([means(values, confidence=level)[0] for level in LEVELS])


@steady
@given(counts, counts)
def test_proportions_of_the_others_mirror(x, others):
    ours, theirs = proportions([x, others], [x + others + 1] * 2)
    rest = proportions([others + 1], [x + others + 1])[0]
    assert ours.limits[0].lower == pytest.approx(1 - rest.limits[0].upper, abs=1e-12)
    assert ours.limits[0].upper == pytest.approx(1 - rest.limits[0].lower, abs=1e-12)
    assert (ours.value < theirs.value) == (ours.limits[0].lower < theirs.limits[0].lower)


@steady
@given(st.floats(0, 1e6), st.integers(1, 10**9), st.sampled_from([1, 100, 1000, 100_000]))
def test_rates_scale_with_the_multiplier(x, n, multiplier):
    plain, scaled = rates([x], [n], multiplier=1)[0], rates([x], [n], multiplier=multiplier)[0]
    assert scaled.value == pytest.approx(plain.value * multiplier, rel=1e-12)
    assert scaled.limits[0].upper == pytest.approx(plain.limits[0].upper * multiplier, rel=1e-12)


def assert_nested(estimates):
    """Each value lies in its interval, and each interval within the next."""
    for found in estimates:
        slack = 1e-12 * max(abs(found.value), 1e-300)
        assert found.limits[0].lower - slack <= found.value <= found.limits[0].upper + slack
    for narrow, wide in pairwise(estimates):
        slack = 1e-12 * max(abs(narrow.value), 1e-300)
        assert wide.limits[0].lower <= narrow.limits[0].lower + slack
        assert wide.limits[0].upper >= narrow.limits[0].upper - slack


def test_byars_of_few_events_worked_by_hand():
    """2 × (1 − 1/18 − 1.96/(3√2))³ and 3 × (1 − 1/27 + 1.96/(3√3))³."""
    limits = byars(2, 0.95)
    assert limits.lower == pytest.approx(0.2246, abs=5e-5)
    assert limits.upper == pytest.approx(7.2209, abs=5e-5)
