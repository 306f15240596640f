"""Figures that are typed: one at a time, each bound to what the person had before their eyes."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from accounts.authorization import holds, require
from accounts.permissions import Permission
from outcomes.actions import checks
from outcomes.actions.conflict import Conflict
from outcomes.digits import plain_text
from outcomes.models import Category, Collection, Measure, Observation, Submission
from outcomes.models.submissions import IN_HAND, State
from outcomes.periods import due_on, last_day
from outcomes.selectors import closing
from outcomes.selectors.noticed import Spot
from partners.models import Organisation, Place

WITH_NUMBER = (
    Observation.Status.VALUE,
    Observation.Status.ZERO,
    Observation.Status.UNFINISHED,
)
NOTHING = "nothing"  # the fingerprint of a cell that has no figure


@dataclass(frozen=True, slots=True)
class Saved:
    """What the cell holds now; None when it is empty."""

    observation: Observation | None


class Overtaken(Conflict):
    """Somebody else changed the cell meanwhile; `stored` is what it holds now."""

    def __init__(self, stored: Observation | None, who: str, when: datetime | None) -> None:
        super().__init__("Somebody else has changed this figure.")
        self.stored, self.who, self.when = stored, who, when


def fingerprint(cell: Observation | None) -> str:
    """What somebody saw in a cell when they typed; changes whenever the cell does."""
    if cell is None:
        return NOTHING
    return hashlib.sha256("|".join(_content(cell)).encode()).hexdigest()[:16]


@transaction.atomic
def begin(
    *, collection: Collection, organisation: Organisation, period: date, by: Any
) -> Submission:
    """The return to type into: the one at hand, or a new version of one that is published."""
    versions = Submission.objects.filter(
        collection=collection, organisation=organisation, period=period
    )
    _require(organisation.pk, by)
    latest = versions.select_for_update(of=("self",)).order_by("version").last()
    latest = latest and versions.order_by("version").last()  # another may have begun meanwhile
    if latest is None:
        days = due_on(period, collection.frequency, collection.due_working_days)
        latest, _ = versions.get_or_create(
            version=1,
            defaults={
                "collection": collection,
                "organisation": organisation,
                "period": period,
                "due_on": days,
            },
        )
    if latest.state == State.RELEASED:
        return _correction(latest, by)
    _check_in_hand(latest, by)
    return latest


def save_cell(
    *,
    submission: Submission,
    measure: Measure,
    place: Place | None,
    category: Category | None,
    numerator: Decimal | None,
    denominator: Decimal | None,
    status: str,
    note: str,
    seen: str,
    by: Any,
) -> Saved:
    """Keeps one figure. Raises Overtaken when the cell is not as it was `seen`.

    One that is `unfinished` keeps what there is of it; nothing is sent before it is finished.
    What is saved twice, because an answer was lost on its way, is saved once.
    """
    wanted = Observation(
        measure=measure,
        place=place,
        category=category,
        organisation_id=submission.organisation_id,
        period=submission.period,
        numerator=numerator if status in WITH_NUMBER else None,
        denominator=denominator if status in WITH_NUMBER else None,
        status=status,
        note=note,
        proportion=measure.kind == Measure.Kind.PROPORTION,
    )
    with transaction.atomic():
        draft = _locked(submission, by)
        _check_place(draft, place)
        stored = _stored(draft, measure, place, category)
        if stored and _content(stored) == _content(wanted):
            return Saved(stored)
        _check_seen(draft, stored, wanted, seen)
        wanted.submission, wanted.typed_by, wanted.typed_at = draft, by, timezone.now()
        if stored:
            wanted.pk = stored.pk
        wanted.save(force_update=stored is not None, force_insert=stored is None)
        _note_typing(draft, by, Spot(measure.pk, wanted.place_id, wanted.category_id))
    return Saved(wanted)


def clear_cell(
    *,
    submission: Submission,
    measure: Measure,
    place: Place | None,
    category: Category | None,
    seen: str,
    by: Any,
) -> Saved:
    """Takes a figure away, so that the cell is as if nothing had been typed."""
    with transaction.atomic():
        draft = _locked(submission, by)
        stored = _stored(draft, measure, place, category)
        if stored is None:
            return Saved(None)
        _check_seen(draft, stored, stored, seen)
        stored.delete()
        _note_typing(draft, by, Spot(measure.pk, stored.place_id, stored.category_id))
    return Saved(None)


@transaction.atomic
def drop(*, submission: Submission, by: Any) -> None:
    """Gives up a correction that is still with its sender; what is published stays as it is."""
    draft = _locked(submission, by)
    if not draft.is_correction:
        raise Conflict("Only a correction can be given up. What is asked for stays to be done.")
    draft.delete()


def _require(organisation_id: int, by: Any) -> None:
    if not holds(by, Permission.SUBMISSION_SEND_FOR_ALL, at=None):
        require(by=by, permission=Permission.SUBMISSION_SEND, at=organisation_id)


def _locked(submission: Submission, by: Any) -> Submission:
    """The return as it is now, under lock, if the person may type into it."""
    draft = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("collection", "organisation", "upload")
        .filter(pk=submission.pk)
        .first()
    )
    if draft is None:
        raise Conflict("Somebody has given up this correction. Nothing was saved.")
    if draft.upload and draft.upload.organisation_id is None:  # an analyst's file for all partners
        require(by=by, permission=Permission.SUBMISSION_SEND_FOR_ALL, at=None)
    _require(draft.organisation_id, by)
    _check_in_hand(draft, by)
    return draft


def _check_in_hand(draft: Submission, by: Any) -> None:
    if draft.state not in IN_HAND:
        state = draft.get_state_display().lower()
        raise Conflict(f"{draft.period_label} is already “{state}”. Nothing was changed.")
    if closing.closed_among([draft], by):
        raise Conflict(closing.sentence(draft.collection, draft.organisation, draft.period))


def _stored(
    draft: Submission, measure: Measure, place: Place | None, category: Category | None
) -> Observation | None:
    cells = draft.observations.filter(measure=measure, place=place, category=category)
    return cells.select_related("typed_by").first()


def _check_seen(
    draft: Submission, stored: Observation | None, wanted: Observation, seen: str
) -> None:
    if fingerprint(stored) != seen:
        raise Overtaken(stored, *_who_and_when(draft, stored, wanted))


def _who_and_when(
    draft: Submission, stored: Observation | None, wanted: Observation
) -> tuple[str, datetime | None]:
    """Who left the cell as it is now; of one that was cleared, only the record knows."""
    if stored and stored.typed_by:
        return str(stored.typed_by), stored.typed_at
    if stored and draft.upload:
        return f"A file that {draft.upload.received_by} sent", draft.upload.received_at
    cleared = apps.get_model("outcomes", "ObservationEvent").objects.filter(
        submission_id=draft.pk,
        measure_id=wanted.measure_id,
        place_id=wanted.place_id,
        category_id=wanted.category_id,
        pgh_label="cleared",
    )
    if event := cleared.order_by("pgh_id").last():
        return (event.pgh_context or {}).get("name", "Somebody"), event.pgh_created_at
    return "Somebody", None


def _check_place(draft: Submission, place: Place | None) -> None:
    last = last_day(draft.period, draft.collection.frequency)
    if place and not place.existed_between(draft.period, last):
        raise Conflict(
            f"{place} was not a borough in {draft.period_label}, so nothing was saved. Type the "
            "figure for the borough of the time."
        )


def _note_typing(draft: Submission, by: Any, spot: Spot) -> None:
    if draft.state != State.DRAFT:
        draft.state, draft.submitted_at, draft.submitted_by = State.DRAFT, None, None
    draft.entered_at, draft.entered_by = timezone.now(), by
    draft.save(update_fields=["state", "submitted_at", "submitted_by", "entered_at", "entered_by"])
    draft.makers.add(by)
    checks.review(submissions=[draft], spot=spot)


def _correction(published: Submission, by: Any) -> Submission:
    """A new version that starts from what was published."""
    draft = Submission.objects.create(
        collection=published.collection,
        organisation=published.organisation,
        period=published.period,
        version=published.version + 1,
        state=State.DRAFT,
        due_on=published.due_on,
        entered_at=timezone.now(),
        entered_by=by,
    )
    draft.makers.add(by)
    cells = list(published.observations.all())
    for cell in cells:
        cell.pk, cell.submission, cell.source_row = None, draft, None
    Observation.objects.bulk_create(cells)
    checks.review(submissions=[draft])
    return draft


def _content(cell: Observation) -> list[str]:
    numbers = (cell.numerator, cell.denominator)
    return [*map(plain_text, numbers), cell.status, cell.note]
