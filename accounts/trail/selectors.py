"""Reads of the record for pages about one object: accounts.trail.views shows all of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet

from accounts.models import TrackedAuthenticator, TrackedEmailAddress, TrackedSocialAccount, User
from accounts.trail.lines import Line, lines
from accounts.trail.sources import SECURITY, Key, about, page, rows


@dataclass(frozen=True)
class History:
    """One page of the history of something, newest first."""

    lines: list[Line]
    older: Key | None
    newer: Key | None


def history(
    sources: Iterable[tuple[str, QuerySet]],
    *,
    before: str | None = None,
    after: str | None = None,
    hidden: frozenset[str] = frozenset(),
) -> History:
    """A page of what happened; `hidden` names fields whose values the reader may not see."""
    found = page(list(sources), before=Key.read(before), after=Key.read(after))
    return History(lines(found.keys, hidden=hidden), found.older, found.newer)


def history_of(*objects: Model, before: str | None = None, after: str | None = None) -> History:
    """What happened to those objects themselves."""
    return history((of(one) for one in objects), before=before, after=after)


def of(one: Model) -> tuple[str, QuerySet]:
    """The changes of one object, for use beside those of what belongs to it."""
    return about(type(one), Q(pgh_obj_id=one.pk))


def at_the_door(user: User) -> tuple[str, QuerySet]:
    """What happened when the person signed in, or tried to."""
    return SECURITY, rows(SECURITY).filter(user=user)


def of_account(user: User) -> list[tuple[str, QuerySet]]:
    """The changes of a person, their address, their second step and their single sign-on."""
    own = Q(user_id=user.pk)
    belonging = (TrackedEmailAddress, TrackedAuthenticator, TrackedSocialAccount)
    return [of(user), *(about(model, own) for model in belonging)]
