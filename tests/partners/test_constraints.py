"""The database refuses what cannot be true of partnerships, places, partners and people."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from partners.models import (
    Invitation,
    Organisation,
    Partnership,
    Purpose,
    StaffMembership,
)
from tests.constraints import assert_refused, named
from tests.partners.factories import (
    make_invitation,
    make_membership,
    make_name,
    make_organisation,
    make_partnership,
    make_place,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust():
    make_partnership(ends_on=date(2026, 3, 31))
    return make_organisation("trust", opened_on=date(2016, 4, 1))


def partnership():
    return Partnership.objects.get()


def purpose_twice():
    for name in ("Health", "Wealth"):
        Purpose.objects.create(partnership=partnership(), slug="health", name=name)


def places_with_one_code():
    make_place("Lambeth", "E09000022")
    make_place("Southwark", "E09000022")


def names_at_once():
    trust = Organisation.objects.get()
    make_name(trust, "Old", None, date(2018, 3, 31))
    make_name(trust, "New", date(2018, 3, 31), None)


def membership_twice():
    for _ in range(2):
        make_membership(partnership(), Organisation.objects.get())


def role_twice():
    member = make_user("contributor").staff_memberships.get()
    StaffMembership.objects.create(
        user=member.user, role=member.role, organisation=member.organisation
    )


def invited(**values):
    """An invitation to the trust with these values, which it may not have."""

    def bad():
        invitation = make_invitation(organisation=Organisation.objects.get())
        Invitation.objects.filter(pk=invitation.pk).update(**values)

    return bad


def invited_twice():
    for _ in range(2):
        make_invitation(organisation=Organisation.objects.get())


def accepted_and_withdrawn():
    user, now = make_user("analyst"), timezone.now()
    invited(accepted_at=now, accepted_by=user, withdrawn_at=now, withdrawn_by=user)()


def change(**values):
    return lambda: Organisation.objects.update(**values)


BAD = {
    "partnership_ends_after_start": lambda: Partnership.objects.update(ends_on=date(2016, 3, 31)),
    "partnership_one_at_a_time": lambda: make_partnership("next", starts_on=date(2026, 3, 31)),
    "purpose_unique_slug": purpose_twice,
    "place_gss_code_well_formed": lambda: make_place("Lambeth", "E0900002X"),
    "place_unique_gss_code": places_with_one_code,
    "organisation_closes_after_opening": change(closed_on=date(2016, 3, 31)),
    "organisation_successor_only_when_closed": lambda: Organisation.objects.update(
        successor=make_organisation("next")
    ),
    "organisation_ods_code_well_formed": change(ods_code="rj1"),
    "organisation_one_name_at_a_time": names_at_once,
    "partner_membership_unique": membership_twice,
    "partner_membership_leaves_after_joining": lambda: make_membership(
        partnership(), Organisation.objects.get(), left_on=date(2016, 3, 31)
    ),
    "staff_membership_role_fits_scope": lambda: StaffMembership.objects.filter(
        pk=make_user("contributor").staff_memberships.get().pk
    ).update(role="analyst"),
    "staff_membership_unique": role_twice,
    "invitation_role_fits_scope": invited(role="analyst"),
    "invitation_email_is_lower_case": invited(email="Kim@example.org"),
    "invitation_expires_after_sending": invited(expires_at=timezone.now() - timedelta(days=3)),
    "invitation_accepted_or_withdrawn": accepted_and_withdrawn,
    "invitation_accepted_at_and_by": invited(accepted_at=timezone.now()),
    "invitation_withdrawn_at_and_by": invited(withdrawn_at=timezone.now()),
    "invitation_one_open": invited_twice,
}


def test_every_constraint_has_a_bad_row():
    assert set(BAD) == named("partners")


@pytest.mark.parametrize("constraint", BAD)
def test_database_refuses(trust, constraint):
    assert_refused(constraint, BAD[constraint])


@pytest.mark.parametrize(("role", "scope"), [("approver", "partnership"), ("editor", "trust")])
def test_staffmembership_of_a_role_in_the_wrong_scope_is_refused(trust, role, scope):
    user = make_user("board_member")
    owner = {"partnership": partnership()} if scope == "partnership" else {"organisation": trust}
    assert_refused(
        "staff_membership_role_fits_scope",
        lambda: StaffMembership.objects.create(user=user, role=role, **owner),
    )


def test_partnerships_and_names_may_follow_one_another(trust):
    make_partnership("next", starts_on=date(2026, 4, 1))
    make_name(trust, "Old", None, date(2018, 3, 31))
    make_name(trust, "New", date(2018, 4, 1), None)
    assert (Partnership.objects.count(), trust.names.count()) == (2, 2)
