"""The way in: who may invite whom, and what a link is good for."""

import re
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from partners.actions import invitations
from partners.actions.invitations import fingerprint
from partners.actions.staff import Refused
from partners.models import Invitation, Organisation
from tests.partners.factories import make_invitation, make_organisation
from tests.people import make_person, sign_in

pytestmark = pytest.mark.django_db
PASSWORD = "a-quiet-heron-over-the-lock"
NEW = {"full_name": "Noor New", "password": PASSWORD}


def token_of(message) -> str:
    return re.search(r"/invitation/([\w-]+)/", message.body)[1]


def invite(town, by="ada", **fields):
    given = {"email": "new@example.org", "role": "contributor", "organisation": town.oak}
    return invitations.invite(**{**given, **fields}, by=town.person(by))


def opened(client, **fields):
    """A browser that followed the link of an invitation to be a contributor at Oak."""
    fields.setdefault("organisation", Organisation.objects.get(slug="oak"))
    invitation = make_invitation("good", **fields)
    client.get("/invitation/good/")
    return invitation


def test_session_keeps_a_fingerprint_and_never_the_token(town, client):
    opened(client)
    assert client.session["invitation"] == fingerprint("good")
    assert "good" not in str(dict(client.session))


# --- sending -------------------------------------------------------------------------------------


def test_invite_sends_a_link_and_keeps_only_its_hash(town, settings):
    settings.PORTAL_URL = "https://portal.example"
    invitation = invite(town, email=" New@Example.org ")
    [message] = mail.outbox
    token = token_of(message)
    assert message.to == ["new@example.org"]
    assert f"https://portal.example/invitation/{token}/" in message.body
    assert "Ada invited you" in message.body
    assert "Contributor at Oak" in message.body
    assert len(token) == 43
    assert invitation.token_hash == fingerprint(token)
    assert token not in str(list(Invitation.objects.values()))
    assert invitation.expires_at - invitation.sent_at == timedelta(hours=48)


def test_invite_by_an_approver_stops_at_their_own_organisation(town):
    invite(town, by="oak.approver")
    for place in ({"organisation": town.elm}, {"organisation": None}):
        with pytest.raises(PermissionDenied):
            invite(town, by="oak.approver", email="other@example.org", **place)
    with pytest.raises(PermissionDenied):
        invite(town, by="oak.contributor", email="other@example.org")
    assert Invitation.objects.count() == len(mail.outbox) == 1


def closed(town):
    town.oak.closed_on = timezone.localdate()
    town.oak.save()


def left(town):
    town.oak.memberships.update(left_on=date(2020, 1, 1))


def open_invitation(town):
    make_invitation(organisation=town.oak)


def holder(town):
    town.add("new", "contributor", organisation=town.oak)


def leaver(town):
    town.add("new").is_active = False
    User.objects.filter(email="new@example.org").update(is_active=False)


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (closed, "has closed"),
        (left, "is not a partner today"),
        (open_invitation, "already invited"),
        (holder, "has this role already"),
        (leaver, "is deactivated"),
    ],
)
def test_invite_is_refused_with_a_sentence(town, before, sentence):
    before(town)
    with pytest.raises(Refused, match=sentence):
        invite(town)
    assert mail.outbox == []


def test_invite_ends_with_the_organisation(town):
    town.oak.closed_on = timezone.localdate() + timedelta(days=1)
    town.oak.save()
    expires_at = timezone.localtime(invite(town).expires_at)
    assert (expires_at.date(), expires_at.hour) == (town.oak.closed_on, 0)


def test_resend_makes_a_new_link_and_the_old_one_dies(town, client):
    invitation = invite(town)
    Invitation.objects.update(
        sent_at=timezone.now() - timedelta(days=4), expires_at=timezone.now() - timedelta(days=2)
    )
    invitations.resend(invitation=invitation, by=town.person("oak.approver"))
    old, new = map(token_of, mail.outbox)
    client.get(f"/invitation/{old}/")
    assert client.get("/invitation/").status_code == 404
    client.get(f"/invitation/{new}/")
    assert client.get("/invitation/").status_code == 200


def deactivated(ada):
    ada.is_active = False
    ada.save()


def without_role(ada):
    ada.staff_memberships.all().delete()


@pytest.mark.parametrize("ending", [deactivated, without_role])
def test_invitation_ends_with_the_power_of_whoever_sent_it(town, client, ending):
    invite(town)
    token = token_of(mail.outbox[0])
    client.get(f"/invitation/{token}/")
    ending(town.person("ada"))
    for page in (client.get("/invitation/"), client.post("/invitation/", NEW)):
        assertContains(page, "may no longer invite", status_code=410)
    with pytest.raises(Refused, match="may no longer invite"):
        invitations.accept(mark=fingerprint(token), full_name="Noor New", password=PASSWORD)


def test_resend_makes_it_the_invitation_of_whoever_sends_it_again(town, client):
    invitation = invite(town)
    invitations.resend(invitation=invitation, by=town.person("oak.approver"))
    deactivated(town.person("ada"))
    client.get(f"/invitation/{token_of(mail.outbox[1])}/")
    assertContains(client.get("/invitation/"), town.people["oak.approver"].full_name)


@pytest.mark.parametrize("act", [invitations.resend, invitations.withdraw])
def test_invitation_is_out_of_reach_for_others(town, act):
    invitation = invite(town)
    for name in ("elm.approver", "oak.contributor"):
        with pytest.raises(PermissionDenied):
            act(invitation=invitation, by=town.person(name))
    invitations.withdraw(invitation=invitation, by=town.person("ada"))
    with pytest.raises(Refused):
        act(invitation=invitation, by=town.person("ada"))


# --- accepting -----------------------------------------------------------------------------------


def test_invitationopen_takes_the_secret_out_of_the_address_and_changes_nothing(town, client):
    invitation = make_invitation("good")
    for way in (client.head, client.get, client.get):
        assert way("/invitation/good/").url == "/invitation/"
    page = client.get("/invitation/")
    assertNotContains(page, "good/")
    assert "no-store" in page["Cache-Control"]
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert not User.objects.filter(email="new@example.org").exists()


def test_invitationaccept_says_who_invites_to_what_and_the_rules(town, client):
    opened(client, invited_by=town.people["ada"])
    page = client.get("/invitation/")
    for words in (
        "Ada",
        "new@example.org",
        "Contributor",
        "Sends the returns",
        "Oak",
        "at least 14",
    ):
        assertContains(page, words)
    assertNotContains(page, 'type="email"')


def test_invitationaccept_makes_a_person_who_is_signed_in(town, client):
    invitation = opened(client)
    before = client.session.session_key
    response = client.post("/invitation/", NEW)
    person = User.objects.get(email="new@example.org")
    assert response.status_code == 302
    assert response.url == "/work/"
    assert get_user(client) == person
    assert client.session.session_key != before
    assert "invitation" not in client.session
    [record] = client.session["account_authentication_methods"]
    assert record["method"] == "invitation"
    assert person.full_name == "Noor New"
    assert person.check_password(PASSWORD)
    address = EmailAddress.objects.get(user=person)
    assert (address.email, address.verified, address.primary) == (person.email, True, True)
    role = person.staff_memberships.get()
    assert (role.role, role.organisation) == ("contributor", town.oak)
    invitation.refresh_from_db()
    assert invitation.accepted_by == person


def test_invitationaccept_takes_nothing_else_from_the_form(town, client):
    opened(client)
    extra = {
        "email": "boss@example.org",
        "role": "administrator",
        "organisation": town.elm.pk,
        "is_superuser": "on",
        "is_active": "",
        "partnership": town.partnership.pk,
        "provider": "made-up",
    }
    client.post("/invitation/", {**NEW, **extra})
    person = User.objects.get(email="new@example.org")
    role = person.staff_memberships.get()
    assert (role.role, role.organisation, role.partnership) == ("contributor", town.oak, None)
    assert (person.is_superuser, person.is_active) == (False, True)
    assert person.has_usable_password()
    assert not User.objects.filter(email="boss@example.org").exists()


@pytest.mark.parametrize(
    "password", ["", "short", "password1234567", "new@example.org", "portal-partnership-2026"]
)
def test_invitationaccept_refuses_a_weak_password(town, client, password):
    opened(client)
    page = client.post("/invitation/", {**NEW, "password": password})
    assertContains(page, "There is a problem")
    assertContains(page, 'href="#id_password"')
    assert not User.objects.filter(email="new@example.org").exists()


def expired(invitation):
    return {
        "sent_at": timezone.now() - timedelta(hours=48, seconds=1),
        "expires_at": timezone.now() - timedelta(seconds=1),
    }


def used(invitation):
    user = make_person("earlier@example.org")
    return {"accepted_at": timezone.now(), "accepted_by": user}


def withdrawn(invitation):
    return {"withdrawn_at": timezone.now(), "withdrawn_by": User.objects.first()}


def of_a_closed_one(invitation):
    invitation.organisation.closed_on = timezone.localdate()
    invitation.organisation.save()
    return {}


@pytest.mark.parametrize(
    ("ending", "sentence"),
    [
        (expired, "too old"),
        (used, "was used"),
        (withdrawn, "was withdrawn"),
        (of_a_closed_one, "has closed"),
    ],
)
def test_invitationaccept_of_a_link_that_ended_says_what_to_do(town, client, ending, sentence):
    invitation = opened(client)
    Invitation.objects.filter(pk=invitation.pk).update(**ending(invitation))
    count = User.objects.count()
    for page in (client.get("/invitation/"), client.post("/invitation/", NEW)):
        assertContains(page, sentence, status_code=410)
        assertContains(page, "ask the person who invited you", status_code=410)
    with pytest.raises(Refused, match=sentence):
        invitations.accept(mark=fingerprint("good"), full_name="Noor New", password=PASSWORD)
    assert User.objects.count() == count


@pytest.mark.parametrize("token", ["forged", "Good", "x" * 500, "%00", "good%20"])
def test_invitationaccept_with_a_forged_token_leads_nowhere(town, client, token):
    make_invitation("good")
    assert client.get(f"/invitation/{token}/").status_code == 302
    for page in (client.get("/invitation/"), client.post("/invitation/", NEW)):
        assert page.status_code == 404
        assertNotContains(page, "new@example.org", status_code=404)


def test_invitationaccept_clicked_twice_gives_one_person_one_role(town, client):
    opened(client)
    session = client.cookies["sessionid"].value
    client.post("/invitation/", NEW)
    client.cookies["sessionid"] = session  # the second click was sent before the answer came
    assert client.post("/invitation/", NEW).status_code == 404
    assert User.objects.get(email="new@example.org").staff_memberships.count() == 1


def test_invitationaccept_by_somebody_known_asks_for_sign_in_first(town, client):
    person = town.add("new")
    opened(client, role="approver")
    for page in (client.get("/invitation/"), client.post("/invitation/", NEW)):
        assertContains(page, "/accounts/login/?next=/invitation/")
    assert not person.staff_memberships.exists()
    with pytest.raises(Refused, match="Sign in"):
        invitations.accept(mark=fingerprint("good"), full_name="Noor New", password=PASSWORD)
    sign_in(client, person)
    assertContains(client.get("/invitation/"), "nothing to fill in")
    assert client.post("/invitation/", NEW).status_code == 302
    person = User.objects.get(pk=person.pk)
    assert person.staff_memberships.get().role == "approver"
    assert (person.full_name, person.has_usable_password()) == ("New", False)


def test_invitationaccept_by_somebody_else_is_refused(town, signed_in):
    client = signed_in("elm.contributor")
    opened(client)
    for page in (client.get("/invitation/"), client.post("/invitation/", NEW)):
        assertContains(page, "for somebody else", status_code=403)
        assertContains(page, "Sign out", status_code=403)
        assertNotContains(page, "new@example.org", status_code=403)
    with pytest.raises(Refused):
        invitations.accept(mark=fingerprint("good"), by=town.person("elm.contributor"))
    assert town.people["elm.contributor"].staff_memberships.count() == 1


def test_invitationaccept_by_somebody_deactivated_since_is_refused(town, client):
    town.add("new")
    opened(client)
    User.objects.filter(email="new@example.org").update(is_active=False)
    assert client.post("/invitation/", NEW).status_code == 410
    with pytest.raises(Refused):
        invitations.accept(mark=fingerprint("good"), by=town.person("new"))


def test_invitationaccept_of_a_second_role_joins_the_first(town, client):
    make_invitation("first", role="contributor")
    make_invitation("second", role="approver")
    person = invitations.accept(mark=fingerprint("first"), full_name="Noor", password=PASSWORD)
    invitations.accept(mark=fingerprint("second"), by=person)
    assert {m.role for m in person.staff_memberships.all()} == {"contributor", "approver"}


def test_invitationaccept_with_single_sign_on_makes_no_password(town, client, monkeypatch):
    from accounts import single_sign_on

    own = [("entra", "Example NHS", "/accounts/oidc/entra/login/")]
    monkeypatch.setattr(single_sign_on, "providers", lambda: own)
    opened(client)
    assertContains(client.get("/invitation/"), "Accept and use Example NHS")
    response = client.post("/invitation/", {"full_name": "Noor New", "provider": "entra"})
    assert response.url == "/accounts/oidc/entra/login/?process=connect"
    assert get_user(client).email == "new@example.org"
    assert not User.objects.get(email="new@example.org").has_usable_password()


# --- pages ---------------------------------------------------------------------------------------


def test_invitationcreate_by_an_approver_asks_for_no_organisation(town, signed_in):
    client = signed_in("oak.approver")
    page = client.get("/people/invite/")
    assertContains(page, "They will have the role at Oak")
    assertNotContains(page, "Administrator</")
    form = {"email": "new@example.org", "role": "approver", "organisation": "elm"}
    assert client.post("/people/invite/", form).url == "/people/invitations/"
    assert Invitation.objects.get().organisation == town.oak
    for role in ("administrator", "analyst", "made-up"):
        assertContains(client.post("/people/invite/", {**form, "role": role}), "There is a problem")
    assert Invitation.objects.count() == 1


def test_invitationcreate_by_an_approver_of_two_organisations_asks_for_which(town, signed_in):
    town.people["oak.approver"].staff_memberships.create(role="approver", organisation=town.elm)
    client = signed_in("oak.approver")
    form = {"email": "new@example.org", "role": "contributor"}
    assertContains(client.post("/people/invite/", form), "Select the organisation")
    client.post("/people/invite/", {**form, "organisation": "elm"})
    assert Invitation.objects.get().organisation == town.elm


def test_invitationcreate_by_an_administrator_fits_role_and_organisation(town, signed_in):
    make_organisation("stranger")  # no partner
    client = signed_in("ada")
    assertNotContains(client.get("/people/invite/"), "Stranger")
    form = {"email": "new@example.org", "role": "contributor", "organisation": ""}
    assertContains(client.post("/people/invite/", form), "Select the organisation for this role")
    form = {**form, "role": "analyst", "organisation": "oak"}
    assertContains(client.post("/people/invite/", form), "so select no organisation")
    client.post("/people/invite/", {**form, "organisation": ""})
    assert Invitation.objects.get().partnership == town.partnership


def test_invitationcreate_says_what_is_refused(town, signed_in):
    client = signed_in("ada")
    form = {"email": "oak.contributor@example.org", "role": "contributor", "organisation": "oak"}
    assertContains(client.post("/people/invite/", form), "has this role already")


def test_invitationcreate_asks_who_it_is_again(town, signed_in):
    client = signed_in("ada", ago=3600)
    form = {"email": "new@example.org", "role": "analyst"}
    response = client.post("/people/invite/", form)
    assert response.url.startswith("/accounts/")
    assert not Invitation.objects.exists()


def test_invitationlist_shows_what_waits_and_what_expired(town, signed_in):
    client = signed_in("oak.approver")
    assertContains(client.get("/people/invitations/"), "No invitation is open")
    make_invitation(organisation=town.oak)
    make_invitation(email="late@example.org", organisation=town.oak)
    Invitation.objects.filter(email="late@example.org").update(**expired(None))
    make_invitation(email="elsewhere@example.org", organisation=town.elm)
    page = client.get("/people/invitations/")
    assertContains(page, "Sent</strong>")
    assertContains(page, "Expired</strong>")
    assertNotContains(page, "elsewhere@example.org")


@pytest.mark.parametrize("act", ["resend", "withdraw"])
def test_invitation_buttons_work_at_the_own_organisation_only(town, signed_in, act):
    client = signed_in("oak.approver")
    for place, status in ((town.oak, 302), (town.elm, 404)):
        invitation = make_invitation(organisation=place)
        path = f"/people/invitations/{invitation.uuid}/{act}/"
        assert client.get(path).status_code == 405
        assert client.post(path).status_code == status
    invitation = make_invitation(email="both@example.org", organisation=town.oak)
    path = f"/people/invitations/{invitation.uuid}/withdraw/"
    assert client.post(path).status_code == 302
    assert client.post(path).status_code == 404


def test_invitations_of_one_person_have_a_limit(town, signed_in, settings):
    settings.LIMITS = {**settings.LIMITS, "invitation": "2/h/user"}
    cache.clear()
    again = f"/people/invitations/{invite(town).uuid}/resend/"
    browser = signed_in("ada")
    assert [browser.post(again).status_code for _ in range(3)] == [302, 302, 429]
    assert browser.post("/people/invite/", {}).status_code == 429
    assert len(mail.outbox) == 3
