"""How a figure was made: for everybody what may be shown, for staff down to the cell."""

from datetime import date

import pytest
from django.urls import reverse

from outcomes.actions import series
from outcomes.models import Release, Series
from tests.outcomes.published.conftest import withdraw

pytestmark = pytest.mark.django_db
APRIL = "2016-04-01"


def text_of(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def made(client, world, **part) -> str:
    found = Series.objects.public().get(**part) if part else Series.objects.public().whole().get()
    return text_of(client.get(found.get_made_url()))


def test_made_shows_the_numbers_the_formula_and_the_release(
    client,
    world,
    collection,
    measure,
    release,
):
    rate_of(measure)
    release(
        collection, measure, (world.rjz, None, None, 413, 822), (world.rj1, None, None, 95, 178)
    )
    page = made(client, world)
    assert "510 ÷ 1,000 × 100 = 51 in 100" in page
    assert "Numbers from 1 to 7 were hidden and all others rounded to the nearest 5." in page
    assert "King’s College Hospital, published in" in page
    assert "2 of 2" in page
    assert "413" not in page and "822" not in page


def rate_of(measure):
    measure.kind, measure.denominator_label, measure.multiplier = (
        "rate",
        "people who live here",
        100,
    )
    measure.unit = "in 100"
    measure.save()


def test_made_says_why_a_number_is_hidden(
    client,
    world,
    collection,
    measure,
    release,
):
    release(collection, measure, (world.rjz, None, None, 40), (world.rj1, None, None, 3))
    page = made(client, world, organisation=world.rj1)
    assert "So few people are counted here" in page
    assert "Is it more than chance?" not in page  # nothing is said about a number that is hidden
    assert "With it, readers could work out" in made(client, world, organisation=world.rjz)


def test_made_keeps_what_each_release_showed_and_why_it_was_corrected(
    client,
    world,
    collection,
    measure,
    release,
):
    release(collection, measure, (world.rjz, None, None, 40), (world.rj1, None, None, 50))
    release(collection, measure, (world.rjz, None, None, 70), version=2)
    page = made(client, world)
    assert "90 people" in page and "120 people" in page
    assert page.index("120 people") < page.index("90 people")
    assert "King’s College Hospital, version 2" in page


def test_made_says_that_a_number_was_withdrawn_and_does_not_show_it_again(
    client, world, collection, measure, release
):
    for month, number in enumerate((40, 55, 60), start=4):
        release(collection, measure, (world.rjz, None, None, number), period=date(2016, month, 1))
    withdraw(Release.objects.order_by("published_at")[1])
    series.build(measure=measure, edition="public")
    address = Series.objects.public().whole().get().get_made_url("2016-05-01")
    page = text_of(client.get(address))
    assert "We withdrew this number on" in page and "another year" in page
    assert "55" not in page


@pytest.mark.parametrize(
    "end", ["made/2016-05-01/", "made/2016-13-01/", "places/x/made/2016-04-01/"]
)
def test_made_of_what_was_never_published_is_not_there(
    client,
    world,
    collection,
    measure,
    release,
    end,
):
    release(collection, measure, (world.rjz, None, None, 40))
    assert client.get(f"{measure.get_absolute_url()}{end}").status_code == 404


def test_every_part_has_an_address_that_can_be_read(
    client,
    world,
    collection,
    measure,
    release,
    boroughs,
):
    release(
        collection, measure, (world.rjz, boroughs[0], None, 40), (world.rj1, boroughs[1], None, 50)
    )
    addresses = {series.get_made_url() for series in Series.objects.public()}
    assert addresses == {
        f"/measures/people/{part}made/2016-04-01/"
        for part in (
            "", "organisations/rj1/", "organisations/rjz/", "places/southwark/", "places/lambeth/",
        )
    }  # fmt: skip
    for address in addresses:
        assert client.get(address).status_code == 200


def test_board_sees_exact_numbers(sign_in, world, collection, measure, release):
    release(collection, measure, (world.rjz, None, None, 41))
    board = Series.objects.board().whole().get()
    page = text_of(sign_in("board").get(board.get_made_url()))
    assert "41" in page and "For the board only" in page
    assert "See the figures behind it" not in page


def test_cells_are_shown_to_those_who_may_see_the_returns(
    sign_in,
    world,
    collection,
    measure,
    release,
):
    release(collection, measure, (world.rjz, None, None, 41), (world.rj1, None, None, 3))
    address = reverse("outcomes:figure-cells", args=[measure.slug, APRIL])
    analyst = text_of(sign_in("analyst").get(address))
    assert "King’s" in analyst and "Guy’s" in analyst
    own = text_of(sign_in("rj1.contributor").get(address))
    assert "Guy’s" in own and "King’s" not in own
    assert "Approved by rjz.approver" in own
    assert sign_in("board").get(address).status_code == 404
    page = text_of(sign_in("analyst").get(Series.objects.public().whole().get().get_made_url()))
    assert f'href="{address}"' in page


def test_measure_page_and_scorecard_lead_to_it(
    client,
    sign_in,
    world,
    collection,
    measure,
    release,
):
    release(collection, measure, (world.rjz, None, None, 41))
    whole = Series.objects.public().whole().get()
    page = text_of(client.get(measure.get_absolute_url()))
    assert page.count(f'href="{whole.get_made_url()}"') == 2  # below the headline and in the table
    board = Series.objects.board().whole().get()
    assert f'href="{board.get_made_url()}"' in text_of(sign_in("board").get("/board/"))
