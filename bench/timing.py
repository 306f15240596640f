"""Stop-watches, and the table they fill."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

WIDTHS = (34, 26, 34, 7, 26)


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table: what was done, how long it took, and beside what."""

    what: str
    here: str
    beside: str
    ratio: float
    note: str = ""

    def __str__(self) -> str:
        return line(self.what, self.here, self.beside, f"{self.ratio:.1f}", self.note)


def heading() -> str:
    return line("what", "here", "beside", "ratio", "note")


def line(*cells: str) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True))
    return "  ".join(padded).rstrip()


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes, by the clock on the wall."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def alternated(
    first: Callable[[], object], second: Callable[[], object], repeats: int
) -> tuple[float, float]:
    """Medians in seconds of two works done in turns, so that a busy machine is fair to both."""
    first(), second()  # the first time also loads and caches
    times = [(seconds(first), seconds(second)) for _ in range(repeats)]
    return median(a for a, _ in times), median(b for _, b in times)


def milliseconds(duration: float) -> str:
    return f"{duration * 1000:.1f} ms"
