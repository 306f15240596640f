"""What readers saw: every published figure with its release, and the rule that hid it if one did.

Nothing here is worked out again or changed: later rules count from the next release on.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from outcomes.models.measures import Category, Measure
from outcomes.models.releases import Release
from outcomes.statistics.disclosure import Hidden, Rule
from partners.models import Organisation, Place

SOURCE = "source"  # the organisation that sent it had hidden it already


def append_only() -> pgtrigger.Protect:
    """With this name the table cannot be emptied either: see accounts.trail.never_emptied."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class PublishedMeasure(models.Model):
    """A measure in a release, with the disclosure settings in force when it was published."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="published")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="published")
    disclosure = models.CharField(max_length=20, choices=Measure.Disclosure)
    disclosure_reason = models.CharField(max_length=300, blank=True)
    sensitive = models.BooleanField()
    threshold = models.PositiveSmallIntegerField(help_text="Counts up to this one were hidden.")
    base = models.PositiveSmallIntegerField(help_text="Others were rounded to the nearest of it.")
    software_version = models.CharField(max_length=40)
    definition = models.PositiveSmallIntegerField(
        default=1, help_text="The version of the measure’s definition that was in force."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "measure"], name="published_measure_once")
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.measure} in {self.release}"

    @property
    def is_protected(self) -> bool:
        return self.disclosure == Measure.Disclosure.SUPPRESS_AND_ROUND

    @property
    def rule(self) -> Rule:
        return Rule(threshold=self.threshold, base=self.base, sensitive=self.sensitive)


class PublishedCell(models.Model):
    """One figure of one period as readers saw it: of the whole, or of one part."""

    published = models.ForeignKey(
        PublishedMeasure, models.PROTECT, db_index=False, related_name="cells"
    )
    period = models.DateField()
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    place = models.ForeignKey(Place, models.PROTECT, null=True, db_index=False, related_name="+")
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    numerator = models.DecimalField(max_digits=24, decimal_places=4, null=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=4, null=True)
    mean = models.DecimalField(
        max_digits=30,
        decimal_places=10,
        null=True,
        help_text="The figure itself, where it does not follow from the numbers shown.",
    )
    hidden = models.CharField(
        max_length=10,
        blank=True,
        choices=[(SOURCE, SOURCE), *((rule.value, rule.value) for rule in Hidden)],
        help_text="The rule that hid it; empty when it was shown.",
    )
    reporters = ArrayField(
        models.BigIntegerField(), help_text="The organisations whose figures it is made of."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["published", "period", "organisation", "place", "category"],
                nulls_distinct=False,
                name="published_cell_once",
            ),
            models.CheckConstraint(
                condition=Q(hidden="") | Q(numerator=None, denominator=None, mean=None),
                name="published_cell_hides_its_numbers",
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.published}, {self.period:%B %Y}"
