"""People's roles and their way in: given, taken away, ended. Whatever they did stays theirs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.actions import sessions
from accounts.authorization import require
from accounts.models import TrackedAuthenticator, User
from accounts.permissions import Permission
from accounts.roles import ADMINISTRATOR, ROLES
from accounts.second_factor import STEPS
from accounts.trail.context import because
from accounts.trail.sources import rows
from partners.actions import notices
from partners.models import Invitation, Organisation, Partnership, StaffMembership

TIME_TO_FINISH = timedelta(days=7)
LAST = "This is the last administrator. Make somebody else an administrator first."
_watchers: list[Callable[[User], None]] = []


class Refused(Exception):  # noqa: N818 (a sentence for people)
    """It cannot be done; the message says why and nothing was changed."""


def on_roles_changed(watcher: Callable[[User], None]) -> None:
    """For apps further out: `watcher` is called in the transaction in which roles change."""
    if watcher not in _watchers:
        _watchers.append(watcher)


@transaction.atomic
def add_role(
    *,
    user: User,
    role: str,
    organisation: Organisation | None = None,
    partnership: Partnership | None = None,
    by: Any,
) -> StaffMembership:
    """Gives a role at the organisation, or in the partnership, to somebody who has an account."""
    require(by=by, permission=Permission.PEOPLE_INVITE, at=organisation and organisation.pk)
    check_place(organisation)
    membership = write_role(
        user=user, role=role, organisation=organisation, partnership=partnership
    )
    notices.send("role_added", to=user.email, user=user, role=ROLES[role], membership=membership)
    return membership


def write_role(
    *, user: User, role: str, organisation: Organisation | None, partnership: Partnership | None
) -> StaffMembership:
    """Writes the row of a role and tells the watchers; for actions that have asked who may."""
    membership, is_new = StaffMembership.objects.get_or_create(
        user=user, role=role, organisation=organisation, partnership=partnership
    )
    if not is_new:
        raise Refused(f"{user} has this role already.")
    _tell_watchers(user)
    return membership


def check_place(organisation: Organisation | None) -> None:
    """Refuses an organisation that has closed or takes no part in the partnership of today."""
    if organisation is None:
        return
    if organisation.has_closed:
        raise Refused(f"{organisation} has closed, so nobody can get a role there.")
    if not Organisation.objects.partners_today().filter(pk=organisation.pk).exists():
        raise Refused(f"{organisation} is not a partner today, so nobody can get a role there.")


@transaction.atomic
def remove_role(*, membership: StaffMembership, reason: str, by: Any) -> None:
    """Takes a role away; from the next page on it grants nothing."""
    require(by=by, permission=Permission.PEOPLE_INVITE, at=membership.organisation_id)
    _need_reason(reason)
    user = membership.user
    if membership.role == ADMINISTRATOR.slug:
        if user.pk == by.pk:
            raise Refused("You cannot take your own role of administrator away.")
        _keep_an_administrator(without=user)
    locked = StaffMembership.objects.select_for_update().filter(pk=membership.pk)
    if not locked:
        raise Refused(f"{user} does not have this role any more.")
    with because(reason):
        locked.delete()
        _tell_watchers(user)
    role = ROLES[membership.role]
    notices.send("role_removed", to=user.email, user=user, role=role, membership=membership)


@transaction.atomic
def deactivate(*, user: User, reason: str, by: Any) -> None:
    """Ends a person's access at once: every session, and every way in. What they did stays."""
    require(by=by, permission=Permission.PEOPLE_MANAGE, at=None)
    _need_reason(reason)
    if user.pk == by.pk:
        raise Refused("You cannot deactivate yourself. Ask another administrator.")
    if user.staff_memberships.filter(role=ADMINISTRATOR.slug).exists():
        _keep_an_administrator(without=user)
    with because(reason):
        if not switch_off(user, by=by):
            raise Refused(f"{user} is deactivated already.")
        Invitation.objects.open().filter(email=user.email).update(
            withdrawn_at=timezone.now(), withdrawn_by=by
        )
    notices.send("deactivated", to=user.email, user=user)


def switch_off(user: User, *, by: User | None) -> bool:
    """Lets the person in no more; False if that was so before. `by=None` is the portal itself."""
    changed = User.objects.filter(pk=user.pk, is_active=True).update(is_active=False)
    user.is_active = False
    sessions.end_all(user=user, by=by)
    return bool(changed)


@transaction.atomic
def deactivate_unfinished() -> int:
    """Ends accounts that have had no second step for a week, and so stand on a password alone.

    The week begins with the account, a reactivation or the reset of a second step; the tick calls
    this. Returns how many.
    """
    since = timezone.now() - TIME_TO_FINISH
    me = OuterRef("pk")
    changed = rows(User._meta.label_lower).filter(pgh_obj_id=me, when__gt=since)
    steps = rows(TrackedAuthenticator._meta.label_lower).filter(user_id=me, when__gt=since)
    people = User.objects.filter(
        ~Exists(Authenticator.objects.filter(user=me, type__in=STEPS)),
        ~Exists(SocialAccount.objects.filter(user=me)),  # the provider asks for two steps
        ~Exists(changed),
        ~Exists(steps),
        is_active=True,
        date_joined__lt=since,
    )
    with because("No second step was set up within seven days"):
        for person in people:
            switch_off(person, by=None)
            notices.send("deactivated", to=person.email, user=person, unfinished=True)
    return len(people)


@transaction.atomic
def reactivate(*, user: User, by: Any) -> None:
    """Lets somebody in again who was deactivated, with the roles they still have."""
    require(by=by, permission=Permission.PEOPLE_MANAGE, at=None)
    roles = user.staff_memberships
    if roles.exists() and not roles.in_force().exists():
        raise Refused(
            f"{user} only has roles at organisations that have closed. Give them a role first."
        )
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        raise Refused(f"{user} is not deactivated.")
    user.is_active = True
    notices.send("reactivated", to=user.email, user=user)


@transaction.atomic
def reset_second_step(*, user: User, by: Any) -> None:
    """Forgets the person's second step, so that they set up a new one when they next sign in."""
    require(by=by, permission=Permission.PEOPLE_MANAGE, at=None)
    if user.pk == by.pk:
        raise Refused("Change your own second step on the page about your account.")
    User.objects.select_for_update().get(pk=user.pk)  # not while they change it themselves
    Authenticator.objects.filter(user=user).delete()
    sessions.end_all(user=user, by=by)
    notices.send("second_step_reset", to=user.email, user=user)


@transaction.atomic
def end_sessions(*, user: User, by: Any) -> None:
    """Signs the person out on every computer."""
    require(by=by, permission=Permission.PEOPLE_MANAGE, at=None)
    sessions.end_all(user=user, by=by)


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("Say why, so that others can understand it later.")


def _keep_an_administrator(*, without: User) -> None:
    """Refuses when nobody else could look after the portal; two who try at once queue up here."""
    administrators = StaffMembership.objects.filter(role=ADMINISTRATOR.slug)
    list(administrators.select_for_update(of=("self",)).order_by("pk"))
    # Asked again behind the lock, which may have waited for somebody who changed the answer.
    if not administrators.filter(user__is_active=True).exclude(user=without).exists():
        raise Refused(LAST)


def _tell_watchers(user: User) -> None:
    for watcher in _watchers:
        watcher(user)
