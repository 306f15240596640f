"""Reminds people by mail of returns that are missing, or wait long for their approval.

A collection says on which working days from the due day it reminds. Each such day is noted for
each return (`Reminder`), so nothing is said twice; after a time of standing still the days that
were missed are noted together and told in one mail. Nobody gets more than one mail a day.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from outcomes.models import Reminder, Submission
from outcomes.models.submissions import State
from outcomes.periods import add_working_days, is_working_day
from outcomes.selectors import closing
from partners.actions import notices
from partners.selectors.holders import people_with

EARLIEST = time(8)  # nobody wants it at midnight
PATIENCE = timedelta(days=3)  # how long a return may wait for approval before somebody is reminded
LISTED = 20  # returns of one kind that one mail names


Readers = dict[Submission, list[User]]


def remind_due(now: datetime | None = None) -> int:
    """Sends what is due today, in one run a day; returns how many mails were written.

    Idempotent: all of a run is one transaction, and of two at once only the first is kept.
    """
    now = timezone.localtime(now)
    if now.time() < EARLIEST or not is_working_day(now.date()):
        return 0
    if Reminder.objects.filter(sent_at__date=now.date()).exists():
        return 0
    try:
        with transaction.atomic():
            return _remind(now)
    except IntegrityError:  # another tick was quicker
        return 0


def _remind(now: datetime) -> int:
    """Everybody with a return whose day has come is told of all that waits for them."""
    readers = _readers(_waiting(now))
    days = _days_to_note(readers, now.date())
    people = {person: None for submission in days for person in readers[submission]}
    Reminder.objects.bulk_create(
        Reminder(collection=s.collection, organisation=s.organisation, period=s.period, day=day)
        for s, passed in days.items()
        for day in passed
    )
    for person in people:
        _send(person, [s for s, those in readers.items() if person in those], now.date())
    return len(people)


def _waiting(now: datetime) -> list[Submission]:
    """Returns asked for that are to be sent and can be, or wait long for their approval."""
    to_send = Submission.objects.owed()
    to_approve = Submission.objects.filter(state=State.SUBMITTED, submitted_at__lte=now - PATIENCE)
    rows = list(
        (to_send | to_approve)
        .latest_version()
        .filter(period__gte=F("collection__asks_from"))
        .select_related("collection", "organisation")
        .order_by("due_on", "organisation__name", "collection__name", "period")
    )
    closed = set(closing.closed_among(rows, by=None, today=now.date()))
    return [row for row in rows if row not in closed]


def _readers(waiting: list[Submission]) -> Readers:
    """Who is to be told of each; returns that concern nobody yet are left for later."""
    senders = people_with(Permission.SUBMISSION_SEND)
    approvers = people_with(Permission.SUBMISSION_APPROVE)
    readers = {
        row: (approvers if row.state == State.SUBMITTED else senders).get(row.organisation_id, [])
        for row in waiting
    }
    return {row: people for row, people in readers.items() if people}


def _days_to_note(rows: Iterable[Submission], today: date) -> dict[Submission, list[int]]:
    """The reminder days of each return that have come and were not noted yet."""
    noted = set(Reminder.objects.values_list("collection_id", "organisation_id", "period", "day"))
    days = {
        row: [
            day
            for day in row.collection.reminder_days
            if add_working_days(row.due_on, day) <= today
            and (row.collection_id, row.organisation_id, row.period, day) not in noted
        ]
        for row in rows
    }
    return {row: passed for row, passed in days.items() if passed}


def _send(person: User, rows: list[Submission], today: date) -> None:
    """One mail with everything; the first lines of each kind, and how many more there are."""
    to_send = [row for row in rows if row.state != State.SUBMITTED]
    returned = [row for row in to_send if row.state == State.RETURNED]
    rest = [row for row in to_send if row.state != State.RETURNED]
    parts = {
        "returned": returned,
        "overdue": [row for row in rest if row.due_on < today],
        "due": [row for row in rest if row.due_on >= today],
        "to_approve": [row for row in rows if row.state == State.SUBMITTED],
    }
    notices.send(
        "reminder",
        app="outcomes",
        to=person.email,
        user=person,
        first=rows[0],
        others=len(rows) - 1,
        parts={
            name: {"rows": part[:LISTED], "more": len(part[LISTED:])}
            for name, part in parts.items()
        },
    )
