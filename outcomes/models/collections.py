"""What partners are asked for, and how their files are read."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.permissions import Permission
from outcomes.models.measures import Frequency, Measure
from partners.models import Organisation, Partnership


class CollectionQuerySet(models.QuerySet["Collection"]):
    def for_user(self, user) -> "CollectionQuerySet":
        """The collections that ask an organisation whose returns the user may see."""
        organisations = Organisation.objects.for_user(user, Permission.SUBMISSION_VIEW)
        return self.filter(organisations__in=organisations).distinct()


@pghistory.track()
class Collection(models.Model):
    """Measures asked of organisations each period, due N working days after it ends."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="collections")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    guidance = models.TextField(blank=True, help_text="What to send, in plain English.")
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.MONTH)
    due_working_days = models.PositiveSmallIntegerField(default=15)
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
        ]

    def __str__(self) -> str:
        return self.name

    def get_upload_url(self) -> str:
        return reverse("outcomes:upload-create", args=[self.slug])


@pghistory.track()
class ImportProfile(models.Model):
    """How to read one kind of file: which column means what; see intake.mapping."""

    record_name = "Layout of files"

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="import_profiles")
    name = models.CharField(max_length=120)
    header = ArrayField(
        models.CharField(max_length=120), help_text="The columns the file must have, in lower case."
    )
    mapping = models.JSONField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "name"], name="import_profile_unique_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


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
