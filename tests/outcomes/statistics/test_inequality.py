"""Slope and relative index of inequality: our own choices, and what must hold for all."""

import math
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.statistics.inequality import ValueType, slope_indices
from outcomes.statistics.inputs import StatisticsInputError
from outcomes.statistics.intervals import Limits
from outcomes.statistics.simulation import limit_positions

steady = settings(derandomize=True, deadline=None, max_examples=40)
FIVE = [1, 2, 3, 4, 5]
SHARES = [0.3, 0.26, 0.24, 0.19, 0.15]
shares = st.lists(st.floats(0.05, 0.9), min_size=5, max_size=10)


def index_of(values, *, half_width=0.02, repetitions=2000, **arguments):
    """The indices of values of equal populations, with limits half a width away."""
    (found,) = slope_indices(
        range(1, len(values) + 1),
        [1000] * len(values),
        values,
        lower=[value - half_width for value in values],
        upper=[value + half_width for value in values],
        repetitions=repetitions,
        **arguments,
    )
    return found


def test_slope_index_of_a_straight_line_is_the_whole_rise():
    found = index_of([10, 20, 30, 40, 50])
    # Fifths stand at 0.1, 0.3 ... 0.9, so the line runs from 5 at one end to 55 at the other.
    assert found.sii == pytest.approx(50)
    assert (found.start, found.end) == (pytest.approx(5), pytest.approx(55))
    assert found.rii == pytest.approx(11)


def test_slope_index_limits_agree_with_theory():
    found = index_of([10, 20, 30, 40, 50], half_width=1.959963984540054, repetitions=100_000)
    reach = 1.959963984540054 * math.sqrt(1 / (5 * 0.08))  # error 1, five ranks of variance 0.08
    assert found.sii_limits[0].lower == pytest.approx(50 - reach, abs=0.06)
    assert found.sii_limits[0].upper == pytest.approx(50 + reach, abs=0.06)


def test_slope_index_is_the_same_at_every_run_and_in_any_company():
    alone = index_of(SHARES, value_type=ValueType.PROPORTION)
    assert alone == index_of(SHARES, value_type=ValueType.PROPORTION)
    assert alone != index_of(SHARES, value_type=ValueType.PROPORTION, seed=7)
    together = slope_indices(
        FIVE * 2, [1000] * 10, SHARES * 2, groups=["A"] * 5 + ["B"] * 5, value_type=2,
        lower=[v - 0.02 for v in SHARES] * 2, upper=[v + 0.02 for v in SHARES] * 2,
        repetitions=2000,
    )  # fmt: skip
    assert [found.sii_limits for found in together] == [alone.sii_limits] * 2
    assert [found.group for found in together] == ["A", "B"]


@pytest.mark.parametrize("transform", [True, False])
def test_slope_index_of_those_who_are_not_is_turned_round(transform):
    """Shares above a half are worked out as those below."""
    there = index_of(SHARES, value_type=2, transform=transform, repetitions=50_000)
    others = index_of(
        [1 - v for v in SHARES], value_type=2, transform=transform, repetitions=50_000
    )
    assert others.sii == pytest.approx(-there.sii)
    assert others.start == pytest.approx(1 - there.start)
    (limits,), (turned,) = there.sii_limits, others.sii_limits
    assert turned.lower == pytest.approx(-limits.upper, abs=0.001)
    assert turned.upper == pytest.approx(-limits.lower, abs=0.001)


def test_slope_index_limits_stay_what_they_were_when_published():
    (limits,) = index_of(SHARES, value_type=ValueType.PROPORTION).sii_limits
    assert (limits.lower, limits.upper) == (
        pytest.approx(-0.21538103956229182, rel=1e-12),
        pytest.approx(-0.15285896746106703, rel=1e-12),
    )


def test_slope_index_takes_quantiles_in_any_order_and_as_text():
    values = [10.0, 12, 15, 11, 19, 18, 22, 20, 25, 30]
    rows = list(zip(range(1, 11), values, strict=True))[::-1]
    (found,) = slope_indices(
        [str(order) for order, _ in rows],
        [1000] * 10,
        [value for _, value in rows],
        standard_errors=[1.0] * 10,
        repetitions=1000,
    )
    (wanted,) = slope_indices(
        range(1, 11), [1000] * 10, values, standard_errors=[1.0] * 10, repetitions=1000
    )
    assert found == wanted


def test_slope_index_of_counts_is_that_of_their_proportions():
    events = [300, 260, 240, 190, 150]
    common = {"value_type": 2, "standard_errors": [0.1] * 5, "repetitions": 1000}
    assert slope_indices(FIVE, [1000] * 5, counts=events, **common) == slope_indices(
        FIVE, [1000] * 5, SHARES, **common
    )


def test_slope_index_of_a_group_without_a_quantile_is_missing_and_says_so():
    _, found = slope_indices(
        [1, 2, 3, 4, 5, 1, 2, 5],
        [1000] * 8,
        [10.0] * 8,
        standard_errors=[1.0] * 8,
        groups=["A"] * 5 + ["B"] * 3,
        repetitions=1000,
    )
    nothing = (Limits(0.95, None, None),)
    assert (found.group, found.sii, found.rii, found.start) == ("B", None, None, None)
    assert (found.sii_limits, found.rii_limits) == (nothing, nothing)
    assert (found.transformation, found.method) == ("none", "simulation 1000 reps")
    assert found.notes == ("No figure for quantile 3, 4.",)


def test_slope_index_with_many_quantiles_or_across_zero_says_so():
    unstable = "With so many quantiles, small numbers can make the index unstable."
    assert index_of([10.0 + i for i in range(11)]).notes == (unstable,)
    assert index_of([10.0 + i for i in range(100)], repetitions=1000).notes == (unstable,)
    assert index_of([10.0 + i for i in range(10)]).notes == ()
    zero = "The line reaches zero, so the relative index says nothing."
    assert index_of([-10, -5, 0, 5, 10]).notes == (zero,)


def test_slope_index_around_zero_has_no_ratio():
    with warnings.catch_warnings(action="error"):
        found = index_of([0, 0, 0, 0, 0], half_width=0)
    assert (found.sii, found.rii, found.rii_limits[0].lower) == (0, None, None)
    assert "zero" in found.notes[0]  # nothing but zero


@pytest.mark.parametrize("multiplier", [0.01, 0.5, 1, 100])
def test_slope_index_of_transformed_rates_lies_in_its_limits_at_any_multiplier(multiplier):
    # The original swaps the limits of rates where the multiplier lies between 0 and 1.
    found = index_of(
        [280, 200, 180, 150, 140], half_width=30, value_type=1, transform=True,
        multiplier=multiplier,
    )  # fmt: skip
    assert_within(found.sii, found.sii_limits[0])
    assert_within(found.rii, found.rii_limits[0])


@pytest.mark.parametrize("transform", [True, False])
def test_slope_index_with_a_negative_multiplier_is_turned_round(transform):
    there = index_of(SHARES, value_type=2, transform=transform)
    back = index_of(SHARES, value_type=2, transform=transform, multiplier=-1)
    assert back.sii == -there.sii
    assert back.rii == pytest.approx(1 / there.rii)
    assert back.start == there.start
    assert_within(back.sii, back.sii_limits[0])
    assert_within(back.rii, back.rii_limits[0])


def test_slope_index_scales_its_drawn_line_with_the_multiplier():
    found = index_of(SHARES, value_type=2, multiplier=100)
    assert found.sii == pytest.approx(found.end - found.start)
    assert found.start == pytest.approx(100 * found.intercept)


def test_slope_index_limits_widen_with_confidence():
    levels = (0.9, 0.95, 0.998)
    least, narrow, wide = index_of(SHARES, value_type=2, confidence=levels).sii_limits
    assert wide.lower < narrow.lower < least.lower < least.upper < narrow.upper < wide.upper


GOOD = {
    "quantiles": FIVE, "populations": [1000] * 5, "values": SHARES, "repetitions": 1000,
    "lower": [v - 0.02 for v in SHARES], "upper": [v + 0.02 for v in SHARES],
}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"quantiles": [1, 2, 3, 4, "most"]},
        {"quantiles": [1, 2, 3, 4, 4]},
        {"quantiles": [1, 2, 3, 4, None]},
        {"quantiles": [1, 1, 2, 3, 4, 5], "populations": [1] * 6, "values": [0.5] * 6}
        | {"lower": [0.4] * 6, "upper": [0.6] * 6},
        {"populations": [1000, 1000, 0, 1000, 1000]},
        {"populations": [1000, 1000, None, 1000, 1000]},
        {"values": [0.3, None, 0.2, 0.2, 0.1]},
        {"values": ["a"] * 5},
        {"values": None},
        {"counts": FIVE},
        {"values": None, "counts": FIVE, "value_type": 1},
        {"values": None, "counts": [0, 2, 3, 4, 5], "value_type": 2},
        {"lower": None},
        {"lower": [0.1, 0.1, None, 0.1, 0.1]},
        {"lower": [0.5] * 5},
        {"lower": [0] * 5, "value_type": 1},
        {"upper": [1] * 5, "value_type": 2},
        {"values": [1.2, 0.2, 0.2, 0.2, 0.2], "value_type": 2},
        {"values": [0, 0.2, 0.2, 0.2, 0.2], "value_type": 1},
        {"standard_errors": [1] * 5},
        {"lower": None, "upper": None, "standard_errors": [1, 1, -1, 1, 1]},
        {"lower": None, "upper": None, "standard_errors": [1] * 5}
        | {"value_type": 1, "transform": True},
        {"transform": True},
        {"value_type": 3},
        {"value_type": True},
        {"multiplier": 0},
        {"confidence": 0.5},
        {"confidence": 1},
        {"repetitions": 999},
        {"repetitions": 2000.0},
    ],
)
def test_slope_indices_refuse_what_makes_no_sense(wrong):
    assert slope_indices(**GOOD)
    with pytest.raises(StatisticsInputError):
        slope_indices(**(GOOD | wrong))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"multiplier": None}, "The multiplier is missing."),
        ({"populations": [1000] * 4}, "populations"),
        ({"values": [1.2] * 5, "value_type": 2}, "The values of proportions must lie between"),
        ({"values": [0] * 5, "value_type": 1}, "The values of rates must be greater than zero."),
        ({"lower": [0] * 5, "value_type": 1}, "The lower limits of rates must be greater"),
        ({"repetitions": 999}, "Simulate 1000 repetitions or more."),
        ({"quantiles": [1, 2, 3, 4, 4]}, "The indices need 5 to 100 quantiles."),
        ({"lower": None}, "Give both limits"),
        ({"upper": None, "standard_errors": [1] * 5}, "not both"),
    ],
)
def test_slope_indices_say_what_makes_no_sense(wrong, words):
    with pytest.raises(StatisticsInputError, match=words):
        slope_indices(**(GOOD | wrong))


def test_highest_confidence_of_so_many_repetitions_reaches_the_outermost():
    assert limit_positions(1000, 0.998) == (0, 998)
    with pytest.raises(StatisticsInputError):
        limit_positions(400, 0.998)


@steady
@given(shares, st.sampled_from([(0, False), (1, False), (1, True), (2, False), (2, True)]))
def test_slope_index_of_the_reversed_values_mirrors(values, kind):
    value_type, transform = kind
    there = index_of(values, value_type=value_type, transform=transform)
    back = index_of(values[::-1], value_type=value_type, transform=transform)
    assert back.sii == pytest.approx(-there.sii, abs=1e-12)
    if not there.notes:
        assert back.rii == pytest.approx(1 / there.rii)


@steady
@given(st.floats(0.05, 0.9), st.integers(5, 10), st.sampled_from([0, 1, 2]), st.booleans())
def test_slope_index_of_equal_groups_is_zero(value, count, value_type, transform):
    found = index_of([value] * count, value_type=value_type, transform=transform and value_type > 0)
    assert (found.sii, found.rii) == (0, 1)
    assert found.sii_limits[0].lower < 0 < found.sii_limits[0].upper


def assert_within(value, limits):
    assert limits.lower <= value <= limits.upper
