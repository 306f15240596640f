"""The first rows of a file as a screen keeps them, read as the file itself would be. Pure.

`look` in `extract` makes them. Whoever sets up a profile sees here what it would read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from outcomes.intake.cells import Cell, Problem
from outcomes.intake.layout import HeaderSearch
from outcomes.intake.names import normalise
from outcomes.intake.readers import Note, Sheet
from outcomes.intake.readers.archives import column_letters
from outcomes.intake.recognition import candidates
from outcomes.intake.tables import joined_header

MOST_CELLS, MOST_PROBLEMS = 12, 20
MOST_ROWS = 400  # where periods stand side by side, each row seen becomes one for each of them
NOT_WORDS = re.compile(r"[\d.,%\s*:/-]*")  # figures, dates and marks


@dataclass(frozen=True, slots=True)
class Seen:
    """What `look` gave, in place of the file."""

    kind: str
    sheet: str
    rows_seen: list[list[str]]
    merged_cells: Sequence[Any] = ()
    starts_1904: bool = False
    sheet_names: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, look: Mapping[str, Any]) -> "Seen":
        return cls(
            kind=look["kind"],
            sheet=look["sheet"],
            rows_seen=look["rows"],
            merged_cells=look["merged"],
            starts_1904=look["starts_1904"],
            sheet_names=tuple(sheet["name"] for sheet in look["sheets"] if sheet["visible"]),
        )

    # As a source of rows

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return (Sheet(self.sheet),)

    @property
    def notes(self) -> tuple[Note, ...]:
        return ()

    def rows(self, sheet: str = "") -> Iterator[list[str]]:
        return (list(row) for row in self.rows_seen)

    def head(self, sheet: str = "", count: int = 60) -> list[list[str]]:
        return self.rows_seen[:count]

    def merged(self, sheet: str = "") -> Sequence[Any]:
        return self.merged_cells

    def about(self, sheet: str = "") -> tuple[Note, ...]:
        return ()

    # For the screen

    @property
    def width(self) -> int:
        return max(map(len, self.rows_seen), default=0)

    def names(self, header_row: int, joined: int = 1) -> list[str]:
        """The names of the columns when the last of `joined` rows of names is `header_row`."""
        titles = [[" ".join(cell.split()) for cell in row] for row in self.rows_seen[:header_row]]
        header = joined_header(titles, min(joined, len(titles)), self.merged_cells)
        header += [""] * (self.width - len(header))
        return [
            normalise(name) or f"column {column_letters(place).lower()}"
            for place, name in enumerate(header, start=1)
        ]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a profile makes of the first rows. With a `refusal` it fits no file like this."""

    refusal: str = ""
    cells: list[Cell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows_not_needed: int = 0


def preview(seen: Seen, mapping: Mapping[str, Any]) -> Preview:
    """Reads the rows seen with a mapping, as a file of this kind will be read."""
    (candidate,) = candidates(seen, [{"id": 0, "mapping": mapping}])  # type: ignore[arg-type]
    if candidate.reader is None or candidate.table is None:
        return Preview(candidate.refusal)
    cells: list[Cell] = []
    problems: list[Problem] = []
    for found in candidate.reader.cells(islice(candidate.table.rows, MOST_ROWS)):
        if len(cells) >= MOST_CELLS and len(problems) >= MOST_PROBLEMS:
            break
        if isinstance(found, Problem):
            problems.append(found)
        else:
            cells.append(found)
    return Preview(
        "",
        cells[:MOST_CELLS],
        problems[:MOST_PROBLEMS],
        candidate.reader.reading.rows_not_needed,
    )


def likely_header(rows: Sequence[Sequence[str]]) -> int:
    """The row, counted from 1, that most likely holds the names of the columns.

    It has the most different words, and figures below it in more cells than words.
    """
    best, found = 0, 1
    for number, row in enumerate(rows[: HeaderSearch().within], start=1):
        words = {cell.strip() for cell in row if cell.strip() and not NOT_WORDS.fullmatch(cell)}
        if len(words) > best and _has_figures(rows[number : number + 3]):
            best, found = len(words), number
    return found


def _has_figures(rows: Sequence[Sequence[str]]) -> bool:
    return any(cell.strip() and NOT_WORDS.fullmatch(cell) for row in rows for cell in row)
