"""What one analyst proposes about a measure and another agrees: targets and new starts."""

from typing import Any, TypeVar

from django.utils import timezone

from outcomes.actions.conflict import Conflict
from outcomes.models import Rebase, Target

Proposal = TypeVar("Proposal", Target, Rebase)


def waiting(proposal: Proposal) -> Proposal:
    """The proposal under lock, while nobody has agreed it or given it up."""
    rows = type(proposal).objects.select_for_update(of=("self",))
    row = rows.filter(pk=proposal.pk).first()
    if row is None or row.agreed_at:
        raise Conflict("Somebody has agreed it or given it up meanwhile. Look at the page again.")
    return row


def agreed(proposal: Proposal, second: Any) -> Proposal:
    """The proposal under lock with the name of a second person; the caller saves it."""
    row = waiting(proposal)
    if row.proposed_by == second:
        raise Conflict("You proposed this, so somebody else has to agree it.")
    row.agreed_at, row.agreed_by = timezone.now(), second
    return row
