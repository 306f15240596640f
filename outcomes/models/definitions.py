"""What a measure means: the words and choices that are agreed together, version by version."""

from django.db import models
from django.db.models import Q

from partners.models import Organisation
from programmes.models import Programme


class Frequency(models.TextChoices):
    MONTH = "month", "Monthly"
    QUARTER = "quarter", "Quarterly"
    YEAR = "year", "Yearly"


class MeasureDefinition(models.Model):
    """What is counted and how: never a bare percentage where there is a denominator.

    A measure has these fields as they are in force, each of its versions as they were agreed.
    """

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

    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    name = models.CharField(max_length=160)
    description = models.TextField(help_text="What it tells you, in plain English.")
    rationale = models.TextField(blank=True, help_text="Why it is worth knowing.")
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
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="owned_%(class)ss")
    next_review_on = models.DateField(null=True, blank=True)
    about_people = models.BooleanField(default=True)
    disclosure = models.CharField(
        max_length=20, choices=Disclosure, default=Disclosure.SUPPRESS_AND_ROUND
    )
    disclosure_reason = models.CharField(max_length=300, blank=True)
    sensitive = models.BooleanField(
        default=False,
        help_text="That nobody, or everybody, is concerned is hidden like a small number.",
    )
    ask_about_change = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        default=50,
        help_text="Ask the sender about a change from the last period of more than so many %.",
    )
    # How its charts are worked out: see outcomes.statistics.spc.
    screen_outliers = models.BooleanField(
        default=True, help_text="Leave unusually large steps out of the expected range."
    )
    two_of_three_counts_outside = models.BooleanField(
        default=False, help_text="Count points outside the range towards two of three."
    )
    signal_length = models.PositiveSmallIntegerField(
        default=7, help_text="How many points in a row make a trend or a run."
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["count", "money"], denominator_label="")
                | (~Q(kind__in=["count", "money"]) & ~Q(denominator_label="")),
                name="%(class)s_denominator_fits_kind",
            ),
            models.CheckConstraint(
                condition=Q(about_people=False)
                | Q(disclosure="suppress_and_round")
                | ~Q(disclosure_reason=""),
                name="%(class)s_exact_people_need_reason",
            ),
            models.CheckConstraint(
                condition=Q(sensitive=False) | Q(disclosure="suppress_and_round"),
                name="%(class)s_sensitive_is_protected",
            ),
            models.CheckConstraint(condition=Q(multiplier__gte=1), name="%(class)s_multiplier_set"),
            models.CheckConstraint(
                condition=Q(signal_length__in=[6, 7]), name="%(class)s_signal_length_known"
            ),
        ]

    @property
    def has_denominator(self) -> bool:
        return bool(self.denominator_label)

    @property
    def is_count(self) -> bool:
        """Whether months can be added up to a year."""
        return self.kind in (self.Kind.COUNT, self.Kind.MONEY)


# What a version holds and an agreement puts into force.
DEFINED = tuple(field.name for field in MeasureDefinition._meta.fields)
