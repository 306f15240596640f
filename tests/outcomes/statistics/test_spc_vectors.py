"""XmR charts agree with values that the original R code gave."""

import json
from pathlib import Path
from typing import Any

import pytest

from outcomes.statistics.spc import XmRInputError
from tests.outcomes.statistics.spc_vectors import assert_agrees, charts_for

ROOT = Path(__file__).resolve().parents[3]
SELECTION = ROOT / "tests" / "vectors" / "spc_vectors.json"
SHARED = ROOT.parent / "shared" / "statistics" / "spc_vectors_open.json"
VALIDATION = "validation"


def _read(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"))["vectors"]


@pytest.mark.parametrize("vector", _read(SELECTION), ids=lambda v: v["id"])
def test_xmr_agrees_with_selected_vector(vector):
    _check(vector)


@pytest.mark.shared
def test_xmr_agrees_with_every_open_vector():
    if not SHARED.exists():
        pytest.skip("The full set of expected values (../shared/statistics) is not beside us.")
    vectors = _read(SHARED)
    failures = {}
    for vector in vectors:
        try:
            _check(vector)
        except (AssertionError, XmRInputError) as error:
            failures[vector["id"]] = str(error)[:200]
    assert len(vectors) > 200
    assert failures == {}


def _check(vector: dict[str, Any]) -> None:
    """Numbers agree, refusals are refused; where the original fell over we refuse or go on."""
    expected = vector["expected"]
    if not expected["error"]:
        assert_agrees(vector)
    elif expected["error_kind"] == VALIDATION or not vector["inputs"]["x"]:
        with pytest.raises(XmRInputError):
            charts_for(vector["inputs"])
    else:
        # Known difference: holes beside a rise stop the original; here they do not count.
        assert "missing value" in expected["error"]
        charts = charts_for(vector["inputs"])
        assert sum(len(c.points) for c in charts.values()) == len(vector["inputs"]["x"])
