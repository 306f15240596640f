"""Run one expected-value vector of the original R code against our XmR charts."""

import math
from datetime import date
from typing import Any

from outcomes.statistics.spc import XmRChart, XmRInputError, xmr, xmr_by_facet

FIELDS = {
    "mean": "mean",
    "mr": "moving_range",
    "mr_used": "moving_range_used",
    "amr": "average_moving_range",
    "lpl": "lower_process_limit",
    "upl": "upper_process_limit",
    "nlpl": "lower_near_limit",
    "nupl": "upper_near_limit",
    "y": "value",
    "rebase_group": "rebase_group",
    "in_baseline": "in_baseline",
    "relative_to_mean": "relative_to_mean",
    "outside_limits": "outside",
    "close_to_limits": "close",
    "special_cause_type": "special_cause_type",
    "special_cause": "special_cause",
    "point_type": "point_type",
    "short_group_warning": "short_group",
}


def charts_for(inputs: dict[str, Any]) -> dict[str | None, XmRChart]:
    """Return the charts by facet name (None where there is no facet)."""
    settings = {
        name: inputs[name]
        for name in ("improvement_direction", "target", "fix_after_n_points", "screen_outliers")
    }
    settings["rebase"] = _dates(inputs["rebase"])
    settings["dates"] = _dates(inputs["x"])
    if inputs.get("facet_field"):
        raise XmRInputError("The column does not exist.")  # we take arrays, not columns
    if inputs["facet"]:
        charts = xmr_by_facet(inputs["y"], facets=inputs["facet"], **settings)
        return dict(charts)
    return {None: xmr(inputs["y"], **settings)}


def assert_agrees(vector: dict[str, Any]) -> None:
    """Fail where a chart differs from the vector: numbers to 1e-9, everything else exactly."""
    charts = charts_for(vector["inputs"])
    expected = vector["expected"]
    points = [p for chart in charts.values() for p in chart.points]
    assert [p.date.isoformat() for p in points] == expected["points"]["x"]
    for theirs, ours in FIELDS.items():
        for i, (point, wanted) in enumerate(zip(points, expected["points"][theirs], strict=True)):
            assert _same(getattr(point, ours), wanted), (theirs, i, getattr(point, ours), wanted)
    icons = [(c.variation.value, c.assurance and c.assurance.value) for c in charts.values()]
    assert icons == [
        (o["variation_icon"].removesuffix(".svg"), o["assurance_type"]) for o in expected["overall"]
    ]
    assert [c.points[-1].point_type for c in charts.values()] == [
        o["variation_type"] for o in expected["overall"]
    ]


def _dates(values: Any) -> Any:
    if isinstance(values, dict):
        return {name: _dates(days) for name, days in values.items()}
    return [date.fromisoformat(day) for day in values or ()]


def _same(ours: object, wanted: object) -> bool:
    if isinstance(wanted, float) and isinstance(ours, float):
        return math.isclose(ours, wanted, rel_tol=1e-9, abs_tol=1e-12)
    return ours == wanted
