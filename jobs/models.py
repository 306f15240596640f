import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class JobState(models.TextChoices):
    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class JobQuerySet(models.QuerySet["Job"]):
    def publishable(self) -> "JobQuerySet":
        """Jobs whose id has yet to be handed to Celery."""
        return self.filter(
            state=JobState.QUEUED, published_at__isnull=True, due_at__lte=timezone.now()
        )

    def of(self, kind: str, key: str) -> "JobQuerySet":
        return self.filter(kind=kind, key=key)

    def unfinished(self) -> "JobQuerySet":
        return self.filter(state__in=[JobState.QUEUED, JobState.RUNNING])


class Job(models.Model):
    """Work that must happen, written in the same transaction as its cause.

    The row is the truth; Celery only carries its id. `key` names the cause, so that the same cause
    waits or runs at most once. A worker owns a running job while its `claim` stands and its lease
    is renewed; a sweep gives lost jobs back to the queue.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict, help_text="Primary keys only.")
    queue = models.CharField(max_length=20, default="default")
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    due_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, editable=False)
    claim = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    progress_note = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=["queued", "running"]),
                name="job_once_per_cause",
            ),
            models.CheckConstraint(
                condition=Q(state="running", claim__isnull=False, lease_until__isnull=False)
                | (~Q(state="running") & Q(claim__isnull=True, lease_until__isnull=True)),
                name="job_claimed_exactly_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "failed"], finished_at__isnull=False)
                | (~Q(state__in=["done", "failed"]) & Q(finished_at__isnull=True)),
                name="job_finished_has_time",
            ),
            models.CheckConstraint(
                condition=Q(attempts__lte=F("max_attempts")), name="job_attempts_within_maximum"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state="queued"), name="job_queued_by_due_time"
            ),
            models.Index(
                fields=["lease_until"], condition=Q(state="running"), name="job_running_by_lease"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_state_display().lower()})"

    @property
    def percent(self) -> int | None:
        """How much is done; None while that is unknown."""
        return self.progress_done * 100 // self.progress_total if self.progress_total else None


class Heartbeat(models.Model):
    """When the scheduler last ticked; health checks and the status page look here."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%H:%M:%S}"


class Mail(models.Model):
    """A message to be sent. Its words may hold links that open doors: they go once it is sent."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.JSONField(help_text="Everybody who gets it.")
    sender = models.CharField(max_length=320)
    reply_to = models.JSONField(default=list)
    headers = models.JSONField(default=dict)
    subject = models.CharField(max_length=998)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    sent_at = models.DateTimeField(null=True, editable=False)
    failed_at = models.DateTimeField(null=True, editable=False)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(text="", html=""),
                name="mail_sent_keeps_no_words",
            ),
        ]
        indexes = [
            models.Index(
                fields=["failed_at"], condition=Q(sent_at__isnull=True), name="mail_to_try_again"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {', '.join(self.to)}"
