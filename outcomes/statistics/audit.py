"""What a reader who knows the rules can work out about hidden counts: the audit of a publication.

The reader knows between which bounds each count lies (a rounded number stands for a few raw ones,
a hidden one for 1 to 7) and which counts add up to which. Everything that fits is searched with
whole numbers, by a mixed-integer programme, so that no way of combining tables is overlooked.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

FAR = 1_000  # how far from the truth to search where the reader knows no bound
NEAR = 3  # how often to repeat a move that fits
TRIES = 200  # moves tried before the programme is asked
OPTIMAL, INFEASIBLE = 0, 2  # what scipy.optimize.milp reports


@dataclass(frozen=True, slots=True)
class Between:
    """The whole numbers a count may be for all the reader knows; high None: no bound."""

    low: int = 0
    high: int | None = None

    def __contains__(self, count: int) -> bool:
        return self.low <= count and (self.high is None or count <= self.high)

    def and_also(self, other: "Between") -> "Between":
        """What is left when both are known."""
        highs = [high for high in (self.high, other.high) if high is not None]
        return Between(max(self.low, other.low), min(highs, default=None))


@dataclass(frozen=True, slots=True)
class Sum:
    """The whole is the sum of its parts, and everybody knows it."""

    whole: Hashable
    parts: tuple[Hashable, ...]

    @property
    def members(self) -> tuple[Hashable, ...]:
        return (self.whole, *self.parts)


@dataclass(frozen=True)
class Knowledge:
    """All that a reader knows: bounds of each count, and the sums. `truth` is what they hide."""

    truth: Mapping[Hashable, int]
    bounds: Mapping[Hashable, Between]
    sums: Collection[Sum]

    def __post_init__(self) -> None:
        for count, number in self.truth.items():
            if number not in self.bounds[count]:
                raise ValueError(f"{count} is not what the reader is told: {number}.")
        for known in self.sums:
            if self.truth[known.whole] != sum(self.truth[part] for part in known.parts):
                raise ValueError(f"The parts of {known.whole} do not add up to it.")


@dataclass(frozen=True, slots=True)
class Finding:
    """The numbers one hidden count can be: all of them where they are fewer than was asked for."""

    count: Hashable
    candidates: tuple[int, ...]


def audit(
    knowledge: Knowledge, hidden: Iterable[Hashable], enough: int | None = None
) -> list[Finding]:
    """Return the candidates of each hidden count, in the order given.

    Stops at `enough` candidates for a count; None looks for all of them within FAR of the truth.
    """
    findings: dict[Hashable, Finding] = {}
    wanted = list(dict.fromkeys(hidden))
    for puzzle in _puzzles(knowledge, wanted):
        findings |= {finding.count: finding for finding in puzzle.findings(enough)}
    return [findings[count] for count in wanted]


def _puzzles(knowledge: Knowledge, wanted: Sequence[Hashable]) -> Iterator["_Puzzle"]:
    """The counts that hang together, each group by itself: small puzzles are quickly solved."""
    links: dict[Hashable, list[Sum]] = {}
    for known in knowledge.sums:
        for member in known.members:
            links.setdefault(member, []).append(known)
    done: set[Hashable] = set()
    for start in wanted:
        if start in done:
            continue
        counts, sums, waiting = {start: None}, dict.fromkeys(links.get(start, [])), [start]
        while waiting:
            for known in links.get(waiting.pop(), []):
                sums[known] = None
                fresh = [member for member in known.members if member not in counts]
                counts |= dict.fromkeys(fresh)
                waiting += fresh
        done |= counts.keys()
        yield _Puzzle(knowledge, list(counts), list(sums), [c for c in wanted if c in counts])


@dataclass(frozen=True)
class _Puzzle:
    """Looks for other numbers that fit, told as steps away from the truth: small and exact."""

    knowledge: Knowledge
    counts: list[Hashable]
    sums: list[Sum]
    wanted: list[Hashable]

    def findings(self, enough: int | None) -> list[Finding]:
        steps: dict[int, set[int]] = {self.place[count]: {0} for count in self.wanted}
        for place in steps:
            self._explore(place, steps, enough)
        return [
            Finding(count, tuple(sorted(self.knowledge.truth[count] + step for step in found)))
            for count, found in zip(self.wanted, steps.values(), strict=True)
        ]

    def _explore(self, place: int, steps: dict[int, set[int]], enough: int | None) -> None:
        """Adds what is found for one count, and, since it is found already, for all others."""
        if enough is not None and len(steps[place]) < enough:
            self._look_nearby(place, steps)
        ends = []
        for sign in (1, -1):
            if enough is not None and len(steps[place]) >= enough:
                return
            ends.append(self._search(steps, aim=(place, sign)))
        high, low = ends
        for step in range(low + 1, high):
            if enough is not None and len(steps[place]) >= enough:
                return
            if step not in steps[place]:
                self._search(steps, fixed=(place, step))

    def _look_nearby(self, place: int, steps: dict[int, set[int]]) -> None:
        """Tries one more or one less: much quicker than a programme, and mostly all it needs."""
        for step in (1, -1):
            moves = {place: step}
            if self.low[place] <= step <= self.high[place] and self._mend(moves, [TRIES]):
                for times in range(-NEAR, NEAR + 1):
                    if all(self.low[p] <= m * times <= self.high[p] for p, m in moves.items()):
                        for moved in moves.keys() & steps.keys():
                            steps[moved].add(moves[moved] * times)

    def _mend(self, moves: dict[int, int], tries: list[int]) -> bool:
        """Moves further counts, each once, until all sums are right again; False if in vain."""
        tries[0] -= 1
        broken = self._broken(moves, (row for place in moves for row in self.rows_of[place]))
        if not broken:
            return True
        row = min(broken, key=lambda row: len(self.rows[row]))
        options = []
        for place, sign in self.rows[row].items():
            move = -broken[row] * sign
            if place not in moves and self.low[place] <= move <= self.high[place]:
                left = self._broken({**moves, place: move}, self.rows_of[place])
                options.append((len(left), len(self.rows_of[place]), place, move))
        for _, _, place, move in sorted(options):
            if tries[0] <= 0:
                break
            moves[place] = move
            if self._mend(moves, tries):
                return True
            del moves[place]
        return False

    def _broken(self, moves: Mapping[int, int], rows: Iterable[int]) -> dict[int, int]:
        """The sums among these that are no longer right, and by how much."""
        found = {
            row: sum(self.rows[row].get(place, 0) * move for place, move in moves.items())
            for row in dict.fromkeys(rows)
        }
        return {row: by for row, by in found.items() if by}

    def _search(
        self,
        steps: dict[int, set[int]],
        *,
        aim: tuple[int, int] | None = None,
        fixed: tuple[int, int] | None = None,
    ) -> int:
        """Notes one more set of numbers that fits, if there is one; returns the step aimed at."""
        import numpy as np

        wish, low, high = np.zeros(len(self.counts)), np.array(self.low), np.array(self.high)
        if aim:
            wish[aim[0]] = -aim[1]
        if fixed:
            low[fixed[0]] = high[fixed[0]] = fixed[1]
        # Fractions are allowed at first: quicker, and the answer is mostly whole all the same.
        found = self._solve(wish, low, high, whole=False)
        if found is not None and not self._fits(found, low, high):
            found = self._solve(wish, low, high, whole=True)
        if found is None:
            return 0
        if not self._fits(found, low, high):
            raise RuntimeError("The audit found numbers that do not fit.")
        for place, seen in steps.items():
            seen.add(int(found[place]))
        return int(found[aim[0]]) if aim else 0

    def _solve(
        self, wish: "np.ndarray", low: "np.ndarray", high: "np.ndarray", *, whole: bool
    ) -> "np.ndarray | None":
        """The numbers that fit best; None if none do."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # slow to load: at first use

        answer = milp(
            wish,
            integrality=1 if whole else 0,
            bounds=Bounds(low, high),
            constraints=LinearConstraint(self.matrix, 0, 0) if self.sums else None,
            options={"mip_rel_gap": 0},
        )
        if answer.status == INFEASIBLE:
            return None
        if answer.status != OPTIMAL:
            raise RuntimeError(f"The audit came to no end: {answer.message}")
        return answer.x.round(6)

    def _fits(self, found: "np.ndarray", low: "np.ndarray", high: "np.ndarray") -> bool:
        """Whether these are whole numbers within their limits, and all sums are right."""
        whole = (found == found.round()).all() and not (self.matrix @ found).any()
        return bool(whole and (found >= low).all() and (found <= high).all())

    @cached_property
    def place(self) -> dict[Hashable, int]:
        return {count: place for place, count in enumerate(self.counts)}

    @cached_property
    def low(self) -> list[int]:
        """How far each count may step down."""
        truth, bounds = self.knowledge.truth, self.knowledge.bounds
        return [max(bounds[count].low - truth[count], -FAR) for count in self.counts]

    @cached_property
    def high(self) -> list[int]:
        """How far each count may step up."""
        truth, highs = self.knowledge.truth, [self.knowledge.bounds[c].high for c in self.counts]
        pairs = zip(self.counts, highs, strict=True)
        return [FAR if high is None else min(high - truth[count], FAR) for count, high in pairs]

    @cached_property
    def rows(self) -> list[dict[int, int]]:
        """The sums: 1 for each part, -1 for the whole."""
        return [
            {self.place[known.whole]: -1} | {self.place[part]: 1 for part in known.parts}
            for known in self.sums
        ]

    @cached_property
    def rows_of(self) -> list[list[int]]:
        """The sums that each count is in."""
        found: list[list[int]] = [[] for _ in self.counts]
        for i, row in enumerate(self.rows):
            for place in row:
                found[place].append(i)
        return found

    @cached_property
    def matrix(self):  # a sparse array of SciPy, one row for each sum
        from scipy.sparse import coo_array

        cells = [(i, place, sign) for i, row in enumerate(self.rows) for place, sign in row.items()]
        rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
        shape = (len(self.rows), len(self.counts))
        return coo_array((values, (rows, columns)), shape=shape).tocsr()
