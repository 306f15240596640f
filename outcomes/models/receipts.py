"""What a sender holds in hand: that figures arrived, which, when, and what they add up to."""

import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.authorization import organisation_ids
from accounts.permissions import Permission
from outcomes.models.collections import Collection
from outcomes.models.uploads import Upload
from partners.models import Organisation


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def for_user(self, user) -> "ReceiptQuerySet":
        """The receipts of the user's organisations; those for all partners only for analysts."""
        ids = organisation_ids(user, Permission.SUBMISSION_VIEW)
        return self.all() if ids is None else self.filter(organisation_id__in=ids)


@pghistory.track()
class Receipt(models.Model):
    """Issued each time returns are sent for approval, and never changed."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Empty when an analyst sent the figures of several partners.",
    )
    upload = models.ForeignKey(
        Upload, models.PROTECT, null=True, related_name="+", help_text="Empty when typed."
    )
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    sha256 = models.CharField(
        max_length=64, help_text="Of the file, or of the typed figures written as CSV."
    )
    figures = models.PositiveIntegerField(help_text="How many figures were sent.")
    totals = models.JSONField(
        help_text="[{measure, returns, figures, numerator, denominator}], numbers as text."
    )

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        triggers = [
            pgtrigger.Protect(name="keep_receipts", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"Receipt {self.number}"

    @property
    def number(self) -> str:
        """What people quote: the year and a running number, such as 2026-000042."""
        return f"{self.sent_at:%Y}-{self.pk:06d}"

    def get_absolute_url(self) -> str:
        return reverse("outcomes:receipt", args=[self.uuid])
