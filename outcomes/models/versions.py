"""The versions of a measure's definition, from draft to agreement."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from outcomes.models.definitions import MeasureDefinition
from outcomes.models.measures import Measure


@pghistory.track()
class MeasureVersion(MeasureDefinition):
    """One version of a definition: written by some, agreed by another, and then kept for good."""

    record_name = "Definition of a measure"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        AGREED = "agreed", "Agreed"

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    reason = models.TextField(help_text="What is new in this version, and why.")
    makers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(blank=True, help_text="Why it was sent back to its makers.")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(MeasureDefinition.Meta):
        ordering = ["-number"]
        constraints = [
            *MeasureDefinition.Meta.constraints,
            models.UniqueConstraint(fields=["measure", "number"], name="measureversion_unique"),
            models.UniqueConstraint(
                fields=["measure"], condition=~Q(state="agreed"), name="measureversion_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(agreed_at__isnull=False, proposed_by=None)
                | Q(proposed_at__isnull=False, proposed_by__isnull=False),
                name="measureversion_proposed_by_somebody",
            ),
            # Those from before there were versions have neither proposer nor second person.
            models.CheckConstraint(
                condition=(~Q(state="agreed") & Q(agreed_at=None, agreed_by=None))
                | Q(state="agreed", agreed_at__isnull=False, proposed_by=None, agreed_by=None)
                | (
                    Q(state="agreed", agreed_at__isnull=False, agreed_by__isnull=False)
                    & ~Q(agreed_by=F("proposed_by"))
                ),
                name="measureversion_agreed_by_another",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="keep_agreed_definitions",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="agreed"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"

    def get_absolute_url(self) -> str:
        """The page of this version for everybody."""
        return reverse("outcomes:definition-version", args=[self.measure.slug, self.number])
