"""What pages say of the most and the least deprived, and when they say nothing."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from outcomes.aggregation import WHOLE, Part
from outcomes.inequalities import inequalities
from outcomes.models import Category, Measure
from outcomes.series import Cell

pytestmark = pytest.mark.django_db

YEAR = date(2023, 4, 1)


def cell(people: int, out_of: int = 1000) -> Cell:
    return Cell(Fraction(people), Fraction(out_of))


def said(*people: int, kind: str = "proportion", **changes) -> dict[str, str]:
    """What is said of five groups, the most deprived first; `changes` are to the third."""
    table = {WHOLE: {YEAR: cell(sum(people), 1000 * len(people))}}
    for order, number in enumerate(people, start=1):
        group = Category.objects.create(
            scheme="deprivation", slug=f"fifth-{order}", name=f"Fifth {order}", order=order
        )
        known = replace(cell(number), **changes) if order == 3 else cell(number)
        table[Part(category=group.pk)] = {YEAR: known}
    measure = Measure(
        kind=kind, multiplier=100, unit="%", decimals=1, denominator_label="people seen"
    )
    found = inequalities(measure, table)
    return {row["key"]: row["value"] for row in found[0]["rows"]} if found else {}


def test_more_where_people_are_most_deprived_is_a_falling_line():
    assert said(300, 250, 220, 180, 150) == {
        "Gap": (
            "15.0 percentage points higher in the fifth 1 (30.0%) than in the fifth 5 (15.0%). "
            "95% interval: 11.4 to 18.6."
        ),
        "Relative gap": "2.00 times as high for the most deprived. 95% interval: 1.68 to 2.38.",
        "Slope index of inequality": (
            "−18.5 percentage points: a line through all groups falls by so much from the most to "
            "the least deprived. 95% interval: −22.5 to −14.5."
        ),
    }


def test_difference_that_may_be_chance_is_called_so():
    assert "so it may be chance" in said(200, 205, 198, 202, 210)["Gap"]


def test_rates_have_gaps_too():
    assert said(30, 25, 22, 18, 15, kind="rate")["Slope index of inequality"].startswith("−1.8")


@pytest.mark.parametrize(
    "change", [{"numerator": None, "suppressed": True}, {"reported": 1, "expected": 2}]
)
def test_nothing_is_said_while_a_group_is_hidden_or_provisional(change):
    assert said(300, 250, 220, 180, 150, **change) == {}


def test_counts_have_no_gap():
    assert said(300, 250, 220, 180, 150, kind="count") == {}
