"""Gaps between groups beside printed values, and what must hold for all of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.statistics.gaps import Gap, ShareKnown, gaps, share_known
from outcomes.statistics.inputs import StatisticsInputError
from outcomes.statistics.intervals import proportions, rates

steady = settings(derandomize=True, deadline=None, max_examples=100)
events = st.lists(st.integers(0, 500), min_size=2, max_size=2)


def gap_between(estimates):
    """The gap of the first to the second of two estimates, at their first confidence."""
    return gaps(
        [e.value for e in estimates],
        [e.limits[0].lower for e in estimates],
        [e.limits[0].upper for e in estimates],
        reference=1,
    )[0]


@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [
        ([56, 48], [70, 80], 0.0524, 0.3339),
        ([9, 3], [10, 10], 0.1705, 0.8090),
        ([5, 0], [56, 29], -0.0381, 0.1926),
        ([10, 0], [10, 10], 0.6075, 1.0),
    ],
)
def test_gaps_of_proportions_agree_with_newcombes_printed_examples(x, n, lower, upper):
    gap = gap_between(proportions(x, n))  # Newcombe (1998), table II, method 10
    assert round(gap.difference_lower, 4) == lower
    assert round(gap.difference_upper, 4) == upper


def test_gaps_of_the_reference_and_itself_are_zero_without_width():
    assert gaps([4, 2], [3, 1], [5, 3], reference=1)[1] == Gap(0, 0, 0, 1, 1, 1)


def test_gaps_of_missing_values_are_missing():
    assert gaps([4, None], [3, 1], [5, 3], reference=0)[1] == Gap()
    assert gaps([4, None], [3, 1], [5, 3], reference=1) == (Gap(), Gap())
    assert gaps([4, 2], [3, None], [5, 3], reference=0)[1] == Gap()
    assert gaps([4, 2], [3, 1], [5, None], reference=0)[1] == Gap()


def test_gaps_to_zero_have_no_ratio():
    gap = gaps([4, 0], [3, 0], [5, 1], reference=1)[0]
    assert (gap.difference, gap.ratio, gap.ratio_lower) == (4, None, None)


def test_gaps_of_a_proportion_to_itself_have_a_ratio_of_one():
    (own,) = gaps([0.4], [0.3], [0.5], reference=0)
    assert own == Gap(0.0, 0.0, 0.0, 1.0, 1.0, 1.0)
    (own,) = gaps([0.4], [-0.3], [0.5], reference=0)
    assert own.ratio == 1


def test_gaps_of_a_reference_of_zero_to_itself_have_no_ratio():
    assert gaps([4, 0], [3, 0], [5, 1], reference=1)[1] == Gap(0, 0, 0, None, None, None)
    assert gaps([0, -1], [-1, -2], [1, 0.5], reference=1)[1].ratio is None


def test_gaps_of_zero_to_something_have_a_ratio_of_zero():
    gap = gaps([0, 4], [0, 3], [1, 5], reference=1)[0]
    assert (gap.difference, gap.ratio, gap.ratio_lower) == (-4, 0, 0)
    # u1 (2 v1 - u1) is negative, so the upper limit is sqrt(1 * 15) / 15.
    assert gap.ratio_upper == pytest.approx(15**-0.5)


def test_gaps_to_a_lower_limit_of_zero_have_no_upper_ratio():
    gap = gaps([4, 1], [3, 0], [5, 2.5], reference=1)[0]
    assert gap.ratio == 4
    assert 0 < gap.ratio_lower < 4
    assert gap.ratio_upper is None


def test_gaps_of_values_below_zero_have_no_ratio():
    assert gaps([-1, 2], [-2, 1], [0, 3], reference=1)[0].ratio is None
    assert gaps([1, 2], [-2, 1], [3, 3], reference=1)[0].ratio is None


@pytest.mark.parametrize(
    ("values", "lower", "upper", "reference"),
    [
        ([1], [0], [2], 1),
        ([1], [0], [2], -1),
        ([1], [0], [2], True),
        ([1, 2], [0], [2, 3], 0),
        ([1, 2], [0, 3], [2, 4], 0),
        ([1, 2], [0, 0], [0.5, 4], 0),
        ([], [], [], 0),
    ],
)
def test_gaps_refuse_what_makes_no_sense(values, lower, upper, reference):
    with pytest.raises(StatisticsInputError):
        gaps(values, lower, upper, reference=reference)


@steady
@given(events, st.sampled_from([0.9, 0.95, 0.998]))
def test_gaps_the_other_way_round_mirror(x, confidence):
    found = rates(x, [700, 900], confidence=confidence)
    there, back = gap_between(found), gap_between(found[::-1])
    assert there.difference == -back.difference
    assert there.difference_lower == pytest.approx(-back.difference_upper)
    if min(x) > 0:
        assert there.ratio == pytest.approx(1 / back.ratio)
        assert there.ratio_lower == pytest.approx(1 / back.ratio_upper)
        assert there.ratio_upper == pytest.approx(1 / back.ratio_lower)


@steady
@given(events)
def test_gaps_lie_between_their_limits_which_widen_with_confidence(x):
    narrow, wide = (gap_between(proportions(x, [600, 900], confidence=c)) for c in (0.9, 0.998))
    for gap in (narrow, wide):
        assert gap.difference_lower <= gap.difference <= gap.difference_upper
        if gap.ratio is not None:
            assert gap.ratio_lower <= gap.ratio
            assert gap.ratio_upper is None or gap.ratio <= gap.ratio_upper
    assert wide.difference_lower <= narrow.difference_lower
    assert wide.difference_upper >= narrow.difference_upper


@steady
@given(st.integers(1, 500))
def test_gaps_of_equal_groups_are_zero(x):
    gap = gap_between(proportions([x, x], [500, 500]))
    assert (gap.difference, gap.ratio) == (0, 1)
    assert gap.difference_lower == pytest.approx(-gap.difference_upper)
    assert gap.ratio_upper is None or gap.ratio_lower == pytest.approx(1 / gap.ratio_upper)


def test_share_known_counts_all_but_the_unknown_categories():
    found = share_known(
        {"A": 60, "B": 20, "Not stated": 15, "Missing": 5}, unknown=["Not stated", "Missing"]
    )
    assert found == ShareKnown(known=80, total=100, share=0.8)


def test_share_known_without_records_is_missing():
    assert share_known({"A": 0}, unknown=[]).share is None


@pytest.mark.parametrize("counts", [{}, {"A": None}, {"A": -1}, {"A": "*"}])
def test_share_known_refuses_hidden_and_negative_counts(counts):
    with pytest.raises(StatisticsInputError):
        share_known(counts, unknown=["B"])


def test_share_known_refuses_a_single_word_for_the_unknown():
    with pytest.raises(StatisticsInputError):
        share_known({"A": 1}, unknown="A")
