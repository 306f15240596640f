"""The only way in: an invitation to one address, for one role, good once and for 48 hours."""

import hashlib
import secrets
from datetime import datetime, time
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.authorization import require
from accounts.models import User
from accounts.permissions import Permission
from accounts.roles import ADMINISTRATOR, ROLES
from partners.actions import notices, staff
from partners.actions.staff import Refused
from partners.models import Invitation, Organisation, Partnership


def fingerprint(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    email: str,
    role: str,
    organisation: Organisation | None = None,
    partnership: Partnership | None = None,
    by: Any,
) -> Invitation:
    """Invites an address to a role at the organisation, or in the partnership, by mail."""
    require(by=by, permission=Permission.PEOPLE_INVITE, at=organisation and organisation.pk)
    email = _address(email)
    staff.check_place(organisation)
    place = {"organisation": organisation, "partnership": partnership}
    _check_person(email, role, place)
    token, fields = _new_token(organisation)
    invitation, is_new = Invitation.objects.open().get_or_create(
        email=email, role=role, **place, defaults={**fields, "invited_by": by}
    )
    if not is_new:
        raise Refused(
            f"{email} is already invited to this role. You can send that invitation again."
        )
    _mail(invitation, token)
    return invitation


@transaction.atomic
def invite_administrator(*, email: str, partnership: Partnership) -> tuple[Invitation, str]:
    """For the server's own console: an invitation and its link, sent to nobody.

    An open invitation of the same address gets a new link, and the old one dies.
    """
    email = _address(email)
    place: dict[str, Any] = {"organisation": None, "partnership": partnership}
    _check_person(email, ADMINISTRATOR.slug, place)
    token, fields = _new_token(None)
    invitation, _ = Invitation.objects.open().update_or_create(
        email=email, role=ADMINISTRATOR.slug, **place, defaults={**fields, "invited_by": None}
    )
    return invitation, link(token)


@transaction.atomic
def resend(*, invitation: Invitation, by: Any) -> None:
    """Sends a new link, good for another 48 hours; the old one dies."""
    require(by=by, permission=Permission.PEOPLE_INVITE, at=invitation.organisation_id)
    locked = _lock_open(invitation)
    staff.check_place(locked.organisation)
    token, fields = _new_token(locked.organisation)
    fields["invited_by"] = by  # who stands for it from now on
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(fields))
    _mail(locked, token)


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Any) -> None:
    """Takes an invitation back; its link dies."""
    require(by=by, permission=Permission.PEOPLE_INVITE, at=invitation.organisation_id)
    locked = _lock_open(invitation)
    locked.withdrawn_at, locked.withdrawn_by = timezone.now(), by
    locked.save(update_fields=["withdrawn_at", "withdrawn_by"])


@transaction.atomic
def accept(
    *, mark: str, by: User | None = None, full_name: str = "", password: str | None = None
) -> User:
    """Uses up the invitation whose token has the fingerprint `mark`, and gives its role.

    `by` is the person who is signed in; without one a new person is made of the name and password
    (None for those who will use single sign-on). Refused when the link does not work any more, or
    when the address belongs to somebody who has to sign in first.
    """
    invitation = _lock_for_acceptance(mark)
    person = User.objects.select_for_update().filter(email=invitation.email).first()
    if by is not None and by != person:
        raise Refused("This invitation is for somebody else.")
    if person is not None and not person.is_active:
        raise Refused("The account with this address was closed.")
    if person is not None and by is None:
        raise Refused("You have an account already. Sign in to accept the invitation.")
    if person is None:
        person = _new_person(invitation.email, full_name, password)
    place: dict[str, Any] = {
        "organisation": invitation.organisation,
        "partnership": invitation.partnership,
    }
    staff.write_role(user=person, role=invitation.role, **place)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return person


def link(token: str) -> str:
    return settings.PORTAL_URL.rstrip("/") + reverse("partners:invitation-open", args=[token])


def _address(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(
            f"“{email}” is not an e-mail address. Enter one like name@example.org."
        ) from None
    return email


def _check_person(email: str, role: str, place: dict[str, Any]) -> None:
    """Refuses when the address belongs to somebody whom an invitation would not help."""
    person = User.objects.filter(email=email).first()
    if person is None:
        return
    if not person.is_active:
        raise Refused(f"{email} belongs to somebody who is deactivated. Reactivate them instead.")
    if person.staff_memberships.filter(role=role, **place).exists():
        raise Refused(f"{email} has this role already.")


def _new_token(organisation: Organisation | None) -> tuple[str, dict[str, Any]]:
    """A fresh token, and what the row keeps of it. No invitation outlives its organisation."""
    token, now = secrets.token_urlsafe(32), timezone.now()
    expires_at = now + Invitation.LIFETIME
    if organisation and organisation.closed_on:
        end = timezone.make_aware(datetime.combine(organisation.closed_on, time.min))
        expires_at = min(expires_at, end)
    fields = {"token_hash": fingerprint(token), "sent_at": now, "expires_at": expires_at}
    return token, fields


def _mail(invitation: Invitation, token: str) -> None:
    notices.send(
        "invitation",
        to=invitation.email,
        invitation=invitation,
        role=ROLES[invitation.role],
        link=link(token),
    )


def _lock_open(invitation: Invitation) -> Invitation:
    row = Invitation.objects.select_for_update(of=("self",)).open().filter(pk=invitation.pk).first()
    if row is None:
        raise Refused("This invitation was used or withdrawn in the meantime.")
    return row


def _lock_for_acceptance(mark: str) -> Invitation:
    """The invitation under lock, with all others to its address: a person is made only once."""
    same_address = Invitation.objects.filter(token_hash=mark).values("email")
    locked = Invitation.objects.select_for_update(of=("self",)).filter(email__in=same_address)
    found = [row for row in locked.order_by("pk") if row.token_hash == mark]
    if not found:
        raise Refused("This invitation was replaced by a newer one.")
    if found[0].obstacle:
        raise Refused(found[0].obstacle)
    return found[0]


def _new_person(email: str, full_name: str, password: str | None) -> User:
    """An account whose address is known to be theirs: the link came to it."""
    person = User.objects.create_user(email, password, full_name=" ".join(full_name.split()))
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person
