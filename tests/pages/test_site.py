from datetime import date

import pytest
from pytest_django.asserts import assertContains
from wagtail.models import Page, Site

from pages.actions.site import create_pages
from pages.models import HomePage, StatementPage
from tests.partners.factories import (
    make_measure,
    make_partnership,
    make_point,
    make_programme,
    make_series,
)

pytestmark = pytest.mark.django_db

HOME = {
    "title": "Care that joins up",
    "introduction": "We work together so that people stay well at home.",
    "body": [
        {"type": "paragraph", "value": "<h2>What we do</h2><p>We plan together.</p>"},
        {
            "type": "figures",
            "value": [
                {
                    "measure": "people-supported",
                    "figure": "year",
                    "month": "2016-03-01",
                    "caption": "were looked after at home",
                }
            ],
        },
        {
            "type": "cards",
            "value": [
                {
                    "heading": "Find help",
                    "text": "See what there is near you.",
                    "destination": "programmes:programme-list",
                }
            ],
        },
    ],
}
STATEMENTS = [
    {
        "slug": slug,
        "title": title,
        "date": day,
        "on_behalf_of": "the Sponsor Board",
        "introduction": "What we leave behind.",
        "body": [{"type": "paragraph", "value": "<p>Thank you to everybody.</p>"}],
    }
    for slug, title, day in (
        ("farewell", "A message as we end", date(2016, 3, 31)),
        ("welcome", "A message as we begin", date(2012, 4, 1)),
    )
]


@pytest.fixture
def home():
    return create_pages(partnership=make_partnership(), home=HOME, statements=STATEMENTS)


def test_create_pages_replaces_the_welcome_page(home):
    site = Site.objects.get()
    assert site.root_page.specific == home
    assert site.site_name == "Together"
    assert list(Page.objects.filter(depth=2)) == [home.page_ptr]


def test_create_pages_twice_is_once(home):
    again = create_pages(
        partnership=make_partnership("later", starts_on=date(2010, 1, 1), ends_on=date(2011, 1, 1)),
        home={**HOME, "title": "New title"},
        statements=STATEMENTS,
    )
    assert again.pk == home.pk
    assert HomePage.objects.get().title == "New title"
    assert StatementPage.objects.count() == 2


def test_create_pages_refuses_a_field_that_does_not_exist():
    with pytest.raises(AttributeError, match="no field “headline”"):
        create_pages(partnership=make_partnership(), home={**HOME, "headline": "x"})


def test_home_shows_live_figure_next_step_and_latest_statement(home, client):
    make_series(make_measure(make_programme()), [make_point("2016-03-01", "March 2016")])
    response = client.get("/")
    assertContains(response, "Care that joins up")
    assertContains(response, "were looked after at home")
    assertContains(response, "3,010 people")
    assertContains(response, "In the 12 months to March 2016")
    assertContains(response, 'href="/programmes/"')
    assertContains(response, "A message as we end")
    assert response.context["latest_statement"].slug == "farewell"


def test_home_follows_the_series(home, client):
    series = make_series(make_measure(make_programme()), [make_point("2016-03-01", "March 2016")])
    series.points[0]["year_total_text"] = "3,055"
    series.save()
    assertContains(client.get("/"), "3,055")


def test_home_without_a_published_number_says_so(home, client):
    assertContains(client.get("/"), "There is no published number for it yet.")


def test_home_takes_at_most_eight_queries(home, client, django_assert_max_num_queries):
    make_series(make_measure(make_programme()), [make_point("2016-03-01", "March 2016")])
    client.get("/")  # content types and the site are remembered by the process
    with django_assert_max_num_queries(8):
        client.get("/")


def test_home_before_pages_exist_is_a_plain_start_page(client):
    assertContains(client.get("/"), "The home page has not been written yet.")


def test_home_without_any_site_is_a_plain_start_page(client):
    Site.objects.all().delete()
    assertContains(client.get("/"), "The home page has not been written yet.")


def test_statement_says_when_and_on_whose_behalf(home, client):
    response = client.get("/farewell/")
    assertContains(response, "31 March 2016, on behalf of the Sponsor Board")
    assertContains(response, "Thank you to everybody.")


def test_statement_as_draft_is_not_found(home, client):
    StatementPage.objects.get(slug="farewell").unpublish()
    assert client.get("/farewell/").status_code == 404
    assertContains(client.get("/"), "A message as we begin")
