"""Sentences say what is seen, no more, in words anyone can read."""

from dataclasses import replace

import pytest

from outcomes.statistics.signals import Direction, SpecialCause
from outcomes.statistics.spc import Assurance, Variation
from outcomes.statistics.verdict import Facts, board_verdict, citizen_verdict, icon_meaning

FOUR_HOURS = Facts(
    wording="{value} of people were seen within 4 hours",
    period="October 2026",
    value=84.1,
    value_text="84.1%",
    year_ago=86.0,
    year_ago_text="86.0%",
    points=36,
    limits_defined=True,
    variation=Variation.CONCERN_LOW,
    special_cause=SpecialCause.RUN_BELOW,
    assurance=Assurance.FAIL,
    target=95,
    target_text="95%",
    direction=Direction.INCREASE,
    reported=1,
    expected=2,
)


def test_citizen_verdict_says_figure_change_target_and_who_reported():
    assert citizen_verdict(FOUR_HOURS) == (
        "In October 2026, 84.1% of people were seen within 4 hours. "
        "That is lower than a year ago (86.0%), and the latest months look unusually low, "
        "a change for the worse. The target of 95% is not being met yet. "
        "1 of 2 organisations have reported so far."
    )


def test_board_verdict_is_shorter():
    assert board_verdict(FOUR_HOURS) == (
        "October 2026: 84.1% (a year ago 86.0%). Unusual change for the worse – low "
        "(a long run below the average). "
        "Target 95%: expected to be missed unless something changes. "
        "1 of 2 organisations have reported so far."
    )


@pytest.mark.parametrize("verdict", [citizen_verdict, board_verdict])
def test_verdict_suppressed_says_so_and_nothing_else(verdict):
    facts = replace(FOUR_HOURS, value=None, suppressed=True)
    assert verdict(facts) == (
        "In October 2026 there were too few people to show without risking privacy. "
        "1 of 2 organisations have reported so far."
    )


@pytest.mark.parametrize("verdict", [citizen_verdict, board_verdict])
def test_verdict_without_data(verdict):
    assert verdict(Facts(wording="visits", period="")) == "There are no figures yet."
    assert verdict(Facts(wording="visits", period="May 2026", expected=3)) == (
        "There is no figure for May 2026 yet. No organisation has reported so far."
    )


def test_verdict_of_one_point():
    facts = Facts(wording="home visits", period="May 2026", value=10, value_text="10", points=1)
    assert citizen_verdict(facts) == (
        "In May 2026, the figure for home visits was 10. "
        "This is the first figure, so there is nothing to compare it with yet."
    )
    assert board_verdict(facts) == "May 2026: 10. Too little data for process limits."


def test_verdict_without_period_or_rule():
    assert citizen_verdict(Facts(wording="visits", period="", suppressed=True)) == (
        "There were too few people to show without risking privacy."
    )
    assert "Unusual change for the worse – low. " in board_verdict(
        replace(FOUR_HOURS, special_cause=None)
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"variation": Variation.IMPROVEMENT_HIGH, "year_ago": 80}, "higher than a year ago "
         "(86.0%), and the latest months look unusually high, a change for the better."),
        ({"variation": Variation.IMPROVEMENT_HIGH}, "lower than a year ago (86.0%), "
         "but the latest months look unusually high, a change for the better."),
        ({"variation": Variation.COMMON_CAUSE}, "lower than a year ago (86.0%), "
         "and the latest months look like the usual ups and downs."),
        ({"limits_defined": False, "points": 2}, "lower than a year ago (86.0%), and there is too "
         "little data to tell an unusual change from the usual ups and downs."),
        ({"year_ago": 84.1}, "about the same as a year ago, "
         "and the latest months look unusually low, a change for the worse."),
    ],
)  # fmt: skip
def test_citizen_verdict_compares_with_a_year_ago_and_the_usual(changes, words):
    facts = replace(FOUR_HOURS, **changes)
    assert f" That is {words} The target" in citizen_verdict(facts)


def test_verdict_with_undefined_limits_promises_nothing_about_the_target():
    facts = replace(
        FOUR_HOURS,
        limits_defined=False,
        variation=Variation.COMMON_CAUSE,
        special_cause=None,
        assurance=Assurance.INCONSISTENT,
    )
    text = citizen_verdict(facts)
    assert "too little data to tell" in text
    assert "The target of 95% was not met this time." in text
    assert "others miss it" not in text
    assert "Target 95%." in board_verdict(facts)


def test_verdict_without_target_or_year_ago():
    facts = replace(FOUR_HOURS, target=None, assurance=None, year_ago=None, reported=2)
    assert citizen_verdict(facts) == (
        "In October 2026, 84.1% of people were seen within 4 hours. "
        "The latest months look unusually low, a change for the worse."
    )
    assert "arget" not in board_verdict(facts)


@pytest.mark.parametrize(
    ("assurance", "value", "words"),
    [
        (Assurance.PASS, 96, "is being met."),
        (Assurance.PASS, 94, "is usually met, but was not met this time."),
        (Assurance.FAIL, 96, "was met this time, but is usually missed."),
        (Assurance.FAIL, 95, "was met this time, but is usually missed."),
        (Assurance.FAIL, 94, "is not being met yet."),
        (Assurance.INCONSISTENT, 96, "was met this time, but some months meet it"),
    ],
)
def test_citizen_verdict_target(assurance, value, words):
    facts = replace(FOUR_HOURS, assurance=assurance, value=value)
    assert f"The target of 95% {words}" in citizen_verdict(facts)


@pytest.mark.parametrize(
    ("value", "words"),
    [(95, "is being met."), (95.5, "is usually met, but was not met this time.")],
)
def test_citizen_verdict_target_where_lower_is_better(value, words):
    facts = replace(FOUR_HOURS, direction=Direction.DECREASE, assurance=Assurance.PASS, value=value)
    assert f"The target of 95% {words}" in citizen_verdict(facts)


def test_citizen_verdict_neutral_direction_does_not_judge():
    facts = replace(
        FOUR_HOURS,
        direction=Direction.NEUTRAL,
        variation=Variation.NEUTRAL_LOW,
        assurance=None,
    )
    text = citizen_verdict(facts)
    assert "The target is 95%." in text
    assert "better" not in text
    assert "worse" not in text


def test_citizen_verdict_says_but_where_the_year_and_the_signal_disagree():
    facts = replace(FOUR_HOURS, year_ago=80.0, year_ago_text="80.0%")
    assert "higher than a year ago (80.0%), but the latest months look" in citizen_verdict(facts)


def test_citizen_verdict_trend_does_not_claim_a_level():
    facts = replace(FOUR_HOURS, special_cause=SpecialCause.TREND_DOWN)
    text = citizen_verdict(facts)
    assert "the latest months have kept going down" in text
    assert "unusually" not in text


def test_citizen_verdict_same_as_shown_a_year_ago():
    facts = replace(FOUR_HOURS, year_ago=84.12, year_ago_text="84.1%", periods="quarters")
    assert "about the same as a year ago, and the latest quarters" in citizen_verdict(facts)


def test_verdict_provisional():
    assert citizen_verdict(replace(FOUR_HOURS, provisional=True)) == (
        "In October 2026, 84.1% of people were seen within 4 hours. "
        "It is too early to compare it with other figures. "
        "1 of 2 organisations have reported so far. "
        "These figures are provisional and may change."
    )
    assert board_verdict(replace(FOUR_HOURS, provisional=True)).startswith(
        "October 2026: 84.1%. Too early to compare. Target 95%."
    )


@pytest.mark.parametrize("variation", Variation)
@pytest.mark.parametrize("verdict", [citizen_verdict, board_verdict])
def test_verdict_never_gives_a_cause(verdict, variation):
    text = verdict(replace(FOUR_HOURS, variation=variation)).lower()
    assert not any(word in text for word in ("because", "due to", "thanks", "caused", "led to"))


@pytest.mark.parametrize("icon", [*Variation, *Assurance])
def test_icon_meaning_names_every_icon_once(icon):
    assert [i for i in [*Variation, *Assurance] if icon_meaning(i) == icon_meaning(icon)] == [icon]
