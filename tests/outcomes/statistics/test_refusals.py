"""Each column of each statistic is checked, and a refusal says which column it is about."""

import math

import pytest

from outcomes.statistics.gaps import gaps, share_known
from outcomes.statistics.inequality import slope_indices
from outcomes.statistics.inputs import StatisticsInputError
from outcomes.statistics.intervals import means, proportions, rates
from outcomes.statistics.quantiles import quantiles
from outcomes.statistics.standardisation import (
    directly_standardised_rates,
    indirectly_standardised_ratios,
)
from outcomes.statistics.trend import recent_trends

FIFTHS = {"quantiles": [1, 2, 3, 4, 5], "populations": [90] * 5}
SHARES = {"lower": [0.1] * 5, "upper": [0.5] * 5}
YEARS = [2019, 2020, 2021, 2022, 2023]
WAYS = {  # each with columns it takes, and its settings
    "proportions": (proportions, {"numerators": [1, 2], "denominators": [5, 6]}, {}),
    "rates": (rates, {"numerators": [1, 2], "denominators": [5, 6]}, {}),
    "means": (means, {"values": [1, 2]}, {}),
    "quantiles": (quantiles, {"values": [1, 2]}, {"nquantiles": 2}),
    "gaps": (gaps, {"values": [2, 3], "lower": [1, 2], "upper": [3, 4]}, {"reference": 0}),
    "direct": (
        directly_standardised_rates,
        {"counts": [10, 20], "populations": [90, 90], "standard_populations": [50, 50]},
        {},
    ),
    "repeats": (
        directly_standardised_rates,
        {
            "counts": [10, 20], "populations": [90, 90], "standard_populations": [50, 50],
            "event_frequencies": [1, 2],
        },
        {"age_bands": ["a", "a"], "independent_events": False},
    ),
    "indirect": (
        indirectly_standardised_ratios,
        {
            "counts": [10, 20], "populations": [90, 90],
            "reference_counts": [50, 50], "reference_populations": [900, 900],
        },
        {},
    ),
    "slope of values": (
        slope_indices, {**FIFTHS, "values": [1] * 5, "lower": [0] * 5, "upper": [2] * 5}, {}
    ),
    "slope of shares": (slope_indices, {**FIFTHS, "counts": [9] * 5, **SHARES}, {"value_type": 2}),
    "slope with errors": (
        slope_indices, {**FIFTHS, "values": [1] * 5, "standard_errors": [1] * 5}, {}
    ),
    "trend of values": (
        recent_trends,
        {"years": YEARS, "values": [2] * 5, "lower": [1] * 5, "upper": [3] * 5},
        {"value_type": "other"},
    ),
    "trend of shares": (
        recent_trends,
        {"years": YEARS, "numerators": [2] * 5, "denominators": [9] * 5},
        {"value_type": "proportion"},
    ),
    "trend of percentages": (
        recent_trends,
        {"years": YEARS, "values": [20] * 5, "denominators": [9] * 5},
        {"value_type": "proportion"},
    ),
}  # fmt: skip
COLUMNS = [(way, name) for way, (_, columns, _) in WAYS.items() for name in columns]
FIRST = {"means", "quantiles"}  # have one column, so nothing is as long as it
NEVER_MISSING = {
    ("direct", "populations"), ("direct", "standard_populations"),
    ("repeats", "event_frequencies"),
    *(("indirect", name) for name in WAYS["indirect"][1]),
    *((way, name) for way, name in COLUMNS if way.startswith("slope")),
    *((way, name) for way, name in COLUMNS if name == "years"),
}  # fmt: skip
# How the sentences name a column; the others have the name of their argument.
WORDS = {"lower": "lower limits", "upper": "upper limits"}


def words(name):
    return WORDS.get(name, name.replace("_", " "))


NOT_NEGATIVE = {
    "numerators": "zero or more", "counts": "zero or more", "denominators": "greater than zero",
    "populations": "greater than zero", "standard_populations": "zero or more",
    "event_frequencies": "zero or more", "reference_populations": "greater than zero",
    "standard_errors": "zero or more",
}  # fmt: skip
OTHERWISE = {
    ("slope of shares", "counts"): "counts must be greater than zero.",
    **dict.fromkeys(
        [("indirect", name) for name in ("counts", "populations", "reference_counts")],
        "counts and populations must be zero or more.",
    ),
    ("trend of percentages", "values"): "values must be zero or more.",
}
BELOW_ZERO = {
    c: f"{words(c[1])} must be {NOT_NEGATIVE[c[1]]}." for c in COLUMNS if c[1] in NOT_NEGATIVE
} | OTHERWISE


def refusal(way, **changes):
    function, columns, settings = WAYS[way]
    with pytest.raises(StatisticsInputError) as found:
        function(**{**columns, **changes}, **settings)
    return str(found.value)


def changed(way, name, value):
    """The column with another value in its first row."""
    return {name: [value, *WAYS[way][1][name][1:]]}


@pytest.mark.parametrize("way", WAYS)
def test_columns_as_they_are_make_sense(way):
    function, columns, settings = WAYS[way]
    assert function(**columns, **settings)


@pytest.mark.parametrize(("way", "name"), COLUMNS)
def test_what_is_not_a_number_is_refused_by_the_name_of_its_column(way, name):
    assert (
        refusal(way, **changed(way, name, []))
        == f"The {words(name)} must be numbers, and [] is not."
    )


@pytest.mark.parametrize(("way", "name"), [c for c in COLUMNS if c[0] not in FIRST])
def test_columns_of_different_lengths_are_refused(way, name):
    assert refusal(way, **{name: [*WAYS[way][1][name], 1]}).startswith("There are ")


@pytest.mark.parametrize(("way", "name"), sorted(NEVER_MISSING))
def test_missing_value_is_refused_by_the_name_of_its_column(way, name):
    assert (
        refusal(way, **changed(way, name, math.nan)) == f"None of the {words(name)} may be missing."
    )


@pytest.mark.parametrize(("way", "name"), BELOW_ZERO)
def test_negative_value_is_refused_by_the_name_of_its_column(way, name):
    assert refusal(way, **changed(way, name, -1)) == f"The {BELOW_ZERO[way, name]}"


@pytest.mark.parametrize(
    ("way", "name", "what"),
    [
        ("proportions", "multiplier", "multiplier"),
        ("rates", "multiplier", "multiplier"),
        ("direct", "multiplier", "multiplier"),
        ("indirect", "ratio_multiplier", "multiplier of the ratio"),
        ("indirect", "rate_multiplier", "multiplier of the rate"),
    ],
)
def test_multiplier_of_zero_is_refused_by_its_name(way, name, what):
    assert refusal(way, **{name: 0}) == f"The {what} must be greater than zero."
    assert refusal(way, **{name: None}) == f"The {what} is missing."


def test_share_known_refuses_by_the_name_of_its_column():
    for value, found in (
        ([], "The counts must be numbers, and [] is not."),
        (None, "None of the counts may be missing."),
        (-1, "The counts must be zero or more."),
    ):
        with pytest.raises(StatisticsInputError) as refused:
            share_known({"a": value, "b": 1}, unknown=["b"])
        assert str(refused.value) == found
