from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from partners.models import Leader
from partners.selectors import organisation_page, who_we_are
from tests.partners.factories import (
    make_membership,
    make_name,
    make_organisation,
    make_partnership,
    make_place,
    make_programme,
)

pytestmark = pytest.mark.django_db

LIST = "/partners/"


@pytest.fixture
def line():
    """SLIC and its successor, with a trust in both, a closed commissioner and a charity."""
    first = make_partnership("first", starts_on=date(2012, 4, 1), ends_on=date(2016, 3, 31))
    second = make_partnership("second", predecessor=first)
    trust = make_organisation("trust")
    board = make_organisation("board", kind="commissioner", opened_on=date(2022, 7, 1))
    group = make_organisation(
        "group",
        name="NHS Example CCG",
        kind="commissioner",
        closed_on=date(2020, 3, 31),
        successor=board,
    )
    charity = make_organisation("charity", kind="charity")
    make_membership(first, trust)
    make_membership(second, trust).places.add(make_place())
    make_membership(first, group)
    make_membership(second, board, joined_on=date(2022, 7, 1))
    make_membership(second, charity, capacity="supporter")
    return first, second


def test_organisationlist_groups_members_by_kind_and_sets_supporters_apart(line):
    page = who_we_are(today=date(2026, 11, 1))
    kinds = {kind: [m.organisation.slug for m in members] for kind, members in page["kinds"]}
    assert kinds == {"NHS foundation trust": ["trust"], "Commissioner": ["board"]}
    assert [m.organisation.slug for m in page["supporters"]] == ["charity"]


def test_organisationlist_shows_a_closed_partner_apart_with_its_successor(line, client):
    page = who_we_are(today=date(2026, 11, 1))
    [former] = page["former"]
    assert former["organisation"].slug == "group"
    assert former["last_day"] == date(2020, 3, 31)
    response = client.get(LIST)
    assertContains(response, "NHS Example CCG</a> (closed)")
    assertContains(response, '<td><a href="/partners/board/">Board</a></td>', html=True)


def test_organisationlist_says_who_came_and_went_between_partnerships(line):
    newest, oldest = who_we_are(today=date(2026, 11, 1))["chapters"]
    assert {m.organisation.slug for m in newest.joined} == {"board", "charity"}
    assert [m.organisation.slug for m in newest.left] == ["group"]
    assert oldest.joined == oldest.left == []
    assert (newest.is_current, oldest.has_ended) == (True, True)


def test_organisationlist_of_the_past_shows_the_partnership_of_that_day(line):
    page = who_we_are(today=date(2014, 1, 1))
    assert page["current"].slug == "first"
    members = [m.organisation.slug for _, memberships in page["kinds"] for m in memberships]
    assert members == ["trust", "group"]
    assert page["former"] == []


def test_organisationlist_leaves_drafts_out(line, client):
    secret = make_organisation("secret", name="Secret newcomer", live=False)
    make_membership(line[1], secret)
    assertNotContains(client.get(LIST), "Secret newcomer")


def test_organisationlist_names_only_leaders_of_today(line):
    Leader.objects.create(partnership=line[1], name="Ada", role="Chair", to_date=date(2020, 1, 1))
    Leader.objects.create(partnership=line[1], name="Bo", role="Chair", from_date=date(2020, 1, 2))
    assert [leader.name for leader in who_we_are(today=date(2026, 11, 1))["leaders"]] == ["Bo"]


def test_organisationlist_without_a_partnership_says_so(client):
    assertContains(client.get(LIST), "Nothing to show yet")


def test_organisationlist_costs_the_same_with_many_partners(
    line, client, django_assert_num_queries
):
    for number in range(12):
        organisation = make_organisation(f"practice-{number}", kind="general_practice")
        make_membership(line[1], organisation).places.add(
            make_place(f"P{number}", f"E090000{number + 30}")
        )
        make_name(organisation, "Old name", None, date(2015, 1, 1))
    with django_assert_num_queries(8):
        client.get(LIST)


def test_organisationdetail_shows_earlier_names_with_their_dates(client):
    trust = make_organisation("trust", name="New Name Trust", ods_code="RAX")
    make_name(trust, "Old Name Trust", date(2013, 5, 1), date(2024, 10, 31))
    make_name(trust, "New Name Trust", date(2024, 11, 1), None)
    response = client.get(trust.get_absolute_url())
    assertContains(response, "Old Name Trust")
    assertContains(response, "1 May 2013 to 31 October 2024")
    assertContains(response, "RAX")
    assert [n.name for n in response.context["names"]] == ["Old Name Trust"]
    assert trust.name_on(date(2020, 1, 1)) == "Old Name Trust"


def test_organisationdetail_of_a_closed_one_leads_to_its_successor(line, client):
    response = client.get("/partners/group/")
    assertContains(response, "closed on 31 March 2020")
    assertContains(response, 'href="/partners/board/"')
    assertContains(client.get("/partners/board/"), "NHS Example CCG</a>, closed on 31 March 2020")


def test_organisationdetail_lists_live_programmes_it_leads_and_joins(line, client):
    trust = line[1].organisations.get(slug="trust")
    make_programme("led", lead=trust, partnership=line[1])
    make_programme("draft", lead=trust, partnership=line[1], live=False)
    joined = make_programme(
        "joined", lead=line[1].organisations.get(slug="board"), partnership=line[1]
    )
    joined.partners.add(trust)
    context = client.get("/partners/trust/").context
    assert [p.slug for p in context["led"]] == ["led"]
    assert [p.slug for p in context["joined"]] == ["joined"]


def test_organisationdetail_of_a_draft_is_not_found(client):
    organisation = make_organisation("secret", live=False)
    assert client.get(organisation.get_absolute_url()).status_code == 404


def test_organisationdetail_takes_at_most_eight_queries(
    line, client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        assert client.get("/partners/trust/").status_code == 200


def test_organisationdetail_of_an_unsaved_draft_has_facts_only():
    from partners.models import Organisation

    page = organisation_page(Organisation(name="New", kind="charity"))
    assert page["facts"] == [("Kind", "Charity")]


def test_addresses_keep_their_names():
    assert reverse("partners:organisation-list") == LIST
    assert reverse("partners:organisation-detail", args=["x"]) == "/partners/x/"
