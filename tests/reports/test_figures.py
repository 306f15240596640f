"""What a report freezes: public figures of the whole partnership, exceptions first."""

import json
from datetime import date

import pytest

from outcomes.models import Frequency
from partners.models import Partnership
from reports.figures import POINTS_SHOWN, collect
from tests.factories_figures import (
    make_hidden_point,
    make_measure,
    make_organisation,
    make_point,
    make_series,
)
from tests.reports.conftest import OCTOBER

pytestmark = pytest.mark.django_db

WORSE = {"variation": "concern_low", "variation_meaning": "Getting worse"}
MISSED = {"target_text": "95%", "target_met": False}


def test_collect_puts_worse_then_missed_first_and_keeps_the_order_within(schedule, published):
    published("Steady", order=1)
    published("Missed B", order=3, **MISSED)
    published("Missed A", order=2, **MISSED)
    published("Worse", order=4, **WORSE)
    published("Worse and missed", order=5, **WORSE, **MISSED)
    figures = collect(schedule, OCTOBER)
    names = [measure["name"] for measure in figures["measures"]]
    assert names == ["Worse", "Worse and missed", "Missed A", "Missed B", "Steady"]
    assert [group["slug"] for group in figures["groups"]] == ["worse", "missed", "other"]


def test_collect_summarises_in_a_sentence(schedule, published):
    published("Steady")
    published("Missed", **MISSED)
    published("Worse", **WORSE)
    make_measure("Not begun")
    assert collect(schedule, OCTOBER)["summary"] == (
        "Of 3 measures with published figures, 1 is getting worse and 1 more misses its target. "
        "1 measure has no published figures yet."
    )


def test_collect_says_none_where_only_targets_are_missed(schedule, published):
    published("Missed", **MISSED)
    assert collect(schedule, OCTOBER)["summary"] == (
        "Of 1 measure with published figures, none is getting worse and 1 misses its target."
    )


def test_collect_says_when_all_is_well(schedule, published):
    published("Steady")
    published("Better", variation="improvement_high")
    assert collect(schedule, OCTOBER)["summary"] == (
        "None of the 2 measures with published figures is getting worse or misses its target."
    )


def test_collect_holds_measures_that_a_predecessor_began(schedule):
    before = Partnership.objects.create(
        slug="before",
        name="Partnership before",
        short_name="Before",
        starts_on=date(2012, 1, 1),
        ends_on=date(2016, 3, 31),
    )
    make_series(make_measure("Begun earlier", partnership=before))
    make_measure("Never sent", partnership=before)
    figures = collect(schedule, OCTOBER)
    assert [measure["name"] for measure in figures["measures"]] == ["Begun earlier"]
    assert figures["without_figures"] == ["Never sent"]


def test_collect_without_any_series_lists_the_measures_by_name(schedule):
    make_measure("Not begun", order=1)
    make_series(make_measure("Empty", order=2), points=[], summary={"status": "empty"})
    figures = collect(schedule, OCTOBER)
    assert figures["measures"] == []
    assert figures["groups"] == []
    assert figures["without_figures"] == ["Not begun", "Empty"]
    assert figures["summary"] == "No figures have been published yet."


def test_collect_reads_only_the_public_edition_of_the_whole(schedule, published):
    published("Seen")
    whole = make_measure("For the board only")
    make_series(whole, "board", summary={"text": "73.917%"})
    make_series(whole, organisation=make_organisation(), summary={"text": "64.818%"})
    figures = collect(schedule, OCTOBER)
    assert [measure["name"] for measure in figures["measures"]] == ["Seen"]
    assert figures["without_figures"] == ["For the board only"]
    assert "73.917" not in json.dumps(figures)
    assert "64.818" not in json.dumps(figures)


def test_collect_keeps_the_last_13_points_as_words(schedule, published):
    points = [make_point(step, text=f"{step}.0") for step in range(20)]
    published(points=[*points[:-1], make_hidden_point(19)])
    (measure,) = collect(schedule, OCTOBER)["measures"]
    assert len(measure["points"]) == POINTS_SHOWN
    assert measure["points"][0] == {
        "label": "November 2025",
        "text": "7.0",
        "status": "value",
        "signal": "",
    }
    assert measure["points"][-1]["text"] == "hidden"


def test_collect_counts_the_partners_that_reported(schedule, published):
    published(reported=5, expected=6, provisional=True)
    (measure,) = collect(schedule, OCTOBER)["measures"]
    assert measure["completeness"] == "5 of 6 partners reported. The figures may still change."


@pytest.mark.parametrize(
    ("frequency", "latest", "late"),
    [
        (Frequency.MONTH, "2026-10-01", ""),
        (Frequency.MONTH, "2026-11-01", ""),
        (Frequency.MONTH, "2026-09-01", "Figures for October 2026 are not published yet."),
        (Frequency.QUARTER, "2026-07-01", ""),
        (
            Frequency.QUARTER,
            "2026-04-01",
            "Figures for July to September 2026 are not published yet.",
        ),
        (Frequency.YEAR, "2025-04-01", ""),
        (Frequency.YEAR, "2024-04-01", "Figures for 2025/26 are not published yet."),
    ],
)
def test_collect_says_when_the_reports_own_period_is_missing(
    schedule, published, frequency, latest, late
):
    series = published(period=latest)
    series.measure.frequency = frequency
    series.measure.save()
    (measure,) = collect(schedule, OCTOBER)["measures"]

    assert measure["late"] == late


def test_collect_names_partnership_period_version_and_rule(schedule, settings):
    settings.SOFTWARE_VERSION = "9.8.7"
    schedule.partnership.is_demonstration = True
    figures = collect(schedule, date(2026, 3, 1), edition=2)
    assert figures["partnership"] == "South Partnership"
    assert figures["period"] == "March 2026"
    assert (figures["edition"], figures["software_version"]) == (2, "9.8.7")
    assert figures["demonstration"] is True
    assert "latest figures that were published when it was made" in figures["rule"]
