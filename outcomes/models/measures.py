"""What is counted and how."""

from datetime import date
from decimal import Decimal

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from outcomes.digits import plain_text
from outcomes.models.definitions import Frequency, MeasureDefinition
from partners.models import Partnership, Purpose
from partners.models.ranges import ends_after_start

__all__ = ["Category", "CategoryScheme", "Frequency", "Measure", "Rebase", "Target"]


class CategoryScheme(models.TextChoices):
    """Ways to tell people apart. Groups of areas stand in order from the most deprived on."""

    AGE = "age", "Age"
    SEX = "sex", "Sex"
    ETHNICITY = "ethnicity", "Ethnic group"
    DEPRIVATION = "deprivation", "Deprivation fifth"
    DEPRIVATION_TENTH = "tenth", "Deprivation tenth"


class Category(models.Model):
    """A group of people a measure may be broken down by, such as an age band.

    In each scheme the slug “not-known” is for those of whom nobody knows it.
    """

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


class MeasureQuerySet(models.QuerySet["Measure"]):
    def ever_agreed(self) -> "MeasureQuerySet":
        """Those with a page for everybody: retired ones keep theirs."""
        return self.filter(version__gt=0)

    def in_use(self) -> "MeasureQuerySet":
        """Agreed and not retired: only these may be asked for and published."""
        return self.filter(version__gt=0, retired_at=None)


@pghistory.track()
class Measure(MeasureDefinition):
    """A measure with its definition in force; `outcomes.actions.measures` says how it changes.

    While nobody has agreed it, `version` is 0 and the definition is that of its draft.
    """

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="measures")
    purposes = models.ManyToManyField(Purpose, blank=True, related_name="measures")
    slug = models.SlugField(unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    retired_reason = models.CharField(max_length=300, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta(MeasureDefinition.Meta):
        ordering = ["order", "name"]
        constraints = [
            *MeasureDefinition.Meta.constraints,
            models.CheckConstraint(
                condition=Q(retired_at=None, retired_by=None, retired_reason="")
                | (Q(retired_at__isnull=False, retired_by__isnull=False) & ~Q(retired_reason="")),
                name="measure_retired_by_somebody_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_in_use(self) -> bool:
        return self.version > 0 and self.retired_at is None

    @property
    def agreed_rebases(self) -> "list[Rebase]":
        """Those that count; the others wait for a second person."""
        return [rebase for rebase in self.rebases.all() if rebase.agreed_at]

    @property
    def agreed_targets(self) -> "list[Target]":
        return [target for target in self.targets.all() if target.agreed_at]

    def target_on(self, day: date) -> Decimal | None:
        """The target in force on that day, in the measure's unit."""
        for target in self.agreed_targets:
            if target.from_date <= day and (target.to_date is None or day <= target.to_date):
                return target.value
        return None

    def get_absolute_url(self) -> str:
        return reverse("outcomes:measure-detail", args=[self.slug])

    def get_definition_url(self) -> str:
        """Where analysts look after it."""
        return reverse("outcomes:definition-detail", args=[self.slug])

    def get_board_url(self) -> str:
        return reverse("outcomes:board-measure-detail", args=[self.slug])


def agreed_by_another(name: str) -> models.CheckConstraint:
    """Those from before there were proposals have no proposer."""
    return models.CheckConstraint(
        condition=Q(agreed_at=None, agreed_by=None)
        | Q(agreed_at__isnull=False, proposed_by=None)
        | (Q(agreed_at__isnull=False, agreed_by__isnull=False) & ~Q(agreed_by=F("proposed_by"))),
        name=name,
    )


@pghistory.track()
class Target(models.Model):
    """What a measure should reach, between two days, in the measure's unit.

    One person proposes it, another one agrees it; until then it does not count.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="targets")
    value = models.DecimalField(max_digits=14, decimal_places=4)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=160, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["from_date"]
        constraints = [
            ends_after_start("from_date", "to_date", "target_ends_after_start"),
            agreed_by_another("target_agreed_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {plain_text(self.value)}"


@pghistory.track()
class Rebase(models.Model):
    """A period from which the expected range is worked out afresh, with the reason.

    One person proposes it, another one agrees it; until then it does not count.
    """

    record_name = "New start of the expected range"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="rebases")
    period = models.DateField()
    reason = models.CharField(max_length=200)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["period"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "period"], name="rebase_unique_period"),
            models.CheckConstraint(condition=~Q(reason=""), name="rebase_has_reason"),
            agreed_by_another("rebase_agreed_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.reason}"
