"""A file a partner sent, what was read from it and every problem found in it."""

import uuid
from pathlib import Path

import pghistory
from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.authorization import organisation_ids
from accounts.permissions import Permission
from outcomes.models.collections import Collection, ImportProfile
from partners.models import Organisation


def private_storage():
    return storages["private"]


def stored_name(upload: "Upload", filename: str) -> str:
    """A random name: nothing a person typed becomes part of a path."""
    return f"uploads/{upload.uuid}"


def marked_name(upload: "Upload", filename: str) -> str:
    return f"uploads/{upload.uuid}-marked{Path(filename).suffix}"


class UploadQuerySet(models.QuerySet["Upload"]):
    def for_user(self, user) -> "UploadQuerySet":
        """The uploads of the user's organisations; files for all partners only for analysts."""
        ids = organisation_ids(user, Permission.SUBMISSION_VIEW)
        return self.all() if ids is None else self.filter(organisation_id__in=ids)


@pghistory.track(exclude=["file", "first_look", "marked_file"])
class Upload(models.Model):
    """One file. Its state tells what became of it; the file itself is kept as it came."""

    class State(models.TextChoices):
        CHECKING = "checking", "Being checked"
        UNKNOWN = "unknown", "We need to know what the columns mean"
        READY = "ready", "Ready to send"
        REFUSED = "refused", "Needs changes"
        FAILED = "failed", "Could not be checked"

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="uploads")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        related_name="uploads",
        help_text="Empty when an analyst sends a file for all partners.",
    )
    profile = models.ForeignKey(ImportProfile, models.PROTECT, null=True, related_name="+")
    file = models.FileField(storage=private_storage, upload_to=stored_name, max_length=200)
    original_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.CHECKING)
    message = models.TextField(blank=True, help_text="Why the file as a whole was refused.")
    notes = models.JSONField(default=list, help_text="What the reader noticed, as sentences.")
    first_look = models.JSONField(
        null=True, help_text="Sheets and first rows of a file of an unknown kind: limited.look."
    )
    marked_file = models.FileField(
        storage=private_storage,
        upload_to=marked_name,
        max_length=200,
        blank=True,
        help_text="The same rows with a column that says what is wrong.",
    )
    rows_read = models.PositiveIntegerField(default=0)
    rows_accepted = models.PositiveIntegerField(default=0)
    rows_not_needed = models.PositiveIntegerField(default=0, help_text="Left out by the profile.")
    rows_of_others = models.PositiveIntegerField(
        default=0, help_text="Rows of organisations that are not asked for this collection."
    )
    problem_count = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "organisation", "sha256"],
                nulls_distinct=False,
                condition=~Q(state="failed"),
                name="upload_same_file_once",
            ),
            models.CheckConstraint(
                condition=Q(state="checking", checked_at__isnull=True)
                | (~Q(state="checking") & Q(checked_at__isnull=False)),
                name="upload_checked_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.original_name} for {self.collection}"

    @property
    def name_for_partners(self) -> str:
        """Its name, but where the file is not theirs: it may tell who else is in it."""
        return self.original_name if self.organisation_id else "A file for all partners"

    def get_absolute_url(self) -> str:
        return reverse("outcomes:upload-detail", args=[self.uuid])

    def get_columns_url(self) -> str:
        return reverse("outcomes:upload-columns", args=[self.uuid])

    @property
    def marked_name(self) -> str:
        """What people save the marked file as: its own name, so that they know it again."""
        stem = self.original_name.rpartition(".")[0] or self.original_name
        kind = Path(self.marked_file.name or "").suffix
        return f"{stem} – what is wrong{kind}"

    @property
    def has_first_rows(self) -> bool:
        return bool(self.first_look and self.first_look.get("rows"))


class Problem(models.Model):
    """Something wrong in an uploaded file: where, what, and what to do."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField(
        null=True, help_text="As a spreadsheet counts; 1 is the header."
    )
    column = models.CharField(max_length=120, blank=True)
    value = models.CharField(max_length=200, blank=True)
    message = models.CharField(max_length=400)

    class Meta:
        ordering = ["row", "column", "id"]

    def __str__(self) -> str:
        return f"Row {self.row}: {self.message}" if self.row else self.message
