"""What is noticed in returns before they count, and what senders answer."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.trail.context import because
from outcomes.actions.conflict import Conflict
from outcomes.intake import personal
from outcomes.models import Flag, Observation, Submission
from outcomes.models.collections import Weight
from outcomes.models.flags import value_of
from outcomes.models.submissions import IN_HAND
from outcomes.selectors import noticed, senders

BY_MACHINE = [Flag.Kind.RULE, Flag.Kind.UNUSUAL, Flag.Kind.CHANGED, Flag.Kind.TWICE]
LONGEST_ANSWER = 500
CHANGED_FROM = "The figure was changed from"


@transaction.atomic
def review(*, submissions: Iterable[Submission], spot: noticed.Spot | None = None) -> None:
    """Works out afresh what there is to say about returns that are still with their sender.

    With `spot`, only what one figure bears on: nothing else can have changed when it is typed.

    A flag that is raised again for the same value keeps its answer; one raised for another value
    asks anew. What has left its sender's hands is not looked at.
    """
    rows = list(
        Submission.objects.select_for_update(of=("self",))
        .filter(pk__in=[s.pk for s in submissions], state__in=IN_HAND)
        .order_by("pk")
    )
    if rows:
        finders = (noticed.broken_rules, noticed.surprises, noticed.counted_twice)
        about = Flag.objects.filter(submission__in=rows)
        machine = about.filter(spot.flags if spot else Q(kind__in=BY_MACHINE))
        asked = about.filter(kind=Flag.Kind.ASKED, measure__isnull=False)
        _replace(machine, chain.from_iterable(find(rows, spot) for find in finders))
        _answer_by_change(rows, asked.filter(**spot.cell) if spot else asked)


def _replace(flags: QuerySet[Flag], found: Iterable[Flag]) -> None:
    """Makes what the machine said before into what it has found now."""
    known = {_key(flag): flag for flag in flags}
    fresh, reworded = [], []
    for flag in found:
        before = known.get(_key(flag))
        if before is None or before.value != flag.value:
            fresh.append(flag)
            continue
        del known[_key(flag)]
        if (before.message, before.weight) != (flag.message, flag.weight):
            before.message, before.weight = flag.message, flag.weight
            reworded.append(before)
    Flag.objects.filter(pk__in=[flag.pk for flag in known.values()]).delete()
    Flag.objects.bulk_update(reworded, ["message", "weight"], batch_size=1000)
    Flag.objects.bulk_create(fresh, batch_size=1000)


def _key(flag: Flag) -> tuple:
    return (
        flag.submission_id, flag.kind, flag.rule_id, flag.measure_id, flag.place_id,
        flag.category_id,
    )  # fmt: skip


def _answer_by_change(rows: list[Submission], asked: QuerySet[Flag]) -> None:
    """A figure the approver asked about is answered by changing it, and asked again if restored."""
    people = {s.pk: s.entered_by_id for s in rows}
    for flag in asked:
        cell = Observation.objects.filter(
            submission=flag.submission_id,
            measure=flag.measure_id,
            place=flag.place_id,
            category=flag.category_id,
        ).first()
        now = value_of(cell.numerator, cell.denominator, cell.status) if cell else ""
        by_change = flag.answer.startswith(CHANGED_FROM)
        if now != flag.value and people[flag.submission_id]:
            flag.answer = f"{CHANGED_FROM} {flag.value or 'nothing'} to {now or 'nothing'}."
            flag.answered_at, flag.answered_by_id = timezone.now(), people[flag.submission_id]
        elif now == flag.value and by_change:
            flag.answer, flag.answered_at, flag.answered_by = "", None, None
        else:
            continue
        flag.save(update_fields=["answer", "answered_at", "answered_by"])


@transaction.atomic
def answer(*, flag: Flag, answer: str, by: Any) -> None:
    """Keeps why the figure is right, by whom it was said; `flag` is as it was seen on the page.

    Who answers for a figure is one of its makers.
    """
    senders.require_to_send(flag.submission, by)  # whoever may send the return may answer for it
    submission = Submission.objects.select_for_update(of=("self",)).get(pk=flag.submission_id)
    now = Flag.objects.select_for_update(of=("self",)).filter(pk=flag.pk).first()
    if now is None or now.value != flag.value:
        raise Conflict("The figure has changed since you opened this page. Look at it again.")
    if submission.state not in IN_HAND:
        raise Conflict("This return was sent already, so nothing more can be said about it here.")
    if now.weight == Weight.MUST:
        raise Conflict("This has to be put right: change the figures.")
    if not answer.strip():
        raise Conflict("Say why the figure is right.")
    if len(answer.strip()) > LONGEST_ANSWER:
        raise Conflict(f"Use at most {LONGEST_ANSWER} characters to say why the figure is right.")
    if why := personal.why_not(answer):
        raise Conflict(why)
    now.answer, now.answered_at, now.answered_by = answer.strip(), timezone.now(), by
    with because(now.answer):
        now.save(update_fields=["answer", "answered_at", "answered_by"])
    submission.makers.add(by)
