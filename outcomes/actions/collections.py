"""What partners are asked for: collections, exceptions to their closing day, and their rules."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from accounts.authorization import require
from accounts.permissions import Permission
from accounts.trail.context import because
from outcomes import rulebook
from outcomes.actions import checks
from outcomes.actions.conflict import Conflict
from outcomes.models import Collection, Extension, Measure, Rule
from outcomes.models.submissions import State
from outcomes.periods import due_on, start_of
from outcomes.selectors.measures import not_agreed
from partners.models import Organisation, Partnership

FIELDS = {
    "name", "guidance", "frequency", "due_working_days", "reminder_days", "closing_working_days",
    "accepts_from", "asks_from", "asks_to",
}  # fmt: skip
RESERVED = {"new"}  # stands where the slug stands in addresses


@transaction.atomic
def create(
    *,
    partnership: Partnership,
    measures: Iterable[Measure],
    organisations: Iterable[Organisation],
    by: Any,
    **fields: Any,
) -> Collection:
    """A new collection; the next tick opens its returns for periods that have ended."""
    require(by=by, permission=Permission.COLLECTION_MANAGE, at=None)
    measures = _agreed(measures)
    collection = Collection(partnership=partnership, slug=_free_slug(fields["name"]))
    _write(collection, fields)
    collection.measures.set(measures)
    collection.organisations.set(organisations)
    return collection


@transaction.atomic
def change(
    *,
    collection: Collection,
    measures: Iterable[Measure],
    organisations: Iterable[Organisation],
    by: Any,
    **fields: Any,
) -> Collection:
    """Changes what is asked, and brings returns that nobody has touched yet into line.

    A new due day counts for returns that were not sent and are not overdue, and only when it is
    still to come: nobody becomes late by it, and nobody who is late stops being so. Returns
    without a figure that are no longer asked for go away; those with figures stay.
    """
    require(by=by, permission=Permission.COLLECTION_MANAGE, at=None)
    measures = _agreed(measures)
    row = Collection.objects.select_for_update().get(pk=collection.pk)
    if fields.get("frequency", row.frequency) != row.frequency and row.submissions.exists():
        raise Conflict(
            "Returns are open already, so the collection stays "
            f"{row.get_frequency_display().lower()}. Make a new collection instead."
        )
    _write(row, fields)
    row.measures.set(measures)
    row.organisations.set(organisations)
    _move_due_days(row)
    _forget_unasked(row)
    return row


@transaction.atomic
def extend(
    *,
    collection: Collection,
    organisation: Organisation,
    period: date,
    until: date,
    reason: str,
    by: Any,
) -> Extension:
    """Lets one organisation send one period after the closing day; a later word replaces it."""
    require(by=by, permission=Permission.COLLECTION_MANAGE, at=None)
    closes = collection.closes_on(period)
    if closes is None:
        raise Conflict("This collection never closes, so nobody needs an exception.")
    if until <= closes:
        raise Conflict(f"The period is open until {closes:%-d %B %Y} anyway. Choose a later day.")
    if until < timezone.localdate():
        raise Conflict("That day has passed. Choose today or a later day.")
    if not reason.strip():
        raise Conflict("Say why they may send later.")
    if not collection.organisations.filter(pk=organisation.pk).exists():
        raise Conflict(f"This collection does not ask {organisation}.")
    with because(reason):
        return Extension.objects.update_or_create(
            collection=collection,
            organisation=organisation,
            period=period,
            defaults={"until": until, "reason": reason.strip(), "granted_by": by},
        )[0]


@transaction.atomic
def end_extension(*, extension: Extension, by: Any) -> None:
    """From now on the collection's own closing day counts again."""
    require(by=by, permission=Permission.COLLECTION_MANAGE, at=None)
    extension.delete()


@transaction.atomic
def write_rule(
    *,
    collection: Collection,
    rule: Rule | None = None,
    left: list[dict],
    operator: str,
    right: list[dict],
    when_missing: str,
    weight: str,
    sentence: str,
    by: Any,
) -> Rule:
    """Writes a rule between figures, or changes one, and tries it on returns not sent yet.

    RuleError says what makes no sense.
    """
    require(by=by, permission=Permission.COLLECTION_MANAGE, at=None)
    measures = {measure.slug: measure.has_denominator for measure in collection.measures.all()}
    rulebook.read(left, operator, right, when_missing, measures=measures)
    rule = rule or Rule(collection=collection)
    rule.left, rule.operator, rule.right = left, operator, right
    rule.when_missing, rule.weight, rule.sentence = when_missing, weight, sentence.strip()
    rule.save()
    checks.review(submissions=collection.submissions.outstanding().exclude(state=State.DUE))
    return rule


@transaction.atomic
def drop_rule(*, rule: Rule, by: Any) -> None:
    """Takes a rule away, with what it found in returns that are not sent yet."""
    require(by=by, permission=Permission.COLLECTION_MANAGE, at=None)
    rule.delete()


def _agreed(measures: Iterable[Measure]) -> list[Measure]:
    """The measures; refused where one is not agreed, because nobody knows yet what it means."""
    found = list(measures)
    if wrong := not_agreed(found):
        names = ", ".join(f"“{measure}”" for measure in wrong)
        raise Conflict(f"Two people have to agree a measure before it is asked for: {names}.")
    return found


def _write(collection: Collection, fields: dict[str, Any]) -> None:
    if unknown := set(fields) - FIELDS:
        raise TypeError(f"A collection has no fields {sorted(unknown)} to set.")
    for name, value in fields.items():
        setattr(collection, name, value)
    for name in ("accepts_from", "asks_from", "asks_to"):
        day = getattr(collection, name)
        setattr(collection, name, day and start_of(day, collection.frequency))
    collection.save()


def _free_slug(name: str) -> str:
    base = slugify(name)[:44] or "collection"
    taken = RESERVED | set(
        Collection.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def _move_due_days(collection: Collection) -> None:
    today, moved = timezone.localdate(), []
    waiting = collection.submissions.outstanding().filter(
        due_on__gte=today, first_sent_at=None, submitted_at=None
    )
    for submission in waiting.select_for_update(of=("self",)):
        day = due_on(submission.period, collection.frequency, collection.due_working_days)
        if day != submission.due_on and day >= today:
            submission.due_on = day
            moved.append(submission)
    collection.submissions.bulk_update(moved, ["due_on"])


def _forget_unasked(collection: Collection) -> None:
    unasked = Q(period__lt=collection.asks_from)
    unasked |= ~Q(organisation__in=collection.organisations.all())
    if collection.asks_to:
        unasked |= Q(period__gt=collection.asks_to)
    untouched = collection.submissions.filter(state=State.DUE, observations=None)
    untouched.filter(unasked).delete()
