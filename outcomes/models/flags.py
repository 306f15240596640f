"""What should be looked at in a return before it counts, and what was said about it."""

from decimal import Decimal

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from outcomes.digits import plain_text
from outcomes.models.collections import Rule, Weight
from outcomes.models.measures import Category, Measure
from outcomes.models.submissions import Submission, both_or_neither
from partners.models import Place


def value_of(numerator: Decimal | None, denominator: Decimal | None, status: str) -> str:
    """What a flag about one figure remembers of it: an answer holds while this stays the same."""
    if numerator is None:
        return status
    known = [numerator] if denominator is None else [numerator, denominator]
    return "/".join(map(plain_text, known))


class FlagQuerySet(models.QuerySet["Flag"]):
    def open(self) -> "FlagQuerySet":
        """Those that keep a return from being sent."""
        return self.filter(Q(weight=Weight.MUST) | Q(answered_at__isnull=True))


@pghistory.track()
class Flag(models.Model):
    """Something noticed about a return, or about one figure in it.

    One of weight `must` goes away only when the figures change. One of weight `may` is also done
    with when somebody says why the figure is right; the answer holds for the `value` it was given
    for. `asked` is a question of the approver who sent the return back, and `replaced` says which
    figures of a colleague a file took the place of.
    """

    class Kind(models.TextChoices):
        RULE = "rule", "Does not fit together"
        UNUSUAL = "unusual", "Outside the expected range"
        CHANGED = "changed", "Large change"
        TWICE = "twice", "Counted twice"
        ASKED = "asked", "Question from the approver"
        REPLACED = "replaced", "Replaced by a file"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=8, choices=Kind)
    weight = models.CharField(max_length=4, choices=Weight, default=Weight.MAY)
    rule = models.ForeignKey(Rule, models.CASCADE, null=True, related_name="+")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+")
    value = models.CharField(max_length=80, blank=True, help_text="The figure it was raised for.")
    message = models.CharField(max_length=500)
    raised_at = models.DateTimeField(auto_now_add=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = FlagQuerySet.as_manager()

    change_url = ""  # where its figure is typed, as `selectors.flags` found out

    class Meta:
        ordering = ["submission", "measure__order", "place", "category", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "kind", "rule", "measure", "place", "category"],
                nulls_distinct=False,
                name="flag_unique",
            ),
            both_or_neither("answered_at", "answered_by", "flag_answered_at_and_by"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="flag_answer_has_words"
            ),
        ]

    def __str__(self) -> str:
        return self.message

    @property
    def is_open(self) -> bool:
        return self.weight == Weight.MUST or self.answered_at is None
