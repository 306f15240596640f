"""Tables that hang together, and an edition of them: what is shown, what is hidden and why."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from outcomes.statistics.audit import Between, Sum
from outcomes.statistics.disclosure import Hidden, Rule


@dataclass(frozen=True, slots=True)
class Cell:
    """What is shown or hidden together: one count, or the numerator and denominator of a rate.

    follows: counts that are not printed but follow, such as people not in the numerator.
    sources: who reported; a cell with a new reporter is new, not a correction.
    """

    counts: tuple[Hashable, ...]
    follows: tuple[Hashable, ...] = ()
    sources: frozenset[Hashable] = frozenset()


@dataclass(frozen=True)
class Tables:
    """All raw counts that hang together, what adds up to what, and the cells to be published.

    The first count of a cell is its numerator. Counts in no cell are not published; a reader may
    still work them out, so small ones are guarded too. `by_reporter` holds the sums whose every
    part comes from one reporter, who knows its own number.
    """

    counts: Mapping[Hashable, int]
    sums: tuple[Sum, ...]
    cells: Mapping[Hashable, Cell]
    by_reporter: tuple[Sum, ...] = ()

    @cached_property
    def cells_of(self) -> Mapping[Hashable, list[Hashable]]:
        """The cells that show a count or let it follow."""
        found: dict[Hashable, list[Hashable]] = {}
        for key, cell in self.cells.items():
            for count in (*cell.counts, *cell.follows):
                found.setdefault(count, []).append(key)
        return found

    @cached_property
    def sums_in_order(self) -> list[Sum]:
        """The sums in an order that does not depend on how they came."""
        return sorted(self.sums, key=lambda s: (str(s.whole), sorted(map(str, s.parts))))

    @cached_property
    def sums_of(self) -> Mapping[Hashable, list[Sum]]:
        found: dict[Hashable, list[Sum]] = {}
        for known in self.sums:
            for member in known.members:
                found.setdefault(member, []).append(known)
        return found

    def numbers(self, key: Hashable) -> tuple[int, ...]:
        """The raw counts of a cell."""
        cell = self.cells[key]
        return tuple(self.counts[count] for count in (*cell.counts, *cell.follows))


@dataclass(frozen=True)
class Published:
    """Tables with what is hidden in them and why."""

    tables: Tables
    rule: Rule
    hidden: Mapping[Hashable, Hidden]

    @cached_property
    def printed(self) -> frozenset[Hashable]:
        """The counts that a reader sees, rounded."""
        cells = (cell for key, cell in self.tables.cells.items() if key not in self.hidden)
        return frozenset(count for cell in cells for count in cell.counts)

    def shown(self, count: Hashable) -> int | None:
        """The count as printed; None if it is not."""
        return self.rule.rounded(self.tables.counts[count]) if count in self.printed else None

    def shown_cell(self, key: Hashable) -> tuple[int | None, ...]:
        """The counts of a cell as printed in it; None where the cell is hidden."""
        cell = self.tables.cells[key]
        return tuple(None if key in self.hidden else self.shown(c) for c in cell.counts)

    def also_hiding(self, keys: Iterable[Hashable], why: Hidden) -> "Published":
        fresh = {key: why for key in keys if key not in self.hidden}
        return replace(self, hidden={**self.hidden, **fresh})

    def between(self, count: Hashable) -> Between:
        """What a reader knows of a count who is even told by which rule a cell was hidden.

        All parts of a small total are hidden, so that nobody sees which of them are none.
        """
        number = self.tables.counts[count]
        known = self.rule.raw_of(self.rule.rounded(number)) if count in self.printed else Between()
        for key in self.tables.cells_of.get(count, []):
            if self.hidden.get(key) == Hidden.TOTAL and number <= self.rule.threshold:
                known = known.and_also(Between(0, self.rule.threshold))
            elif key not in self.hidden or number or self.rule.hides(number):
                known = known.and_also(self.rule.kind_of(number))
        return known

    @property
    def at_risk(self) -> frozenset[Hashable]:
        """The counts that must not be worked out: of hidden cells, and small ones anywhere."""
        of_cells = {count for key in self.hidden for count in self.tables.cells[key].counts}
        small = {count for count, n in self.tables.counts.items() if self.rule.hides(n)}
        return frozenset(of_cells - self.printed | small)
