from decimal import Decimal

import pytest

from outcomes.intake.numbers import Absent, Fault, NumberRules, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("007", 7),
        (" 7 ", 7),
        ("\u00a01,234\u00a0", 1234),
        ("1,234,567", 1234567),
        ("12.5", Decimal("12.5")),
        ("999999999", 999999999),
        ("1,000.0001", Decimal("1000.0001")),
    ],
)
def test_numberrules_takes_plain_numbers(text, value):
    assert NumberRules().parse(text) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("NaN", "not a number"),
        ("inf", "not a number"),
        ("1_000", "not a number"),
        ("１２", "not a number"),
        ("١٢", "not a number"),
        ("²", "not a number"),
        ("1e5", "exponent"),
        ("1E400", "exponent"),
        ("-5", "negative"),
        ("−5", "negative"),
        ("75%", "percentage"),
        ("1,00", "commas"),
        ("1234567890", "too long"),
        ("870296.99999", "at most 4 decimals"),
        ("1.2.3", "commas or decimals"),
        ("=(B5)", "Cell B5 holds a formula"),
        ("#(AB12)", "Cell AB12 shows an error"),
        ("=SUM(A1:A9)", "formula"),
        ("#REF!", "error of the spreadsheet"),
        ("many", "not a number"),
    ],
)
def test_numberrules_says_what_is_wrong(text, message):
    found = NumberRules().parse(text)
    assert isinstance(found, Fault)
    assert message in found.message
    assert parse_number(text) == (None, found.message)


@pytest.mark.parametrize("mark", ["*", "-", "..", "c", "z", "x", ":", "NULL", "NA"])
def test_numberrules_gives_each_mark_the_meaning_of_the_profile(mark):
    rules = NumberRules({mark: "suppressed", "": "not_collected"})
    assert rules.parse(f" {mark.lower()} ") == Absent("suppressed")
    assert rules.parse("") == Absent("not_collected")
    assert isinstance(NumberRules().parse(mark), Fault)


def test_numberrules_can_mean_zero_by_a_dash_and_see_through_html():
    assert NumberRules({"-": "zero"}).parse("-") == 0
    dash = '<div class="no-data">-</div>'
    assert NumberRules({"-": "not_collected"}).parse(dash) == Absent("not_collected")


def test_numberrules_rounds_and_takes_percent_signs_only_when_told():
    assert NumberRules(rounds=True).parse("870296.99999") == Decimal("870297.0000")
    assert NumberRules(rounds=True).parse("0.00005") == Decimal("0")  # half to even
    assert NumberRules(percent=True).parse("75.5 %") == Decimal("75.5")


def test_numberrules_refuses_a_meaning_nobody_knows():
    with pytest.raises(ValueError, match="cannot mean “secret”"):
        NumberRules({"*": "secret"})
