from datetime import date

import pytest

from pages.selectors import live_figures
from tests.partners.factories import make_measure, make_point, make_programme, make_series

pytestmark = pytest.mark.django_db

FEBRUARY = make_point("2016-02-01", "February 2016", text="240", year_total_text="2,900")
MARCH = make_point("2016-03-01", "March 2016", text="251")


@pytest.fixture
def measure():
    return make_measure(make_programme())


def figure(**block):
    [found] = live_figures([{"measure": "people-supported", "figure": "latest", **block}])
    return found


def test_live_figures_give_the_latest_number_with_its_unit(measure):
    make_series(measure, [FEBRUARY, MARCH])
    found = figure()
    assert (found.number, found.period) == ("251 people", "In March 2016")
    assert found.heading == "People supported at home"
    assert found.href == "/measures/people-supported/"


def test_live_figures_give_the_number_of_the_month_asked_for(measure):
    make_series(measure, [FEBRUARY, MARCH])
    assert figure(month=date(2016, 2, 1)).number == "240 people"
    assert figure(month=date(2016, 2, 17)).number == "240 people"


def test_live_figures_add_up_the_year_to_a_month(measure):
    make_series(measure, [FEBRUARY, MARCH])
    found = figure(figure="year", month=date(2016, 2, 1))
    assert (found.number, found.period) == ("2,900 people", "In the 12 months to February 2016")
    assert figure(figure="year").number == "3,010 people"


def test_live_figures_name_the_last_month_of_a_quarter(measure):
    measure.frequency = "quarter"
    measure.save()
    make_series(measure, [make_point("2016-01-01", "January to March 2016")])
    assert figure(figure="year", month=date(2016, 2, 1)).period == "In the 12 months to March 2016"


def test_live_figures_follow_the_series(measure):
    series = make_series(measure, [MARCH])
    assert figure().number == "251 people"
    series.points[0]["text"] = "260"
    series.save()
    assert figure().number == "260 people"


def test_live_figures_say_that_a_number_is_hidden(measure):
    make_series(measure, [{**MARCH, "status": "suppressed", "text": "hidden"}])
    found = figure()
    assert found.number == ""
    assert found.sentence == (
        "The number for March 2016 is hidden, so that nobody can be recognised."
    )


def test_live_figures_say_that_a_year_cannot_be_added_up(measure):
    make_series(measure, [{**MARCH, "year_total": None, "year_total_text": ""}])
    found = figure(figure="year")
    assert found.number == ""
    assert found.sentence.startswith("We cannot add up the 12 months to March 2016")


def test_live_figures_say_that_a_number_is_missing(measure):
    make_series(measure, [{**MARCH, "status": "missing", "text": "no data"}])
    assert figure().sentence == "There is no published number for March 2016."
    assert figure(month=date(1999, 1, 1)).sentence == "There is no published number for that time."


def test_live_figures_without_a_series_say_so(measure):
    assert figure(caption="Supported").sentence == "There is no published number for it yet."
    assert figure(measure="gone").number == ""


def test_live_figures_never_read_the_board_edition_or_a_part(measure):
    make_series(measure, [MARCH], edition="board")
    make_series(measure, [MARCH], organisation=measure.owner)
    assert figure().number == ""


def test_live_figures_take_one_query(measure, django_assert_num_queries):
    make_series(measure, [MARCH])
    block = {"measure": measure.slug, "figure": "latest"}
    with django_assert_num_queries(1):
        assert len(live_figures([block] * 5)) == 5


def test_live_figures_carry_the_caption(measure):
    make_series(measure, [MARCH])
    assert figure(caption="were looked after at home").caption == "were looked after at home"
