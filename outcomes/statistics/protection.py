"""Protection of everything that is published together: tables that share counts, and versions.

`disclosure` says how one number is shown. Here all tables that hang together are protected as one:
the whole, its parts in every way they are divided, nested areas, numerators and denominators that
several measures share, and what was published of the same counts before. First small numbers are
hidden, then partners that would give them away, and at last the audit decides: a reader who knows
the rules must be left with several candidates for every hidden number.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from outcomes.statistics.audit import Between, Finding, Knowledge, Sum, audit
from outcomes.statistics.disclosure import DEFAULT_RULE, Hidden, Rule
from outcomes.statistics.editions import Published, Tables

ROUNDS = 10  # partners hidden one by one, before all that are left of a sum are hidden at once


Choice = tuple[list[Hashable], Hidden]  # what to hide, and by which rule


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

    `earlier` holds, in order, every version that readers may have kept, also of other tables that
    share counts. A number once shown stays known, so hiding it again is no help. Raises
    DisclosureError, which names the cells, if nothing else helps either, or if a small correction
    would change what is shown and no whole period is `reissued`.
    """
    published = _first(tables, rule, earlier)
    fixed = _known_for_good(tables, earlier)
    published = _with_partners(published, fixed)
    rounds = 0
    while found := exposed([*earlier, published]):
        rounds += 1
        at_risk = [_count(finding) for finding in found]
        more = _next_to_hide(published, earlier, at_risk, fixed, rounds)
        if not more:
            raise DisclosureError("These numbers could be worked out", _names(tables, found), found)
        for key, why in more.items():
            published = published.also_hiding([key], why)
        published = _with_partners(published, fixed)
    if not reissued and (cells := small_changes(earlier, published)):
        raise DisclosureError("These numbers have changed by too little", cells)
    return published


def withhold(
    tables: Tables, rule: Rule = DEFAULT_RULE, earlier: Sequence[Published] = ()
) -> Published:
    """Return the tables with all hidden but what is known for good: the last resort."""
    fixed = _known_for_good(tables, earlier)
    fresh = [key for key in tables.cells if key not in fixed]
    return _first(tables, rule, earlier).also_hiding(fresh, Hidden.WITHHELD)


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


def small_changes(earlier: Sequence[Published], now: Published) -> list[Hashable]:
    """Return the cells whose shown numbers a correction of a few people would change.

    Whoever knows that one person was added would learn the number before and after. A change is
    counted from the last version of the cell; a cell with a new reporter is no correction.
    """
    changed = []
    for key, cell in now.tables.cells.items():
        before = _last(earlier, key)
        if before is None or before.tables.cells[key].sources != cell.sources:
            continue
        numbers = zip(before.tables.numbers(key), now.tables.numbers(key), strict=False)
        shown = zip(before.shown_cell(key), now.shown_cell(key), strict=False)
        if any(
            was != then and 0 < abs(a - b) < now.rule.least_change
            for (was, then), (a, b) in zip(shown, numbers, strict=False)  # some are not shown
        ):
            changed.append(key)
    return sorted(changed, key=str)


def _last(earlier: Sequence[Published], key: Hashable) -> Published | None:
    """The latest edition that has this cell."""
    return next((edition for edition in reversed(earlier) if key in edition.tables.cells), None)


def _first(tables: Tables, rule: Rule, earlier: Sequence[Published]) -> Published:
    """What is hidden for its own sake, the parts of small totals, and what was hidden before."""
    own = {key: why for key in tables.cells if (why := _own_reason(tables, rule, key))}
    published = Published(tables, rule, own)
    waiting = [c for key in own for c in tables.cells[key].counts if rule.hides(tables.counts[c])]
    while waiting:
        for known in tables.sums_of.get(whole := waiting.pop(), []):
            for key in (k for p in known.parts for k in tables.cells_of.get(p, [])):
                if known.whole == whole and published.hidden.get(key) != Hidden.TOTAL:
                    published = replace(published, hidden={**published.hidden, key: Hidden.TOTAL})
                    waiting += tables.cells[key].counts
    published = published.also_hiding(_dominated(tables, rule), Hidden.DOMINANCE)
    for key in tables.cells:
        before = _last(earlier, key)
        if before and key in before.hidden and _unchanged(tables, before.tables, key):
            published = published.also_hiding([key], before.hidden[key])
    return published


def _own_reason(tables: Tables, rule: Rule, key: Hashable) -> Hidden | None:
    """Why a cell is hidden whatever stands beside it; None if it is not."""
    cell = tables.cells[key]
    shown = [tables.counts[count] for count in cell.counts if rule.hides(tables.counts[count])]
    others = [tables.counts[count] for count in cell.follows if rule.hides(tables.counts[count])]
    if not shown and not others:
        return None
    if any(shown):
        return Hidden.PRIMARY
    return Hidden.COMPLEMENT if any(others) else Hidden.CLASS


def _dominated(tables: Tables, rule: Rule) -> list[Hashable]:
    """The cells of two reporters of which one makes up nearly all: each could subtract itself."""
    found = []
    for known in tables.by_reporter:
        parts = [part for part in known.parts if tables.counts[part]]
        most = max((tables.counts[part] for part in parts), default=0)
        if len(parts) == 2 and 100 * most >= rule.dominance * tables.counts[known.whole]:
            found += [key for part in parts for key in tables.cells_of.get(part, [])]
    return found


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
        for known in published.tables.sums_in_order:
            if _is_alone(published, known) and (more := _smallest(published, [known], fixed)):
                published = published.also_hiding(*more)
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


def _next_to_hide(
    published: Published,
    earlier: Sequence[Published],
    at_risk: Sequence[Hashable],
    fixed: frozenset[Hashable],
    rounds: int,
) -> dict[Hashable, Hidden]:
    """The cell to hide next, or all that are left of the sums at fault after many rounds.

    At last also cells in which there is nobody: a reader who is not told so has more to try.
    """
    tables, every = published.tables, [published.tables, *(e.tables for e in earlier)]
    if rounds > ROUNDS:
        sums = _sums_of(every, at_risk)
        keys = [key for s in sums for p in s.parts for key in tables.cells_of.get(p, [])]
        left = [key for key in keys if key not in published.hidden and key not in fixed]
        if left:
            return dict.fromkeys(left, Hidden.MERGED)
    empty = any(not tables.counts.get(count, 1) for count in at_risk)
    for also_empty in (empty, True):
        if more := _partner(published, every, at_risk, fixed, also_empty=also_empty):
            return dict.fromkeys(*more)
    return {}


def _partner(
    published: Published,
    every: Sequence[Tables],
    at_risk: Sequence[Hashable],
    fixed: frozenset[Hashable],
    *,
    also_empty: bool,
) -> Choice | None:
    """The smallest cell of those nearest to a count at risk, parts first."""
    seen = near = dict.fromkeys(at_risk)
    while near:
        sums = _sums_of(every, near)
        if more := _smallest(published, sums, fixed, also_empty=also_empty):
            return more
        seen = seen | near
        near = {m: None for known in sums for m in known.members if m not in seen}
    return None


def _sums_of(every: Sequence[Tables], counts: Iterable[Hashable]) -> dict[Sum, None]:
    """The sums with one of these counts, in any of the tables."""
    return {
        known: None
        for count in counts
        for tables in every
        for known in tables.sums_of.get(count, [])
    }


def _smallest(
    published: Published,
    sums: Iterable[Sum],
    fixed: frozenset[Hashable],
    *,
    also_empty: bool = False,
) -> Choice | None:
    """The smallest shown part of these sums that can still be hidden and has people in it; of
    equals the first. A whole only when there is no such part.
    """
    tables, known = published.tables, list(sums)
    parts = [part for found in known for part in found.parts]
    for counts, why in (
        (parts, Hidden.SECONDARY),
        ([found.whole for found in known], Hidden.MARGIN),
    ):
        keys = {
            key
            for count in counts
            for key in tables.cells_of.get(count, [])
            if key not in published.hidden and key not in fixed
            if also_empty or tables.numbers(key)[0]
        }
        if keys:
            return [min(keys, key=lambda key: (tables.numbers(key)[0], str(key)))], why
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
