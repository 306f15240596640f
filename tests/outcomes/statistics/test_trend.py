"""Recent trends: textbook formulas, our own choices, and what must hold for all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.statistics.inputs import StatisticsInputError
from outcomes.statistics.trend import CRITICAL, Direction, Reason, RecentTrend, recent_trends

YEARS = [2020, 2021, 2022, 2023, 2024]
steady = settings(derandomize=True, deadline=None, max_examples=100)
five_counts = st.lists(st.integers(1, 999), min_size=5, max_size=5)
five_values = st.lists(st.integers(-50, 50), min_size=5, max_size=5)


def of_counts(counts, total=1000, years=YEARS, **arguments):
    """The trend of one series of counts out of a total."""
    (found,) = recent_trends(
        years,
        value_type="proportion",
        numerators=counts,
        denominators=[total] * len(counts),
        **arguments,
    )
    return found


def of_values(values, half_width=3, years=YEARS):
    """The trend of one series of values with intervals of one width."""
    (found,) = recent_trends(
        years,
        values,
        value_type="other",
        lower=[None if v is None else v - half_width for v in values],
        upper=[None if v is None else v + half_width for v in values],
    )
    return found


def test_critical_value_is_the_published_one():
    assert pytest.approx(9.54953570608324, rel=1e-12) == CRITICAL


def test_recent_trend_of_proportions_is_the_textbooks_chi_squared():
    c, d, t = [100, 130, 120, 160, 170], [1000, 1100, 900, 1000, 950], [0, 1, 2, 3, 4]
    whole, people = sum(c), sum(d)
    ct = sum(a * b for a, b in zip(c, t, strict=True))
    dt = sum(a * b for a, b in zip(d, t, strict=True))
    dtt = sum(a * b * b for a, b in zip(d, t, strict=True))
    wanted = people * (people * ct - whole * dt) ** 2
    wanted /= whole * (people - whole) * (people * dtt - dt**2)
    (found,) = recent_trends(YEARS, value_type="proportion", numerators=c, denominators=d)
    assert found.chi_squared == pytest.approx(wanted, rel=1e-12)
    assert found.direction is Direction.INCREASING


def test_recent_trend_of_equal_intervals_is_the_plain_slope():
    found = of_values([100, 104, 108, 113, 118])
    assert found.slope == pytest.approx(4.5, rel=1e-12)
    assert found.chi_squared == pytest.approx(4.5**2 * 10 / (3 / 1.959963984540054) ** 2)


def test_recent_trend_looks_at_the_last_five_years_only():
    late = of_counts([900, 1, 100, 200, 300, 400, 500], years=range(2018, 2025))
    assert late == of_counts([100, 200, 300, 400, 500])


def test_recent_trend_sorts_the_years():
    assert of_counts([500, 400, 300, 200, 100], years=YEARS[::-1]) == of_counts(
        [100, 200, 300, 400, 500]
    )


def test_recent_trend_of_one_point_alone_is_none():
    found = of_counts([100, 100, 100, 100, 300])
    assert found.chi_squared > CRITICAL
    assert (found.direction, found.reason) == (Direction.NO_CHANGE, Reason.OUTLIER)


def test_recent_trend_derives_a_part_from_the_percentage():
    counts, shares = [100, 200, 300, 400, 500], [10, 20, 30, 40, 50]
    whole = of_counts(counts)
    for parts in ({"numerators": counts}, {"denominators": [1000] * 5}):
        (found,) = recent_trends(YEARS, shares, value_type="proportion", **parts)
        assert found.chi_squared == pytest.approx(whole.chi_squared)
        assert found.direction is whole.direction


@pytest.mark.parametrize(
    ("shares", "parts"),
    [
        ([10, 20, None, 40, 50], {"numerators": [100, 200, 300, 400, 500]}),
        ([10, 20, 0, 40, 50], {"numerators": [100, 200, 300, 400, 500]}),
        ([10, 20, 30, 40, 50], {"numerators": [100, 200, None, 400, 500]}),
        ([10, 20, None, 40, 50], {"denominators": [1000] * 5}),
        ([10, 20, 30, 40, 50], {"denominators": [1000, 1000, None, 1000, 1000]}),
    ],
)
def test_recent_trend_without_a_part_of_a_percentage_cannot_be_calculated(shares, parts):
    (found,) = recent_trends(YEARS, shares, value_type="proportion", **parts)
    assert found.reason is Reason.MISSING_VALUE


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (lambda: of_counts([1, 2, 3, 4], years=YEARS[1:]), Reason.TOO_FEW),
        (lambda: of_counts([1], years=[2024]), Reason.TOO_FEW),
        (lambda: of_counts([1, 2, None, 4, 5]), Reason.MISSING_VALUE),
        (lambda: of_counts([1, 2, 0, 4, 5]), Reason.ALL_OR_NONE),
        (lambda: of_counts([1, 2, 1000, 4, 5]), Reason.ALL_OR_NONE),
        (lambda: of_values([1, 2, None, 4, 5]), Reason.MISSING_VALUE),
        (lambda: of_values([1, 2, 3, 4, 5], half_width=0), Reason.NO_WIDTH),
    ],
)
def test_recent_trend_says_why_it_cannot_be_calculated(found, reason):
    assert found() == RecentTrend(None, Direction.UNKNOWN, reason)


def test_recent_trend_without_a_limit_cannot_be_calculated():
    (found,) = recent_trends(
        YEARS, [1, 2, 3, 4, 5], value_type="other", lower=[0, 1, None, 3, 4], upper=[2, 3, 4, 5, 6]
    )
    assert found.reason is Reason.MISSING_LIMIT


def test_recent_trends_of_groups_go_on_where_one_repeats_a_year():
    found = recent_trends(
        [*YEARS, *YEARS[:4], 2023],
        value_type="proportion",
        numerators=[100, 200, 300, 400, 500] * 2,
        denominators=[1000] * 10,
        groups=["A"] * 5 + ["B"] * 5,
    )
    assert [(trend.group, trend.reason) for trend in found] == [
        ("A", Reason.SIGNIFICANT),
        ("B", Reason.DUPLICATE_YEARS),
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        {"value_type": "dsr"},
        {"value_type": "proportion"},
        {"value_type": "proportion", "numerators": [1] * 5},
        {"value_type": "proportion", "numerators": [2] * 5, "denominators": [1] * 5},
        {"value_type": "proportion", "numerators": [-1] * 5, "denominators": [1] * 5},
        {"value_type": "proportion", "numerators": [0] * 5, "denominators": [0] * 5},
        {"value_type": "proportion", "numerators": [1] * 4, "denominators": [2] * 5},
        {"value_type": "other", "values": [1] * 5},
        {"value_type": "other", "values": [1] * 5, "lower": [0] * 5},
        {"value_type": "other", "values": [1] * 5, "lower": [2] * 5, "upper": [0] * 5},
        {"value_type": "other", "values": [1] * 5, "lower": [0] * 5, "upper": [2] * 5}
        | {"confidence": (0.95, 0.998)},
        {"value_type": "other", "values": [1] * 5, "lower": [0] * 5, "upper": [2] * 5}
        | {"confidence": 1},
    ],
)
def test_recent_trends_refuse_what_makes_no_sense(arguments):
    with pytest.raises(StatisticsInputError):
        recent_trends(YEARS, **arguments)


@pytest.mark.parametrize("lacking", ["values", "lower", "upper"])
def test_recent_trends_say_which_columns_they_need(lacking):
    columns = {"values": [1] * 5, "lower": [0] * 5, "upper": [2] * 5} | {lacking: None}
    with pytest.raises(StatisticsInputError, match=r"^A trend needs values with their lower"):
        recent_trends(YEARS, value_type="other", **columns)
    needs = "^A trend of proportions needs two of numerators, denominators and percentages."
    with pytest.raises(StatisticsInputError, match=needs):
        recent_trends(YEARS, value_type="proportion", numerators=[1] * 5)


def test_recent_trend_refuses_a_repeated_year():
    with pytest.raises(StatisticsInputError, match="more than one row for the same year"):
        of_counts([1, 2, 3, 4, 5], years=[2020, 2020, 2022, 2023, 2024])


OPPOSITE = {
    Direction.INCREASING: Direction.DECREASING,
    Direction.DECREASING: Direction.INCREASING,
    Direction.NO_CHANGE: Direction.NO_CHANGE,
}


def assert_opposite(there, back):
    assert back.direction is OPPOSITE[there.direction]
    assert back.chi_squared == pytest.approx(there.chi_squared, rel=1e-9)
    assert back.slope == pytest.approx(-there.slope, rel=1e-9, abs=1e-12)


@steady
@given(five_counts)
def test_recent_trend_of_the_reversed_counts_is_the_opposite(counts):
    assert_opposite(of_counts(counts), of_counts(counts[::-1]))


@steady
@given(five_counts)
def test_recent_trend_of_the_others_is_the_opposite(counts):
    assert_opposite(of_counts(counts), of_counts([1000 - count for count in counts]))


@steady
@given(five_values, st.integers(1, 20))
def test_recent_trend_of_the_reversed_values_is_the_opposite(values, half_width):
    assert_opposite(of_values(values, half_width), of_values(values[::-1], half_width))


@steady
@given(five_values, st.integers(-2000, 2000))
def test_recent_trend_does_not_depend_on_where_years_are_counted_from(values, shift):
    moved = of_values(values, years=[year + shift for year in YEARS])
    assert moved == of_values(values)


@pytest.mark.parametrize("value", [0, 7])
def test_recent_trend_of_equal_values_is_flat(value):
    found = of_values([value] * 5)
    assert (found.slope, found.chi_squared, found.reason) == (0, 0, Reason.NOT_SIGNIFICANT)
