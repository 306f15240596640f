"""The pages about people: everybody for administrators, the own organisation for approvers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from partners.models import Partnership, StaffMembership
from partners.selectors.people import visible_organisations
from tests.partners.factories import make_organisation, make_user
from tests.people import sign_in

pytestmark = pytest.mark.django_db


def path(town, name: str, act: str = "") -> str:
    return f"/people/{town.people[name].uuid}/{act}"


def fill(town, count: int) -> None:
    """So many people more, at thirty organisations."""
    if not count:
        return
    places = [make_organisation(f"place-{number}") for number in range(30)]
    people = User.objects.bulk_create(
        User(email=f"p{number}@example.org", full_name=f"Person {number:03}")
        for number in range(count)
    )
    StaffMembership.objects.bulk_create(
        StaffMembership(user=user, role="contributor", organisation=places[number % 30])
        for number, user in enumerate(people)
    )


def test_personlist_of_an_administrator_shows_everybody_in_groups(town, signed_in):
    town.add("nobody")
    User.objects.filter(email="ada@example.org").update(last_login=timezone.now())
    page = signed_in("ada").get("/people/")
    groups = {group: [e.person.email for e in entries] for group, entries in page.context["groups"]}
    assert list(groups) == ["The whole partnership", "Elm", "Oak", "No role"]
    assert groups["Oak"] == ["oak.approver@example.org", "oak.contributor@example.org"]
    assert groups["No role"] == ["nobody@example.org"]
    assertContains(page, "6 people")
    assertContains(page, "Never")


def test_personlist_of_an_approver_shows_their_own_people_and_no_role_elsewhere(town, signed_in):
    town.people["oak.contributor"].staff_memberships.create(role="approver", organisation=town.elm)
    client = signed_in("oak.approver")
    for address in ("/people/", "/people/?organisation=elm", "/people/?words=elm"):
        page = client.get(address)
        assertNotContains(page, "elm.contributor")
        assertNotContains(page, "ada@example.org")
        assert {group for group, _ in page.context["groups"]} <= {"Oak"}
    page = client.get(path(town, "oak.contributor"))
    assertContains(page, "Contributor")
    assertNotContains(page, "Elm")
    assertNotContains(page, "Deactivate")


def test_personlist_offers_only_organisations_whose_people_are_to_be_seen(town):
    for name, offered in (("oak.approver", {"Oak"}), ("ada", {"Oak", "Elm"})):
        assert {str(one) for one in visible_organisations(town.people[name])} == offered


def test_personlist_is_narrowed_by_organisation_and_words(town, signed_in):
    client = signed_in("ada")
    page = client.get("/people/?organisation=elm&words=APPROVER")
    assertContains(page, "elm.approver@example.org")
    assertContains(page, "1 person")
    assertNotContains(page, "oak.approver")
    assertContains(client.get("/people/?words=zz"), "Nobody fits")
    for strange in (
        "?words=%00",
        "?organisation=%00",
        "?page=-1",
        "?page=x",
        "?words=" + "x" * 200,
    ):
        assert client.get(f"/people/{strange}").status_code == 200


def test_personlist_costs_the_same_with_many_people(town, signed_in):
    client = signed_in("ada")
    client.get("/people/")
    costs = []
    for count in (0, 300):
        fill(town, count)
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/people/")
        costs.append(len(queries))
        assert sum(len(entries) for _, entries in page.context["groups"]) == min(count + 5, 50)
    assert costs[0] == costs[1] <= 20
    assert page.context["page_obj"].paginator.num_pages == 7
    assertContains(page, "305 people. Page 1 of 7.")


def test_personlist_pages_show_each_person_once(town, signed_in):
    fill(town, 120)
    client = signed_in("ada")
    seen = [
        entry.person.email
        for number in (1, 2, 3)
        for _, entries in client.get(f"/people/?page={number}").context["groups"]
        for entry in entries
    ]
    assert len(seen) == len(set(seen)) == 125


def test_personlist_of_somebody_alone_shows_them(db, client):
    Partnership.objects.create(
        slug="new", name="New", short_name="New", strapline="", about="", starts_on="2026-01-01"
    )
    sign_in(client, make_user("administrator"))
    page = client.get("/people/")
    assertContains(page, "1 person.")
    assertContains(page, "No invitation is open")


def test_people_are_for_those_who_may_see_them(town, signed_in):
    client = signed_in("oak.contributor")
    for address in ("/people/", "/people/invite/", "/people/invitations/", path(town, "ada")):
        assert client.get(address).status_code == 403


def test_persondetail_elsewhere_is_not_found(town, signed_in):
    client = signed_in("oak.approver")
    for act in ("", "roles/add/"):
        assert client.get(path(town, "elm.contributor", act)).status_code == 404
    assert client.get(town.role("elm.contributor").get_delete_url()).status_code == 404
    assert client.post(town.role("elm.contributor").get_delete_url()).status_code == 404


def test_rolecreate_by_an_approver_stays_at_their_organisation(town, signed_in):
    client = signed_in("oak.approver")
    form = {"role": "approver", "organisation": "elm", "user": town.people["ada"].pk}
    response = client.post(path(town, "oak.contributor", "roles/add/"), form)
    assert response.url == path(town, "oak.contributor")
    roles = town.people["oak.contributor"].staff_memberships
    assert list(roles.values_list("role", "organisation__slug").order_by("role")) == [
        ("approver", "oak"),
        ("contributor", "oak"),
    ]
    page = client.post(path(town, "oak.contributor", "roles/add/"), {"role": "administrator"})
    assertContains(page, "Select a valid choice")


def test_roledelete_asks_why_and_goes_back_to_what_is_visible(town, signed_in):
    client = signed_in("oak.approver")
    address = town.role("oak.contributor").get_delete_url()
    assertContains(client.get(address), "no longer be contributor at Oak")
    assertContains(client.post(address, {"reason": ""}), "Say why")
    assert client.post(address, {"reason": "Moved"}).url == "/people/"
    assert client.post(address, {"reason": "Moved"}).status_code == 404


@pytest.mark.parametrize("act", ["deactivate", "reactivate", "reset-second-step", "sign-out"])
def test_access_pages_are_for_administrators(town, signed_in, act):
    address = path(town, "oak.contributor", f"{act}/")
    client = signed_in("oak.approver")
    assert client.get(address).status_code == 403
    assert client.post(address, {"reason": "No"}).status_code == 403


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("deactivate", "They are deactivated"),
        ("reset-second-step", "The second step is reset"),
        ("sign-out", "signed out on every computer"),
    ],
)
def test_access_pages_do_what_they_say(town, signed_in, act, words):
    client = signed_in("ada")
    address = path(town, "oak.contributor", f"{act}/")
    assert client.get(address).status_code == 200
    page = client.post(address, {"reason": "Left"}, follow=True)
    assertContains(page, words)
    assert page.redirect_chain[0][0] == path(town, "oak.contributor")


def test_personreactivate_lets_in_again(town, signed_in):
    User.objects.filter(email="oak.contributor@example.org").update(is_active=False)
    client = signed_in("ada")
    assertContains(client.get(path(town, "oak.contributor")), "Let Oak.Contributor in again")
    client.post(path(town, "oak.contributor", "reactivate/"))
    assert town.person("oak.contributor").is_active


@pytest.mark.parametrize("act", ["deactivate", "reset-second-step", "sign-out", "roles/add"])
def test_access_pages_ask_who_it_is_again(town, signed_in, act):
    client = signed_in("ada", ago=3600)
    address = path(town, "oak.contributor", f"{act}/")
    assert client.get(address).status_code == 200
    form = {"reason": "Left", "role": "analyst"}
    assert client.post(address, form).url.startswith("/accounts/")
    assert town.person("oak.contributor").is_active


def test_access_pages_find_nobody_elsewhere_before_they_ask_who_it_is(town, signed_in):
    client = signed_in("oak.approver", ago=3600)
    assert client.post(path(town, "elm.contributor", "roles/add/")).status_code == 404
    assert client.post(town.role("elm.contributor").get_delete_url()).status_code == 404


def test_persondetail_of_oneself_offers_no_way_to_lock_oneself_out(town, signed_in):
    client = signed_in("ada")
    page = client.get(path(town, "ada"))
    assertContains(page, "Ask another administrator")
    assertNotContains(page, "Deactivate")
    page = client.post(path(town, "ada", "deactivate/"), {"reason": "No"})
    assertContains(page, "You cannot deactivate yourself")


def test_refusal_names_whom_to_ask(town, signed_in):
    User.objects.filter(email="ada@example.org").update(full_name="Ada <b>Admin</b>")
    page = signed_in("oak.contributor").get("/people/")
    assertContains(page, "Approvers at Oak", status_code=403)
    assertContains(page, "oak.approver@example.org", status_code=403)
    assertContains(page, "Ada &lt;b&gt;Admin&lt;/b&gt;", status_code=403)
    assertNotContains(page, "elm.approver", status_code=403)


def test_refusal_names_nobody_who_left_and_not_oneself(town, signed_in):
    User.objects.filter(email="oak.approver@example.org").update(is_active=False)
    page = signed_in("oak.contributor").get("/people/")
    assertNotContains(page, "oak.approver@example.org", status_code=403)
    page = signed_in("ada").get("/work/releases/")
    assertContains(page, "ask the people who run this portal", status_code=403)


def test_refusal_names_only_people_who_can_give_the_role(town, signed_in):
    """An approver gives roles at the organisation; the board's page takes one of the whole."""
    for path in ("/board/", "/cms/", "/accounts/record/"):
        page = signed_in("oak.contributor").get(path)
        assertContains(page, "ada@example.org", status_code=403)
        assertNotContains(page, "Approvers at Oak", status_code=403)


def test_refusal_tells_visitors_no_names(town, client):
    page = client.post("/accounts/login/", {}, HTTP_HOST="testserver")
    assert page.context["whom_to_ask"]() == []
