"""What everybody may see: measures, their parts, charts; and what nobody outside may see."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from design_system.templatetags.nhs import moment
from outcomes.models import Category, Rebase, Series, Target
from partners.models import Place
from programmes.models import Programme
from tests.factories_figures import (
    START,
    make_hidden_point,
    make_measure,
    make_organisation,
    make_partnership,
    make_person,
    make_point,
    make_series,
)

pytestmark = pytest.mark.django_db


def words(response) -> str:
    """The page's text with single spaces, so that tests do not depend on line breaks."""
    return " ".join(response.content.decode().split())


def make_programme(name: str = "Care at home", **fields) -> Programme:
    return Programme.objects.create(
        partnership=make_partnership(),
        slug=name.lower().replace(" ", "-"),
        name=name,
        lead=make_organisation(),
        starts_on=START,
        **fields,
    )


# --- The list ------------------------------------------------------------------------------------


def test_measurelist_groups_measures_by_programme(client):
    make_series(make_measure("Visits", programme=make_programme()))
    make_series(make_measure("Hidden away", programme=make_programme("A draft", live=False)))
    make_measure("Not yet measured")
    response = client.get(reverse("outcomes:measure-list"))
    groups = response.context["groups"]
    assert [(g.name, [e.measure.name for e in g.entries]) for g in groups] == [
        ("Care at home", ["Visits"]),
        ("Across all programmes", ["Hidden away", "Not yet measured"]),
    ]
    page = words(response)
    assert "In April 2025, 84.1% of people were seen within 4 hours." in page
    assert "No clear change" in page
    assert page.count("No figures have been published yet.") == 1
    assert "A draft" not in page


def test_measurelist_does_not_show_the_boards_edition(client):
    make_series(make_measure(), "board", summary={"text": "71.7%", "sentence": "Only 71.7%."})
    page = words(client.get(reverse("outcomes:measure-list")))
    assert "71.7%" not in page
    assert "No figures have been published yet." in page


def test_measurelist_without_measures_says_so(client):
    assert "There is nothing to show yet" in words(client.get(reverse("outcomes:measure-list")))


def test_measurelist_costs_the_same_for_many_measures(client, django_assert_max_num_queries):
    programme = make_programme()
    for number in range(12):
        make_series(make_measure(f"Measure {number}", programme=programme))
    with django_assert_max_num_queries(4):
        client.get(reverse("outcomes:measure-list"))


# --- One measure ---------------------------------------------------------------------------------


def test_measuredetail_shows_headline_chart_and_numbers(client):
    measure = make_measure()
    unusual = make_point(1, signal="higher than expected", rebase=True, reported=5)
    series = make_series(measure, points=[make_point(), unusual])
    response = client.get(measure.get_absolute_url())
    page = words(response)
    assert "84.1%" in page
    assert 'alt="A line chart of 24 months, the last at 84.1%."' in page
    assert f'src="{series.get_chart_url("wide")}"' in page
    assert f'srcset="{series.get_chart_url("narrow")}"' in page
    assert "See the numbers" in page
    assert "6 of 6 organisations reported" in page
    assert "Provisional" not in page
    rows = response.context["figure"].rows
    assert [strip_tags(text) for text in rows[0]] == [
        "May 2025",
        "841",
        "1,000",
        "84.1",
        "83.1",
        "79.5 to 86.7",
        "Higher than expected. The expected range starts afresh.",
        "5 of 6",
    ]
    assert rows[1][0] == f'<a href="{series.get_made_url("2025-04-01")}">April 2025</a>'


def test_measuredetail_of_a_count_has_no_denominator_but_a_total(client):
    measure = make_measure(kind="count", denominator_label="", unit="people", multiplier=1)
    points = [make_point(year_total_text="2,987")]
    make_series(measure, points=points, summary={"text": "251 people", "year_total_text": "3,012"})
    response = client.get(measure.get_absolute_url())
    columns = response.context["figure"].columns
    row = dict(zip((c["label"] for c in columns), response.context["figure"].rows[0], strict=True))
    assert row["Twelve months up to then"] == "2,987"
    assert row["People seen within 4 hours"] == "841"
    assert "All people who came" not in row
    page = words(response)
    assert "3,012 people" in page
    assert "in the twelve months to April 2025" in page


def test_measuredetail_says_when_numbers_are_provisional(client):
    measure = make_measure()
    make_series(measure, summary={"reported": 5, "expected": 6, "provisional": True})
    page = words(client.get(measure.get_absolute_url()))
    assert "Provisional" in page
    assert "5 of 6 organisations reported <strong" in page


def test_measuredetail_without_figures_explains_itself(client):
    measure = make_measure()
    response = client.get(measure.get_absolute_url())
    assert response.status_code == 200
    page = words(response)
    assert "No figures have been published yet" in page
    assert "How this figure was made" in page
    assert "<picture>" not in page
    assert "data.csv" not in page


def test_measuredetail_treats_an_empty_series_as_no_figures(client):
    measure = make_measure()
    make_series(measure, points=[], summary={"status": "empty", "variation": ""})
    page = words(client.get(measure.get_absolute_url()))
    assert "No figures have been published yet" in page


def test_measuredetail_of_one_point_without_a_drawing_shows_the_table(client):
    measure = make_measure()
    summary = {"short": True, "chart_text": "One month so far: 84.1%."}
    make_series(measure, chart_wide="", chart_narrow="", sparkline="", summary=summary)
    page = words(client.get(measure.get_absolute_url()))
    assert "<picture>" not in page
    assert "One month so far: 84.1%." in page
    assert "There are too few numbers yet" in page
    assert "No clear change" not in page
    assert "<table" in page


def test_measuredetail_never_shows_a_hidden_number(client):
    measure = make_measure()
    summary = {
        "status": "suppressed",
        "text": "hidden",
        "value": None,
        "sentence": "In April 2025 the number is too small to show.",
        "chart_text": "One hidden month.",
    }
    careless = make_hidden_point(numerator=5.4321, value=0.54321)
    make_series(measure, points=[careless], summary=summary)
    page = words(client.get(measure.get_absolute_url()))
    assert "5.4321" not in page
    assert "0.54321" not in page
    assert "84.1" not in page
    assert "In April 2025 the number is too small to show." in page
    assert "portal-stat" not in page
    assert "“hidden” means" in page


def test_measuredetail_breaks_down_by_place_organisation_and_group(client):
    measure = make_measure()
    lambeth = Place.objects.create(slug="lambeth", name="Lambeth", gss_code="E09000022")
    hospital = make_organisation("King’s Hospital", slug="kings")
    poorest = Category.objects.create(scheme="deprivation", slug="1", name="Most deprived fifth")
    make_series(measure)
    make_series(measure, place=lambeth, summary={"text": "81.2%"})
    make_series(measure, organisation=hospital, summary={"text": "82.3%"})
    make_series(measure, category=poorest, summary={"text": "hidden", "status": "suppressed"})
    response = client.get(measure.get_absolute_url())
    figure = response.context["figure"]
    assert [b.title for b in figure.breakdowns] == [
        "By place",
        "By organisation",
        "By deprivation fifth",
    ]
    page = words(response)
    for text in ("81.2%", "82.3%", "Most deprived fifth"):
        assert text in page
    assert reverse("outcomes:measure-place", args=[measure.slug, "lambeth"]) in page
    assert reverse("outcomes:measure-organisation", args=[measure.slug, "kings"]) in page
    assert [b.has_hidden for b in figure.breakdowns] == [False, False, True]
    assert page.count("“hidden” means") == 1
    assert "about 4 rows" in page


def test_measuredetail_explains_how_it_was_made(client):
    measure = make_measure(caveats="Counts changed in 2020.")
    target = {"value": 95, "source": "NHS plan"}
    Target.objects.create(measure=measure, from_date=START, agreed_at=timezone.now(), **target)
    Rebase.objects.create(
        measure=measure, period=START, reason="A new building opened", agreed_at=timezone.now()
    )
    series = make_series(measure)
    response = client.get(measure.get_absolute_url())
    method = {row["key"]: row["value"] for row in response.context["figure"].method}
    assert method["How it is worked out"] == (
        "People seen within 4 hours, divided by all people who came, times 100. "
        "Both are added up first."
    )
    assert method["Target"] == "95% from 1 April 2025 (NHS plan)"
    assert method["New expected range from"] == "April 2025: A new building opened"
    assert method["Take care"] == "Counts changed in 2020."
    assert method["Where the numbers come from"] == "Daily returns"
    assert moment(timezone.localtime(series.built_at)) in method["Worked out"]
    page = words(response)
    assert "Numbers from 1 to 7 are hidden" in page
    assert "Who looks after it" in page


def test_measuredetail_costs_the_same_for_many_parts(client, django_assert_max_num_queries):
    measure = make_measure(programme=make_programme())
    make_series(measure)
    for number in range(8):
        category = Category.objects.create(scheme="age", slug=f"a{number}", name=f"Age {number}")
        make_series(measure, category=category)
        make_series(measure, organisation=make_organisation(f"Hospital {number}"))
    with django_assert_max_num_queries(9):
        client.get(measure.get_absolute_url())


# --- One part of a measure -----------------------------------------------------------------------


def test_measureorganisation_shows_the_organisations_own_series(client):
    measure = make_measure()
    make_series(measure, summary={"text": "84.1%"})
    make_series(
        measure,
        organisation=make_organisation("King’s Hospital", slug="kings"),
        summary={"text": "77.7%"},
    )
    url = reverse("outcomes:measure-organisation", args=[measure.slug, "kings"])
    response = client.get(url)
    assert "77.7%" in words(response)
    assert response.context["page_title"] == "Seen within 4 hours: King’s Hospital"
    assert response.context["figure"].breakdowns == []
    assert measure.get_absolute_url() in words(response)


def test_measureplace_shows_the_places_own_series(client):
    measure = make_measure()
    lambeth = Place.objects.create(slug="lambeth", name="Lambeth", gss_code="E09000022")
    make_series(measure, place=lambeth, summary={"text": "66.6%"})
    url = reverse("outcomes:measure-place", args=[measure.slug, "lambeth"])
    assert "66.6%" in words(client.get(url))


def test_measureorganisation_without_public_figures_is_not_found(client):
    measure = make_measure()
    hospital = make_organisation(slug="kings")
    make_series(measure, "board", organisation=hospital)
    url = reverse("outcomes:measure-organisation", args=[measure.slug, "kings"])
    assert client.get(url).status_code == 404


def test_measureplace_without_public_figures_is_not_found(client):
    measure = make_measure()
    Place.objects.create(slug="lambeth", name="Lambeth", gss_code="E09000022")
    url = reverse("outcomes:measure-place", args=[measure.slug, "lambeth"])
    assert client.get(url).status_code == 404


# --- Charts --------------------------------------------------------------------------------------


def chart_url(series: Series, width: str = "wide") -> str:
    return reverse("outcomes:chart", args=[series.uuid, width])


@pytest.mark.parametrize("width", ["wide", "narrow", "sparkline"])
def test_chart_serves_the_stored_drawing(client, width):
    series = make_series(make_measure())
    response = client.get(series.get_chart_url(width))
    assert response.content.decode() == f"<svg>{width}</svg>"
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Security-Policy"] == "default-src 'none'"


def test_chart_is_not_sent_again_to_who_has_it(client):
    series = make_series(make_measure())
    etag = client.get(chart_url(series))["ETag"]
    again = client.get(chart_url(series), headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == etag


def test_chart_is_kept_only_shortly_when_its_address_does_not_name_its_content(client):
    series = make_series(make_measure())
    response = client.get(f"{chart_url(series)}?v=somethingelse")
    assert response["Cache-Control"] == "public, max-age=60"


def test_chart_in_an_unknown_width_is_not_found(client):
    series = make_series(make_measure())
    assert client.get(chart_url(series, "points")).status_code == 404


def test_chart_that_was_never_drawn_is_not_found(client):
    series = make_series(make_measure(), sparkline="")
    assert client.get(chart_url(series, "sparkline")).status_code == 404


@pytest.mark.parametrize("role", ["", "editor"])
def test_chart_of_the_board_is_not_found_by_others(client, role):
    series = make_series(make_measure(), "board")
    assert client.get(series.get_chart_url("wide")).status_code == 404
    client.force_login(make_person(role))
    assert client.get(series.get_chart_url("wide")).status_code == 404


def test_chart_of_the_board_is_never_stored(client):
    series = make_series(make_measure(), "board")
    client.force_login(make_person("board_member"))
    response = client.get(series.get_chart_url("wide"))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
