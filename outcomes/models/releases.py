"""What is published together, and the series every page reads."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from outcomes.models.measures import Category, Measure
from partners.models import Organisation, Partnership, Place


@pghistory.track()
class Release(models.Model):
    """Approved submissions published together. What it published never changes."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        SCHEDULED = "scheduled", "Scheduled"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="releases")
    title = models.CharField(max_length=160)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    software_version = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-published_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state="published", published_at__isnull=False, published_by__isnull=False
                )
                | (~Q(state="published") & Q(published_at__isnull=True, published_by__isnull=True)),
                name="release_published_at_and_by",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("outcomes:release-detail", args=[self.uuid])


class Edition(models.TextChoices):
    PUBLIC = "public", "Public"
    BOARD = "board", "Board"


class SeriesQuerySet(models.QuerySet["Series"]):
    def public(self) -> "SeriesQuerySet":
        return self.filter(edition=Edition.PUBLIC)

    def board(self) -> "SeriesQuerySet":
        return self.filter(edition=Edition.BOARD)

    def whole(self) -> "SeriesQuerySet":
        """The series of the whole partnership, not of a part of it."""
        return self.filter(organisation=None, place=None, category=None)

    def without_drawings(self) -> "SeriesQuerySet":
        return self.defer("chart_wide", "chart_narrow", "sparkline")


class Series(models.Model):
    """Everything a page needs to show one measure for one part. Derived; never edited by hand."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    edition = models.CharField(max_length=6, choices=Edition)
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="series")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="series")
    place = models.ForeignKey(Place, models.CASCADE, null=True, related_name="series")
    category = models.ForeignKey(Category, models.CASCADE, null=True, related_name="series")
    latest_period = models.DateField(null=True)
    points = models.JSONField(help_text="See outcomes.series.Point for the keys.")
    summary = models.JSONField(help_text="See outcomes.series.Summary for the keys.")
    chart_wide = models.TextField(blank=True)
    chart_narrow = models.TextField(blank=True)
    sparkline = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64)
    built_at = models.DateTimeField(auto_now=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "measure", "organisation", "place", "category"],
                nulls_distinct=False,
                name="series_unique_part",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True, place__isnull=True)
                | Q(organisation__isnull=True, category__isnull=True)
                | Q(place__isnull=True, category__isnull=True),
                name="series_one_part_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.part_name} ({self.edition})"

    @property
    def part_name(self) -> str:
        part = self.organisation or self.place or self.category
        return part.name if part else "All partners together"

    def get_absolute_url(self) -> str:
        base = self.measure.get_absolute_url()
        if self.organisation:
            return reverse(
                "outcomes:measure-organisation", args=[self.measure.slug, self.organisation.slug]
            )
        if self.place:
            return reverse("outcomes:measure-place", args=[self.measure.slug, self.place.slug])
        return base

    def get_chart_url(self, width: str) -> str:
        """The drawing as an image; the hash lets browsers keep it until it changes."""
        url = reverse("outcomes:chart", args=[self.uuid, width])
        return f"{url}?v={self.content_hash[:12]}"
