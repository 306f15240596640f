"""Indicator statistics agree with values that the original R code gave."""

import copy
from pathlib import Path

import pytest

from tests.outcomes.statistics.indicator_vectors import disagreements, main, read

ROOT = Path(__file__).resolve().parents[3]
SELECTION = ROOT / "tests" / "vectors" / "indicator_vectors.json"
OPEN = "statistics/indicator_vectors_open.json"


@pytest.mark.parametrize("vector", read(SELECTION), ids=lambda v: f"{v['id']} {v['note']}")
def test_indicator_agrees_with_selected_vector(vector):
    assert disagreements(vector) == []


@pytest.mark.shared
def test_indicators_agree_with_every_open_vector(shared):
    vectors = read(shared / OPEN)
    assert len(vectors) > 250
    failures = {v["id"]: found for v in vectors if (found := disagreements(v))}
    assert failures == {}


@pytest.mark.shared
def test_selection_holds_every_kind_of_vector(shared):
    def kinds(vectors):
        return {(v["function"], tuple(v["original_quirk"])) for v in vectors}

    assert kinds(read(SELECTION)) == kinds(read(shared / OPEN))


def test_disagreements_notice_a_number_that_is_a_little_off():
    for vector in read(SELECTION):
        quirks, rows = vector["original_quirk"], vector["expected"].get("rows")
        for name in ("value", "uppercl", "sii", "quantile", "stdev"):
            if (
                name in vector["data"]
                or quirks
                or not rows
                or not isinstance(rows[0].get(name), (int, float))
            ):
                continue
            wrong = copy.deepcopy(vector)
            wrong["expected"]["rows"][0][name] *= 1 + 3e-9
            wrong["expected"]["rows"][0][name] += 2e-12
            assert disagreements(wrong), (vector["id"], name)


def test_disagreements_notice_a_refusal_that_did_not_come():
    vector = next(v for v in read(SELECTION) if not v["expected"]["error"])
    wanted = {**vector["expected"], "error": "no", "error_kind": "validation"}
    assert disagreements({**vector, "expected": wanted}) == ["not refused"]


def test_main_counts_the_vectors_of_a_file(capsys):
    assert main(str(SELECTION)) == 0
    count = len(read(SELECTION))
    assert capsys.readouterr().out == f"{count} of {count} vectors agree.\n"
