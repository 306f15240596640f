"""What a report shows, frozen when it is made, so that a published report never changes.

Everything comes from the public edition of the series: a board paper is open to everybody as soon
as it is published, so it may hold nothing that the public pages hide.
"""

from datetime import date, timedelta
from typing import TypedDict

from django.conf import settings
from django.utils import timezone

from design_system.templatetags.nhs import moment
from outcomes.models import Measure, Series
from outcomes.periods import label, last_day, latest_ended
from outcomes.series import Point, Status, Summary
from reports.models import ReportSchedule

POINTS_SHOWN = 13  # a year and the same month of the year before

RULE = (
    "This report shows the latest figures that were published when it was made. "
    "Each measure says which period its figures are from."
)


class ReportedPoint(TypedDict):
    label: str
    text: str
    status: Status
    signal: str


class ReportedMeasure(TypedDict):
    name: str
    description: str
    source: str
    group: str
    sentence: str
    status: str
    value: str
    period: str
    late: str  # says so when the report's own period is not published yet
    target: str
    target_met: bool | None
    variation: str
    variation_meaning: str
    assurance: str
    assurance_meaning: str
    completeness: str
    column: str
    points: list[ReportedPoint]
    chart: str
    chart_narrow: str
    chart_text: str


class Group(TypedDict):
    slug: str
    heading: str
    introduction: str


class Figures(TypedDict):
    title: str
    partnership: str
    period: str
    edition: int
    demonstration: bool
    software_version: str
    made_at: str
    made_on: str
    summary: str
    rule: str
    groups: list[Group]
    measures: list[ReportedMeasure]
    without_figures: list[str]


GROUPS: tuple[Group, ...] = (
    {
        "slug": "worse",
        "heading": "Getting worse",
        "introduction": "The latest figures show a change for the worse that is unlikely to be "
        "chance alone.",
    },
    {
        "slug": "missed",
        "heading": "Missing the target",
        "introduction": "There is no clear change for the worse, but the latest figure does not "
        "meet its target.",
    },
    {
        "slug": "other",
        "heading": "Other measures",
        "introduction": "There is no clear change for the worse, and no missed target.",
    },
)
GROUP_ORDER = {group["slug"]: position for position, group in enumerate(GROUPS)}


def collect(schedule: ReportSchedule, period: date, *, edition: int = 1) -> Figures:
    """Everything the report shows, ready for JSON; what needs attention comes first."""
    measures = Measure.objects.in_use()  # also those a predecessor began: they outlive it
    found = [each for each in _series_of_the_whole() if each.summary["status"] != "empty"]
    report_ends = last_day(period, schedule.frequency)
    reported = [_reported(series, report_ends) for series in found]
    reported.sort(key=lambda measure: GROUP_ORDER[measure["group"]])  # keeps the order within
    shown = {series.measure_id for series in found}
    without = [measure.name for measure in measures if measure.pk not in shown]
    now = timezone.localtime()
    return {
        "title": schedule.name,
        "partnership": schedule.partnership.name,
        "period": label(period, schedule.frequency),
        "edition": edition,
        "demonstration": schedule.partnership.is_demonstration,
        "software_version": settings.SOFTWARE_VERSION,
        "made_at": now.isoformat(),
        "made_on": moment(now),
        "summary": _summary(reported, without),
        "rule": RULE,
        "groups": [g for g in GROUPS if any(m["group"] == g["slug"] for m in reported)],
        "measures": reported,
        "without_figures": without,
    }


def _series_of_the_whole() -> list[Series]:
    """The public series of the whole partnership of each measure in use, in the measures' order."""
    return list(
        Series.objects.public()
        .whole()
        .filter(measure__in=Measure.objects.in_use())
        .select_related("measure")
        .defer("sparkline")
        .order_by("measure__order", "measure__name")
    )


def _reported(series: Series, report_ends: date) -> ReportedMeasure:
    measure, summary = series.measure, series.summary
    return {
        "name": measure.name,
        "description": measure.description,
        "source": measure.source,
        "group": _group(summary),
        "sentence": summary["board_sentence"],
        "status": summary["status"],
        "value": summary["text"],
        "period": summary["period_label"],
        "late": _late(measure, summary, report_ends),
        "target": summary["target_text"],
        "target_met": summary["target_met"],
        "variation": summary["variation"],
        "variation_meaning": summary["variation_meaning"],
        "assurance": summary["assurance"],
        "assurance_meaning": summary["assurance_meaning"],
        "completeness": _completeness(summary),
        "column": f"Figure ({measure.unit})" if measure.unit else "Figure",
        "points": [_point(point) for point in series.points[-POINTS_SHOWN:]],
        "chart": series.chart_wide,
        "chart_narrow": series.chart_narrow,
        "chart_text": summary["chart_text"] or f"Chart of {measure.name}.",
    }


def _group(summary: Summary) -> str:
    if summary["variation"].startswith("concern"):
        return "worse"
    return "missed" if summary["target_met"] is False else "other"


def _late(measure: Measure, summary: Summary, report_ends: date) -> str:
    """A sentence when a newer period was over within the report's period, or nothing."""
    expected = latest_ended(report_ends + timedelta(days=1), measure.frequency)
    if summary["period"] >= expected.isoformat():
        return ""
    return f"Figures for {label(expected, measure.frequency)} are not published yet."


def _completeness(summary: Summary) -> str:
    """How many of the organisations that were asked have reported, or nothing if none was."""
    if not summary["expected"]:
        return ""
    text = f"{summary['reported']} of {summary['expected']} partners reported."
    return f"{text} The figures may still change." if summary["provisional"] else text


def _point(point: Point) -> ReportedPoint:
    return {
        "label": point["label"],
        "text": point["text"],
        "status": point["status"],
        "signal": point["signal"],
    }


def _summary(reported: list[ReportedMeasure], without: list[str]) -> str:
    """The report in one or two sentences."""
    if not reported:
        return "No figures have been published yet."
    count = {slug: sum(m["group"] == slug for m in reported) for slug in GROUP_ORDER}
    if count["worse"] or count["missed"]:
        worse = f"{count['worse']} {_is(count['worse'])}" if count["worse"] else "none is"
        more = " more" if count["worse"] else ""
        text = (
            f"Of {_measures(len(reported))} with published figures, {worse} getting worse and "
            f"{count['missed']}{more} {'misses its' if count['missed'] == 1 else 'miss their'} "
            "target."
        )
    else:
        text = (
            f"None of the {_measures(len(reported))} with published figures is getting worse or "
            "misses its target."
        )
    if without:
        verb = "has" if len(without) == 1 else "have"
        text += f" {_measures(len(without)).capitalize()} {verb} no published figures yet."
    return text


def _measures(count: int) -> str:
    return f"{count} measure" if count == 1 else f"{count} measures"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
