"""Rules between figures: read, tried with exact numbers, put in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.rulebook import Numbers, Outcome, RuleError, read

MEASURES = {"beds": False, "stays": True, "falls": False}
NAMES = {
    ("beds", "numerator"): "beds open",
    ("stays", "numerator"): "nights slept",
    ("stays", "denominator"): "nights offered",
    ("falls", "numerator"): "falls",
}


def term(measure, part="numerator", factor=1):
    return {"measure": measure, "part": part, "factor": factor}


def figures(**numbers):
    return {
        name: Numbers(*(None if n is None else Decimal(str(n)) for n in values))
        for name, values in numbers.items()
    }


def outcome(operator, when_missing="skip", *, right=None, **numbers):
    rule = read([term("falls")], operator, right or [term("beds")], when_missing)
    return rule.judge(figures(**numbers)).outcome


@pytest.mark.parametrize(
    ("operator", "holds"), [("=", "5"), ("<=", "45"), ("<", "4"), (">=", "56"), (">", "6")]
)
def test_each_operator(operator, holds):
    for falls in "456":
        expected = Outcome.HOLDS if falls in holds else Outcome.BROKEN
        assert outcome(operator, falls=(falls,), beds=(5,)) == expected


def test_tenths_add_up_exactly():
    rule = read([term("falls", factor=0.1), term("beds", factor=0.2)], "=", [{"number": 0.3}])
    assert rule.judge(figures(falls=(1,), beds=(1,))).outcome == Outcome.HOLDS


def test_missing_figure_is_skipped_counted_as_zero_or_asked_for():
    assert outcome("<=", falls=(3,)) == Outcome.UNKNOWN
    assert outcome("<=", "zero", falls=(3,)) == Outcome.BROKEN
    assert outcome("<=", "zero", beds=(3,)) == Outcome.HOLDS
    assert outcome("<=", "ask", falls=(3,)) == Outcome.ASKED


def test_figure_whose_status_says_why_it_is_missing_is_not_asked_for_again():
    assert outcome("<=", "ask", falls=(3,), beds=(None,)) == Outcome.UNKNOWN
    assert outcome("<=", "zero", falls=(3,), beds=(None,)) == Outcome.BROKEN


def test_verdict_names_the_figures_it_looked_at():
    rule = read([term("falls")], "<=", [term("stays", "denominator"), {"number": 7}])
    verdict = rule.judge(figures(falls=(3,), stays=(2, 9)))
    assert [(t.measure, t.part, n) for t, n in verdict.looked_at] == [
        ("falls", "numerator", 3),
        ("stays", "denominator", 9),
    ]


@pytest.mark.parametrize(
    ("left", "operator", "right", "sentence"),
    [
        ([term("falls")], "<=", [term("beds")], "Falls is at most beds open"),
        ([term("stays")], "=", [{"number": 1000}], "Nights slept is equal to 1,000"),
        (
            [term("falls", factor=2), term("beds", factor=-0.5)],
            ">",
            [term("stays", "denominator"), {"number": -3}],
            "2 × falls less 0.5 × beds open is more than nights offered less 3",
        ),
    ],
)
def test_sentence(left, operator, right, sentence):
    assert read(left, operator, right).sentence(NAMES) == sentence


@pytest.mark.parametrize(
    ("left", "operator", "right", "words"),
    [
        ([], "=", [term("beds")], "left side needs"),
        ([term("beds")], "=", [], "right side needs"),
        ([term("beds")], "!=", [term("falls")], "compared"),
        ([{"number": 1}], "=", [term("beds")], "cannot read"),
        ([term("beds"), 7], "=", [term("falls")], "cannot read"),
        ([{**term("beds"), "more": 1}], "=", [term("falls")], "cannot read"),
        ([term("")], "=", [term("falls")], "Choose a measure"),
        ([term("beds", "whole")], "=", [term("falls")], "numerator or the denominator"),
        ([term("beds", factor=0)], "=", [term("falls")], "other than 0"),
        ([term("beds", factor="NaN")], "=", [term("falls")], "with digits"),
        ([term("beds", factor=True)], "=", [term("falls")], "with digits"),
        ([term("beds", factor=1e300)], "=", [term("falls")], "too large"),
        ([term("beds")], "=", [{"number": "many"}], "with digits"),
        ([term("beds")], "=", [term("beds")], "the same"),
        ([term("beds")] * 13, "=", [term("falls")], "at most 12"),
        ([term("chairs")], "=", [term("falls")], "not a measure"),
        ([term("beds", "denominator")], "=", [term("falls")], "no denominator"),
    ],
)
def test_rule_that_makes_no_sense_is_refused_with_a_sentence(left, operator, right, words):
    with pytest.raises(RuleError, match=words):
        read(left, operator, right, measures=MEASURES)


amounts = st.decimals(min_value=0, max_value=10**12, places=4)
factors = st.integers(-999, 999).filter(bool).map(lambda n: n / 100)
sides = st.lists(st.tuples(st.sampled_from(sorted(NAMES)), factors), min_size=1, max_size=4)


@given(
    left=sides,
    right=sides,
    number=factors,
    operator=st.sampled_from(["=", "<=", "<", ">=", ">"]),
    when_missing=st.sampled_from(["skip", "zero", "ask"]),
    known=st.dictionaries(st.sampled_from(sorted(MEASURES)), st.tuples(amounts, amounts)),
)
def test_rule_is_judged_as_a_naive_reading_would(
    left, right, number, operator, when_missing, known
):
    def side(terms):
        return [term(measure, part, factor) for (measure, part), factor in terms]

    def total(terms):  # in ten-thousandths of a hundredth, so that everything is a whole number
        return sum(
            round(factor * 100) * int(known[m][p == "denominator"] * 10_000)
            for (m, p), factor in terms
            if m in known
        )

    numbers = {
        slug: Numbers(numerator, denominator) for slug, (numerator, denominator) in known.items()
    }
    rule = read(side(left), operator, [*side(right), {"number": number}], when_missing)
    found = rule.judge(numbers).outcome
    if any(m not in known for (m, _), _ in left + right) and when_missing != "zero":
        assert found == (Outcome.ASKED if when_missing == "ask" else Outcome.UNKNOWN)
        return
    a, b = total(left), total(right) + round(number * 100) * 10_000
    holds = {"=": a == b, "<=": a <= b, "<": a < b, ">=": a >= b, ">": a > b}[operator]
    assert found == (Outcome.HOLDS if holds else Outcome.BROKEN)
