"""An organisation that closes: from its day on, its people have no access there."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.permissions import Permission
from jobs.registry import ON_TICK
from partners import tasks
from partners.actions import organisations, staff
from partners.actions.staff import Refused
from partners.models import Invitation, Organisation
from partners.selectors.holders import people_with
from partners.selectors.people import whom_to_ask
from tests.partners.factories import make_invitation, make_organisation
from tests.people import sign_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def close(town, day=None, by="ada", **fields):
    given = {"organisation": town.oak, "reason": "Merged", "closed_on": day or TODAY()}
    return organisations.close(**{**given, **fields}, by=town.person(by))


def active(town) -> set[str]:
    return {name for name in town.people if town.person(name).is_active}


def everybody_but(town, *names: str) -> set[str]:
    return set(town.people) - set(names)


def test_close_ends_roles_invitations_and_access_on_the_day(town):
    town.people["oak.approver"].staff_memberships.create(role="approver", organisation=town.elm)
    make_invitation(organisation=town.oak)
    kept = make_invitation(email="other@example.org", organisation=town.elm)
    browser = Client()
    sign_in(browser, town.people["oak.contributor"])
    assert close(town, successor=town.elm) == 1
    assert active(town) == everybody_but(town, "oak.contributor")
    assert browser.get("/people/").url.startswith("/accounts/login/")
    both = town.person("oak.approver")
    assert not both.has_perm("people.invite", town.oak)
    assert both.has_perm("people.invite", town.elm)
    assert list(Invitation.objects.open()) == [kept]
    assert Organisation.objects.get(slug="oak").successor == town.elm
    assert [message.to for message in mail.outbox] == [["oak.contributor@example.org"]]
    assert town.role("oak.contributor").organisation == town.oak  # what they did stays explained


def test_close_on_a_day_to_come_waits_for_it(town, monkeypatch):
    tomorrow = TODAY() + timedelta(days=1)
    make_invitation(organisation=town.oak)
    assert close(town, tomorrow) == 0
    tasks.deactivate_left_behind()
    assert active(town) == set(town.people)
    assert town.person("oak.contributor").has_perm("submission.send", town.oak)
    assert not Invitation.objects.open().exists()  # it would have outlived the organisation
    # Days later, because nothing ran on the day itself:
    Organisation.objects.filter(slug="oak").update(closed_on=TODAY() - timedelta(days=3))
    for _ in range(2):
        tasks.deactivate_left_behind()
    assert active(town) == everybody_but(town, "oak.contributor", "oak.approver")
    assert len(mail.outbox) == 2


def test_tick_leaves_people_without_any_role_and_administrators_alone(town):
    town.add("nobody")
    town.people["ada"].staff_memberships.create(role="approver", organisation=town.oak)
    close(town)
    tasks.deactivate_left_behind()
    assert {"nobody", "ada"} <= active(town)
    assert tasks.deactivate_left_behind in ON_TICK


def test_close_can_change_its_day_until_it_has_come(town):
    close(town, TODAY() + timedelta(days=30))
    close(town, TODAY() + timedelta(days=60))
    close(town)
    with pytest.raises(Refused, match="closed already"):
        close(town, TODAY() + timedelta(days=60))


def test_close_refuses_what_cannot_be(town):
    Organisation.objects.filter(slug="oak").update(opened_on=date(2016, 4, 1))
    gone = make_organisation("gone", closed_on=date(2020, 1, 1))
    with pytest.raises(Refused, match="opened on 1 April 2016"):
        close(town, date(2016, 3, 31))
    with pytest.raises(Refused, match="Check the year"):
        close(town, date(2020, 1, 1))
    for successor in (town.oak, gone):
        with pytest.raises(Refused, match="successor"):
            close(town, successor=successor)
    with pytest.raises(Refused, match="Say why"):
        close(town, reason=" ")
    for name in ("oak.approver", "oak.contributor"):
        with pytest.raises(PermissionDenied):
            close(town, by=name)


def test_person_of_a_closed_organisation_comes_back_with_another_role_only(town):
    close(town)
    user = town.person("oak.contributor")
    with pytest.raises(Refused, match="have closed"):
        staff.reactivate(user=user, by=town.person("ada"))
    staff.add_role(user=user, role="contributor", organisation=town.elm, by=town.person("ada"))
    staff.reactivate(user=user, by=town.person("ada"))
    tasks.deactivate_left_behind()
    assert "oak.contributor" in active(town)


def test_draft_of_an_editor_never_opens_a_closed_organisation_again(town):
    draft = town.oak
    draft.summary = "A trust with oaks."
    revision = draft.save_revision()
    close(town)
    revision.refresh_from_db()
    revision.publish()
    oak = Organisation.objects.get(slug="oak")
    assert (oak.summary, oak.closed_on) == ("A trust with oaks.", TODAY())


def test_nobody_is_asked_in_their_role_at_an_organisation_that_has_closed(town):
    """Who works elsewhere too stays, and is asked for nothing there."""
    for name in ("oak.approver", "oak.contributor"):
        person = town.people[name]
        person.staff_memberships.create(role="contributor", organisation=town.elm)
    asked = people_with(Permission.SUBMISSION_SEND)
    assert asked[town.oak.pk] == [town.person("oak.contributor")]
    close(town)
    asked = people_with(Permission.SUBMISSION_SEND)
    assert town.oak.pk not in asked
    assert town.person("oak.contributor") in asked[town.elm.pk]
    names = str(whom_to_ask(town.person("oak.contributor"), approvers_can_help=True))
    assert "Elm.Approver" in names
    assert "Oak.Approver" not in names


def test_closing_is_offered_to_administrators_only(town, signed_in):
    page = signed_in("oak.approver").get("/people/?organisation=oak")
    assertContains(page, "Oak")
    assertNotContains(page, town.oak.get_close_url())


def test_organisationclose_asks_for_day_and_reason_and_says_what_was_done(town, signed_in):
    client = signed_in("ada")
    path = town.oak.get_close_url()
    assertContains(client.get("/people/?organisation=oak"), path)
    assertContains(client.get(path), "roles there grant nothing")
    page = client.post(path, {"reason": "", "successor": "oak"})
    for words in ("Enter the day", "Say why", "Select a valid choice"):
        assertContains(page, words)
    day = TODAY()
    form = {"closed_on_day": day.day, "closed_on_month": day.month, "closed_on_year": day.year}
    page = client.post(path, {**form, "reason": "Merged", "successor": "elm"}, follow=True)
    assertContains(page, "Oak has closed. People who were deactivated: 2.")


def test_organisationclose_asks_who_it_is_again(town, signed_in):
    client = signed_in("ada", ago=3600)
    assert client.get(town.oak.get_close_url()).status_code == 200
    response = client.post(town.oak.get_close_url(), {"reason": "Merged"})
    assert response.url.startswith("/accounts/")


@pytest.mark.parametrize("name", ["oak.approver", "oak.contributor"])
def test_organisationclose_is_for_administrators(town, signed_in, name):
    assert signed_in(name).get(town.oak.get_close_url()).status_code == 403
