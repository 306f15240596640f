"""The partners, their names through time and their membership."""

from datetime import date

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from accounts.authorization import organisation_ids
from accounts.permissions import Permission
from partners.models.partnerships import Partnership, Place
from partners.models.ranges import DateRange, SameNumber, ends_after_start

# What Wagtail itself notes of drafts, and keeps a history of; left out of the record of changes.
EDITORIAL = [
    "latest_revision",
    "live_revision",
    "first_published_at",
    "last_published_at",
    "has_unpublished_changes",
]


class OrganisationKind(models.TextChoices):
    GENERAL_PRACTICE = "general_practice", "General practice"
    FOUNDATION_TRUST = "foundation_trust", "NHS foundation trust"
    TRUST = "trust", "NHS trust"
    COMMISSIONER = "commissioner", "Commissioner"
    LOCAL_AUTHORITY = "local_authority", "Council"
    COMMUNITY_AND_VOLUNTARY = "community_and_voluntary", "Community and voluntary sector"
    CHARITY = "charity", "Charity"
    RESIDENTS = "residents", "Residents’ voice"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def for_user(self, user, permission: Permission) -> "OrganisationQuerySet":
        """The organisations for which the user holds the permission."""
        ids = organisation_ids(user, permission)
        return self.all() if ids is None else self.filter(id__in=ids)

    def live(self) -> "OrganisationQuerySet":
        return self.filter(live=True)

    def partners_today(self) -> "OrganisationQuerySet":
        """Those that take part in the partnership of today, or soon will, and have not closed."""
        today = timezone.localdate()
        memberships = PartnerMembership.objects.filter(
            Q(left_on__isnull=True) | Q(left_on__gte=today),
            partnership=Partnership.objects.current(today),
        )
        return self.filter(
            Q(closed_on__isnull=True) | Q(closed_on__gt=today),
            id__in=memberships.values("organisation_id"),
        )


@pghistory.track(exclude=EDITORIAL)
class Organisation(DraftStateMixin, RevisionMixin, PreviewableMixin, models.Model):
    """A partner. Its names have validity dates; a closed one may have a successor."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=160, help_text="The name in use today.")
    kind = models.CharField(max_length=30, choices=OrganisationKind)
    ods_code = models.CharField("ODS code", max_length=10, null=True, blank=True, unique=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    summary = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    website = models.URLField(blank=True)
    partnerships = models.ManyToManyField(
        Partnership, through="PartnerMembership", related_name="organisations"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
                name="organisation_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(closed_on__isnull=False),
                name="organisation_successor_only_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(ods_code__isnull=True) | Q(ods_code__regex=r"^[A-Z0-9]{3,10}$"),
                name="organisation_ods_code_well_formed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_closed(self) -> bool:
        return self.closed_on is not None and self.closed_on <= timezone.localdate()

    @property
    def organisation_id(self) -> int:
        """So that permission rules treat an organisation like what belongs to it."""
        return self.pk

    def name_on(self, day: date) -> str:
        """The name that was in force on that day."""
        for named in self.names.all():
            if (not named.valid_from or named.valid_from <= day) and (
                not named.valid_to or day <= named.valid_to
            ):
                return named.name
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partners:organisation-detail", args=[self.slug])

    def get_close_url(self) -> str:
        return reverse("partners:organisation-close", args=[self.slug])

    def with_content_json(self, content: dict) -> "Organisation":
        """A draft of editors; it never brings back when the organisation opens and closes."""
        draft = super().with_content_json(content)
        for name in ("opened_on", "closed_on", "successor_id"):
            setattr(draft, name, getattr(self, name))
        return draft

    def get_preview_template(self, request, mode_name: str) -> str:
        return "partners/organisation_detail.html"

    def get_preview_context(self, request, mode_name: str) -> dict:
        from partners.selectors import organisation_page

        return organisation_page(self)


@pghistory.track()
class OrganisationName(models.Model):
    """A name an organisation bore between two days."""

    record_name = "Name of an organisation"

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    name = models.CharField(max_length=160)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            ExclusionConstraint(
                name="organisation_one_name_at_a_time",
                expressions=[
                    (SameNumber("organisation"), RangeOperators.OVERLAPS),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class PartnerMembership(models.Model):
    """An organisation's time in a partnership, as a member or as a supporter."""

    record_name = "Membership of a partnership"

    class Capacity(models.TextChoices):
        MEMBER = "member", "Member"
        SUPPORTER = "supporter", "Supporter"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    capacity = models.CharField(max_length=10, choices=Capacity, default=Capacity.MEMBER)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    places = models.ManyToManyField(Place, blank=True, related_name="+")

    class Meta:
        ordering = ["organisation__kind", "organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "organisation", "joined_on"],
                name="partner_membership_unique",
            ),
            ends_after_start("joined_on", "left_on", "partner_membership_leaves_after_joining"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.partnership}"
