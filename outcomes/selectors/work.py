"""My work: what the user's organisations owe, in the order in which it presses."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from outcomes.models import Submission
from outcomes.models.submissions import State
from outcomes.selectors import closing

SHOWN = 16  # lines of a table that stay in sight; the rest is folded
RETURNED, OVERDUE, DUE, UNASKED = "Sent back to you", "Overdue", "Due", "Begun, not asked for"


@dataclass
class Line:
    """One line of a table: a return, or all those that came in one file."""

    first: Submission
    last: Submission
    count: int = 1
    closed: str = ""  # why it can no longer be sent

    @property
    def periods(self) -> str:
        if self.count == 1:
            return self.first.period_label
        return f"{self.first.period_label} to {self.last.period_label}"


@dataclass
class Group:
    heading: str
    lines: list[Line] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(line.count for line in self.lines)

    @property
    def shown(self) -> list[Line]:
        return self.lines[:SHOWN]

    @property
    def folded(self) -> list[Line]:
        return self.lines[SHOWN:]


def groups(outstanding: Iterable[Submission], user: Any) -> list[Group]:
    """The returns under their headings, what presses most first; empty headings are left out."""
    rows = list(outstanding)
    closed = set(closing.closed_among(rows, user))
    found = {name: Group(name) for name in (RETURNED, OVERDUE, DUE, UNASKED)}
    for row in rows:
        lines = found[_heading(row)].lines
        line = next((line for line in lines if _belongs(row, line)), None)
        if line:
            line.last, line.count = row, line.count + 1
            continue
        line = Line(row, row)
        if row in closed:
            line.closed = closing.sentence(row.collection, row.organisation, row.period)
        lines.append(line)
    return [group for group in found.values() if group.lines]


def _heading(row: Submission) -> str:
    if row.state == State.RETURNED:
        return RETURNED
    if not row.is_asked_for:
        return UNASKED
    return OVERDUE if row.is_overdue else DUE


def _belongs(row: Submission, line: Line) -> bool:
    """Whether the return came in the same file as those of the line, and waits for the same."""
    if row.upload_id is None or row.state not in (State.DRAFT, State.RETURNED):
        return False
    return all(
        getattr(row, name) == getattr(line.first, name)
        for name in ("upload_id", "organisation_id", "state", "returned_at")
    )
