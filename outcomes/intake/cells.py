"""What comes out of a file: cells and problems. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

LONGEST_VALUE = 200
# row, organisation, place, category, period (ISO), measure, numerator, denominator, status
Line = tuple[int, str, str, str, str, str, Any, Any, str | None]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file. `row` counts as a spreadsheet does: the header is row 1."""

    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One number as read from a row, or why there is none; codes are still as the file has them.

    `status` is `value`, or one of `numbers.STATUSES`; then there is no numerator.
    """

    row: int
    organisation: str
    place: str
    category: str
    period: date
    measure: str
    numerator: Decimal | None
    denominator: Decimal | None
    status: str = "value"


@dataclass(slots=True)
class Reading:
    """What has been read from a file so far."""

    rows_read: int = 0
    rows_not_needed: int = 0


def as_cell(line: Line) -> Cell:
    number, organisation, place, category, period, measure, value, whole, status = line
    return Cell(
        number, organisation, place, category, date.fromisoformat(period), measure,
        None if value is None else Decimal(value), None if whole is None else Decimal(whole),
        status or "value",
    )  # fmt: skip
