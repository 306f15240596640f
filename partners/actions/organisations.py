"""An organisation that closes takes its people's access with it."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from accounts.authorization import require
from accounts.models import User
from accounts.permissions import Permission
from accounts.trail.context import because
from partners.actions import notices, staff
from partners.actions.staff import Refused
from partners.models import Organisation, StaffMembership

# Access ends at once, with no way back on screen: a mistyped year must not do it.
LONGEST_AGO = timedelta(days=31)


@transaction.atomic
def close(
    *,
    organisation: Organisation,
    closed_on: date,
    successor: Organisation | None = None,
    reason: str,
    by: Any,
) -> int:
    """Closes an organisation on a day, today, past or to come; a day to come can be changed.

    From that day on roles there grant nothing. Returns how many people were deactivated at once;
    for a day to come the tick does that when it is there.
    """
    require(by=by, permission=Permission.ORGANISATION_CLOSE, at=None)
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if not reason.strip():
        raise Refused("Say why the organisation closes.")
    _check(organisation, closed_on, successor)
    with because(reason):
        organisation.closed_on, organisation.successor = closed_on, successor
        organisation.save(update_fields=["closed_on", "successor"])
        end = timezone.make_aware(datetime.combine(closed_on, time.min))
        organisation.invitations.open().filter(expires_at__gt=end).update(
            withdrawn_at=timezone.now(), withdrawn_by=by
        )
        here = left_behind().filter(staff_memberships__organisation=organisation)
        return _deactivate(here, by=by)


def _check(organisation: Organisation, closed_on: date, successor: Organisation | None) -> None:
    if organisation.has_closed:
        raise Refused(f"{organisation} has closed already.")
    if organisation.opened_on and closed_on < organisation.opened_on:
        opened_on = date_format(organisation.opened_on, "j F Y")
        raise Refused(f"{organisation} opened on {opened_on}. It cannot close before that day.")
    if closed_on < timezone.localdate() - LONGEST_AGO:
        raise Refused("That day is more than a month ago. Check the year; nothing was changed.")
    if successor and (successor.pk == organisation.pk or successor.has_closed):
        raise Refused("Choose a successor that is open, and another organisation than this one.")


def left_behind() -> "QuerySet[User]":
    """Active people with a role at an organisation that has closed, and none that is in force."""
    roles = StaffMembership.objects.filter(user=OuterRef("pk"))
    has_left = roles.filter(organisation__closed_on__lte=timezone.localdate())
    return User.objects.filter(Exists(has_left), ~Exists(roles.in_force()), is_active=True)


def deactivate_left_behind() -> int:
    """Ends the access of everybody whose last organisation has closed; the tick calls it."""
    with transaction.atomic(), because("Every organisation where they had a role has closed"):
        return _deactivate(left_behind(), by=None)


def _deactivate(people: "QuerySet[User]", *, by: User | None) -> int:
    count = 0
    for person in people.distinct():
        if staff.switch_off(person, by=by):
            notices.send("deactivated", to=person.email, user=person, organisation_closed=True)
            count += 1
    return count
