"""The latest state of a series in words and numbers, worked out once, when the series is built."""

from collections.abc import Sequence

from outcomes.plain_charts import MOST_POINTS
from outcomes.series import Definition, Point, Summary, number_text, with_unit, year_ago
from outcomes.statistics.signals import Direction
from outcomes.statistics.spc import Assurance, Variation, XmRChart
from outcomes.statistics.verdict import Facts, board_verdict, citizen_verdict, icon_meaning

PERIODS = {"month": "months", "quarter": "quarters", "year": "years"}
ICONS = {
    Assurance.PASS: "pass",
    Assurance.FAIL: "fail",
    Assurance.INCONSISTENT: "inconsistent",
}


def build_summary(points: Sequence[Point], chart: XmRChart, definition: Definition) -> Summary:
    """The summary of a series that has at least one point."""
    last, known = points[-1], [point for point in points if point["status"] == "value"]
    facts = _facts(points, chart, definition)
    shown = facts.value is not None
    compared = shown and not facts.provisional
    assurance = chart.assurance if compared and facts.limits_defined else None
    return {
        "status": last["status"],
        "period": last["period"],
        "period_label": last["label"],
        "value": last["value"],
        "text": with_unit(last["text"], definition.unit),
        "year_ago_text": facts.year_ago_text,
        "year_total_text": last["year_total_text"],
        "target": definition.target,
        "target_text": facts.target_text,
        "target_met": _target_met(last["value"], definition) if compared else None,
        "variation": str(chart.variation) if compared else "",
        "variation_meaning": icon_meaning(chart.variation) if compared else "",
        "assurance": ICONS[assurance] if assurance else "",
        "assurance_meaning": icon_meaning(assurance) if assurance else "",
        "sentence": citizen_verdict(facts),
        "board_sentence": board_verdict(facts),
        "chart_text": _chart_text(points, known, definition),
        "reported": last["reported"],
        "expected": last["expected"],
        "provisional": facts.provisional,
        "points": len(known),
        "short": chart.points[-1].short_group,
        "inequalities": [],
    }


def _facts(points: Sequence[Point], chart: XmRChart, definition: Definition) -> Facts:
    last, before, facts = points[-1], year_ago(points, definition.frequency), chart.points[-1]
    target_text = (
        with_unit(_target_number(definition), definition.unit)
        if definition.target is not None
        else ""
    )
    return Facts(
        wording=f"{{value}} {definition.subject}",
        period=last["label"],
        value=last["value"],
        value_text=with_unit(last["text"], definition.unit),
        year_ago=before["value"] if before else None,
        year_ago_text=with_unit(before["text"], definition.unit)
        if before and before["value"] is not None
        else "",
        suppressed=last["status"] == "suppressed",
        points=sum(point["value"] is not None for point in points),
        limits_defined=facts.lower_process_limit is not None,
        variation=Variation(chart.variation),
        special_cause=facts.special_cause_type,
        assurance=chart.assurance,
        target=definition.target,
        target_text=target_text,
        direction=Direction(definition.direction),
        reported=last["reported"],
        expected=last["expected"],
        provisional=last["reported"] < last["expected"],
        periods=PERIODS[definition.frequency],
    )


def _target_number(definition: Definition) -> str:
    target = definition.target or 0.0
    return number_text(target, 0 if target.is_integer() else max(1, definition.decimals))


def _target_met(value: float | None, definition: Definition) -> bool | None:
    if value is None or definition.target is None or definition.direction == Direction.NEUTRAL:
        return None
    if definition.direction == Direction.INCREASE:
        return value >= definition.target
    return value <= definition.target


def _chart_text(points: Sequence[Point], known: Sequence[Point], definition: Definition) -> str:
    """What the chart shows, for people who cannot see it."""
    if not known:
        return f"A chart without values: {points[0]['label']} to {points[-1]['label']}."
    drawn = [point for point in points[-MOST_POINTS:] if point["status"] == "value"] or known[-1:]
    low, high = (f(drawn, key=lambda p: p["value"] or 0.0) for f in (min, max))
    last = points[-1]
    texts = [
        f"A line chart of {len(drawn)} values from {drawn[0]['label']} to {drawn[-1]['label']}.",
        f"The lowest is {with_unit(low['text'], definition.unit)} ({low['label']}), "
        f"the highest {with_unit(high['text'], definition.unit)} ({high['label']}).",
    ]
    if last["mean_text"]:
        texts.append(f"The average is now {with_unit(last['mean_text'], definition.unit)}")
        texts[-1] += (
            f" and most values are expected between {last['lower_text']} and {last['upper_text']}."
            if last["lower_text"]
            else "."
        )
    return " ".join(texts)
