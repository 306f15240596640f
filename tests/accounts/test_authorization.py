"""Who holds which permission, and for which organisations."""

import re

import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from accounts.authorization import granted, has_permission, holds, may, organisation_ids
from accounts.models import User
from accounts.permissions import Permission
from accounts.roles import ORGANISATION_ROLES, PARTNERSHIP_ROLES, ROLE_CHOICES, ROLES, Scope
from partners.models import Partnership, StaffMembership
from tests.partners.factories import make_organisation, make_partnership

SEND, VIEW, BOARD = Permission.SUBMISSION_SEND, Permission.SUBMISSION_VIEW, Permission.BOARD_VIEW


@pytest.fixture
def kim(kim):
    make_partnership()
    return kim


def give(user, role, organisation=None) -> User:
    """The user as the next request sees them, with one more role."""
    partnership = None if organisation else Partnership.objects.get()
    StaffMembership.objects.create(
        user=user, role=role, organisation=organisation, partnership=partnership
    )
    return User.objects.get(pk=user.pk)


def test_granted_is_empty_without_a_role_or_without_a_person(kim):
    assert granted(kim) == granted(AnonymousUser()) == granted(None) == {}
    assert organisation_ids(kim, VIEW) == set()


def test_granted_is_empty_for_an_inactive_person(kim):
    user = give(kim, "analyst")
    user.is_active = False
    assert granted(user) == {}
    assert not user.has_perm(Permission.RELEASE_PLAN)


def test_granted_joins_the_roles_of_a_person(kim):
    first, second = make_organisation("first"), make_organisation("second")
    give(kim, "contributor", first)
    user = give(give(kim, "approver", second), "board_member")
    assert organisation_ids(user, SEND) == {first.pk}
    assert organisation_ids(user, VIEW) == {first.pk, second.pk}
    assert organisation_ids(user, BOARD) is None
    assert granted(user)[Permission.GALLERY_VIEW] == {None, first.pk, second.pk}


def test_granted_asks_the_database_once(kim, django_assert_num_queries):
    user = give(kim, "analyst")
    with django_assert_num_queries(1):
        assert all(has_permission(user, VIEW) for _ in range(3))


def test_haspermission_of_a_contributor_ends_at_their_organisation(kim):
    ours, theirs = make_organisation("ours"), make_organisation("theirs")
    user = give(kim, "contributor", ours)
    assert has_permission(user, SEND)
    assert holds(user, SEND, at=ours.pk)
    assert not holds(user, SEND, at=theirs.pk)
    assert user.has_perm(SEND, ours)
    assert not user.has_perm(SEND, theirs)


def test_haspermission_across_the_partnership_holds_everywhere(kim):
    user = give(kim, "analyst")
    assert holds(user, VIEW, at=make_organisation("any").pk)
    assert organisation_ids(user, VIEW) is None


def test_may_asks_for_the_organisation_of_the_object(kim):
    ours, theirs = make_organisation("ours"), make_organisation("theirs")
    user = give(kim, "approver", ours)
    allowed = may(Permission.SUBMISSION_APPROVE)
    assert allowed(user)
    assert allowed(user, ours)
    assert not allowed(user, theirs)


def test_role_taken_away_is_gone_with_the_next_request(kim):
    user = give(kim, "analyst")
    assert has_permission(user, VIEW)
    StaffMembership.objects.all().delete()
    assert not has_permission(User.objects.get(pk=user.pk), VIEW)


def test_every_permission_is_a_rule_and_held_by_some_role():
    held = {permission for role in ROLES.values() for permission in role.permissions}
    assert held == set(Permission)
    assert all(rules.perm_exists(permission) for permission in Permission)
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", permission) for permission in Permission)


def test_roles_say_what_they_may_do_in_one_sentence():
    for slug, role in ROLES.items():
        assert slug == role.slug
        assert role.name
        assert re.fullmatch(r"[A-Z][^.]+\.", role.sentence)
    assert [slug for slug, _ in ROLE_CHOICES] == list(ROLES)
    assert set(ORGANISATION_ROLES) | set(PARTNERSHIP_ROLES) == set(ROLES)
    assert not set(ORGANISATION_ROLES) & set(PARTNERSHIP_ROLES)


def test_no_role_both_sends_and_approves():
    sending = {Permission.SUBMISSION_SEND, Permission.SUBMISSION_SEND_FOR_ALL}
    for role in ROLES.values():
        assert not (
            sending & role.permissions and Permission.SUBMISSION_APPROVE in role.permissions
        )


def test_roles_of_an_organisation_reach_nothing_of_the_partnership():
    own = {
        Permission.SUBMISSION_VIEW,
        Permission.SUBMISSION_SEND,
        Permission.SUBMISSION_APPROVE,
        Permission.GALLERY_VIEW,
        Permission.PEOPLE_VIEW,
        Permission.PEOPLE_INVITE,
    }
    for role in ROLES.values():
        assert role.scope == Scope.PARTNERSHIP or role.permissions <= own
