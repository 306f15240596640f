"""Tenths and fifths of values: our own choices, refusals, and what must hold for all."""

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.statistics.inputs import StatisticsInputError
from outcomes.statistics.quantiles import quantiles

steady = settings(derandomize=True, deadline=None, max_examples=100)
lists = st.lists(st.integers(0, 40), min_size=10, max_size=80)


def test_quantiles_put_the_highest_values_first_unless_told():
    assert quantiles([1, 2, 3, 4], nquantiles=2).numbers == (2, 2, 1, 1)
    assert quantiles([1, 2, 3, 4], nquantiles=2, invert=False).numbers == (1, 1, 2, 2)


def test_quantiles_are_tenths_unless_told_and_can_be_one_whole():
    assert quantiles(range(10), invert=False).numbers == tuple(range(1, 11))
    assert quantiles([3, 1], nquantiles=1).numbers == (1, 1)


def test_quantiles_of_equal_values_are_the_first():
    assert quantiles([7] * 10, nquantiles=5).numbers == (1,) * 10


def test_quantiles_leave_missing_values_out():
    assert quantiles([1, None, 2], nquantiles=2, invert=False).numbers == (1, None, 2)


def test_quantiles_name_groups_with_too_few_values():
    found = quantiles([1, 2, 3, None], groups=["A", "A", "B", "B"], nquantiles=2)
    assert (found.numbers, found.too_few) == ((2, 1, None, None), ("B",))
    found = quantiles([3, 1, 2], groups=["A", "B", "B"], nquantiles=2)
    assert (found.numbers, found.too_few) == ((None, 2, 1), ("A",))


def test_quantiles_can_run_either_way_by_group():
    ways = [True, True, False, False]
    assert quantiles(
        [1, 2, 1, 2], groups=["A", "A", "B", "B"], nquantiles=2, invert=ways
    ).numbers == (2, 1, 1, 2)


def test_quantiles_do_not_round_at_a_border():
    # With 28 values, the eighth stands exactly on a border of twentieths; 21 / (28 / 20) in
    # floating point is a little more than 15 and would put it one lower.
    assert quantiles(range(28), nquantiles=20, invert=False).numbers[7] == 6


@pytest.mark.parametrize(
    "arguments",
    [
        {"nquantiles": 0},
        {"nquantiles": 2.0},
        {"nquantiles": True},
        {"invert": [True]},
        {"invert": ["yes", "no"]},
        {"invert": [True, False]},
    ],
)
def test_quantiles_refuse_settings_that_make_no_sense(arguments):
    with pytest.raises(StatisticsInputError):
        quantiles([1, 2], **({"nquantiles": 2} | arguments))


@steady
@given(lists, st.integers(2, 10))
def test_quantiles_agree_with_the_formula_in_fractions(values, k):
    known = len(values)
    for value, number in zip(values, quantiles(values, nquantiles=k).numbers, strict=True):
        rank = 1 + sum(other > value for other in values)
        assert number == max(k + 1 - ceil(Fraction(known + 1 - rank) / Fraction(known, k)), 1)


@steady
@given(lists, st.integers(2, 10))
def test_quantiles_of_negated_values_are_those_the_other_way(values, k):
    negated = [-value for value in values]
    assert (
        quantiles(values, nquantiles=k).numbers
        == quantiles(negated, nquantiles=k, invert=False).numbers
    )


@steady
@given(lists, st.integers(2, 10))
def test_quantiles_never_fall_as_values_rise(values, k):
    numbers = quantiles(values, nquantiles=k, invert=False).numbers
    assert sorted(numbers) == [n for _, n in sorted(zip(values, numbers, strict=True))]
