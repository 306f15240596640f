"""What a screen shows of a file before it is read: little work, whatever somebody says of it."""

import sys

import pytest

from outcomes.intake.answers import MOST_TERMS, NotAnExpression, terms
from outcomes.intake.seen import MOST_CELLS, MOST_PROBLEMS, MOST_ROWS, Seen, preview

MEASURES = 10
MONTHS = [f"{month} {year}" for year in range(2010, 2027) for month in ("April", "May", "June")]


def test_terms_are_letters_with_their_signs():
    assert terms("+ E − F+ab") == [("+", "E"), ("-", "F"), ("+", "AB")]
    assert len(terms("+A" * MOST_TERMS)) == MOST_TERMS


@pytest.mark.parametrize("text", ["E", "+ E F", "+", "+1", "+A" * (MOST_TERMS + 1)])
def test_what_is_no_list_of_terms_is_refused(text):
    with pytest.raises(NotAnExpression):
        terms(text)


@pytest.mark.parametrize("figure", ["5", "many"], ids=["good", "bad"])
def test_preview_of_a_monstrous_layout_costs_little(figure):
    """39 rows of 51 months would be 1,989 rows, of which 400 are read. Steps are counted, not
    seconds: some for each term of each measure and row."""
    rows = [["org", *MONTHS]] + [["RJ1", *[figure] * len(MONTHS)] for _ in range(39)]
    mapping = {
        "period": {"column": "period"},
        "organisation": {"column": "org"},
        "layout": {"header": {"row": 1}, "across": {"formats": ["month"]}},
        "measures": [
            {"measure": f"m{place}", "numerator": {"add": ["value"] * MOST_TERMS}}
            for place in range(MEASURES)
        ],
    }
    steps = 0

    def count(frame, event, argument):
        nonlocal steps
        steps += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        found = preview(Seen("csv", "", rows), mapping)
    finally:
        sys.setprofile(before)
    assert 0 < steps < 8 * MOST_ROWS * MEASURES * MOST_TERMS
    assert (found.refusal, len(found.cells) == MOST_CELLS) == ("", figure == "5")
    assert len(found.problems) == (0 if figure == "5" else MOST_PROBLEMS)
