"""Targets of measures: proposed by one analyst, agreed by another."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.authorization import require
from accounts.permissions import Permission
from accounts.trail.context import because
from outcomes.actions import series
from outcomes.actions.conflict import Conflict
from outcomes.actions.proposals import agreed, waiting
from outcomes.models import Measure, Target
from outcomes.wording import day_text

DAY = timedelta(days=1)


@transaction.atomic
def propose(
    *,
    measure: Measure,
    value: Decimal,
    from_date: date,
    to_date: date | None,
    source: str,
    by: Any,
) -> Target:
    """Asks a second person to set the target; nothing changes until then."""
    require(by=by, permission=Permission.MEASURE_DEFINE, at=None)
    if not measure.is_in_use:
        raise Conflict("This measure is not in use.")
    if to_date and to_date < from_date:
        raise Conflict("The last day comes before the first one.")
    if measure.targets.filter(from_date=from_date, agreed_at=None).exists():
        raise Conflict(f"A target from {day_text(from_date)} on waits for a second person already.")
    return Target.objects.create(
        measure=measure,
        value=value,
        from_date=from_date,
        to_date=to_date,
        source=source.strip(),
        proposed_by=by,
    )


@transaction.atomic
def agree(*, target: Target, by: Any) -> Target:
    """From its first day on it takes the place of all others; the series are built again."""
    require(by=by, permission=Permission.MEASURE_AGREE, at=None)
    row = agreed(target, by)
    others = row.measure.targets.exclude(agreed_at=None)
    with because(f"A new target from {day_text(row.from_date)} on"):
        others.filter(from_date__gte=row.from_date).delete()
        lasting = others.filter(Q(to_date=None) | Q(to_date__gte=row.from_date))
        lasting.update(to_date=row.from_date - DAY)
        row.save()
    series.request(measure=row.measure, cause=f"target:{row.pk}", by=by)
    return row


@transaction.atomic
def drop(*, target: Target, by: Any) -> None:
    """Gives up a target that is not agreed."""
    require(by=by, permission=Permission.MEASURE_DEFINE, at=None)
    waiting(target).delete()
