"""What every indicator statistic refuses, and what it takes as missing."""

import math
from decimal import Decimal

import pytest

from outcomes.statistics.inputs import (
    LARGEST,
    StatisticsInputError,
    column,
    confidence_levels,
    rows_of_groups,
)


def test_column_takes_whole_numbers_decimals_and_missing_values():
    assert column([1, 2.5, Decimal("3.5"), None, math.nan], "counts") == [1.0, 2.5, 3.5, None, None]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([], "There are no counts."),
        ("123", "The counts must be a list of numbers."),
        (5, "The counts must be a list of numbers."),
        (["1"], "The counts must be numbers, and '1' is not."),
        ([True], "The counts must be numbers, and True is not."),
        ([math.inf], "The counts must be finite numbers, and inf is not."),
        ([-1e101], "The counts must be finite numbers, and -1e+101 is not."),
    ],
)
def test_column_refuses_with_a_plain_sentence(values, sentence):
    with pytest.raises(StatisticsInputError) as refusal:
        column(values, "counts")
    assert str(refusal.value) == sentence


def test_column_takes_numbers_up_to_the_largest():
    largest = int(LARGEST)
    assert column([largest, -largest, LARGEST], "counts") == [LARGEST, -LARGEST, LARGEST]


def test_column_refuses_another_length():
    with pytest.raises(StatisticsInputError, match="There are 3 rows but 2 counts"):
        column([1, 2], "counts", rows=3)


def test_statistics_input_error_is_a_value_error():
    assert issubclass(StatisticsInputError, ValueError)


@pytest.mark.parametrize(
    ("asked", "levels"),
    [
        (0.95, (0.95,)),
        (95, (0.95,)),
        (99.8, (0.998,)),
        (0.9, (0.9,)),
        (1, (1.0,)),
        (100, (1.0,)),
        ([0.95, 0.998], (0.95, 0.998)),
    ],
)
def test_confidence_levels_come_as_fractions_or_percentages(asked, levels):
    assert confidence_levels(asked) == pytest.approx(levels)


@pytest.mark.parametrize(
    "asked",
    [0.89, 89.9, 100.1, 2, 0, -0.95, "95", None, [], [0.998, 0.95], [95, 99.8], [0.95, 0.99],
     [0.9, 0.95, 0.998], math.nan, True],
)  # fmt: skip
def test_confidence_levels_refuse_others(asked):
    with pytest.raises(StatisticsInputError):
        confidence_levels(asked)


def test_confidence_levels_are_named_in_a_refusal():
    with pytest.raises(StatisticsInputError, match=r"^The confidence level is missing"):
        confidence_levels(None)
    with pytest.raises(StatisticsInputError, match=r"^The confidence level must be numbers"):
        confidence_levels("a")


def test_confidence_levels_of_simulations_may_be_any_on_one_scale():
    assert confidence_levels([99, 95, 90], any_levels=True) == pytest.approx((0.99, 0.95, 0.9))
    with pytest.raises(StatisticsInputError, match="all fractions or all percentages"):
        confidence_levels([0.95, 99.8], any_levels=True)


def test_rows_of_groups_come_sorted():
    assert rows_of_groups(["b", "a", "b"], 3) == [("a", [1]), ("b", [0, 2])]


def test_rows_of_groups_without_groups_are_one_group():
    assert rows_of_groups(None, 2) == [(None, [0, 1])]


@pytest.mark.parametrize("groups", ["ab", ["a"], ["a", None], ["a", 1]])
def test_rows_of_groups_refuse(groups):
    with pytest.raises(StatisticsInputError):
        rows_of_groups(groups, 2)
