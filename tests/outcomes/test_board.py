"""The board's scorecard: exceptions first, for the board only, at a fixed cost."""

import pytest
from django.urls import reverse

from outcomes.models import Category
from tests.factories_figures import (
    make_measure,
    make_organisation,
    make_person,
    make_point,
    make_series,
)

pytestmark = pytest.mark.django_db

SCORECARD = "/board/"
WORSE = {"variation": "concern_low", "variation_meaning": "Getting worse"}
MISSED = {"target_text": "95%", "target_met": False}


@pytest.fixture
def board_client(client):
    client.force_login(make_person("board_member"))
    return client


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("url", [SCORECARD, "/board/measures/seen/"])
def test_scorecard_asks_strangers_to_sign_in(client, url):
    make_series(make_measure(slug="seen"), "board")
    response = client.get(url)
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("url", [SCORECARD, "/board/measures/seen/"])
@pytest.mark.parametrize("role", ["", "editor"])
def test_scorecard_is_forbidden_without_the_permission(client, url, role):
    make_series(make_measure(slug="seen"), "board")
    client.force_login(make_person(role))
    assert client.get(url).status_code == 403


@pytest.mark.parametrize("role", ["board_member", "analyst", "administrator"])
def test_scorecard_opens_for_those_with_the_permission(client, role):
    client.force_login(make_person(role))
    assert client.get(SCORECARD).status_code == 200


def test_scorecard_puts_exceptions_first(board_client):
    make_series(make_measure("Steady", order=1), "board")
    make_series(make_measure("Missed", order=2), "board", summary=MISSED)
    make_series(make_measure("Worse", order=3), "board", summary=WORSE)
    make_series(make_measure("Worse and missed", order=4), "board", summary={**WORSE, **MISSED})
    failing = {"assurance": "fail", "assurance_meaning": "Will be missed"}
    make_series(make_measure("Failing", order=5), "board", summary=failing)
    make_measure("Unknown", order=0)
    response = board_client.get(SCORECARD)
    scorecard = response.context["scorecard"]
    assert [entry.measure.name for entry in scorecard.attention] == [
        "Worse and missed",
        "Worse",
        "Missed",
        "Failing",
    ]
    page = words(response)
    assert "4 of 5 measures need attention." in page
    order = [page.index(f">{name}</a>") for name in ("Worse", "Failing", "Steady", "Unknown")]
    assert order == sorted(order)
    assert "Measures without figures so far" in page


@pytest.mark.parametrize(
    ("worse", "sentence"),
    [(0, "0 of 2 measures need attention."), (1, "1 of 2 measures needs attention.")],
)
def test_scorecard_counts_in_good_english(board_client, worse, sentence):
    for number in range(2):
        summary = WORSE if number < worse else {}
        make_series(make_measure(f"Measure {number}"), "board", summary=summary)
    assert sentence in words(board_client.get(SCORECARD))


def test_scorecard_row_tells_all_without_colour(board_client):
    measure = make_measure()
    summary = {
        **WORSE,
        **MISSED,
        "assurance": "inconsistent",
        "reported": 1,
        "expected": 2,
        "provisional": True,
    }
    series = make_series(measure, "board", summary=summary)
    page = words(board_client.get(SCORECARD))
    assert f'href="{measure.get_board_url()}"' in page
    assert f'src="{series.get_chart_url("sparkline")}"' in page
    assert 'alt="A line chart of 24 months, the last at 84.1%."' in page
    assert 'alt="Getting worse: lower than usual, and higher is better"' in page
    assert 'alt="The target will sometimes be met and sometimes missed"' in page
    assert "95% <strong>missed</strong>" in page
    assert "1 of 2" in page
    assert "provisional" in page
    assert "No clear change at 84.1%." in page


def test_scorecard_does_not_use_the_public_edition(board_client):
    measure = make_measure()
    make_series(measure, "public", summary={"text": "11.1%"})
    make_series(measure, "board", summary={"text": "22.2%"})
    page = words(board_client.get(SCORECARD))
    assert "22.2%" in page
    assert "11.1%" not in page


def test_scorecard_without_figures_says_so(board_client):
    assert "There are no figures yet" in words(board_client.get(SCORECARD))


@pytest.mark.parametrize("months", [1, 120])
def test_scorecard_costs_the_same_whatever_it_shows(
    board_client, django_assert_max_num_queries, months
):
    for number in range(10):
        points = [make_point(step) for step in range(months)]
        make_series(make_measure(f"Measure {number}"), "board", points=points)
    make_measure("Without figures")
    board_client.get("/")  # the first page of a session notes when it began
    with django_assert_max_num_queries(9):
        assert board_client.get(SCORECARD).status_code == 200


def test_boardmeasuredetail_shows_the_boards_numbers_and_parts(board_client):
    measure = make_measure()
    make_series(measure, "public", summary={"text": "11.1%"})
    make_series(measure, "board", summary={"text": "22.2%"})
    make_series(
        measure, "board", organisation=make_organisation("King’s"), summary={"text": "3 people"}
    )
    older = Category.objects.create(scheme="age", slug="75", name="75 and over")
    make_series(measure, "board", category=older, summary={"text": "4 people"})
    response = board_client.get(measure.get_board_url())
    page = words(response)
    for text in ("22.2%", "3 people", "4 people", "For the board only", "No clear change at"):
        assert text in page
    assert "11.1%" not in page
    assert "data.csv" not in page
    assert "The board sees exact numbers" in page
    assert "no-store" in response["Cache-Control"]


def test_boardmeasuredetail_without_figures_explains_itself(board_client):
    response = board_client.get(make_measure().get_board_url())
    assert response.status_code == 200
    assert "There are no figures yet" in words(response)


def test_boardmeasuredetail_of_an_unknown_measure_is_not_found(board_client):
    assert board_client.get("/board/measures/nothing/").status_code == 404
