"""Until when a collection takes the first figures of a period, and from whom.

After the closing day only analysts send first figures, and those organisations with an exception
(`Extension`). What was sent once may be put right and corrected at any time.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.authorization import holds
from accounts.permissions import Permission
from outcomes.models import Collection, Extension, Submission, Upload
from outcomes.periods import first_not_past, label
from partners.models import Organisation


def open_until(collection: Collection, organisation: Organisation, period: date) -> date | None:
    """The last day on which first figures are taken; None: it never closes."""
    closes = collection.closes_on(period)
    if closes is None:
        return None
    extension = collection.extensions.filter(organisation=organisation, period=period).first()
    return max(closes, extension.until) if extension else closes


def is_closed(
    collection: Collection, organisation: Organisation, period: date, today: date | None = None
) -> bool:
    until = open_until(collection, organisation, period)
    return until is not None and until < (today or timezone.localdate())


def open_from(collection: Collection, today: date | None = None) -> date | None:
    """The first period still open without an exception; None: no period ever closes."""
    days = collection.closing_working_days
    if days is None:
        return None
    return first_not_past(today or timezone.localdate(), collection.frequency, days)


def closed_among(
    submissions: Iterable[Submission], by: Any, today: date | None = None
) -> list[Submission]:
    """Those of the submissions that are closed to the person; asks the database once or twice."""
    today, submissions = today or timezone.localdate(), list(submissions)
    first_open = {each: open_from(each, today) for each in {s.collection for s in submissions}}
    late = [
        s
        for s in submissions
        if s.first_sent_at is None
        and not s.is_correction
        and (first := first_open[s.collection]) is not None
        and s.period < first
    ]
    if not late or may_send_late(by):
        return []
    excepted = set(
        Extension.objects.filter(collection__in=first_open, until__gte=today).values_list(
            "collection_id", "organisation_id", "period"
        )
    )
    return [s for s in late if (s.collection_id, s.organisation_id, s.period) not in excepted]


def closed_to_send(submissions: Iterable[Submission], by: Any) -> list[Submission]:
    """As `closed_among`, for drafts as they are: what came in a file counts from when it came."""
    received, days = _received_at(submissions), dict[date, list[Submission]]()
    for each in submissions:
        day = timezone.localdate(received.get(each.upload_id))
        days.setdefault(day, []).append(each)
    return [late for day, rows in days.items() for late in closed_among(rows, by, day)]


def _received_at(submissions: Iterable[Submission]) -> dict[int | None, datetime]:
    uploads = {each.upload_id for each in submissions if each.upload_id}
    return dict(Upload.objects.filter(pk__in=uploads).values_list("pk", "received_at"))


def may_send_late(user: Any) -> bool:
    """Analysts take in what comes after the closing day."""
    return holds(user, Permission.COLLECTION_MANAGE, at=None)


def sentence(collection: Collection, organisation: Organisation, period: date) -> str:
    """What to tell somebody whose figures come after the closing day."""
    until = open_until(collection, organisation, period)
    if until is None:
        return ""
    return (
        f"{label(period, collection.frequency)} closed for new figures on {until:%-d %B %Y}. "
        "Ask the partnership’s analysts to open it again for you."
    )
