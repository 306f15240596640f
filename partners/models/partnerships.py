"""The partnership, what it answers for and the boroughs it covers."""

from datetime import date

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.models.ranges import DateRange, ends_after_start


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def current(self, on: date | None = None) -> "Partnership | None":
        """The partnership in force on that day (today unless told), or else the latest one."""
        on = on or timezone.localdate()
        started = self.filter(starts_on__lte=on).order_by("-starts_on")
        return started.first() or self.order_by("starts_on").first()


@pghistory.track()
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


@pghistory.track()
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


@pghistory.track()
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

    def existed_between(self, first: date, last: date) -> bool:
        """Whether its code was in use on at least one day from the first to the last."""
        return (self.valid_from is None or self.valid_from <= last) and (
            self.valid_to is None or self.valid_to >= first
        )
