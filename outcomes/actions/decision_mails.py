"""Mail to those who sent returns about what an approver decided, in the decision's transaction.

Figures are named but not told: they are not published yet, and mail is read by many machines.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from outcomes.models import Observation, Submission
from outcomes.selectors import senders
from partners.actions import notices

LISTED = 20  # returns and marked figures named in one mail


def returned(
    *, submissions: Sequence[Submission], reason: str, marks: Mapping[Observation, str]
) -> None:
    """Says what came back, why, and which figures the approver marked."""
    by_return: dict[int, list[tuple[Observation, str]]] = defaultdict(list)
    for cell, question in marks.items():
        by_return[cell.submission_id].append((cell, question))
    for person, rows in _senders(submissions):
        marked = [mark for row in rows for mark in by_return[row.pk]]
        _send("returned", person, rows, reason=reason, marked=marked[:LISTED],
              more_marked=max(0, len(marked) - LISTED))  # fmt: skip


def approved(*, submissions: Sequence[Submission]) -> None:
    for person, rows in _senders(submissions):
        _send("approved", person, rows)


def _send(template: str, person: Any, rows: list[Submission], **context: Any) -> None:
    context |= {"rows": rows[:LISTED], "more": max(0, len(rows) - LISTED), "by": _decided(rows[0])}
    notices.send(template, app="outcomes", to=person.email, user=person, **context)


def _decided(submission: Submission) -> Any:
    return submission.approved_by or submission.returned_by


def _senders(submissions: Sequence[Submission]) -> list[tuple[Any, list[Submission]]]:
    """Everybody who entered or sent figures and may still send them, with those returns."""
    rows = {row.pk: row for row in submissions}
    theirs: dict[Any, dict[int, Submission]] = defaultdict(dict)
    for row in submissions:
        theirs[row.submitted_by][row.pk] = row
    made = Submission.makers.through.objects.filter(submission__in=submissions)
    for link in made.select_related("user"):
        theirs[link.user][link.submission_id] = rows[link.submission_id]
    found = []
    for person, mine in theirs.items():
        still = [row for row in mine.values() if senders.may_type(person, row.organisation_id)]
        if still:
            found.append((person, sorted(still, key=lambda row: (row.collection_id, row.period))))
    return found
