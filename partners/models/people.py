"""People: what they may do at which partner, who is invited, and who leads."""

import uuid
from datetime import timedelta

import pghistory
from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from accounts.authorization import holds, organisation_ids
from accounts.permissions import Permission
from accounts.roles import ORGANISATION_ROLES, PARTNERSHIP_ROLES, ROLE_CHOICES, ROLES
from partners.models.organisations import Organisation
from partners.models.partnerships import Partnership


def role_fits_scope(name: str) -> models.CheckConstraint:
    """A role at an organisation names one, a role across the partnership names that."""
    return models.CheckConstraint(
        condition=Q(
            role__in=ORGANISATION_ROLES, organisation__isnull=False, partnership__isnull=True
        )
        | Q(role__in=PARTNERSHIP_ROLES, organisation__isnull=True, partnership__isnull=False),
        name=name,
    )


def held_at(user, permission: Permission) -> Q:
    """Rows of places for which the user holds the permission; rows of the partnership, for all."""
    ids = organisation_ids(user, permission)
    return Q() if ids is None else Q(organisation_id__in=ids)


class StaffMembershipQuerySet(models.QuerySet["StaffMembership"]):
    def for_user(self, user, permission: Permission) -> "StaffMembershipQuerySet":
        return self.filter(held_at(user, permission))

    def in_force(self) -> "StaffMembershipQuerySet":
        """Roles that count today: those at an organisation end on the day it closes."""
        return self.filter(
            Q(organisation__isnull=True)
            | Q(organisation__closed_on__isnull=True)
            | Q(organisation__closed_on__gt=timezone.localdate())
        )


@pghistory.track()
class StaffMembership(models.Model):
    """A person's role, in one organisation or across the partnership."""

    record_name = "Role"

    uuid = models.UUIDField(
        default=uuid.uuid4, db_default=RandomUUID(), editable=False, unique=True
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="staff_memberships"
    )
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="staff"
    )
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, null=True, blank=True, related_name="staff"
    )

    objects = StaffMembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user__full_name"]
        constraints = [
            role_fits_scope("staff_membership_role_fits_scope"),
            models.UniqueConstraint(
                fields=["user", "role", "organisation", "partnership"],
                nulls_distinct=False,
                name="staff_membership_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {ROLES[self.role].name} at {self.organisation or self.partnership}"

    @property
    def role_name(self) -> str:
        return ROLES[self.role].name

    @property
    def is_in_force(self) -> bool:
        return self.organisation is None or not self.organisation.has_closed

    def get_delete_url(self) -> str:
        return reverse("partners:role-delete", args=[self.uuid])


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def for_user(self, user, permission: Permission) -> "InvitationQuerySet":
        return self.filter(held_at(user, permission))

    def open(self) -> "InvitationQuerySet":
        """Sent, and neither used nor withdrawn; it may have expired."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


@pghistory.track(exclude=["token_hash"])
class Invitation(models.Model):
    """A way in for one address, once, with the role and scope that the inviter chose.

    Only a hash of the token is kept; the token itself is in the mail alone.
    """

    LIFETIME = timedelta(hours=48)

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    email = models.EmailField("e-mail address")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    token_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 in hex.")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Empty for the first administrator, who is invited on the server.",
    )
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            role_fits_scope("invitation_role_fits_scope"),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="invitation_email_is_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at")), name="invitation_expires_after_sending"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="invitation_withdrawn_at_and_by",
            ),
            models.UniqueConstraint(
                fields=["email", "role", "organisation", "partnership"],
                nulls_distinct=False,
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {ROLES[self.role].name} at {self.organisation or self.partnership}"

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def obstacle(self) -> str:
        """Why it cannot be accepted, as a sentence; empty when it can."""
        if self.accepted_at:
            return "This invitation was used already."
        if self.withdrawn_at:
            return "This invitation was withdrawn."
        if self.organisation and self.organisation.has_closed:
            return f"{self.organisation} has closed."
        sender, where = self.invited_by, self.organisation_id
        if sender and not holds(sender, Permission.PEOPLE_INVITE, at=where):
            return "Whoever sent this invitation may no longer invite people."
        return "This invitation is too old." if self.has_expired else ""

    @property
    def role_name(self) -> str:
        return ROLES[self.role].name

    @property
    def role_sentence(self) -> str:
        return ROLES[self.role].sentence

    def get_resend_url(self) -> str:
        return reverse("partners:invitation-resend", args=[self.uuid])

    def get_withdraw_url(self) -> str:
        return reverse("partners:invitation-withdraw", args=[self.uuid])


@pghistory.track()
class Leader(models.Model):
    """Somebody who leads the partnership or speaks for a partner: facts only."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="leaders")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="leaders"
    )
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=160)
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"
