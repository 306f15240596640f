"""What waits for approvers, and what speaks against approving it unopened."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Greatest
from django.utils.timezone import localtime

from accounts.permissions import Permission
from design_system.templatetags.nhs import moment
from outcomes.models import Collection, Flag, Observation, Submission
from outcomes.models.submissions import State
from partners.models import Organisation


@dataclass(frozen=True, slots=True)
class Waiting:
    """One return that waits; `open_because` is empty when it may be approved with others."""

    submission: Submission
    figures: int
    open_because: str


def waiting(user: Any) -> QuerySet[Submission]:
    """Every return the user may approve, by collection, organisation and period."""
    mine = Organisation.objects.for_user(user, Permission.SUBMISSION_APPROVE)
    return (
        Submission.objects.filter(state=State.SUBMITTED, organisation__in=mine)
        .select_related("collection", "organisation", "submitted_by")
        .order_by("collection__name", "organisation__name", "period", "pk")
    )


def looked_at(submissions: Iterable[Submission], user: Any) -> list[Waiting]:
    """The returns with what has to be known to approve them together."""
    rows = list(submissions)
    figures = _counted(Observation.objects.filter(submission__in=rows))
    flags = _counted(Flag.objects.filter(submission__in=rows))
    made = set(
        Submission.makers.through.objects.filter(submission__in=rows, user_id=user.pk).values_list(
            "submission", flat=True
        )
    )
    return [
        Waiting(
            submission=row,
            figures=figures.get(row.pk, 0),
            open_because=_open_because(row, flags.get(row.pk, 0), row.pk in made, user),
        )
        for row in rows
    ]


def is_maker(submissions: Iterable[Submission], user: Any) -> bool:
    """Whether the user entered or sent any of the figures, so that somebody else must approve."""
    rows = list(submissions)
    made = Submission.makers.through.objects.filter(submission__in=rows, user_id=user.pk)
    return any(user.pk in (s.entered_by_id, s.submitted_by_id) for s in rows) or made.exists()


def last_decision(collection: Collection, organisation: Organisation) -> str:
    """Who decided what last, for somebody who comes too late; empty when nobody ever did."""
    decided = (
        Submission.objects.filter(collection=collection, organisation=organisation)
        .annotate(decided_at=Greatest("approved_at", "returned_at"))
        .filter(decided_at__isnull=False)
        .select_related("collection", "approved_by", "returned_by")
    )
    last = decided.order_by("-decided_at", "-period").first()
    if last is None:
        return ""
    is_approved = last.approved_at == last.decided_at
    who, did = (last.approved_by, "approved") if is_approved else (last.returned_by, "sent back")
    return f"{who} {did} {last.period_label} on {moment(localtime(last.decided_at))}."


def _counted(rows: QuerySet) -> dict[int, int]:
    return dict(rows.order_by().values_list("submission").annotate(Count("pk")))


def _open_because(row: Submission, flags: int, is_made: bool, user: Any) -> str:
    if is_made or user.pk in (row.entered_by_id, row.submitted_by_id):
        return "You entered or sent figures of it: somebody else has to approve it"
    if row.is_correction:
        return "It corrects published figures"
    if flags:
        return f"{flags} thing{'s'[: flags != 1]} to look at"
    return ""
