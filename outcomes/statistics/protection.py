"""Protection of everything that is published together: tables that share counts, and versions.

`disclosure` says how one number is shown. Here all tables that hang together are protected as one:
the whole, its parts in every way they are divided, nested areas, numerators and denominators that
several measures share, and what was published of the same counts before. First small numbers are
hidden, then partners that would give them away, and at last the audit decides: a reader who knows
the rules must be left with several candidates for every hidden number.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from outcomes.statistics.audit import Between, Finding, Knowledge, Sum, audit
from outcomes.statistics.disclosure import DEFAULT_RULE, Hidden, Rule


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
    still work them out, so small ones are guarded too.
    """

    counts: Mapping[Hashable, int]
    sums: tuple[Sum, ...]
    cells: Mapping[Hashable, Cell]

    @cached_property
    def cells_of(self) -> Mapping[Hashable, list[Hashable]]:
        """The cells that show a count or let it follow."""
        found: dict[Hashable, list[Hashable]] = {}
        for key, cell in self.cells.items():
            for count in (*cell.counts, *cell.follows):
                found.setdefault(count, []).append(key)
        return found

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


class DisclosureError(Exception):
    """The tables cannot be published: a number would be given away. `cells` names them."""

    def __init__(self, why: str, cells: Iterable[Hashable], findings: Sequence[Finding] = ()):
        self.why = why
        self.cells = tuple(dict.fromkeys(cells))
        self.findings = tuple(findings)
        super().__init__(f"{why}: {', '.join(str(cell) for cell in self.cells)}")


def protect(
    tables: Tables,
    rule: Rule = DEFAULT_RULE,
    earlier: Sequence[Published] = (),
    *,
    reissued: bool = False,
) -> Published:
    """Return the tables as they may be published, after all that was published of them before.

    `earlier` holds every version that readers may have kept. A number once shown stays known, so
    hiding it again is no help. Raises DisclosureError, which names the cells, if nothing else helps
    either, or if a small correction would change what is shown and no whole period is `reissued`.
    """
    published = _first(tables, rule, earlier)
    fixed = _known_for_good(tables, earlier)
    published = _with_partners(published, fixed)
    while found := exposed([*earlier, published]):
        partner = _partner(published, [_count(finding) for finding in found], fixed)
        if partner is None:
            raise DisclosureError("These numbers could be worked out", _names(tables, found), found)
        published = _with_partners(published.also_hiding([partner], Hidden.SECONDARY), fixed)
    if earlier and not reissued and (cells := small_changes(earlier[-1], published)):
        raise DisclosureError("These numbers have changed by too little", cells)
    return published


def withhold(
    tables: Tables, rule: Rule = DEFAULT_RULE, earlier: Sequence[Published] = ()
) -> Published:
    """Return the tables with all hidden but what is known for good: the last resort."""
    fixed = _known_for_good(tables, earlier)
    fresh = [key for key in tables.cells if key not in fixed]
    return _first(tables, rule, earlier).also_hiding(fresh, Hidden.SECONDARY)


def exposed(editions: Sequence[Published], enough: int | None = None) -> list[Finding]:
    """Return what can be worked out from all editions together: too few candidates are left.

    A count is told by its name and its raw number, so a reader knows which ones a correction left
    alone. The editions are in the order of their publication.
    """
    enough = enough or editions[-1].rule.enough
    printed = {name for e in editions for name in _named(e, e.printed)}
    at_risk = {name: None for e in editions for name in _named(e, e.at_risk)}
    hidden = [name for name in at_risk if name not in printed]
    found = audit(known_from(editions), hidden, enough) if hidden else []
    return [finding for finding in found if len(finding.candidates) < enough]


def known_from(editions: Sequence[Published]) -> Knowledge:
    """Return all that a reader of these editions knows."""
    truth: dict[Hashable, int] = {}
    bounds: dict[Hashable, Between] = {}
    sums: dict[Sum, None] = {}
    for edition in editions:
        counts = edition.tables.counts
        for count, number in counts.items():
            name = (count, number)
            truth[name] = number
            bounds[name] = bounds.get(name, Between()).and_also(edition.between(count))
        for known in edition.tables.sums:
            parts = tuple((part, counts[part]) for part in known.parts)
            sums[Sum((known.whole, counts[known.whole]), parts)] = None
    return Knowledge(truth, bounds, tuple(sums))


def small_changes(before: Published, now: Published) -> list[Hashable]:
    """Return the cells whose shown numbers change though hardly anything was corrected.

    Whoever knows that one person was added would then know the exact number: 7 before, 8 now.
    """
    return sorted(
        (
            key
            for key, cell in now.tables.cells.items()
            if (old := before.tables.cells.get(key)) and old.sources == cell.sources
            if any(
                was != shown and 0 < abs(a - b) < now.rule.least_change
                for was, shown, a, b in zip(
                    before.shown_cell(key),
                    now.shown_cell(key),
                    before.tables.numbers(key),
                    now.tables.numbers(key),
                    strict=False,  # the numbers that follow are not shown
                )
            )
        ),
        key=str,
    )


def _first(tables: Tables, rule: Rule, earlier: Sequence[Published]) -> Published:
    """Small numbers hidden, the parts of small totals, and what was hidden before."""
    small = [key for key in tables.cells if any(rule.hides(n) for n in tables.numbers(key))]
    published = Published(tables, rule, dict.fromkeys(small, Hidden.PRIMARY))
    waiting = [c for key in small for c in tables.cells[key].counts if rule.hides(tables.counts[c])]
    while waiting:
        for known in tables.sums_of.get(whole := waiting.pop(), []):
            for key in (k for p in known.parts for k in tables.cells_of.get(p, [])):
                if known.whole == whole and published.hidden.get(key) != Hidden.TOTAL:
                    published = replace(published, hidden={**published.hidden, key: Hidden.TOTAL})
                    waiting += tables.cells[key].counts
    if earlier:
        kept = [key for key in earlier[-1].hidden if _unchanged(tables, earlier[-1].tables, key)]
        published = published.also_hiding(kept, Hidden.SECONDARY)
    return published


def _known_for_good(tables: Tables, earlier: Sequence[Published]) -> frozenset[Hashable]:
    """The cells that an earlier version shows with these very numbers."""
    return frozenset(
        key
        for edition in earlier
        for key in tables.cells
        if key not in edition.hidden and _unchanged(tables, edition.tables, key)
    )


def _unchanged(tables: Tables, before: Tables, key: Hashable) -> bool:
    now, then = tables.cells.get(key), before.cells.get(key)
    if now is None or then is None or now.counts != then.counts:
        return False
    return tables.numbers(key) == before.numbers(key)


def _with_partners(published: Published, fixed: frozenset[Hashable]) -> Published:
    """A count hidden alone in a sum takes the smallest other one with it, else the sum tells it."""
    changed = True
    while changed:
        changed = False
        for known in published.tables.sums:
            if _is_alone(published, known):
                partner = _smallest(published, [known], fixed)
                if partner is not None:
                    published = published.also_hiding([partner], Hidden.SECONDARY)
                    changed = True
    return published


def _is_alone(published: Published, known: Sum) -> bool:
    counts, rule = published.tables.counts, published.rule
    unseen = [
        member
        for member in known.members
        if member not in published.printed and (counts[member] or rule.hides(0))
    ]
    if len(unseen) != 1:
        return False
    in_cells = published.tables.cells_of.get(unseen[0], [])
    return rule.hides(counts[unseen[0]]) or any(key in published.hidden for key in in_cells)


def _partner(
    published: Published, at_risk: Sequence[Hashable], fixed: frozenset[Hashable]
) -> Hashable | None:
    """The cell to hide next: the smallest of those nearest to a count at risk, parts first."""
    tables = published.tables
    seen = near = dict.fromkeys(count for count in at_risk if count in tables.counts)
    empty = any(not tables.counts[count] for count in seen)  # nobody is found by nobody elsewhere
    while near:
        sums = dict.fromkeys(known for count in near for known in tables.sums_of.get(count, []))
        if (partner := _smallest(published, sums, fixed, also_empty=empty)) is not None:
            return partner
        seen = seen | near
        near = {m: None for known in sums for m in known.members if m not in seen}
    return None


def _smallest(
    published: Published,
    sums: Iterable[Sum],
    fixed: frozenset[Hashable],
    *,
    also_empty: bool = False,
) -> Hashable | None:
    """The smallest shown part of these sums that can still be hidden and has people in it; of
    equals the first. A whole only when there is no such part.
    """
    tables, known = published.tables, list(sums)
    for counts in ([p for found in known for p in found.parts], [found.whole for found in known]):
        keys = {
            key
            for count in counts
            for key in tables.cells_of.get(count, [])
            if key not in published.hidden and key not in fixed
            if also_empty or tables.numbers(key)[0]
        }
        if keys:
            return min(keys, key=lambda key: (tables.numbers(key)[0], str(key)))
    return None


def _named(edition: Published, counts: Iterable[Hashable]) -> list[tuple[Hashable, int]]:
    return sorted(((c, edition.tables.counts[c]) for c in counts), key=str)


def _count(finding: Finding) -> Hashable:
    name = finding.count
    assert isinstance(name, tuple)  # noqa: S101  # told apart by its number, see known_from
    return name[0]


def _names(tables: Tables, found: Sequence[Finding]) -> list[Hashable]:
    """The cells of these counts; a count in no cell by its own name."""
    counts = [_count(finding) for finding in found]
    return [key for count in counts for key in tables.cells_of.get(count, [count])]
