"""What happens to people's access: roles given and taken, people deactivated, sessions ended."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth import get_user
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import SecurityEvent, User
from partners.actions import staff
from partners.actions.staff import Refused
from partners.models import Invitation
from tests.partners.factories import make_invitation
from tests.people import sign_in

pytestmark = pytest.mark.django_db


def latest_event(model: str, kind: str):
    return apps.get_model(model).objects.filter(pgh_label=kind).latest("pgh_id")


def browser_of(user) -> Client:
    client = Client()
    sign_in(client, user)
    return client


def test_add_role_counts_at_once_and_tells_the_person(town):
    user = town.people["elm.contributor"]
    place = {"role": "approver", "organisation": town.elm}
    staff.add_role(user=user, **place, by=town.person("elm.approver"))
    assert town.person("elm.contributor").has_perm("submission.approve", town.elm)
    [message] = mail.outbox
    assert message.to == [user.email]
    assert "Approver at Elm" in message.body
    with pytest.raises(Refused, match="already"):
        staff.add_role(user=user, **place, by=town.person("ada"))


@pytest.mark.parametrize("name", ["elm.contributor", "oak.approver"])
def test_add_role_needs_power_at_the_organisation(town, name):
    with pytest.raises(PermissionDenied):
        staff.add_role(
            user=town.people["elm.contributor"],
            role="approver",
            organisation=town.elm,
            by=town.person(name),
        )


def test_add_role_for_the_partnership_needs_power_there(town):
    with pytest.raises(PermissionDenied):
        staff.add_role(
            user=town.people["oak.approver"],
            role="analyst",
            partnership=town.partnership,
            by=town.person("oak.approver"),
        )


def test_remove_role_counts_at_once_and_keeps_the_reason(town):
    role = town.role("oak.contributor")
    staff.remove_role(membership=role, reason=" Moved on. ", by=town.person("oak.approver"))
    assert not town.person("oak.contributor").has_perm("submission.send", town.oak)
    event = latest_event("partners.StaffMembershipEvent", "delete")
    assert event.pgh_context["reason"] == "Moved on."
    assert "Contributor at Oak" in mail.outbox[0].body
    with pytest.raises(Refused, match="any more"):
        staff.remove_role(membership=role, reason="Again", by=town.person("ada"))


def test_remove_role_needs_power_and_a_reason(town):
    role = town.role("oak.contributor")
    for name in ("elm.approver", "oak.contributor"):
        with pytest.raises(PermissionDenied):
            staff.remove_role(membership=role, reason="No", by=town.person(name))
    with pytest.raises(Refused, match="Say why"):
        staff.remove_role(membership=role, reason="  ", by=town.person("ada"))


def test_remove_role_never_takes_the_last_administrator(town):
    ada = town.person("ada")
    with pytest.raises(Refused, match="your own"):
        staff.remove_role(membership=town.role("ada"), reason="No", by=ada)
    town.add("bea", "administrator", partnership=town.partnership)
    User.objects.filter(email="bea@example.org").update(is_active=False)
    town.add("cyn", "administrator", partnership=town.partnership)
    staff.remove_role(membership=town.role("cyn"), reason="Leaves", by=ada)
    with pytest.raises(Refused, match="last administrator"):
        staff.remove_role(membership=town.role("ada"), reason="No", by=_still_powerful(town))


def _still_powerful(town) -> User:
    """Somebody whose power was taken away after it was looked up for this request."""
    late = town.add("late", "administrator", partnership=town.partnership)
    assert late.has_perm("people.manage")
    late.staff_memberships.all().delete()
    return late


def test_deactivate_never_takes_oneself_or_the_last_administrator(town):
    with pytest.raises(Refused, match="yourself"):
        staff.deactivate(user=town.people["ada"], reason="No", by=town.person("ada"))
    with pytest.raises(Refused, match="last administrator"):
        staff.deactivate(user=town.people["ada"], reason="No", by=_still_powerful(town))


@pytest.mark.parametrize("name", ["oak.approver", "oak.contributor"])
@pytest.mark.parametrize(
    "act", [staff.deactivate, staff.reactivate, staff.reset_second_step, staff.end_sessions]
)
def test_access_is_for_administrators_only(town, act, name):
    reason = {"reason": "No"} if act == staff.deactivate else {}
    with pytest.raises(PermissionDenied):
        act(user=town.people["oak.contributor"], **reason, by=town.person(name))


def test_deactivate_ends_every_session_at_once_and_work_stays(town):
    user = town.people["oak.contributor"]
    listed, unlisted, other = browser_of(user), browser_of(user), browser_of(town.people["ada"])
    UserSession.objects.create(
        user=user, ip="127.0.0.1", session_key=listed.session.session_key, user_agent="x"
    )
    make_invitation(email=user.email, role="approver", organisation=town.oak)
    staff.deactivate(user=user, reason="Left the trust", by=town.person("ada"))
    for browser in (listed, unlisted):
        assert not browser.session.exists(browser.cookies["sessionid"].value)
        assert browser.get("/people/").url.startswith("/accounts/login/")
    assert get_user(other) == town.people["ada"]
    assert not UserSession.objects.filter(user=user).exists()
    assert user.staff_memberships.count() == 1
    assert not Invitation.objects.open().exists()
    assert latest_event("accounts.UserEvent", "update").pgh_context["reason"] == "Left the trust"
    assert "has ended" in mail.outbox[0].subject
    assert SecurityEvent.objects.filter(user=user, kind="sessions_ended").count() == 1
    with pytest.raises(Refused, match="already"):
        staff.deactivate(user=user, reason="Again", by=town.person("ada"))


def test_deactivated_person_can_sign_in_no_more_until_reactivated(town):
    user = town.people["oak.contributor"]
    staff.deactivate(user=user, reason="Left", by=town.person("ada"))
    assert not town.person("oak.contributor").has_perm("submission.send")
    staff.reactivate(user=user, by=town.person("ada"))
    assert town.person("oak.contributor").has_perm("submission.send", town.oak)
    assert len(mail.outbox) == 2
    with pytest.raises(Refused, match="not deactivated"):
        staff.reactivate(user=user, by=town.person("ada"))


def test_reset_second_step_forgets_it_and_signs_out(town):
    user = town.people["oak.contributor"]
    browser = browser_of(user)
    staff.reset_second_step(user=user, by=town.person("ada"))
    assert not Authenticator.objects.filter(user=user).exists()
    assert not browser.session.exists(browser.cookies["sessionid"].value)
    assert mail.outbox[0].to == [user.email]
    with pytest.raises(Refused, match="your own"):
        staff.reset_second_step(user=town.people["ada"], by=town.person("ada"))


def test_reset_second_step_waits_for_a_change_by_the_person(town):
    with CaptureQueriesContext(connection) as queries:
        staff.reset_second_step(user=town.people["oak.contributor"], by=town.person("ada"))
    words = [query["sql"] for query in queries]
    lock = next(n for n, sql in enumerate(words) if "accounts_user" in sql and "FOR UPDATE" in sql)
    gone = next(n for n, sql in enumerate(words) if sql.startswith('DELETE FROM "mfa_authent'))
    assert lock < gone


def test_end_sessions_ends_those_of_the_person_only(town):
    own, other = browser_of(town.people["oak.contributor"]), browser_of(town.people["ada"])
    staff.end_sessions(user=town.people["oak.contributor"], by=town.person("ada"))
    assert not own.session.exists(own.cookies["sessionid"].value)
    assert get_user(other).is_authenticated
    event = SecurityEvent.objects.get(kind="sessions_ended")
    assert (event.user, event.detail) == (town.people["oak.contributor"], "all of them, by Ada")


def test_role_of_editor_opens_and_closes_the_editor(town):
    user = town.people["oak.contributor"]
    role = staff.add_role(
        user=user, role="editor", partnership=town.partnership, by=town.person("ada")
    )
    assert town.person("oak.contributor").has_perm("wagtailadmin.access_admin")
    staff.remove_role(membership=role, reason="Writes no more", by=town.person("ada"))
    assert not town.person("oak.contributor").has_perm("wagtailadmin.access_admin")


def test_notice_holds_names_as_they_are_and_no_second_header(town):
    user = town.people["oak.contributor"]
    type(town.partnership).objects.update(name="Us & them\nBcc: all@example.org")
    user.full_name = "O’Neil <b>"
    staff.end_sessions(user=user, by=town.person("ada"))
    staff.add_role(user=user, role="approver", organisation=town.oak, by=town.person("ada"))
    [message] = mail.outbox
    assert message.subject == "You have a new role on Us & them Bcc: all@example.org"
    assert "O’Neil <b>" in message.body
