"""Finds lines of one file that give the same figure twice. Pure; memory grows by 12 bytes a line.

The database finds them, too, and knows that a borough's code and its name are the same. This is
for previews, where nothing is in the database yet.
"""

from array import array
from collections.abc import Iterator

from outcomes.intake.cells import Line, Problem

PARTS = 64


class Duplicates:
    """Lets lines pass and remembers their keys as numbers of 64 bits."""

    def __init__(self) -> None:
        self._keys = [array("q") for _ in range(PARTS)]
        self._rows = [array("i") for _ in range(PARTS)]

    def lines(self, lines: Iterator[Line | Problem]) -> Iterator[Line | Problem]:
        """All lines as they come, then a Problem for each that repeats an earlier one."""
        keys, rows = self._keys, self._rows
        for line in lines:
            if line.__class__ is tuple:
                _, organisation, place, category, period, measure, *_ = line
                key = hash((organisation, place.casefold(), category, period, measure))
                keys[key % PARTS].append(key)
                rows[key % PARTS].append(line[0])
            yield line
        yield from self._problems()

    def _problems(self) -> Iterator[Problem]:
        for keys, rows in zip(self._keys, self._rows, strict=True):
            if len(set(keys)) == len(keys):
                continue
            first: dict[int, int] = {}
            for key, row in zip(keys, rows, strict=True):
                before = first.setdefault(key, row)
                if before != row:
                    yield Problem(row, "", "", repeated(before))


def repeated(first: int) -> str:
    return f"This row gives the same figure as row {first}. Keep one of them."
