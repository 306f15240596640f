"""The files of a measure: every digit, no hidden number, nothing a spreadsheet would run."""

import csv
import io
import json

import pytest
from django.urls import reverse

from outcomes.downloads import COLUMNS, as_number, as_text
from outcomes.models import Category
from partners.models import Place
from tests.factories_figures import (
    make_hidden_point,
    make_measure,
    make_organisation,
    make_point,
    make_series,
)

pytestmark = pytest.mark.django_db


def download(client, measure) -> list[dict[str, str]]:
    response = client.get(reverse("outcomes:measure-csv", args=[measure.slug]))
    assert response.status_code == 200
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_measurecsv_starts_with_a_byte_order_mark_and_the_header(client):
    measure = make_measure(slug="seen")
    response = client.get(reverse("outcomes:measure-csv", args=["seen"]))
    assert response.getvalue().decode() == "\ufeff" + ",".join(COLUMNS) + "\r\n"
    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{measure.slug}.csv"'


def test_measurecsv_keeps_every_digit(client):
    measure = make_measure()
    value = 0.1 + 0.2
    make_series(measure, points=[make_point(value=value, mean=1 / 3, lower=-1.5, upper=2e-7)])
    [row] = download(client, measure)
    assert float(row["value"]) == value
    assert row["value"] == "0.30000000000000004"
    assert float(row["average"]) == 1 / 3
    assert row["lower_process_limit"] == "-1.5"
    assert float(row["upper_process_limit"]) == 2e-7
    assert row["numerator"] == "841"
    assert row["denominator"] == "1000"


def test_measurecsv_says_what_each_row_is(client):
    measure = make_measure()
    point = make_point(point_type="special_cause_concern", reported=5)
    make_series(measure, points=[point, make_point(1)])
    first, second = download(client, measure)
    assert first == {
        "measure": "Seen within 4 hours",
        "part_kind": "whole",
        "part": "All partners together",
        "part_code": "",
        "period": "2025-04-01",
        "period_label": "April 2025",
        "numerator": "841",
        "denominator": "1000",
        "value": "84.1",
        "unit": "%",
        "status": "value",
        "average": "83.123456789012",
        "lower_process_limit": "79.5",
        "upper_process_limit": "86.7",
        "special_cause": "special_cause_concern",
        "organisations_reported": "5",
        "organisations_expected": "6",
        "note": "",
    }
    assert second["special_cause"] == ""


def test_measurecsv_lists_the_whole_then_places_organisations_and_groups(client):
    measure = make_measure()
    older = Category.objects.create(scheme="age", slug="75-plus", name="75 and over", order=2)
    younger = Category.objects.create(scheme="age", slug="0-17", name="0 to 17", order=1)
    make_series(measure, category=older)
    make_series(measure, category=younger)
    make_series(measure, organisation=make_organisation("King’s Hospital", ods_code="RJZ"))
    lambeth = Place.objects.create(slug="lambeth", name="Lambeth", gss_code="E09000022")
    make_series(measure, place=lambeth)
    make_series(measure)
    assert [(r["part_kind"], r["part"], r["part_code"]) for r in download(client, measure)] == [
        ("whole", "All partners together", ""),
        ("place", "Lambeth", "E09000022"),
        ("organisation", "King’s Hospital", "RJZ"),
        ("age", "0 to 17", "0-17"),
        ("age", "75 and over", "75-plus"),
    ]


def test_measurecsv_stars_hidden_numbers_even_if_one_was_left_in(client):
    measure = make_measure()
    careless = make_hidden_point(1, numerator=3.0, value=0.3, denominator=None)
    make_series(measure, points=[make_hidden_point(), careless])
    proper, left_in = download(client, measure)
    assert (proper["numerator"], proper["denominator"], proper["value"]) == ("*", "1000", "*")
    assert (left_in["numerator"], left_in["denominator"], left_in["value"]) == ("*", "*", "*")
    assert proper["status"] == "suppressed"


def test_measurecsv_leaves_missing_numbers_empty(client):
    measure = make_measure()
    gap = {"numerator": None, "denominator": None, "value": None, "mean": None}
    make_series(measure, points=[make_point(status="missing", **gap)])
    [row] = download(client, measure)
    assert [row[key] for key in ("numerator", "denominator", "value", "average")] == [""] * 4
    assert row["status"] == "missing"


def test_measurejson_says_the_same_as_the_csv(client):
    measure = make_measure("=1+1")
    points = [make_point(value=1 / 3), make_hidden_point(1, numerator=3.0), make_point(2)]
    make_series(measure, points=points)
    make_series(measure, organisation=make_organisation("Elm", ods_code="RJ1"))
    response = client.get(reverse("outcomes:measure-json", args=[measure.slug]))
    assert response["Content-Type"] == "application/json"
    rows = json.loads(response.getvalue())
    assert [tuple(row) for row in rows] == [COLUMNS] * 4
    assert (rows[0]["measure"], rows[0]["value"], rows[0]["numerator"]) == ("=1+1", 1 / 3, 841)
    assert [rows[1][key] for key in ("numerator", "value", "status")] == [None, None, "suppressed"]
    assert b"841.0" not in response.getvalue()
    for row, line in zip(rows, download(client, measure), strict=True):
        for name, value in row.items():
            alike = {"", "*"} if value is None else {str(value), as_text(str(value))}
            assert line[name] in alike, name


def test_measurejson_of_nothing_is_an_empty_list(client):
    make_measure(slug="seen")
    answer = client.get(reverse("outcomes:measure-json", args=["seen"])).getvalue()
    assert json.loads(answer) == []


def test_measurecsv_never_holds_the_boards_numbers(client):
    measure = make_measure()
    make_series(measure, "board", points=[make_point(value=12.5)])
    other = make_measure("Another")
    make_series(other)
    assert download(client, measure) == []


def test_measurecsv_guards_names_that_look_like_formulas(client):
    measure = make_measure("=1+1", unit="@people")
    make_series(measure, organisation=make_organisation("+cmd", ods_code="RJ1"))
    [row] = download(client, measure)
    assert (row["measure"], row["part"], row["unit"]) == ("'=1+1", "'+cmd", "'@people")


def test_measurecsv_of_an_unknown_measure_is_not_found(client):
    assert client.get(reverse("outcomes:measure-csv", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_as_text_guards_each_start_of_a_formula(start):
    assert as_text(f"{start}1") == f"'{start}1"
    assert as_text(f"a{start}1") == f"a{start}1"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (0.0, "0"),
        (7, "7"),
        (-3.0, "-3"),
        (-3.5, "-3.5"),
        (1 / 3, "0.3333333333333333"),
        (1e15, "1000000000000000"),
        (float("nan"), ""),
    ],
)
def test_as_number_writes_all_digits_and_no_more(value, text):
    assert as_number(value) == text
