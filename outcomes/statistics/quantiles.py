"""Which tenth (fifth, quarter ...) of its group each value falls into.

As PHEindicatormethods 2.1.0 does it, written anew from a description and checked against values
which the original gave. docs/methods.md says where and why this differs.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from outcomes.statistics.inputs import StatisticsInputError, column, rows_of_groups


@dataclass(frozen=True, slots=True)
class Quantiles:
    """The quantile of each value in the order given, None where there is none.

    `too_few`: the groups with fewer known values than quantiles, which therefore have none.
    """

    numbers: tuple[int | None, ...]
    too_few: tuple[Hashable, ...]


def quantiles(
    values: Iterable[float | None],
    *,
    groups: Sequence[Hashable] | None = None,
    nquantiles: int = 10,
    invert: bool | Sequence[bool] = True,
) -> Quantiles:
    """Return the quantile of each value within its group.

    `invert` True: quantile 1 holds the highest values; it may be given for each row, constant
    within a group. Equal values share a quantile, so quantiles can be of unequal size or empty.
    """
    if isinstance(nquantiles, bool) or not isinstance(nquantiles, int) or nquantiles < 1:
        raise StatisticsInputError("The number of quantiles must be a whole number, 1 or more.")
    found = column(values, "values")
    inverted = [invert] * len(found) if isinstance(invert, bool) else list(invert)
    if len(inverted) != len(found) or not all(isinstance(way, bool) for way in inverted):
        raise StatisticsInputError("`invert` is true or false, once or for each value.")
    numbers: list[int | None] = [None] * len(found)
    too_few = []
    for group, rows in rows_of_groups(groups, len(found)):
        if len({inverted[row] for row in rows}) > 1:
            raise StatisticsInputError("`invert` must be the same for all values of a group.")
        known = sorted(value for row in rows if (value := found[row]) is not None)
        if len(known) < nquantiles:
            too_few.append(group)
            continue
        for row in rows:
            if (value := found[row]) is not None:
                ahead = _values_ahead(value, known, inverted[row])
                numbers[row] = _quantile(ahead, len(known), nquantiles)
    return Quantiles(tuple(numbers), tuple(too_few))


def _values_ahead(value: float, known: list[float], inverted: bool) -> int:
    """Return how many values come before this one; equal values have equally many."""
    return len(known) - bisect_right(known, value) if inverted else bisect_left(known, value)


def _quantile(ahead: int, known: int, quantiles: int) -> int:
    # ceil((N - ahead) k / N) in whole numbers: dividing by N / k would round.
    return quantiles + 1 + (-(known - ahead) * quantiles) // known
