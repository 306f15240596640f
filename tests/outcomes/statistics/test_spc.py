"""What the expected values of the package do not cover: our own choices and refusals."""

import math
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.statistics.groups import baseline_of
from outcomes.statistics.signals import Rules
from outcomes.statistics.spc import (
    Assurance,
    PointType,
    SpecialCause,
    Variation,
    XmRInput,
    XmRInputError,
    expected_range,
    xmr,
    xmr_by_facet,
    xmr_of_many,
)

STEADY = [50.0, 53, 48, 51, 47, 52, 49, 51, 50, 48, 52, 50, 49, 51, 48]


def months(count):
    return [date(2020 + i // 12, i % 12 + 1, 1) for i in range(count)]


def chart(values, **arguments):
    return xmr(values, dates=months(len(values)), **arguments)


def causes(values, **arguments):
    return [p.special_cause_type for p in chart(values, **arguments).points]


def test_xmr_orders_points_by_date():
    days = months(3)
    points = xmr([3, 1, 2], dates=[days[2], days[0], days[1]]).points
    assert [(p.date, p.value) for p in points] == list(zip(days, [1, 2, 3], strict=True))


def test_xmr_mean_and_limits_of_a_hand_worked_series():
    point = chart([10, 12, 11, 13]).points[0]
    amr = (2 + 1 + 2) / 3
    assert point.mean == 11.5
    assert point.upper_process_limit == pytest.approx(11.5 + 2.66 * amr)
    assert point.lower_near_limit == pytest.approx(11.5 - 2 * 2.66 / 3 * amr)


def test_baseline_has_a_range_for_each_value_and_counts_only_its_own():
    values = [10.0, 12.0, None, 15.0, 16.0, 99.0]
    asked = {"screen": False, "screen_to_zero": True}
    assert baseline_of(values, places=None, **asked).ranges == [None, 2, None, None, 1, 83]
    five = baseline_of(values, places=5, **asked)
    assert five.ranges == five.used == [None, 2, None, None, 1, None]
    assert five.limits.mean == 13.25


def test_xmr_says_of_each_point_beside_a_hole_where_it_lies():
    points = chart([10, 12, None, 11, 13]).points
    assert [p.relative_to_mean for p in points] == [-1, 1, None, -1, 1]
    assert [p.outside for p in points] == [False, False, None, False, False]
    assert [p.in_baseline for p in points] == [True, True, False, True, True]


def test_xmr_equal_values_lie_exactly_on_their_mean():
    for count in range(2, 60):
        for value in (0.1, 1.1, 12.3):
            assert chart([value] * count).points[0].mean == value


def test_xmr_one_point_has_a_mean_and_no_limits():
    only = chart([5], target=4)
    assert only.points[0].mean == 5
    assert only.points[0].upper_process_limit is None
    assert only.variation is Variation.COMMON_CAUSE
    assert only.assurance is Assurance.INCONSISTENT  # as the package; see docs/methods.md


def test_xmr_all_missing_is_drawn_empty():
    empty = chart([None, math.nan])
    assert [p.value for p in empty.points] == [None, None]
    assert empty.points[0].mean is None
    assert not empty.points[0].special_cause
    assert [p.value for p in chart([1.0, math.nan, 2.0]).points] == [1, None, 2]


def test_xmr_hole_in_a_rise_breaks_the_trend_instead_of_stopping():
    """The package stops with an R error here; we let such windows not count."""
    rising = [0.0, 1, 2, 3, 4, 5, None, 7, 8, 9]
    assert not {SpecialCause.TREND_UP, SpecialCause.TREND_DOWN} & set(causes(rising))
    assert SpecialCause.TREND_UP in causes([*rising, 10, 11, 12, 13], screen_outliers=False)


def test_xmr_rebase_stops_signals_at_the_new_group():
    values = [10.0, 11, 10, 11, 10, 11, 20, 21, 20, 21, 20, 21]
    before = chart(values)
    after = chart(values, rebase=[months(12)[6]])
    assert any(p.special_cause for p in before.points)
    assert [p.rebase_group for p in after.points] == [0] * 6 + [1] * 6
    assert not any(p.special_cause for p in after.points)


@pytest.mark.parametrize(
    ("direction", "target", "expected"),
    [
        ("increase", 30, Assurance.PASS),
        ("increase", 70, Assurance.FAIL),
        ("decrease", 30, Assurance.FAIL),
        ("decrease", 70, Assurance.PASS),
        ("increase", 50, Assurance.INCONSISTENT),
        ("neutral", 30, None),
        ("increase", None, None),
    ],
)
def test_xmr_assurance(direction, target, expected):
    assert chart(STEADY, improvement_direction=direction, target=target).assurance is expected


@pytest.mark.parametrize(
    ("direction", "high", "low"),
    [
        ("increase", Variation.IMPROVEMENT_HIGH, Variation.CONCERN_LOW),
        ("decrease", Variation.CONCERN_HIGH, Variation.IMPROVEMENT_LOW),
        ("neutral", Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW),
    ],
)
def test_xmr_variation_is_that_of_the_latest_point(direction, high, low):
    assert chart([*STEADY, 90], improvement_direction=direction).variation is high
    assert chart([*STEADY, 10], improvement_direction=direction).variation is low
    assert chart([*STEADY, 90, 50]).variation is Variation.COMMON_CAUSE


def test_xmr_rules_six_in_a_run():
    values = [10.0, 12, 11, 10, 12, 11, 15, 16, 15.5, 16.5, 15, 16]
    assert SpecialCause.RUN_ABOVE not in causes(values)
    assert SpecialCause.RUN_ABOVE in causes(values, rules=Rules(run_length=6))


def test_xmr_rules_points_beyond_a_limit_count_towards_two_of_three():
    values = [*STEADY, *STEADY, 60.5, 50.6, 58]
    assert causes(values)[-1] is SpecialCause.COMMON
    new_rule = causes(values, rules=Rules(two_of_three_counts_outside=True))
    assert new_rule[-3:] == [
        SpecialCause.ABOVE_LIMIT,
        SpecialCause.COMMON,
        SpecialCause.TWO_OF_THREE_ABOVE,
    ]


@pytest.mark.parametrize(
    ("values", "arguments", "words"),
    [
        ([], {}, "no values"),
        (["5"], {}, "not a number"),
        ([True], {}, "not a number"),
        ([math.inf], {}, "not a number"),
        ([1e301], {}, "not a number"),
        ([2e300, -2e300], {}, "not a number"),  # though their sum is small
        ([1], {"dates": ["2020-01-01"]}, "must be a date"),
        ([1], {"dates": []}, "equally many"),
        ([1, 2], {"dates": [date(2020, 1, 1)] * 2}, "more than one"),
        ([1, 2], {"dates": [date(2020, 1, 1), datetime(2020, 1, 2)]}, "mixed"),
        ([1], {"improvement_direction": ""}, "direction"),
        ([1], {"improvement_direction": "up"}, "direction"),
        ([1], {"target": "95"}, "target"),
        ([1], {"target": math.nan}, "target"),
        ([1], {"fix_after_n_points": 11}, "fixed"),
        ([1], {"fix_after_n_points": 12.5}, "fixed"),
        ([1], {"screen_outliers": 1}, "true or false"),
        ([1], {"rebase": "2020-01-01"}, "list of dates"),
        ([1], {"rebase": ["2020-01-01"]}, "list of dates"),
    ],
)
def test_xmr_refuses_in_plain_words(values, arguments, words):
    given = {"dates": months(len(values))} | arguments
    with pytest.raises(XmRInputError, match=words):
        xmr(values, **given)


def test_xmr_largest_values_do_not_overflow():
    assert [p.value for p in chart([int(1e300), -int(1e300)]).points] == [1e300, -1e300]
    assert math.isfinite(chart([1e300, -1e300, 1e300] * 20).points[0].upper_process_limit)


def test_xmr_by_facet_computes_each_series_alone():
    values = [*STEADY, *(2 * y for y in STEADY)]
    charts = xmr_by_facet(
        values,
        dates=months(15) * 2,
        facets=["b"] * 15 + ["a"] * 15,
        target={"b": 30},
    )
    assert list(charts) == ["a", "b"]
    assert charts["b"].points == chart(STEADY).points
    assert charts["b"].assurance is Assurance.PASS
    assert charts["a"].points == chart(values[15:]).points
    assert charts["a"].assurance is Assurance.INCONSISTENT  # as the package


def test_xmr_by_facet_has_the_defaults_and_the_settings_of_one():
    jump = [*STEADY, 90.0, *STEADY]
    for settings in ({}, {"screen_outliers": False}, {"fix_after_n_points": 12}):
        charts = xmr_by_facet(jump, dates=months(31), facets=["a"] * 31, **settings)
        assert charts["a"].points == chart(jump, **settings).points
        assert charts["a"].assurance is None


def test_xmr_by_facet_judges_no_target_where_no_direction_is_better():
    facets = {"dates": months(15), "facets": ["a"] * 15, "target": {"a": 30}}
    assert xmr_by_facet(STEADY, **facets)["a"].assurance is Assurance.PASS
    assert xmr_by_facet(STEADY, **facets, improvement_direction="neutral")["a"].assurance is None
    both = {"dates": months(15) * 2, "facets": ["a"] * 15 + ["b"] * 15, "target": {"a": 30}}
    neutral = xmr_by_facet(STEADY * 2, **both, improvement_direction="neutral")
    assert neutral["b"].assurance is None


def test_xmr_by_facet_names_what_is_unknown():
    with pytest.raises(XmRInputError) as refusal:
        xmr_by_facet([1], dates=months(1), facets=["a"], target={"z": 1, "y": 2})
    assert str(refusal.value) == "No such facet in the data: y, z."


@pytest.mark.parametrize("arguments", [{"target": {"z": 1}}, {"rebase": {"z": []}}])
def test_xmr_by_facet_refuses_unknown_names(arguments):
    with pytest.raises(XmRInputError, match="No such facet"):
        xmr_by_facet([1], dates=months(1), facets=["a"], **arguments)


def test_xmr_by_facet_refuses_uneven_columns_and_nothing():
    with pytest.raises(XmRInputError, match="equally many"):
        xmr_by_facet([1], dates=months(1), facets=[])
    with pytest.raises(XmRInputError, match="no values"):
        xmr_by_facet([], dates=[], facets=[])


def test_xmr_gaps_between_dates_are_ignored():
    start = date(2020, 1, 1)
    uneven = [start + timedelta(days=i * i + i) for i in range(15)]
    spaced, monthly = xmr(STEADY, dates=uneven), chart(STEADY)
    assert [p[1:] for p in spaced.points] == [p[1:] for p in monthly.points]
    assert spaced.points[0].point_type is PointType.COMMON


def test_xmr_trend_directions_where_two_trends_meet():
    swings = [0.0, 8.0] * 10  # wide limits, so that only trends are labelled
    peak = causes([*swings, 1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1])[21:]
    assert peak[:5] == [SpecialCause.TREND_UP] * 5
    assert peak[5] is SpecialCause.TREND_DOWN  # the shared top goes with the fall
    touching = causes([*swings, 1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7])[21:]
    assert touching[5] is SpecialCause.TREND_DOWN  # as the package: the step to the next rise
    assert touching[6] is SpecialCause.TREND_UP
    tied = causes([*swings, 1, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2, 1])[20:]
    assert tied[5] is SpecialCause.TREND_UP
    assert tied[6] is SpecialCause.TREND_DOWN  # a step of nothing counts as no rise


number = st.one_of(st.none(), st.integers(0, 4).map(float), st.floats(-1e300, 1e300))


@given(st.lists(st.lists(number, min_size=1, max_size=40), min_size=1, max_size=5), st.data())
def test_xmr_of_many_is_each_alone(many, data):
    inputs = [
        XmRInput(
            values,
            months(len(values)),
            target=data.draw(st.none() | st.floats(-5, 5)),
            rebase=data.draw(st.lists(st.sampled_from(months(40)), max_size=2)),
        )
        for values in many
    ]
    settings = {
        "improvement_direction": "decrease",
        "screen_to_zero": data.draw(st.booleans()),
        "fix_after_n_points": data.draw(st.none() | st.just(12)),
        "rules": Rules(6, 6, two_of_three_counts_outside=data.draw(st.booleans())),
    }
    for one, chart_of_it in zip(inputs, xmr_of_many(inputs, **settings), strict=True):
        values, days, target, rebase = one
        alone = xmr(values, dates=days, target=target, rebase=rebase, **settings)
        assert chart_of_it.points == alone.points
        assert chart_of_it.variation == alone.variation
        assert chart_of_it.assurance == alone.assurance


def test_xmr_of_many_has_the_defaults_of_one():
    rare = [0.0] * 14 + [1.0] + [0.0] * 15
    jump = [*STEADY, 90.0, *STEADY]
    for values in (rare, jump):
        (one,) = xmr_of_many([XmRInput(values, months(len(values)))])
        assert one.points == chart(values).points


@pytest.mark.parametrize("limit", ["lower_process_limit", "upper_process_limit"])
@pytest.mark.parametrize("direction", ["increase", "decrease"])
def test_xmr_target_on_a_limit_is_hit_or_miss(limit, direction):
    target = getattr(chart(STEADY).points[-1], limit)
    on_it = chart(STEADY, target=target, improvement_direction=direction)
    assert on_it.assurance is Assurance.INCONSISTENT


def test_xmr_of_nothing_is_nothing():
    assert xmr_of_many([]) == []


def test_xmr_of_rare_events_can_do_without_screening_that_leaves_no_width():
    rare = [0.0] * 14 + [1.0] + [0.0] * 15
    as_the_package = chart(rare)
    assert as_the_package.points[0].upper_process_limit == 1 / 30
    assert all(p.special_cause for p in as_the_package.points)
    ours = chart(rare, screen_to_zero=False)
    unusual = [p.value for p in ours.points if p.special_cause_type is SpecialCause.ABOVE_LIMIT]
    assert unusual == [1.0]
    assert ours.points[0].upper_process_limit == pytest.approx(1 / 30 + 2.66 * 2 / 29)
    assert ours.points[0].special_cause_type is SpecialCause.RUN_BELOW  # fourteen below in a row
    assert expected_range(rare) == (
        ours.points[0].mean, ours.points[0].lower_process_limit, ours.points[0].upper_process_limit
    )  # fmt: skip


def test_xmr_of_equal_values_has_no_limits_whatever_the_screening():
    assert chart([3.0] * 14, screen_to_zero=False).points[0].upper_process_limit is None
    assert expected_range([3.0] * 14) is None
