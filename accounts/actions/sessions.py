"""Where people are signed in: noting that they are still there, and ending it."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts import events
from accounts.models import SecurityEvent, User


def seen(*, session_key: str | None, at: datetime) -> None:
    """Notes when somebody last did something there, for their list of sessions."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=at)


@transaction.atomic
def end_others(*, by: User, here: str | None, only: int | None = None) -> int:
    """Ends the person's sessions at once, all or `only` one, but not the one with the key `here`.

    Returns how many.
    """
    others = UserSession.objects.filter(user=by).exclude(session_key=here or "")
    if only is not None:
        others = others.filter(pk=only)
    keys = list(others.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    others.delete()
    if keys:
        kind = SecurityEvent.Kind.SESSIONS_ENDED
        events.record(kind, user=by, request=None, detail=f"{len(keys)}, by themselves")
    return len(keys)


@transaction.atomic
def end_all(*, user: User, by: User | None) -> None:
    """Ends each session of the person: those that allauth lists, and any it does not know of.

    `by` is who wants it, None for the portal itself.
    """
    UserSession.objects.filter(user=user).delete()
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
    kind = SecurityEvent.Kind.SESSIONS_ENDED
    events.record(kind, user=user, request=None, detail=f"all of them, by {by or 'the portal'}")


@transaction.atomic
def clear() -> int:
    """Takes away sessions that are over, and what was noted of them; returns how many."""
    over, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    there = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(there)).delete()
    return over


def forget(*, session_key: str | None) -> None:
    """Takes a session that has ended from the person's list."""
    UserSession.objects.filter(session_key=session_key).delete()
