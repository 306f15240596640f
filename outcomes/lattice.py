"""All counts of one period of a measure, and what adds up to what, as disclosure control needs it.

The whole is divided by organisation, by place and by categories. Who of an organisation lives in
which place is not published, but a borough that only one council reports on *is* that council, and
ages that only one trust reports add up to that trust: readers know, so the audit must.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from outcomes.aggregation import WHOLE, Group, Part
from outcomes.models import Measure
from outcomes.series import Cell
from outcomes.statistics.audit import Sum
from outcomes.statistics.editions import Cell as GuardedCell
from outcomes.statistics.editions import Tables

Numbers = dict[str, int]  # by the words that say what was counted


@dataclass(frozen=True, slots=True)
class Words:
    """What a measure counts. Two measures that say it in the same words publish the same count."""

    people: str
    out_of: str

    @classmethod
    def of(cls, measure: Measure) -> "Words":
        people, out_of = (
            " ".join(label.casefold().split())
            for label in (measure.numerator_label, measure.denominator_label)
        )
        return cls(people, f"all {out_of}" if out_of == people else out_of)

    @property
    def others(self) -> str:
        """Those who are not counted, as many as there may be."""
        return f"{self.out_of}, not {self.people}"


def name_of(part: Part) -> str:
    return f"{part.organisation or 0:09}/{part.place or 0:09}/{part.category or 0:09}"


def key_of(measure: Measure, part: Part) -> tuple[int, str]:
    """How the cell of a part is called, among those of other measures."""
    return measure.pk, name_of(part)


def lattice(
    measure: Measure, row: Mapping[Part, Cell], inner: Mapping[str, Mapping[Group, Cell]]
) -> Tables:
    """Return the tables of a period: its cells, and by division the groups that make them up."""
    words = Words.of(measure)
    known = {part: found for part, cell in row.items() if (found := _numbers(measure, cell))}
    web = _Web(words, {name_of(part): numbers for part, numbers in known.items()})
    whole, organisations = name_of(WHOLE), [p for p in known if p.organisation]
    web.add(whole, [name_of(part) for part in organisations])
    by_reporter = tuple(
        Sum((kind, whole), tuple((kind, name_of(part)) for part in organisations))
        for kind in known.get(WHOLE, {})
        if web.is_sum(whole, [name_of(part) for part in organisations])
    )
    for division, cells in inner.items():
        groups = {g: found for g, cell in cells.items() if (found := _numbers(measure, cell))}
        _divide(web, division, groups, [part.organisation or 0 for part in organisations])
    guarded: dict[Hashable, GuardedCell] = {}
    for part, numbers in known.items():
        name = name_of(part)
        counts = tuple((kind, name) for kind in (words.people, words.out_of) if kind in numbers)
        follows = ((words.others, name),) if words.others in numbers else ()
        guarded[key_of(measure, part)] = GuardedCell(counts, follows, row[part].sources)
    return Tables(web.counts, tuple(web.links()), guarded, by_reporter)


def _divide(
    web: "_Web", division: str, groups: Mapping[Group, Numbers], organisations: Iterable[int]
) -> None:
    """Weaves in one division: its parts, and what organisations have beside them."""
    is_place = division == "place"
    parts: dict[str, list[str]] = {}
    by_organisation: dict[int, list[str]] = {}
    for (organisation, key), numbers in groups.items():
        name = f"{organisation:09} in {division} {key:09}"
        web.nodes[name] = numbers
        part = Part(place=key) if is_place else Part(category=key)
        parts.setdefault(name_of(part), []).append(name)
        by_organisation.setdefault(organisation, []).append(name)
    for part_name, names in parts.items():
        web.add(part_name, names)
    beside: list[str] = []
    for organisation in organisations:
        own = name_of(Part(organisation=organisation))
        inside = by_organisation.get(organisation, [])
        if not inside:
            beside.append(own)
            continue
        rest = web.rest(own, inside, f"{organisation:09} beside {division}")
        if rest is None:
            continue  # the parts are more than the whole: nothing follows from their sum
        web.add(own, [*inside, *rest])
        beside += rest
    web.add(name_of(WHOLE), [*parts, *beside])


@dataclass
class _Web:
    """Named groups of people with their numbers, and which of them make up which."""

    words: Words
    nodes: dict[str, Numbers]
    sums: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def counts(self) -> dict[Hashable, int]:
        return {(kind, name): n for name, found in self.nodes.items() for kind, n in found.items()}

    def add(self, whole: str, parts: list[str]) -> None:
        """Notes a sum, if it is one."""
        if self.is_sum(whole, parts):
            self.sums.append((whole, parts))

    def is_sum(self, whole: str, parts: list[str]) -> bool:
        """Whether nothing is left; a number that its source hides is missing from a sum."""
        return whole in self.nodes and bool(parts) and not any(self._left(whole, parts).values())

    def rest(self, whole: str, parts: list[str], name: str) -> list[str] | None:
        """The rest of a whole beside these parts, as a group of this name; None if negative."""
        left = self._left(whole, parts)
        if any(number < 0 for number in left.values()):
            return None
        if not any(left.values()):
            return []
        self.nodes[name] = left
        return [name]

    def _left(self, whole: str, parts: list[str]) -> Numbers:
        found = [self.nodes.get(part, {}) for part in parts]
        return {k: n - sum(f.get(k, 0) for f in found) for k, n in self.nodes[whole].items()}

    def links(self) -> Iterable[Sum]:
        """Each sum for each kind of number; and who is counted and who is not make up all."""
        for whole, parts in self.sums:
            for kind in self.nodes[whole]:
                yield Sum((kind, whole), tuple((kind, part) for part in parts))
        for name, numbers in self.nodes.items():
            people, out_of, others = self.words.people, self.words.out_of, self.words.others
            if others in numbers:
                yield Sum((out_of, name), ((people, name), (others, name)))


def _numbers(measure: Measure, cell: Cell) -> Numbers:
    """The counts of people in a cell; of a mean only how many people it is of."""
    words = Words.of(measure)
    if cell.numerator is None or (measure.has_denominator and cell.denominator is None):
        return {}
    if cell.denominator is None or not measure.has_denominator:
        return {words.people: _whole(cell.numerator)}
    if measure.kind == Measure.Kind.MEAN:
        return {words.out_of: _whole(cell.denominator)}
    numbers = {words.people: _whole(cell.numerator), words.out_of: _whole(cell.denominator)}
    if measure.kind == Measure.Kind.PROPORTION:
        numbers[words.others] = numbers[words.out_of] - numbers[words.people]
    return numbers


def _whole(count: Fraction) -> int:
    if count.denominator != 1:
        raise ValueError(f"A count of people must be a whole number, not {float(count)}.")
    return count.numerator
