"""Definitions of measures: written by one analyst, agreed by another, kept for good."""

import hashlib
import json
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.authorization import require
from accounts.permissions import Permission
from accounts.trail.context import because
from outcomes.actions import series
from outcomes.actions.conflict import Conflict
from outcomes.actions.proposals import agreed, waiting
from outcomes.models import Measure, MeasureVersion, Observation, Rebase
from outcomes.models.definitions import DEFINED
from outcomes.periods import label, start_of
from partners.models import Partnership

State = MeasureVersion.State
# Figures that were given mean something else when one of these changes.
LASTING = {
    "kind": "what kind of measure it is",
    "frequency": "how often it is counted",
}
RESERVED = {"new", "dictionary", "methods"}  # stand where the slug stands in addresses


def fingerprint(version: MeasureVersion) -> str:
    """Binds a decision to the words that were on the page."""
    words = [[getattr(version, _column(name)) for name in DEFINED], version.number, version.state]
    content = json.dumps(words, cls=DjangoJSONEncoder)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


@transaction.atomic
def create(*, partnership: Partnership, reason: str, by: Any, **fields: Any) -> Measure:
    """A new measure with the draft of its first version; only analysts see it till it is agreed."""
    require(by=by, permission=Permission.MEASURE_DEFINE, at=None)
    measure = Measure(partnership=partnership, slug=_free_slug(fields["name"]))
    measure.order = Measure.objects.count()
    _put(measure, fields)
    version = MeasureVersion(measure=measure, number=1, reason=reason.strip())
    _put(version, fields)
    version.makers.add(by)
    return measure


@transaction.atomic
def write(*, measure: Measure, reason: str, by: Any, **fields: Any) -> MeasureVersion:
    """Changes the draft of the next version, or begins it; what is in force stays as it is.

    A version that was being reviewed is a draft again, because it is no longer what was proposed.
    """
    require(by=by, permission=Permission.MEASURE_DEFINE, at=None)
    row = Measure.objects.select_for_update().get(pk=measure.pk)
    _refuse_another_meaning(row, fields)
    version = row.versions.exclude(state=State.AGREED).first()
    if version is None:
        version = MeasureVersion(measure=row, number=row.version + 1)
    version.state, version.reason = State.DRAFT, reason.strip()
    version.proposed_at = version.proposed_by = None
    _put(version, fields)
    version.makers.add(by)
    if row.version == 0:
        _put(row, fields)
    return version


@transaction.atomic
def propose(*, version: MeasureVersion, by: Any) -> MeasureVersion:
    """Asks a second person to agree the draft."""
    require(by=by, permission=Permission.MEASURE_DEFINE, at=None)
    row = _locked(version, State.DRAFT)
    row.state, row.proposed_at, row.proposed_by = State.IN_REVIEW, timezone.now(), by
    row.answer = ""
    row.save()
    row.makers.add(by)
    return row


@transaction.atomic
def agree(*, version: MeasureVersion, seen: str, by: Any) -> Measure:
    """Puts the version into force; its series are built afresh. Brings back what was retired."""
    require(by=by, permission=Permission.MEASURE_AGREE, at=None)
    row = _reviewed(version, seen, by)
    measure = Measure.objects.select_for_update().get(pk=row.measure_id)
    row.state, row.agreed_at, row.agreed_by = State.AGREED, timezone.now(), by
    with because(row.reason):
        row.save()
        measure.version = row.number
        measure.retired_at = measure.retired_by = None
        measure.retired_reason = ""
        _put(measure, {name: getattr(row, name) for name in DEFINED})
    series.request(measure=measure, cause=f"version:{row.number}", by=by)
    return measure


@transaction.atomic
def send_back(*, version: MeasureVersion, seen: str, answer: str, by: Any) -> MeasureVersion:
    """Returns the version to its makers with the reason."""
    require(by=by, permission=Permission.MEASURE_AGREE, at=None)
    row = _reviewed(version, seen, by)
    if not answer.strip():
        raise Conflict("Say what should be changed.")
    row.state, row.answer = State.DRAFT, answer.strip()
    row.proposed_at = row.proposed_by = None
    with because(row.answer):
        row.save()
    return row


@transaction.atomic
def drop(*, version: MeasureVersion, by: Any) -> None:
    """Gives up a version that is not agreed, and its measure if that never was."""
    require(by=by, permission=Permission.MEASURE_DEFINE, at=None)
    row = _locked(version, State.DRAFT)
    measure = row.measure
    row.delete()
    if measure.version == 0:
        measure.delete()


@transaction.atomic
def retire(*, measure: Measure, reason: str, by: Any) -> Measure:
    """Takes a measure out of use; its pages stay, and say so."""
    require(by=by, permission=Permission.MEASURE_AGREE, at=None)
    row = Measure.objects.select_for_update().get(pk=measure.pk)
    if not row.is_in_use:
        raise Conflict("This measure is not in use.")
    if asked := list(row.collections.order_by("name")):
        names = ", ".join(f"“{one}”" for one in asked)
        raise Conflict(f"Take it out of what partners are asked for first: {names}.")
    if not reason.strip():
        raise Conflict("Say why it is no longer used.")
    row.retired_at, row.retired_by, row.retired_reason = timezone.now(), by, reason.strip()
    with because(reason):
        row.save()
    return row


@transaction.atomic
def review(*, measure: Measure, next_review_on: date, note: str, by: Any) -> Measure:
    """Notes that the definition was looked at and stays as it is, and when to look again."""
    require(by=by, permission=Permission.MEASURE_AGREE, at=None)
    row = Measure.objects.select_for_update().get(pk=measure.pk)
    if not row.is_in_use:
        raise Conflict("This measure is not in use.")
    if next_review_on <= timezone.localdate():
        raise Conflict("Choose a day that is still to come.")
    row.next_review_on = next_review_on
    with because(note):
        row.save()
    return row


@transaction.atomic
def propose_rebase(*, measure: Measure, period: date, reason: str, by: Any) -> Rebase:
    """Asks a second person to let the expected range start afresh; nothing changes until then."""
    require(by=by, permission=Permission.MEASURE_DEFINE, at=None)
    if not measure.is_in_use:
        raise Conflict("This measure is not in use.")
    if not reason.strip():
        raise Conflict("Say what changed, so that the numbers before and after differ in kind.")
    first = start_of(period, measure.frequency)
    if measure.rebases.filter(period=first).exists():
        raise Conflict(f"There is a new start in {label(first, measure.frequency)} already.")
    with because(reason):
        return Rebase.objects.create(
            measure=measure, period=first, reason=reason.strip(), proposed_by=by
        )


@transaction.atomic
def agree_rebase(*, rebase: Rebase, by: Any) -> Rebase:
    """From now on the expected range starts afresh there; the series are built again."""
    require(by=by, permission=Permission.MEASURE_AGREE, at=None)
    row = agreed(rebase, by)
    with because(row.reason):
        row.save()
    series.request(measure=row.measure, cause=f"rebase:{row.period}", by=by)
    return row


@transaction.atomic
def drop_rebase(*, rebase: Rebase, by: Any) -> None:
    """Gives up a new start that is not agreed."""
    require(by=by, permission=Permission.MEASURE_DEFINE, at=None)
    waiting(rebase).delete()


def _locked(version: MeasureVersion, state: State) -> MeasureVersion:
    row = MeasureVersion.objects.select_for_update(of=("self",)).filter(pk=version.pk).first()
    if row is None or row.state != state:
        raise Conflict("The definition has changed meanwhile. Look at it again.")
    return row


def _reviewed(version: MeasureVersion, seen: str, by: Any) -> MeasureVersion:
    row = _locked(version, State.IN_REVIEW)
    if fingerprint(row) != seen:
        raise Conflict("The definition has changed meanwhile. Look at it again.")
    if row.makers.filter(pk=by.pk).exists():
        raise Conflict("You wrote a part of this version, so somebody else has to decide.")
    return row


def _refuse_another_meaning(measure: Measure, fields: dict[str, Any]) -> None:
    changed = [words for name, words in LASTING.items() if fields[name] != getattr(measure, name)]
    if changed and Observation.objects.filter(measure=measure).exists():
        raise Conflict(
            f"There are figures of this measure, so {changed[0]} stays. Make a new measure instead."
        )


def _put(row: Measure | MeasureVersion, fields: dict[str, Any]) -> None:
    if unknown := set(fields) - set(DEFINED):
        raise TypeError(f"A definition has no fields {sorted(unknown)} to set.")
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def _column(name: str) -> str:
    return MeasureVersion._meta.get_field(name).attname  # type: ignore[union-attr]


def _free_slug(name: str) -> str:
    base = slugify(name)[:44].strip("-") or "measure"
    taken = RESERVED | set(
        Measure.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
