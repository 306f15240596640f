"""One organisation's answer to one collection for one period."""

import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.authorization import organisation_ids
from accounts.permissions import Permission
from outcomes.models.collections import Collection
from outcomes.models.receipts import Receipt
from outcomes.models.releases import Release
from outcomes.models.uploads import Upload
from partners.models import Organisation


def both_or_neither(first: str, second: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
        name=name,
    )


class State(models.TextChoices):
    DUE = "due", "Due"
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for approval"
    RETURNED = "returned", "Returned"
    APPROVED = "approved", "Approved"
    RELEASED = "released", "Published"


IN_HAND = (State.DUE, State.DRAFT, State.RETURNED)  # still with their sender


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def for_user(self, user) -> "SubmissionQuerySet":
        """The submissions of organisations whose returns the user may see."""
        ids = organisation_ids(user, Permission.SUBMISSION_VIEW)
        return self.all() if ids is None else self.filter(organisation_id__in=ids)

    def latest_version(self) -> "SubmissionQuerySet":
        return self.filter(~models.Exists(self._newer()))

    def latest_released(self) -> "SubmissionQuerySet":
        """What the public edition is made of: released, neither superseded nor withdrawn."""
        return self._latest_of(State.RELEASED)

    def latest_agreed(self) -> "SubmissionQuerySet":
        """What the board's edition is made of: the latest version that was approved or released."""
        return self._latest_of(State.APPROVED, State.RELEASED)

    def _latest_of(self, *states: str) -> "SubmissionQuerySet":
        """The latest version in these states, passing over what was withdrawn."""
        newer = self._newer().filter(state__in=states).exclude(release__state="withdrawn")
        counted = self.filter(state__in=states).exclude(release__state="withdrawn")
        return counted.filter(~models.Exists(newer))

    def _newer(self) -> "SubmissionQuerySet":
        return Submission.objects.filter(
            collection=OuterRef("collection"),
            organisation=OuterRef("organisation"),
            period=OuterRef("period"),
            version__gt=OuterRef("version"),
        )

    def outstanding(self) -> "SubmissionQuerySet":
        """Asked for and not yet sent."""
        return self.filter(state__in=IN_HAND)

    def owed(self) -> "SubmissionQuerySet":
        """Outstanding, without corrections that were begun: nobody waits for those."""
        return self.outstanding().filter(Q(version=1) | Q(state=State.RETURNED))


@pghistory.track()
class Submission(models.Model):
    """One organisation's answer to one collection for one period; a correction is a new version.

    States: due → draft → submitted → approved → released; submitted → returned → draft.
    """

    record_name = "Return"

    State = State

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="submissions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="submissions")
    period = models.DateField(help_text="The first day of the period.")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    due_on = models.DateField()
    upload = models.ForeignKey(
        Upload, models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    entered_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    makers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="+",
        help_text="Everybody who entered figures of this version; none of them may approve it.",
    )
    first_sent_at = models.DateTimeField(
        null=True, help_text="When it was first sent; says whether it was on time."
    )
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    return_reason = models.TextField(blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    correction_reason = models.TextField(blank=True)
    receipt = models.ForeignKey(
        Receipt, models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    release = models.ForeignKey(
        Release, models.PROTECT, null=True, blank=True, related_name="submissions"
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "organisation", "period", "version"],
                name="submission_unique_version",
            ),
            both_or_neither("entered_at", "entered_by", "submission_entered_at_and_by"),
            both_or_neither("submitted_at", "submitted_by", "submission_submitted_at_and_by"),
            both_or_neither("returned_at", "returned_by", "submission_returned_at_and_by"),
            both_or_neither("approved_at", "approved_by", "submission_approved_at_and_by"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("entered_by")) & ~Q(approved_by=F("submitted_by"))),
                name="submission_maker_is_not_checker",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["due", "draft", "returned"])
                | Q(submitted_at__isnull=False, entered_at__isnull=False),
                name="submission_sent_has_sender",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["approved", "released"], approved_at__isnull=False)
                | (~Q(state__in=["approved", "released"]) & Q(approved_at__isnull=True)),
                name="submission_approved_has_approver",
            ),
            models.CheckConstraint(
                condition=Q(state="released", release__isnull=False)
                | Q(state="approved")  # it may wait in a release that is planned
                | (~Q(state__in=["approved", "released"]) & Q(release__isnull=True)),
                name="submission_released_in_a_release",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned")
                | (Q(returned_at__isnull=False) & ~Q(return_reason="")),
                name="submission_returned_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | Q(state__in=["due", "draft"]) | ~Q(correction_reason=""),
                name="submission_correction_has_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="keep_released_submissions",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="released"),
            ),
            pgtrigger.Trigger(
                name="send_nothing_unfinished",
                operation=pgtrigger.UpdateOf("state"),
                when=pgtrigger.Before,
                func="""
                    IF NEW.state IN ('submitted', 'approved', 'released') AND EXISTS (
                            SELECT FROM outcomes_observation
                             WHERE submission_id = NEW.id AND status = 'unfinished') THEN
                        RAISE EXCEPTION 'A figure that is unfinished is not sent'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(  # what a foreign key would do, once for each submission
                name="keep_submissions_of_figures",
                operation=pgtrigger.UpdateOf("id") | pgtrigger.Delete,
                when=pgtrigger.After,
                func="""
                    IF EXISTS (SELECT FROM outcomes_observation WHERE submission_id = OLD.id) THEN
                        RAISE EXCEPTION 'There are figures of this submission'
                            USING ERRCODE = 'foreign_key_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection}, {self.organisation}, {self.period_label}"

    @property
    def period_label(self) -> str:
        from outcomes.periods import label

        return label(self.period, self.collection.frequency)

    @property
    def is_correction(self) -> bool:
        return self.version > 1

    @property
    def is_asked_for(self) -> bool:
        """Whether the collection asks for it; earlier periods and corrections may be sent, too."""
        return not self.is_correction and self.period >= self.collection.asks_from

    @property
    def is_overdue(self) -> bool:
        """Overdue is a fact of the date, not a state."""
        return self.state in IN_HAND and self.is_asked_for and self.due_on < timezone.localdate()

    def get_absolute_url(self) -> str:
        return reverse("outcomes:submission-detail", args=[self.uuid])
