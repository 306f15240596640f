"""The numbers in the answers of organisations."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from outcomes.digits import exact_text
from outcomes.models.measures import Category, Measure
from outcomes.models.submissions import Submission
from partners.models import Organisation, Place


# Figures that come in by file are told by the file and the submission; a record of each row would
# double the cost of a large import. What is typed is recorded, and so is what is changed in place,
# with the row as it was, because nothing else in the record says that.
@pghistory.track(
    pghistory.InsertEvent("typed", condition=pgtrigger.Q(new__typed_by__isnull=False)),
    pghistory.UpdateEvent("before", row=pghistory.Old),
    pghistory.UpdateEvent("update"),
    pghistory.DeleteEvent("cleared", condition=pgtrigger.Q(old__typed_by__isnull=False)),
)
class Observation(models.Model):
    """One number: measure × organisation × place × category, for one period.

    `organisation`, `period` and `proportion` repeat what submission and measure say, so that the
    database can check each row by itself and series are built without joins.
    """

    record_name = "Figure"

    class Status(models.TextChoices):
        VALUE = "value", "Value"
        ZERO = "zero", "True zero"
        NOT_APPLICABLE = "not_applicable", "Not applicable"
        NOT_COLLECTED = "not_collected", "Not collected"
        LATE = "late", "Late"
        SUPPRESSED = "suppressed", "Hidden by the source"
        UNFINISHED = "unfinished", "Unfinished"  # what is typed so far; never sent

    # References are checked set-wise: those to submissions by the triggers below, the others when
    # rows are stored. A constraint tried row by row would cost a third of a large import. What
    # finds the figures of a submission is the index of `observation_unique_cell`.
    submission = models.ForeignKey(
        Submission,
        models.CASCADE,
        db_constraint=False,
        db_index=False,
        related_name="observations",
    )
    measure = models.ForeignKey(
        Measure, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    period = models.DateField()
    numerator = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    denominator = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    status = models.CharField(max_length=14, choices=Status, default=Status.VALUE)
    proportion = models.BooleanField(default=False)
    source_row = models.PositiveIntegerField(null=True, help_text="The row in the uploaded file.")
    note = models.CharField(
        max_length=500, blank=True, db_default="", help_text="What readers should know about it."
    )
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
        help_text="Who typed it; empty when it came in a file.",
    )
    typed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "measure", "place", "category"],
                nulls_distinct=False,
                name="observation_unique_cell",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True) | Q(numerator__gte=0),
                name="observation_numerator_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gte=0),
                name="observation_denominator_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(proportion=False) | Q(numerator__lte=F("denominator")),
                name="observation_part_within_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["value", "zero"], numerator__isnull=False)
                | Q(status="unfinished", denominator__isnull=True)
                | (~Q(status__in=["value", "zero"]) & Q(numerator__isnull=True)),
                name="observation_number_fits_status",
            ),
        ]
        indexes = [
            models.Index(fields=["measure", "period"], name="observation_by_measure"),
            models.Index(
                fields=["submission"],
                condition=Q(status="unfinished"),
                name="observation_unfinished",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keep_released_observations",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (SELECT FROM outcomes_submission
                                WHERE id IN (OLD.submission_id, NEW.submission_id)
                                  AND state = 'released') THEN
                        RAISE EXCEPTION 'What a release published never changes';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    IF NEW.submission_id <> OLD.submission_id THEN
                        PERFORM FROM outcomes_submission WHERE id = NEW.submission_id
                            FOR KEY SHARE;
                        IF NOT FOUND THEN
                            RAISE EXCEPTION 'A figure belongs to a submission'
                                USING ERRCODE = 'foreign_key_violation';
                        END IF;
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(  # once for a statement, so that large imports stay fast
                name="add_nothing_to_a_release",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="added"),
                declare=[("ids", "bigint[]"), ("known", "integer")],
                func="""
                    ids := ARRAY(SELECT DISTINCT submission_id FROM added);
                    PERFORM FROM outcomes_submission WHERE id = ANY(ids) FOR KEY SHARE;
                    GET DIAGNOSTICS known = ROW_COUNT;
                    IF known < cardinality(ids) THEN
                        RAISE EXCEPTION 'A figure belongs to a submission'
                            USING ERRCODE = 'foreign_key_violation';
                    END IF;
                    IF EXISTS (SELECT FROM outcomes_submission
                                WHERE id = ANY(ids) AND state = 'released') THEN
                        RAISE EXCEPTION 'Nothing is added to what a release published';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.period:%B %Y}"

    @property
    def part(self) -> str:
        """Which part of the whole; empty for the whole itself."""
        return ", ".join(part.name for part in (self.place, self.category) if part)

    @property
    def as_text(self) -> str:
        """What was entered, as people read it: “10,335 of 11,554”, “Not collected”."""
        if self.is_unfinished:
            return self._as_unfinished_text()
        if self.numerator is None:
            return self.get_status_display()
        numbers = [self.numerator, *([] if self.denominator is None else [self.denominator])]
        return " of ".join(exact_text(number) for number in numbers)

    @property
    def is_unfinished(self) -> bool:
        return self.status == self.Status.UNFINISHED

    def _as_unfinished_text(self) -> str:
        """What there is of it: “10,335 of …”, “… of 11,554”."""
        if self.numerator is None and self.denominator is None:
            return "an empty row"
        halves = [self.numerator, self.denominator]
        return " of ".join("…" if half is None else exact_text(half) for half in halves)
