"""Who: the partnership, its purposes and places, its member organisations and their people."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    BigIntegerRangeField,
    DateRangeField,
    RangeBoundary,
    RangeOperators,
)
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from accounts.authorization import organisation_ids
from accounts.permissions import Permission
from accounts.roles import ORGANISATION_ROLES, PARTNERSHIP_ROLES, ROLE_CHOICES, ROLES


class DateRange(Func):
    """The days from one field to another, both included; an empty end is open."""

    function = "DATERANGE"
    output_field = DateRangeField()

    def __init__(self, start: str, end: str) -> None:
        super().__init__(F(start), F(end), RangeBoundary(inclusive_upper=True))


class SameNumber(Func):
    """A number as a range of one, so that equality needs no database extension."""

    function = "INT8RANGE"
    output_field = BigIntegerRangeField()

    def __init__(self, field: str) -> None:
        super().__init__(F(field), F(field), RangeBoundary(inclusive_upper=True))


def ends_after_start(start: str, end: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": F(start)}), name=name
    )


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def current(self, on: date | None = None) -> "Partnership | None":
        """The partnership in force on that day (today unless told), or else the latest one."""
        on = on or timezone.localdate()
        started = self.filter(starts_on__lte=on).order_by("-starts_on")
        return started.first() or self.order_by("starts_on").first()


class Partnership(models.Model):
    """A dated collaboration; `predecessor` links the line from one partnership to the next."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    strapline = models.CharField(max_length=200)
    about = models.TextField(help_text="Who we are, in plain English. Blank lines part paragraphs.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    predecessor = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor"
    )
    is_demonstration = models.BooleanField(
        default=False, help_text="Every page then says that figures and stories are illustrative."
    )

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            ends_after_start("starts_on", "ends_on", "partnership_ends_after_start"),
            ExclusionConstraint(
                name="partnership_one_at_a_time",
                expressions=[(DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Purpose(models.Model):
    """An aim the partnership answers for."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="purposes")
    slug = models.SlugField()
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "slug"], name="purpose_unique_slug")
        ]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A borough, with the code the Office for National Statistics gives it."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    gss_code = models.CharField("GSS code", max_length=9)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    partnerships = models.ManyToManyField(Partnership, related_name="places")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(gss_code__regex=r"^[EW][0-9]{8}$"), name="place_gss_code_well_formed"
            ),
            models.UniqueConstraint(fields=["gss_code"], name="place_unique_gss_code"),
        ]

    def __str__(self) -> str:
        return self.name


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

    def get_preview_template(self, request, mode_name: str) -> str:
        return "partners/organisation_detail.html"

    def get_preview_context(self, request, mode_name: str) -> dict:
        from partners.selectors import organisation_page

        return organisation_page(self)


class OrganisationName(models.Model):
    """A name an organisation bore between two days."""

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


class PartnerMembership(models.Model):
    """An organisation's time in a partnership, as a member or as a supporter."""

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


class StaffMembership(models.Model):
    """A person's role, in one organisation or across the partnership."""

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

    class Meta:
        ordering = ["user__full_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    role__in=ORGANISATION_ROLES,
                    organisation__isnull=False,
                    partnership__isnull=True,
                )
                | Q(
                    role__in=PARTNERSHIP_ROLES,
                    organisation__isnull=True,
                    partnership__isnull=False,
                ),
                name="staff_membership_role_fits_scope",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organisation", "partnership"],
                nulls_distinct=False,
                name="staff_membership_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {ROLES[self.role].name} at {self.organisation or self.partnership}"


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
