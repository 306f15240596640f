"""What partners are asked for, and how their files are read."""

import uuid
from datetime import date

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.permissions import Permission
from outcomes.models.measures import Frequency, Measure
from outcomes.periods import due_on, label
from partners.models import Organisation, Partnership


class CollectionQuerySet(models.QuerySet["Collection"]):
    def for_user(self, user) -> "CollectionQuerySet":
        """The collections that ask an organisation whose returns the user may see."""
        organisations = Organisation.objects.for_user(user, Permission.SUBMISSION_VIEW)
        return self.filter(organisations__in=organisations).distinct()

    def known_to(self, user) -> "CollectionQuerySet":
        """As `for_user`, with those that asked such an organisation once and have its returns."""
        organisations = Organisation.objects.for_user(user, Permission.SUBMISSION_VIEW)
        has_returns = Q(submissions__organisation__in=organisations)
        return self.filter(Q(organisations__in=organisations) | has_returns).distinct()

    def of(self, organisation: Organisation) -> "CollectionQuerySet":
        """The collections that ask the organisation, or asked it once and have its returns."""
        has_returns = Q(submissions__organisation=organisation)
        return self.filter(Q(organisations=organisation) | has_returns).distinct()


def usual_reminder_days() -> list[int]:
    return [-5, 1, 5]


@pghistory.track()
class Collection(models.Model):
    """Measures asked of organisations each period, due N working days after it ends.

    After the closing day a period takes no first figures any more, but for named exceptions
    (`Extension`) and from analysts; what is published may be corrected at any time.
    """

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="collections")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    guidance = models.TextField(blank=True, help_text="What to send, in plain English.")
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.MONTH)
    due_working_days = models.PositiveSmallIntegerField(default=15)
    reminder_days = ArrayField(
        models.SmallIntegerField(),
        default=usual_reminder_days,
        blank=True,
        help_text="Working days from the due day on which reminders go out; -5 is five before.",
    )
    closing_working_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Working days after the period; empty: it never closes."
    )
    accepts_from = models.DateField(help_text="The first period partners may send.")
    asks_from = models.DateField(help_text="The first period partners are asked for.")
    asks_to = models.DateField(null=True, blank=True)
    measures = models.ManyToManyField(Measure, related_name="collections")
    organisations = models.ManyToManyField(Organisation, related_name="collections")

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(asks_from__gte=models.F("accepts_from")),
                name="collection_asks_for_what_it_accepts",
            ),
            models.CheckConstraint(
                condition=Q(closing_working_days__isnull=True)
                | Q(closing_working_days__gte=models.F("due_working_days")),
                name="collection_closes_after_due",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("outcomes:collection-detail", args=[self.slug])

    def get_change_url(self) -> str:
        return reverse("outcomes:collection-change", args=[self.slug])

    def get_upload_url(self) -> str:
        return reverse("outcomes:upload-create", args=[self.slug])

    @property
    def first_period_label(self) -> str:
        return label(self.asks_from, self.frequency)

    @property
    def last_period_label(self) -> str:
        return label(self.asks_to, self.frequency) if self.asks_to else ""

    def closes_on(self, period: date) -> date | None:
        """The last day on which first figures of the period are taken; None: it never closes."""
        if self.closing_working_days is None:
            return None
        return due_on(period, self.frequency, self.closing_working_days)


@pghistory.track()
class Extension(models.Model):
    """A named exception: one organisation may send one period until a later day."""

    record_name = "Later closing day"

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="extensions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    period = models.DateField()
    until = models.DateField(help_text="The last day on which the figures are taken.")
    reason = models.CharField(max_length=300)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-period", "organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "organisation", "period"], name="extension_unique_period"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.collection}, {self.organisation}: until {self.until:%-d %B %Y}"

    @property
    def period_label(self) -> str:
        return label(self.period, self.collection.frequency)

    def get_end_url(self) -> str:
        place = [self.collection.slug, self.organisation.slug, self.period]
        return reverse("outcomes:extension-end", args=place)


class Operator(models.TextChoices):
    EQUAL = "=", "is equal to"
    AT_MOST = "<=", "is at most"
    LESS = "<", "is less than"
    AT_LEAST = ">=", "is at least"
    MORE = ">", "is more than"


class WhenMissing(models.TextChoices):
    SKIP = "skip", "Do not check"
    ZERO = "zero", "Count it as zero"
    ASK = "ask", "Ask for it"


class Weight(models.TextChoices):
    MUST = "must", "Must be put right"
    MAY = "may", "Must be put right, or explained"


@pghistory.track()
class Rule(models.Model):
    """What must hold between the figures of one return, as an analyst wrote it.

    `left` and `right` are lists of terms {"measure": slug, "part": "numerator" or "denominator",
    "factor": number} that are added up; `right` may also hold {"number": number}. A rule is tried
    for each place and category for which the return has any of its measures.
    """

    record_name = "Rule between figures"

    uuid = models.UUIDField(
        default=uuid.uuid4, db_default=RandomUUID(), editable=False, unique=True
    )
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="rules")
    sentence = models.CharField(
        max_length=300, help_text="What is wrong and what to do, as the sender reads it."
    )
    left = models.JSONField()
    operator = models.CharField(max_length=2, choices=Operator)
    right = models.JSONField()
    when_missing = models.CharField(max_length=4, choices=WhenMissing, default=WhenMissing.SKIP)
    weight = models.CharField(max_length=4, choices=Weight, default=Weight.MUST)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(sentence=""), name="rule_has_sentence"),
        ]

    def __str__(self) -> str:
        return self.sentence

    def get_absolute_url(self) -> str:
        return reverse("outcomes:rule-change", args=[self.uuid])

    def get_drop_url(self) -> str:
        return reverse("outcomes:rule-drop", args=[self.uuid])


class Reminder(models.Model):
    """That an organisation was reminded of a period; keeps a reminder from going out twice."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    period = models.DateField()
    day = models.SmallIntegerField(help_text="Which of the collection's reminder days it was.")
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "organisation", "period", "day"], name="reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.collection}, {self.organisation}, {self.period}: day {self.day}"


@pghistory.track()
class ImportProfile(models.Model):
    """How to read one kind of file: which column means what; see intake.mapping."""

    record_name = "Layout of files"

    uuid = models.UUIDField(db_default=RandomUUID(), editable=False, unique=True)
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="import_profiles")
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whose files it reads; empty for those of every partner.",
    )
    name = models.CharField(max_length=120)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    header = ArrayField(
        models.CharField(max_length=120), help_text="The columns the file must have, in lower case."
    )
    mapping = models.JSONField()
    retired_at = models.DateTimeField(
        null=True, blank=True, help_text="It reads no files from then on; old ones still name it."
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "organisation", "name"],
                condition=Q(retired_at__isnull=True),
                nulls_distinct=False,
                name="import_profile_unique_name",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("outcomes:profile-detail", args=[self.uuid])


# What a collection asks, and of whom, is recorded like its own fields.


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class CollectionMeasure(Collection.measures.through):  # type: ignore[name-defined]
    record_name = "Measure of a collection"

    class Meta:
        proxy = True

    def __str__(self) -> str:
        return f"{self.measure} in {self.collection}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class CollectionOrganisation(Collection.organisations.through):  # type: ignore[name-defined]
    record_name = "Partner of a collection"

    class Meta:
        proxy = True

    def __str__(self) -> str:
        return f"{self.organisation} in {self.collection}"
