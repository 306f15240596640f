"""What a screen shows of a file before it is read: little work, whatever somebody says of it."""

import time

import pytest

from outcomes.intake.answers import MOST_TERMS, NotAnExpression, terms
from outcomes.intake.seen import MOST_CELLS, MOST_PROBLEMS, Seen, preview

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
    """40 rows of many months and 100 measures would be 200,000 figures."""
    rows = [["org", *MONTHS]] + [["RJ1", *[figure] * len(MONTHS)] for _ in range(39)]
    mapping = {
        "period": {"column": "period"},
        "organisation": {"column": "org"},
        "layout": {"header": {"row": 1}, "across": {"formats": ["month"]}},
        "measures": [
            {"measure": f"m{place}", "numerator": {"add": ["value"] * MOST_TERMS}}
            for place in range(100)
        ],
    }
    begun = time.process_time()
    found = preview(Seen("csv", "", rows), mapping)
    assert time.process_time() - begun < 2
    assert (found.refusal, len(found.cells) == MOST_CELLS) == ("", figure == "5")
    assert len(found.problems) == (0 if figure == "5" else MOST_PROBLEMS)
