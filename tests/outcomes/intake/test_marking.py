"""The marked copy of a file goes to people who open it in a spreadsheet."""

import csv

import pytest

from outcomes.intake.marking import mark
from outcomes.intake.readers import open_source

EVIL = '=cmd|" /C calc"!A1'


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_nothing_in_a_marked_text_runs_as_a_formula(tmp_path, delimiter):
    """Neither a heading, nor a cell, nor what follows a comma in one, nor what is said of them."""
    path, target = tmp_path / "sent.csv", tmp_path / "marked.csv"
    with path.open("w", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([["when", EVIL], ["x", f"well,{EVIL}"]])
    source = open_source(path)
    assert mark(source, source.sheets[0].name, 1, {2: f"{EVIL}: not a number"}, target) == ".csv"
    with target.open(newline="", encoding="utf-8-sig") as file:
        header, row = csv.reader(file)  # split at commas, as a spreadsheet does
    assert header == ["when", f"'{EVIL}", "What is wrong"]
    assert row == ["x", f"well,{EVIL}", f"'{EVIL}: not a number"]
