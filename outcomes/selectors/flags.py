"""What was noticed in returns, as pages show it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.authorization import has_permission, holds
from accounts.permissions import Permission
from outcomes.models import Flag, Submission
from outcomes.models.collections import Weight
from outcomes.selectors.grid import key_of
from partners.models import Organisation

SHOWN = 40


@dataclass(frozen=True)
class Noticed:
    """The flags of some returns: what must be put right, what may be explained, what was."""

    must: list[Flag]
    may: list[Flag]
    answered: list[Flag]
    more: int = 0  # open ones that are not among those shown
    more_answered: int = 0

    def __contains__(self, flag: Flag) -> bool:
        return flag in self.must or flag in self.may or flag in self.answered

    def __bool__(self) -> bool:
        return bool(self.must or self.may or self.answered)

    @property
    def open(self) -> int:
        return len(self.must) + len(self.may) + self.more

    @property
    def several_organisations(self) -> bool:
        every = [*self.must, *self.may, *self.answered]
        return len({flag.submission.organisation_id for flag in every}) > 1


def of(submissions: Iterable[Submission], shown: int = SHOWN) -> Noticed:
    """What was noticed in the returns, what must be put right first; `shown` open ones at most,
    and as many that were answered."""
    flags = (
        Flag.objects.filter(submission__in=submissions)
        .select_related("submission__collection", "submission__organisation", "submission__upload")
        .select_related("measure", "place", "category", "answered_by", "raised_by")
        .order_by("submission__period", "submission__organisation__name", "measure__order", "pk")
    )
    must = list(flags.filter(weight=Weight.MUST)[:shown])
    may = list(flags.filter(weight=Weight.MAY, answered_at=None)[: shown - len(must)])
    for flag in [*must, *may]:
        flag.change_url = _change_url(flag)
    done = flags.filter(weight=Weight.MAY, answered_at__isnull=False)
    answered = list(done[:shown])
    more_answered = done.count() - shown if len(answered) == shown else 0
    more = 0
    if len(must) + len(may) >= shown:
        more = flags.open().count() - len(must) - len(may)
    return Noticed(must, may, answered, more, more_answered)


def _change_url(flag: Flag) -> str:
    """Where the figure is typed."""
    row = flag.submission
    address = reverse(
        "outcomes:entry", args=[row.collection.slug, row.organisation.slug, row.period]
    )
    if flag.measure is None:
        return address
    return f"{address}#cell-{key_of(flag.measure, flag.place, flag.category)}"


def may_answer_anywhere(user: Any) -> bool:
    return has_permission(user, Permission.SUBMISSION_SEND) or has_permission(
        user, Permission.SUBMISSION_SEND_FOR_ALL
    )


def in_hand(user: Any) -> QuerySet[Submission]:
    """The returns that are still with their sender and that the user may send."""
    typed, for_all = Q(upload=None), Q(upload__isnull=False, upload__organisation=None)
    mine = Organisation.objects.for_user(user, Permission.SUBMISSION_SEND)
    own = Q(organisation__in=mine) & ~for_all
    if holds(user, Permission.SUBMISSION_SEND_FOR_ALL, at=None):
        own |= typed | for_all
    return Submission.objects.outstanding().filter(own)


def named(user: Any, keys: Collection[int]) -> list[Flag]:
    """The flags of these keys that there still are. One that is not the user's to see is like one
    that is gone: the answer does not tell whether there is such a flag."""
    visible = Flag.objects.filter(submission__in=Submission.objects.for_user(user), pk__in=keys)
    return list(visible.select_related("submission__upload", "measure"))
