from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from partners.models import Purpose
from programmes.models import HandoverDecision, Milestone, Priority, Programme
from programmes.selectors import find_help, programme_page
from tests.partners.factories import (
    make_measure,
    make_organisation,
    make_partnership,
    make_place,
    make_point,
    make_programme,
    make_series,
)

pytestmark = pytest.mark.django_db

MARCH = make_point("2016-03-01", "March 2016")


@pytest.fixture
def lambeth():
    return make_place("Lambeth", "E09000022")


@pytest.fixture
def southwark():
    return make_place("Southwark", "E09000028")


def test_programmelist_shows_what_runs_with_audience_and_summary(client, lambeth):
    make_programme("at-home", places=[lambeth])
    make_programme("ended", name="Ended help", ends_on=date(2016, 3, 31))
    make_programme("draft", name="Secret plan", live=False)
    response = client.get("/programmes/")
    assertContains(response, "People who would otherwise stay in hospital.")
    assertContains(response, "Care in your own home.")
    assertContains(response, "1 programme")
    assertNotContains(response, "Ended help")
    assertNotContains(response, "Secret plan")


def test_programmelist_by_borough(client, lambeth, southwark):
    make_programme("here", name="Help here", places=[lambeth])
    make_programme("there", name="Help there", places=[southwark])
    make_programme("both", name="Help everywhere", places=[lambeth, southwark])
    response = client.get("/programmes/", {"borough": "lambeth"})
    assert [p.slug for p in response.context["programmes"]] == ["both", "here"]
    assertContains(response, "2 programmes in Lambeth")
    assertContains(response, '<option value="lambeth" selected>Lambeth</option>', html=True)


def test_programmelist_of_an_unknown_borough_says_so_and_shows_all(client, lambeth):
    make_programme("here", places=[lambeth])
    response = client.get("/programmes/", {"borough": "atlantis"})
    assertContains(response, "There is a problem")
    assertContains(response, "Select a borough from the list")
    assert [p.slug for p in response.context["programmes"]] == ["here"]


def test_programmelist_offers_only_boroughs_where_something_runs(client, lambeth, southwark):
    make_programme("here", places=[lambeth])
    assertNotContains(client.get("/programmes/"), "Southwark")


def test_programmelist_without_programmes_says_what_to_do(client):
    assertContains(client.get("/programmes/"), "No programme is listed yet")


def test_find_help_keeps_a_programme_on_its_last_day():
    make_programme("short", ends_on=date(2016, 3, 31))
    assert len(find_help(today=date(2016, 3, 31))["programmes"]) == 1
    assert find_help(today=date(2016, 4, 1))["programmes"] == []


def test_programmelist_costs_the_same_with_many(client, lambeth, django_assert_num_queries):
    for number in range(12):
        make_programme(f"p{number}", places=[lambeth])
    with django_assert_num_queries(4):
        client.get("/programmes/")


def test_programmedetail_says_whom_how_where_and_who(client, lambeth):
    programme = make_programme(places=[lambeth])
    partner = make_organisation("partner", name="Helping Hands")
    programme.partners.add(partner, programme.lead, make_organisation("hidden", live=False))
    Milestone.objects.create(programme=programme, name="First visit", due_on=date(2013, 5, 1))
    response = client.get(programme.get_absolute_url())
    for text in ("Ask your GP.", "Nurses visit you.", "Lambeth", "Helping Hands", "First visit"):
        assertContains(response, text)
    assertContains(response, "Not yet")
    assert response.context["partners"] == [partner]


def test_programmedetail_shows_the_public_figure_of_each_measure(client):
    programme = make_programme()
    measure = make_measure(programme)
    make_series(measure, [{**MARCH, "text": "251"}])
    make_series(measure, [{**MARCH, "text": "8"}], edition="board")
    make_series(measure, [{**MARCH, "text": "77"}], organisation=programme.lead)
    response = client.get(programme.get_absolute_url())
    assertContains(response, "In March 2016, 251 people were supported.")
    assertContains(response, f'href="/measures/{measure.slug}/"')
    assertContains(response, "No clear change")
    assertNotContains(response, "8 people")
    assertNotContains(response, "77 people")


def test_programmedetail_without_published_numbers_says_so(client):
    programme = make_programme()
    assertContains(client.get(programme.get_absolute_url()), "We do not publish numbers")
    make_measure(programme)
    assertContains(client.get(programme.get_absolute_url()), "No numbers have been published yet.")


def test_programmedetail_shows_the_handover_decision_with_its_evidence(client):
    programme = make_programme(ends_on=date(2016, 3, 31))
    HandoverDecision.objects.create(
        programme=programme,
        partnership=programme.partnership,
        decision="build_on",
        evidence="Fewer people came back to hospital.",
        decided_on=date(2016, 3, 1),
    )
    response = client.get(programme.get_absolute_url())
    assertContains(response, "Build on")
    assertContains(response, "Fewer people came back to hospital.")
    assertContains(response, "This programme ended on 31 March 2016.")


def test_programmedetail_of_a_draft_is_not_found(client):
    assert client.get(make_programme(live=False).get_absolute_url()).status_code == 404


def test_programmedetail_of_an_unsaved_draft_has_words_only():
    page = programme_page(Programme(name="New", summary="Soon."))
    assert "measures" not in page


def test_programmedetail_costs_the_same_with_many_measures(client, django_assert_num_queries):
    programme = make_programme()
    for number in range(10):
        make_series(make_measure(programme, f"m{number}"), [MARCH])
    with django_assert_num_queries(8):
        client.get(programme.get_absolute_url())


@pytest.fixture
def priorities(lambeth):
    first = make_partnership("first", starts_on=date(2012, 4, 1), ends_on=date(2016, 3, 31))
    second = make_partnership("second", predecessor=first)
    programme = make_programme("rapid", name="Rapid response", partnership=first)
    purpose = Purpose.objects.create(partnership=second, slug="health", name="Better health")
    for horizon, name in (("future", "Then this"), ("immediate", "First this")):
        priority = Priority.objects.create(
            partnership=second, horizon=horizon, name=name, description="Why.", purpose=purpose
        )
        priority.programmes.add(programme)
    HandoverDecision.objects.create(
        programme=programme,
        partnership=first,
        decision="sustain",
        evidence="It kept people at home.",
        decided_on=date(2016, 3, 1),
    )


def test_prioritylist_tells_now_from_next_by_partnership(client, priorities):
    response = client.get("/priorities/")
    newest, oldest = response.context["sections"]
    assert [p.name for p in newest["now"]] == ["First this"]
    assert [p.name for p in newest["next"]] == ["Then this"]
    assert oldest["now"] == oldest["next"] == []
    assertContains(response, "Serves: Better health")
    assertContains(response, "/programmes/rapid/")


def test_prioritylist_shows_what_the_ended_partnership_advised(client, priorities):
    response = client.get("/priorities/")
    assertContains(response, "What First advised when it handed over")
    assertContains(response, "It kept people at home.")
    assertContains(response, "Sustain")


def test_prioritylist_does_not_tell_of_drafts(client, priorities):
    Programme.objects.update(live=False)
    assertNotContains(client.get("/priorities/"), "Rapid response")


def test_prioritylist_without_partnership_says_so(client):
    assertContains(client.get("/priorities/"), "No priorities are listed yet")


def test_prioritylist_takes_at_most_eight_queries(
    client, priorities, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        client.get("/priorities/")
