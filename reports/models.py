"""What the portal tells boards: periodic reports, each edition frozen when it is made."""

import uuid

import pghistory
from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils.text import slugify

from accounts.permissions import Permission
from outcomes.models import Frequency
from outcomes.periods import label
from partners.models import Partnership


def private_storage():
    return storages["private"]


def stored_name(report: "Report", filename: str) -> str:
    return f"reports/{report.uuid}.pdf"


def job_key(report: "Report") -> str:
    """Names the cause of the job that makes the report."""
    return f"report:{report.uuid}"


class ReportScheduleQuerySet(models.QuerySet["ReportSchedule"]):
    def active(self) -> "ReportScheduleQuerySet":
        return self.filter(is_active=True)

    def for_user(self, user) -> "ReportScheduleQuerySet":
        """The schedules of which the user may have a report made now."""
        return self.active() if user.has_perm(Permission.REPORT_CREATE) else self.none()


@pghistory.track()
class ReportSchedule(models.Model):
    """A report that is made for every period by itself."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="report_schedules")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.MONTH)
    made_after_working_days = models.PositiveSmallIntegerField(
        default=15, help_text="How many working days after the period ends it is made."
    )
    is_active = models.BooleanField(default=True)

    objects = ReportScheduleQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ReportQuerySet(models.QuerySet["Report"]):
    def unfinished(self) -> "ReportQuerySet":
        """Waiting or being made."""
        return self.filter(state__in=[Report.State.QUEUED, Report.State.GENERATING])

    def to_be_made(self) -> "ReportQuerySet":
        """Those without a result; a report that is ready never changes."""
        return self.exclude(state__in=Report.FINISHED)

    def ready(self) -> "ReportQuerySet":
        return self.filter(state__in=Report.FINISHED)

    def chart(self, number: int, *, narrow: bool = False) -> str | None:
        """The frozen drawing of the measure with that number, counted from 1, of one report.

        PostgreSQL takes it out of the figures, so that the other charts stay where they are.
        """
        if number < 1:
            return None
        key = "chart_narrow" if narrow else "chart"
        found = self.values_list(KT(f"figures__measures__{number - 1}__{key}"), flat=True)
        return found.first()

    def without_figures(self) -> "ReportQuerySet":
        """For lists: the frozen figures hold every chart."""
        return self.defer("figures")


@pghistory.track(exclude=["figures", "pdf"])
class Report(models.Model):
    """One edition of a periodic report: queued → generating → ready; failed can be retried."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        GENERATING = "generating", "Being made"
        READY = "ready", "Ready"
        SIGNED_OFF = "signed_off", "Signed off"
        SENT = "sent", "Sent"
        FAILED = "failed", "Could not be made"

    FINISHED = (State.READY, State.SIGNED_OFF, State.SENT)

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    schedule = models.ForeignKey(ReportSchedule, models.PROTECT, related_name="reports")
    period = models.DateField()
    edition = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    figures = models.JSONField(null=True, help_text="Frozen when made; see reports.figures.")
    pdf = models.FileField(storage=private_storage, upload_to=stored_name, blank=True)
    error = models.TextField(blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "period", "edition"], name="report_unique_edition"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["ready", "signed_off", "sent"],
                    figures__isnull=False,
                    made_at__isnull=False,
                )
                & ~Q(pdf="")
                | Q(state__in=["queued", "generating", "failed"]),
                name="report_ready_has_content",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(error=""), name="report_failed_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule}, {self.period_label}"

    @property
    def period_label(self) -> str:
        return label(self.period, self.schedule.frequency)

    @property
    def state_colour(self) -> str:
        """The colour of the tag that shows the state."""
        return STATE_COLOURS[self.State(self.state)]

    @property
    def is_ready(self) -> bool:
        return self.state in self.FINISHED

    @property
    def is_being_made(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.GENERATING)

    def get_absolute_url(self) -> str:
        return reverse("reports:report-detail", args=[self.uuid])

    def get_retry_url(self) -> str:
        return reverse("reports:report-retry", args=[self.uuid])

    def get_pdf_url(self) -> str:
        return reverse("reports:report-pdf", args=[self.uuid])

    @property
    def pdf_filename(self) -> str:
        """The name the file gets when somebody saves it."""
        name = f"{self.schedule.slug} {self.period_label} edition {self.edition}"
        return f"{slugify(name)}.pdf"


STATE_COLOURS = {
    Report.State.QUEUED: "grey",
    Report.State.GENERATING: "blue",
    Report.State.READY: "green",
    Report.State.SIGNED_OFF: "green",
    Report.State.SENT: "green",
    Report.State.FAILED: "red",
}
