"""What is counted and how."""

from datetime import date
from decimal import Decimal

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from outcomes.digits import plain_text
from partners.models import Organisation, Partnership, Purpose
from partners.models.ranges import ends_after_start
from programmes.models import Programme


class Frequency(models.TextChoices):
    MONTH = "month", "Monthly"
    QUARTER = "quarter", "Quarterly"
    YEAR = "year", "Yearly"


class CategoryScheme(models.TextChoices):
    AGE = "age", "Age"
    SEX = "sex", "Sex"
    ETHNICITY = "ethnicity", "Ethnic group"
    DEPRIVATION = "deprivation", "Deprivation fifth"


class Category(models.Model):
    """A group of people a measure may be broken down by, such as an age band."""

    scheme = models.CharField(max_length=12, choices=CategoryScheme)
    slug = models.SlugField()
    name = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["scheme", "order"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "slug"], name="category_unique_slug")
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Measure(models.Model):
    """What is counted and how: never a bare percentage where there is a denominator."""

    class Kind(models.TextChoices):
        COUNT = "count", "Count"
        PROPORTION = "proportion", "Proportion"
        RATE = "rate", "Rate"
        MEAN = "mean", "Mean"
        MONEY = "money", "Money"

    class Direction(models.TextChoices):
        INCREASE = "increase", "Higher is better"
        DECREASE = "decrease", "Lower is better"
        NEUTRAL = "neutral", "Neither is better"

    class Disclosure(models.TextChoices):
        SUPPRESS_AND_ROUND = "suppress_and_round", "Hide small numbers and round the others"
        EXACT = "exact", "Show exact numbers"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="measures")
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="measures"
    )
    purposes = models.ManyToManyField(Purpose, blank=True, related_name="measures")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=160)
    description = models.TextField(help_text="What it tells you, in plain English.")
    caveats = models.TextField(blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    numerator_label = models.CharField(max_length=160)
    denominator_label = models.CharField(max_length=160, blank=True)
    multiplier = models.PositiveIntegerField(default=1)
    unit = models.CharField(max_length=80, help_text="Said after the number, such as % or people.")
    sentence_subject = models.CharField(
        max_length=160,
        help_text="Completes “In May 2026, 84% …”: “of people were seen within 4 hours”.",
    )
    decimals = models.PositiveSmallIntegerField(default=0)
    direction = models.CharField(max_length=10, choices=Direction)
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.MONTH)
    source = models.CharField(max_length=200)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="owned_measures")
    next_review_on = models.DateField(null=True, blank=True)
    about_people = models.BooleanField(default=True)
    disclosure = models.CharField(
        max_length=20, choices=Disclosure, default=Disclosure.SUPPRESS_AND_ROUND
    )
    disclosure_reason = models.CharField(max_length=300, blank=True)
    ask_about_change = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        default=50,
        help_text="Ask the sender about a change from the last period of more than so many %.",
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["count", "money"], denominator_label="")
                | (~Q(kind__in=["count", "money"]) & ~Q(denominator_label="")),
                name="measure_denominator_fits_kind",
            ),
            models.CheckConstraint(
                condition=Q(about_people=False)
                | Q(disclosure="suppress_and_round")
                | ~Q(disclosure_reason=""),
                name="measure_exact_people_need_reason",
            ),
            models.CheckConstraint(condition=Q(multiplier__gte=1), name="measure_multiplier_set"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_denominator(self) -> bool:
        return bool(self.denominator_label)

    @property
    def is_count(self) -> bool:
        """Whether months can be added up to a year."""
        return self.kind in (self.Kind.COUNT, self.Kind.MONEY)

    def target_on(self, day: date) -> Decimal | None:
        """The target in force on that day, in the measure's unit."""
        for target in self.targets.all():
            if target.from_date <= day and (target.to_date is None or day <= target.to_date):
                return target.value
        return None

    def get_absolute_url(self) -> str:
        return reverse("outcomes:measure-detail", args=[self.slug])

    def get_board_url(self) -> str:
        return reverse("outcomes:board-measure-detail", args=[self.slug])


@pghistory.track()
class Target(models.Model):
    """What a measure should reach, between two days, in the measure's unit."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="targets")
    value = models.DecimalField(max_digits=14, decimal_places=4)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["from_date"]
        constraints = [ends_after_start("from_date", "to_date", "target_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.measure}: {plain_text(self.value)}"


@pghistory.track()
class Rebase(models.Model):
    """A month from which the expected range is worked out afresh, with the reason."""

    record_name = "New start of the expected range"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="rebases")
    period = models.DateField()
    reason = models.CharField(max_length=200)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["period"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "period"], name="rebase_unique_period"),
            models.CheckConstraint(condition=~Q(reason=""), name="rebase_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.reason}"
