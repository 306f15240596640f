"""Days on which nothing is published, such as those before an election."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.authorization import require
from accounts.permissions import Permission
from accounts.trail.context import because
from outcomes.actions import releases
from outcomes.actions.conflict import Conflict
from outcomes.models import Hold, Release
from outcomes.wording import day_text
from partners.models import Partnership


@transaction.atomic
def begin(
    *, partnership: Partnership, first_day: date, last_day: date, reason: str, by: Any
) -> Hold:
    """Keeps everything from being published on these days.

    What was approved for one of them is planned again: it needs another day, and approval of that.
    """
    require(by=by, permission=Permission.RELEASE_HOLD, at=None)
    days = {"first_day": first_day, "last_day": last_day, "reason": reason.strip()}
    if Hold.objects.in_force().filter(**days).exists():
        raise Conflict("This hold is set already.")
    with because(reason):
        hold = Hold.objects.create(partnership=partnership, set_by=by, **days)
    scheduled = Release.objects.select_for_update(of=("self",)).filter(
        state=Release.State.SCHEDULED, due_at__date__range=(first_day, last_day)
    )
    for release in scheduled.order_by("pk"):
        until = f"Nothing is published until {day_text(last_day)}: {hold.reason}."
        releases.send_back(release=release, reason=f"{until} Choose a later day.")
    return hold


@transaction.atomic
def lift(*, hold: Hold, by: Any) -> None:
    """Ends a hold before its last day, or one that has not begun."""
    require(by=by, permission=Permission.RELEASE_HOLD, at=None)
    row = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if row.lifted_at:
        raise Conflict("This hold was lifted already.")
    row.lifted_at, row.lifted_by = timezone.now(), by
    row.save()
