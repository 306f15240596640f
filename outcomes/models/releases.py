"""What is published together, and the series every page reads."""

import uuid
from datetime import date, datetime

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from outcomes.models.measures import Category, Measure
from partners.models import Organisation, Partnership, Place


class ReleaseQuerySet(models.QuerySet["Release"]):
    def announced(self) -> "ReleaseQuerySet":
        """Those to come, with a day that everybody may know."""
        coming = [Release.State.PLANNED, Release.State.SCHEDULED]
        return self.filter(state__in=coming, due_at__isnull=False)

    def due(self, now: datetime) -> "ReleaseQuerySet":
        """Approved, and their time has come."""
        return self.filter(state=Release.State.SCHEDULED, due_at__lte=now)


@pghistory.track()
class Release(models.Model):
    """Approved submissions published together. What it published never changes.

    States: planned → scheduled → published → withdrawn; planned or scheduled → cancelled; and from
    scheduled back to planned.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        SCHEDULED = "scheduled", "Approved"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"
        CANCELLED = "cancelled", "Called off"

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    slug = models.SlugField(max_length=80, unique=True, help_text="Its public address.")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="releases")
    title = models.CharField(max_length=160)
    note = models.TextField(blank=True)
    collections = models.ManyToManyField(
        "outcomes.Collection", related_name="releases", help_text="What it will hold."
    )
    due_at = models.DateTimeField(
        null=True, help_text="When it is published; empty: as soon as it is approved."
    )
    reissued = models.BooleanField(
        default=False, help_text="Publishes whole periods again, as was planned and announced."
    )
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    planned_at = models.DateTimeField(null=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    makers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="+",
        help_text="Everybody who shaped it; none of them may approve it.",
    )
    returned_reason = models.TextField(
        blank=True, help_text="Why it is planned again after it was approved."
    )
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, help_text="When it was called off or withdrawn.")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    end_reason = models.TextField(blank=True)
    software_version = models.CharField(max_length=40, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=["published", "withdrawn"],
                    published_at__isnull=False,
                    published_by__isnull=False,
                )
                | (
                    ~Q(state__in=["published", "withdrawn"])
                    & Q(published_at__isnull=True, published_by__isnull=True)
                ),
                name="release_published_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(planned_at__isnull=True, planned_by__isnull=True)
                | Q(planned_at__isnull=False, planned_by__isnull=False),
                name="release_planned_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="release_approved_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("planned_by")),
                name="release_maker_is_not_checker",
            ),
            models.CheckConstraint(
                condition=Q(state="planned", approved_at__isnull=True)
                | Q(state="scheduled", approved_at__isnull=False, due_at__isnull=False)
                | Q(state__in=["published", "withdrawn", "cancelled"]),
                name="release_scheduled_is_approved",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=["withdrawn", "cancelled"])
                    & Q(ended_at__isnull=False, ended_by__isnull=False)
                    & ~Q(end_reason="")
                )
                | (
                    ~Q(state__in=["withdrawn", "cancelled"])
                    & Q(ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                ),
                name="release_ended_with_reason",
            ),
            models.UniqueConstraint(
                fields=["partnership", "title"],
                condition=Q(state__in=["planned", "scheduled"]),
                name="release_title_once_to_come",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keep_published_releases",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__state="published") | pgtrigger.Q(old__state="withdrawn"),
                declare=[("ends", "text[]")],
                func="""
                    ends := ARRAY['state', 'ended_at', 'ended_by_id', 'end_reason'];
                    IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'withdrawn'
                       AND to_jsonb(OLD) - ends = to_jsonb(NEW) - ends THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'What was published stays: a release can only be withdrawn';
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_to_come(self) -> bool:
        return self.state in (self.State.PLANNED, self.State.SCHEDULED)

    @property
    def is_due(self) -> bool:
        """As `ReleaseQuerySet.due` finds it: approved, and its time has come."""
        approved = self.state == self.State.SCHEDULED
        return approved and self.due_at is not None and self.due_at <= timezone.now()

    def get_absolute_url(self) -> str:
        return reverse("outcomes:release-detail", args=[self.uuid])

    def get_public_url(self) -> str:
        return reverse("outcomes:release-public", args=[self.slug])


@pghistory.track()
class EarlyReader(models.Model):
    """Somebody who may read a release up to 24 hours before everybody else."""

    record_name = "Early reader"

    release = models.ForeignKey(Release, models.CASCADE, related_name="early_readers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    capacity = models.CharField(
        max_length=160, help_text="As whom they read it; published with the release."
    )
    named_at = models.DateTimeField(auto_now_add=True)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    first_read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["capacity"]
        constraints = [
            models.UniqueConstraint(fields=["release", "user"], name="early_reader_once"),
            models.CheckConstraint(condition=~Q(capacity=""), name="early_reader_has_capacity"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.capacity}"


class HoldQuerySet(models.QuerySet["Hold"]):
    def in_force(self) -> "HoldQuerySet":
        return self.filter(lifted_at__isnull=True)

    def on(self, day: date) -> "HoldQuerySet":
        """Those that keep figures from being published on that day."""
        return self.in_force().filter(first_day__lte=day, last_day__gte=day)


@pghistory.track()
class Hold(models.Model):
    """Days on which nothing is published, such as those before an election."""

    record_name = "Hold on publishing"

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="holds")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=200)
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="hold_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="hold_lifted_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Rehearsal(models.Model):
    """What publishing a release would show and give away; worked out by a job beforehand."""

    release = models.OneToOneField(Release, models.CASCADE, related_name="rehearsal")
    of = models.CharField(max_length=64, help_text="The fingerprint of what was rehearsed.")
    problems = models.JSONField(help_text="For each measure, sentences about what it gives away.")
    figures = models.JSONField(help_text="For each measure, its sentence and its new figures.")
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"Rehearsal of {self.release}"


class Correction(models.Model):
    """A measure whose published figures a new version of a return changed."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="corrections")
    submission = models.ForeignKey(
        "outcomes.Submission", models.PROTECT, related_name="corrections"
    )
    measure = models.ForeignKey("outcomes.Measure", models.PROTECT, related_name="corrections")

    class Meta:
        ordering = ["-release__published_at", "-submission__period", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "measure"], name="correction_once")
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.submission}"


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

    def get_made_url(self, period: str | None = None) -> str:
        """Where it says how the figure of a period was made; without one, the latest figure."""
        name, part = "made", []
        if self.organisation:
            name, part = "made-organisation", [self.organisation.slug]
        elif self.place:
            name, part = "made-place", [self.place.slug]
        elif self.category:
            name, part = "made-category", [self.category.scheme, self.category.slug]
        if self.edition == Edition.BOARD:
            name = "board-made" if self.is_whole else ""
        address = [self.measure.slug, *part, period or self.summary["period"]]
        return reverse(f"outcomes:{name}", args=address) if name else ""

    @property
    def is_whole(self) -> bool:
        return not (self.organisation_id or self.place_id or self.category_id)

    def get_chart_url(self, width: str) -> str:
        """The drawing as an image; the hash lets browsers keep it until it changes."""
        url = reverse("outcomes:chart", args=[self.uuid, width])
        return f"{url}?v={self.content_hash[:12]}"
