"""The states of submissions: due → draft → submitted → approved → released; submitted → returned.

A transition locks the rows, checks who asks and what was seen, records who and when, and otherwise
refuses with a sentence. Each takes several submissions, because files bring many months at once:
all or none.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.authorization import require
from accounts.permissions import Permission
from accounts.trail.context import because
from outcomes.actions import checks, decision_mails, questions, receipts, series
from outcomes.actions.conflict import Conflict
from outcomes.models import Collection, Flag, Observation, Submission, Upload
from outcomes.models.submissions import State
from outcomes.periods import due_on, last_day, latest_ended, span
from outcomes.selectors import closing, senders, unfinished
from partners.models import Organisation


def fingerprint(submissions: Iterable[Submission]) -> str:
    """What somebody saw when they decided: changes whenever any of the submissions does.

    Everything that writes a figure sets `entered_at` under lock. A page takes the fingerprint
    before it reads the figures, so that what is saved in between makes a Conflict. What was sent
    back and came again unchanged is not what was seen, either: it has a question and an answer.
    """
    seen = sorted(f"{s.uuid} {s.version} {s.entered_at} {s.submitted_at}" for s in submissions)
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()


def submit(
    *, submissions: Iterable[Submission], seen: str, by: Any, correction_reason: str = ""
) -> int:
    """Sends returns for approval, with a receipt; corrections of what is published need a reason.

    One that was sent back may come again unchanged, when the answer is that it was right.
    """
    # What was agreed since the figures came in may speak against them now. What is found is kept,
    # also when it keeps the returns from being sent.
    checks.review(submissions=submissions)
    with transaction.atomic():
        rows = _locked(submissions)
        for row in rows:
            senders.require_to_send(row, by)
        _check(rows, seen, State.DRAFT, State.RETURNED)
        _check_ready(rows, by)
        if any(s.is_correction for s in rows) and not correction_reason.strip():
            raise Conflict("Say why figures that are already published need a correction.")
        now = timezone.now()
        for row in rows:
            row.state, row.submitted_at, row.submitted_by = State.SUBMITTED, now, by
            row.first_sent_at = row.first_sent_at or now
            row.correction_reason = correction_reason.strip() if row.is_correction else ""
        receipt = receipts.issue(submissions=rows, upload=_only_file(rows), at=now, by=by)
        for row in rows:
            row.receipt = receipt
        with because(correction_reason):
            _save(
                rows,
                *("submitted_at", "submitted_by", "first_sent_at", "correction_reason", "receipt"),
            )
    return len(rows)


def approve(*, submissions: Iterable[Submission], seen: str, by: Any) -> int:
    """Approves what was submitted. Whoever entered or sent a figure cannot approve it."""
    with transaction.atomic():
        rows = _locked(submissions)
        _require_to_approve(rows, by)
        _check(rows, seen, State.SUBMITTED)
        _approve(rows, by)
    return len(rows)


def approve_together(*, seen: Mapping[Submission, str], by: Any) -> int:
    """Approves returns of any collection that nothing speaks against; `seen` has each as it was.

    Flags, also answered ones, and corrections have to be looked at one by one.
    """
    with transaction.atomic():
        rows = _locked(seen)
        _require_to_approve(rows, by)
        if len(rows) != len(seen):
            raise Conflict("Some of these returns are not there any more. Look at them again.")
        for row in rows:
            _check([row], seen[row], State.SUBMITTED)
        flagged = set(Flag.objects.filter(submission__in=rows).values_list("submission", flat=True))
        for row in rows:
            if row.pk in flagged or row.is_correction:
                raise Conflict(f"{row} has to be opened and looked at. Nothing was approved.")
        _approve(rows, by)
    return len(rows)


def send_back(
    *,
    submissions: Iterable[Submission],
    seen: str,
    reason: str,
    by: Any,
    marks: Mapping[int, str] | None = None,
    only_marked: bool = False,
) -> int:
    """Returns submissions to their sender, with the reason and questions about single figures.

    `marks` has the question about each figure by the figure's id; where it is empty, the reason
    stands for it. With `only_marked`, returns without a mark keep waiting.
    """
    with transaction.atomic():
        rows = _locked(submissions)
        _require_to_approve(rows, by)
        if not reason.strip():
            raise Conflict("Say why you send the figures back, so that they can be put right.")
        _check(rows, seen, State.SUBMITTED)
        cells = _marked(rows, marks or {}, reason.strip())
        if only_marked:
            marked = {cell.submission_id for cell in cells}
            rows = [row for row in rows if row.pk in marked]
            if not rows:
                raise Conflict("Mark at least one figure, so that its return can be sent back.")
        now = timezone.now()
        for row in rows:
            row.state, row.returned_at, row.returned_by = State.RETURNED, now, by
            row.return_reason = reason.strip()
        with because(reason):
            _save(rows, "returned_at", "returned_by", "return_reason")
            questions.ask(marks=cells, by=by)
        decision_mails.returned(submissions=rows, reason=reason.strip(), marks=cells)
    return len(rows)


def _approve(rows: list[Submission], by: Any) -> None:
    made = Submission.makers.through.objects.filter(submission__in=rows, user_id=by.pk)
    if made.exists() or any(by.pk in (s.entered_by_id, s.submitted_by_id) for s in rows):
        raise Conflict("You sent some of these figures, so somebody else has to approve them.")
    now = timezone.now()
    for row in rows:
        row.state, row.approved_at, row.approved_by = State.APPROVED, now, by
    _save(rows, "approved_at", "approved_by")
    series.request_board(submissions=rows, by=by)
    decision_mails.approved(submissions=rows)


def _check_ready(rows: list[Submission], by: Any) -> None:
    """Conflict when something is still open in the returns, or when they come too late."""
    for late in closing.closed_to_send(rows, by)[:1]:
        raise Conflict(closing.sentence(late.collection, late.organisation, late.period))
    if sentence := unfinished.sentence(rows):
        raise Conflict(f"Nothing was sent: {sentence}")
    count = Flag.objects.open().filter(submission__in=rows).count()
    if count:
        raise Conflict(
            f"Nothing was sent: {count} thing{'s' if count > 1 else ''} still to look at. You find "
            "them on this page. Put the figures right, or say why they are right."
        )


def _only_file(rows: list[Submission]) -> Upload | None:
    """The file that holds what is sent; None for several, or when something is from elsewhere.

    What was typed, and what a correction carries over, stands in no row of the file.
    """
    uploads = {row.upload for row in rows}
    elsewhere = Q(source_row=None) | Q(typed_by__isnull=False)
    if len(uploads) != 1 or Observation.objects.filter(elsewhere, submission__in=rows).exists():
        return None
    return uploads.pop()


def _marked(
    rows: list[Submission], marks: Mapping[int, str], reason: str
) -> dict[Observation, str]:
    """The marked figures with the question about each; Conflict when one is not in the returns."""
    found = Observation.objects.filter(pk__in=marks, submission__in=rows).select_related(
        "submission__collection", "measure", "place", "category"
    )
    cells = {cell: (marks[cell.pk].strip() or reason)[:500] for cell in found}
    if len(cells) != len(marks):
        raise Conflict("The figures have changed since you opened this page. Look at them again.")
    return cells


def _require_to_approve(rows: list[Submission], by: Any) -> None:
    for row in rows:
        require(by=by, permission=Permission.SUBMISSION_APPROVE, at=row.organisation_id)


def _locked(submissions: Iterable[Submission]) -> list[Submission]:
    """The submissions as they are now, under lock."""
    ids = [s.pk for s in submissions]
    rows = list(
        Submission.objects.select_for_update(of=("self",))
        .filter(pk__in=ids)
        .select_related("approved_by", "submitted_by", "returned_by", "upload")
        .select_related("collection", "organisation")
        .order_by("pk")
    )
    if not rows:
        raise Conflict("There is nothing left to do here: somebody may have done it already.")
    return rows


def _check(rows: list[Submission], seen: str, *expected: State) -> None:
    """Conflict unless all are in an expected state and as they were seen."""
    for row in rows:
        if row.state not in expected:
            raise Conflict(_what_happened(row))
    if fingerprint(rows) != seen:
        raise Conflict("The figures have changed since you opened this page. Look at them again.")


def _what_happened(submission: Submission) -> str:
    by = {
        State.APPROVED: submission.approved_by,
        State.SUBMITTED: submission.submitted_by,
        State.RETURNED: submission.returned_by,
    }.get(State(submission.state))
    state = submission.get_state_display().lower()
    return (
        f"{submission.period_label} is already “{state}”"
        + (f" ({by})" if by else "")
        + ". Nothing was changed."
    )


def _save(rows: list[Submission], *fields: str) -> None:
    Submission.objects.bulk_update(rows, ["state", *fields])


def open_due() -> int:
    """Makes a due submission for every period that ended and is asked for; returns how many.

    Idempotent, and catches up after any downtime.
    """
    made = 0
    today = timezone.localdate()
    for collection in Collection.objects.prefetch_related("organisations"):
        last = latest_ended(today, collection.frequency)
        if collection.asks_to:
            last = min(last, collection.asks_to)
        made += _open_due(collection, last)
    return made


def _open_due(collection: Collection, last: date) -> int:
    periods = list(span(collection.asks_from, last, collection.frequency))
    existing = set(
        collection.submissions.filter(period__in=periods).values_list("organisation_id", "period")
    )
    missing = [
        Submission(
            collection=collection,
            organisation=organisation,
            period=period,
            due_on=due_on(period, collection.frequency, collection.due_working_days),
        )
        for organisation in collection.organisations.all()
        for period in periods
        if (organisation.pk, period) not in existing
        and _is_open(organisation, period, last_day(period, collection.frequency))
    ]
    Submission.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def _is_open(organisation: Organisation, first: date, last: date) -> bool:
    """Whether the organisation existed on at least one day between two days."""
    opened, closed = organisation.opened_on, organisation.closed_on
    return (opened is None or opened <= last) and (closed is None or first <= closed)
