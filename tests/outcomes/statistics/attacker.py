"""An attacker by brute force, who shares no code with the portal: tries every whole number.

He knows the rules (0 stays 0, 1 to 7 are hidden, all others rounded to the nearest 5), which people
make up which number, which numbers a correction left alone, and even of every hidden number by
which rule: because it is small, because its total is, or, though large, to protect others.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from outcomes.statistics.audit import Sum
from outcomes.statistics.editions import Cell, Published, Tables

MOST = 400  # no number in these tables comes near


@dataclass(frozen=True)
class Town:
    """People by the smallest groups there are, and which groups each number counts."""

    people: Mapping[str, int]
    counted: Mapping[str, tuple[str, ...]]  # number: the groups it counts
    sums: tuple[tuple[str, tuple[str, ...]], ...]
    cells: Mapping[str, Cell]

    def number(self, count: str) -> int:
        return sum(self.people[group] for group in self.counted[count])

    def tables(self) -> Tables:
        counts = {count: self.number(count) for count in self.counted}
        return Tables(counts, tuple(Sum(whole, parts) for whole, parts in self.sums), self.cells)

    def only(self, *kinds: str) -> "Town":
        """The same people, of whom another measure publishes just these kinds of numbers."""
        counted = {name: groups for name, groups in self.counted.items() if name[-1] in kinds}
        sums = tuple(s for s in self.sums if {s[0], *s[1]} <= set(counted))
        return replace(
            self, counted=counted, sums=sums, cells={name: Cell((name,)) for name in counted}
        )

    def corrected(self, rng: random.Random) -> "Town":
        """Some groups counted again, by a little or by a lot."""
        changed = dict(self.people)
        for group in rng.sample(sorted(changed), k=rng.choice([1, 1, 2])):
            changed[group] = drawn(rng)
        return replace(self, people=changed)


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  # the same tables every time


def drawn(rng: random.Random) -> int:
    return rng.choice([rng.randint(0, 8), rng.randint(0, 12), rng.randint(6, 30)])


def divided(rng: random.Random) -> Town:
    """A whole divided in two ways; who is in both at once is not published."""
    rows, columns = [f"r{i}" for i in range(rng.randint(2, 3))], [f"c{i}" for i in range(2)]
    groups = {f"{r}{c}": drawn(rng) for r in rows for c in columns}
    counted = {
        "all": tuple(groups),
        **{r: tuple(g for g in groups if r in g) for r in rows},
        **{c: tuple(g for g in groups if c in g) for c in columns},
        **{g: (g,) for g in groups},
    }
    sums = [("all", tuple(rows)), ("all", tuple(columns))]
    sums += [(part, counted[part]) for part in (*rows, *columns)]
    cells = {name: Cell((name,)) for name in ("all", *rows, *columns)}
    return Town(groups, counted, tuple(sums), cells)


def crossed(rng: random.Random) -> Town:
    """The same with everything published, and people in one row only (nested places)."""
    town = divided(rng)
    return replace(town, cells={name: Cell((name,)) for name in town.counted})


def nested(rng: random.Random) -> Town:
    """A partnership of places, and places of practices; one place has a single practice."""
    practices = {f"p{i}.{j}": drawn(rng) for i in range(3) for j in range((1, 2, 3)[i])}
    places = {f"p{i}": tuple(p for p in practices if p.startswith(f"p{i}.")) for i in range(3)}
    counted = {"all": tuple(practices), **places, **{p: (p,) for p in practices}}
    sums = (("all", tuple(places)), *places.items())
    return Town(practices, counted, sums, {name: Cell((name,)) for name in counted})


def rates(rng: random.Random) -> Town:
    """Proportions of three parts and of the whole; a second measure counts the same people."""
    parts = [f"q{i}" for i in range(3)]
    groups = {f"{part}{kind}": drawn(rng) for part in parts for kind in "yn"}
    counted: dict[str, tuple[str, ...]] = {g: (g,) for g in groups}
    counted |= {f"{part}d": (f"{part}y", f"{part}n") for part in parts}
    sums = [(f"{part}d", (f"{part}y", f"{part}n")) for part in parts]
    for kind in "ynd":
        counted[f"all{kind}"] = tuple(g for part in parts for g in counted[part + kind])
        sums.append((f"all{kind}", tuple(part + kind for part in parts)))
    sums.append(("alld", ("ally", "alln")))
    cells = {p: Cell((f"{p}y", f"{p}d"), follows=(f"{p}n",)) for p in [*parts, "all"]}
    cells["people seen"] = Cell(("alld",))
    return Town(groups, counted, tuple(sums), cells)


KINDS = (divided, crossed, nested, rates)


@dataclass
class Attacker:
    """What he has been told: statements about sums of groups, each between two numbers."""

    sensitive: bool = False  # that nobody is concerned is hidden, too
    told: list[tuple[frozenset[str], int, int]] = field(default_factory=list)
    groups: dict[str, int] = field(default_factory=dict)  # by name and number

    def reads(self, town: Town, published: Published) -> None:
        self.groups |= {f"{g}={n}": n for g, n in town.people.items()}
        for key, cell in town.cells.items():
            why = published.hidden.get(key)
            for count, shown in zip(cell.counts, published.shown_cell(key), strict=True):
                self._hears(town, count, why=why, shown=shown)
            for count in cell.follows:
                self._hears(town, count, why=why, shown=None)

    def _hears(self, town: Town, count: str, *, why: str | None, shown: int | None) -> None:
        number = town.number(count)
        if why == "total" and number <= 7:  # all parts of a small total are hidden, none or few
            low, high = 0, 7
        elif (0 if self.sensitive else 1) <= number <= 7:
            assert shown is None
            low, high = 0 if self.sensitive else 1, 7
        elif number == 0:
            low, high = 0, (MOST if why else 0)
        elif shown is None:
            low, high = 8, MOST
        else:
            assert shown % 5 == 0
            low, high = max(8, shown - 2), shown + 2
        assert low <= number <= high
        self.told.append((self.which(town, count), low, high))

    @staticmethod
    def which(town: Town, count: str) -> frozenset[str]:
        return frozenset(f"{g}={town.people[g]}" for g in town.counted[count])

    def candidates(self, which: frozenset[str], enough: int = 4) -> set[int]:
        """Numbers that the sum of these groups can be; stops when there are enough."""
        truth = sum(self.groups[g] for g in which)
        found: set[int] = set()
        for number in sorted(range(MOST), key=lambda n: abs(n - truth)):
            if abs(number - truth) > 40 or len(found) >= enough:
                break
            if self._fits([*self.told, (which, number, number)]):
                found.add(number)
        return found

    def _fits(self, told: list[tuple[frozenset[str], int, int]]) -> bool:
        """Whether there are people in each group, 0 or more, so that all statements are true."""
        about = {
            g: [i for i, (groups, _, _) in enumerate(told) if g in groups] for g in self.groups
        }
        order = sorted(self.groups, key=lambda g: min(told[i][2] for i in about[g]))
        limits = {g: self._limits(g, told) for g in order}
        left_low, left_high = [0] * len(told), [0] * len(told)
        for g in order:
            for i in about[g]:
                left_low[i] += limits[g][0]
                left_high[i] += limits[g][1]
        return self._place(order, 0, told, about, limits, [0] * len(told), left_low, left_high)

    @staticmethod
    def _limits(group: str, told: list[tuple[frozenset[str], int, int]]) -> tuple[int, int]:
        low = max([0, *(low for which, low, _ in told if which == {group})])
        return low, min(high for which, _, high in told if group in which)

    def _place(self, order, at, told, about, limits, sums, left_low, left_high) -> bool:
        if at == len(order):
            return True
        group = order[at]
        low, high = limits[group]
        mine = about[group]
        for i in mine:
            left_low[i] -= low
            left_high[i] -= high
        for i in mine:
            low = max(low, told[i][1] - sums[i] - left_high[i])
            high = min(high, told[i][2] - sums[i] - left_low[i])
        fits = False
        for number in _nearest(low, high, self.groups[group]):
            for i in mine:
                sums[i] += number
            fits = self._place(order, at + 1, told, about, limits, sums, left_low, left_high)
            for i in mine:
                sums[i] -= number
            if fits:
                break
        for i in mine:
            left_low[i] += limits[group][0]
            left_high[i] += limits[group][1]
        return fits


def _nearest(low: int, high: int, truth: int) -> Iterator[int]:
    """All numbers between, the likeliest first."""
    yield from sorted(range(low, high + 1), key=lambda n: abs(n - truth))
