"""The life of a release: planned → scheduled → published → withdrawn (decision 0014).

Whoever shaped a release does not approve it, and approval holds for exactly what was seen. A job
publishes it at its minute; everything that could have changed meanwhile is looked at once more.
"""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.text import slugify
from psycopg2.errors import LockNotAvailable

from accounts.authorization import require
from accounts.permissions import Permission
from accounts.trail.context import because
from jobs.actions import jobs
from jobs.models import Job
from outcomes.actions import publication, rehearsals, release_mails, series
from outcomes.actions.conflict import Conflict
from outcomes.models import Collection, Release, Submission
from outcomes.selectors import releases as read
from partners.models import Partnership

KIND = "outcomes.publish_release"
PATIENCE = "5s"  # how long somebody waits for a release that a job works on
PLAN = ("title", "note", "due_at", "reissued", "collections")


def plan(
    *,
    partnership: Partnership,
    title: str,
    note: str = "",
    due_at: datetime | None = None,
    reissued: bool = False,
    collections: Iterable[Collection],
    by: Any,
) -> Release:
    """Announces a release and puts every approved return of its collections into it."""
    require(by=by, permission=Permission.RELEASE_PLAN, at=None)
    with _title_once(), transaction.atomic():
        release = Release.objects.create(
            partnership=partnership,
            slug=_free_slug(title),
            title=title.strip(),
            note=note.strip(),
            due_at=due_at,
            reissued=reissued,
            planned_at=timezone.now(),
            planned_by=by,
        )
        release.collections.set(collections)
        release.makers.add(by)
        _put(release, read.left_out(release))
        rehearsals.request(release=release, by=by)
    return release


def change(*, release: Release, seen: str, by: Any, **fields: Any) -> None:
    """Changes what was planned; returns of collections that it loses leave it."""
    require(by=by, permission=Permission.RELEASE_PLAN, at=None)
    if unknown := set(fields) - set(PLAN):
        raise TypeError(f"A release has no such plan: {', '.join(sorted(unknown))}")
    with _title_once(), transaction.atomic():
        row = locked(release, Release.State.PLANNED, seen=seen)
        collections = fields.pop("collections", None)
        for name, value in fields.items():
            setattr(row, name, value.strip() if isinstance(value, str) else value)
        row.returned_reason = ""
        row.save()
        if collections is not None:
            before = set(row.collections.values_list("pk", flat=True))
            row.collections.set(collections)
            row.submissions.exclude(collection__in=collections).update(release=None)
            _put(row, read.left_out(row).exclude(collection__in=before))
        row.makers.add(by)
        rehearsals.request(release=row, by=by)


@transaction.atomic
def fill(*, release: Release, submissions: Iterable[Submission], seen: str, by: Any) -> int:
    """Makes the release hold exactly these approved returns; returns how many."""
    require(by=by, permission=Permission.RELEASE_PLAN, at=None)
    row = locked(release, Release.State.PLANNED, seen=seen)
    wanted = {submission.pk for submission in submissions}
    row.submissions.exclude(pk__in=wanted).update(release=None)
    count = _put(row, read.may_hold(row).filter(pk__in=wanted))
    if count != len(wanted):
        raise Conflict("Some of these returns are in another release now. Look at the list again.")
    row.makers.add(by)
    rehearsals.request(release=row, by=by)
    return count


@transaction.atomic
def approve(*, release: Release, seen: str, by: Any) -> None:
    """Lets the release be published at its time, by somebody who had no hand in it."""
    require(by=by, permission=Permission.RELEASE_APPROVE, at=None)
    row = locked(release, Release.State.PLANNED, seen=seen)
    if row.makers.filter(pk=by.pk).exists():
        raise Conflict("You shaped this release, so somebody else has to approve it.")
    for sentence in read.blocking(row)[:1]:
        raise Conflict(f"It cannot be approved yet. {sentence}")
    now = timezone.now()
    row.state, row.approved_at, row.approved_by = Release.State.SCHEDULED, now, by
    row.due_at = row.due_at or now
    row.save()
    _enqueue(row, by)


@transaction.atomic
def reopen(*, release: Release, reason: str, seen: str, by: Any) -> None:
    """Takes the approval back, so that the plan can be changed."""
    require(by=by, permission=Permission.RELEASE_PLAN, at=None)
    if not reason.strip():
        raise Conflict("Say why the approval is taken back.")
    row = locked(release, Release.State.SCHEDULED, seen=seen)
    send_back(release=row, reason=reason)


def send_back(*, release: Release, reason: str) -> None:
    """Plans an approved release again, under its lock, and tells those who made and approved it."""
    approver = release.approved_by
    release.state, release.approved_at, release.approved_by = Release.State.PLANNED, None, None
    release.returned_reason = reason.strip()
    with because(reason):
        release.save()
    release_mails.sent_back(release=release, approver=approver)


def publish_due() -> int:
    """Sees to it that every release whose time has come is published; returns how many those are.

    Their jobs were queued with the approval. This finds those that failed or were lost.
    """
    due = list(Release.objects.due(timezone.now()))
    for release in due:
        _enqueue(release, release.approved_by)
    return len(due)


@transaction.atomic
def publish(*, release: Release, job: Job | None = None) -> bool:
    """Publishes an approved release once its time has come; False when there is nothing to do.

    Whoever comes second waits for the lock and finds it done. What stands against it by now sends
    it back to be planned.
    """
    row = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    now = timezone.now()
    if row.state != Release.State.SCHEDULED or row.due_at is None or row.due_at > now:
        return False
    if not read.is_rehearsed(row):  # another release was published since
        rehearsals.rehearse(release=row)
        row.refresh_from_db()
    against = read.blocking(row)
    if against:
        send_back(release=row, reason=" ".join(["It could not be published.", *against]))
    else:
        publication.make_public(release=row, at=now, by=row.approved_by)
        series.request_public(release=row, by=row.approved_by)
    if job:
        jobs.confirm(job=job)
    return not against


@transaction.atomic
def cancel(*, release: Release, reason: str, by: Any) -> None:
    """Calls a release off that is still to come; its returns are free for another."""
    require(by=by, permission=Permission.RELEASE_PLAN, at=None)
    row = locked(release, Release.State.PLANNED, Release.State.SCHEDULED)
    row.submissions.update(release=None)
    _end(row, Release.State.CANCELLED, reason, by)


@transaction.atomic
def withdraw(*, release: Release, reason: str, by: Any) -> None:
    """Takes what was published off all public pages. The record stays, and a page says why.

    The series go in this transaction, so that nothing withdrawn is shown while jobs build them
    again from what is left.
    """
    require(by=by, permission=Permission.RELEASE_WITHDRAW, at=None)
    row = locked(release, Release.State.PUBLISHED)
    _end(row, Release.State.WITHDRAWN, reason, by)
    with _patience():
        series.forget(measures=read.measures(row))
    series.request_public(release=row, by=by)


def _end(release: Release, state: str, reason: str, by: Any) -> None:
    if not reason.strip():
        raise Conflict("Say why, in words that readers may see.")
    release.state, release.ended_at, release.ended_by = state, timezone.now(), by
    release.end_reason = reason.strip()
    with because(reason):
        release.save()


def locked(release: Release, *states: str, seen: str | None = None) -> Release:
    """The release as it is now, under lock, if it is in one of the states and as it was seen."""
    with _patience():
        row = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    if row.state not in states:
        state = row.get_state_display().lower()
        raise Conflict(f"“{row}” is already {state}. Nothing was changed.")
    if seen is not None and read.fingerprint(row) != seen:
        raise Conflict("The release has changed since you opened this page. Look at it again.")
    return row


@contextmanager
def _patience() -> Iterator[None]:
    """For a lock that a rehearsal or a build of many figures may hold for a while."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = %s", [PATIENCE])
            yield
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        raise Conflict("The portal is looking at its figures. Try again in a minute.") from error


def _put(release: Release, submissions: Any) -> int:
    """Puts returns into the release; of two releases at once only the first gets them."""
    ids = list(submissions.select_for_update(of=("self",)).values_list("pk", flat=True))
    return Submission.objects.filter(pk__in=ids).update(release=release)


def _enqueue(release: Release, by: Any) -> None:
    # The time is part of the cause: a release that gets another day gets another job.
    key = f"{release.uuid}:{release.due_at:%Y-%m-%dT%H:%M:%S}"
    payload = {"release": release.pk}
    jobs.enqueue(kind=KIND, key=key, payload=payload, by=by, due_at=release.due_at)


def _free_slug(title: str) -> str:
    """A public address from the title; a number is added where that is taken."""
    base = slugify(title)[:60].strip("-") or "release"
    if not Release.objects.filter(slug=base).exists():
        return base
    return f"{base}-{uuid.uuid4().hex[:6]}"


@contextmanager
def _title_once() -> Iterator[None]:
    """Tells in words of what the database refuses: two releases to come of the same title."""
    try:
        yield
    except IntegrityError as error:
        if "release_title_once" in str(error):
            raise Conflict("A release with this title is planned already.") from error
        raise
