"""What all indicator statistics take: columns of numbers, groups and confidence levels, checked.

A missing value is None or NaN. Everything else that is not a finite number is refused with a
plain sentence, as are columns of different lengths.
"""

import math
from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal
from numbers import Real

LARGEST = 1e100  # no measure comes near, and squares of larger numbers would overflow
PAIR = (0.95, 0.998)
_LOWEST, _HIGHEST = 0.9, 1.0


class StatisticsInputError(ValueError):
    """The figures make no sense for this statistic; the message says why in plain words."""


def column(values: Iterable[object], name: str, *, rows: int | None = None) -> list[float | None]:
    """Return the values as floats, None where one is missing; `rows` is the length wanted."""
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise StatisticsInputError(f"The {name} must be a list of numbers.")
    found = [_number(value, name) for value in values]
    if rows is not None and len(found) != rows:
        raise StatisticsInputError(f"There are {rows} rows but {len(found)} {name}.")
    if not found:
        raise StatisticsInputError(f"There are no {name}.")
    return found


def without_missing(values: Iterable[float | None], name: str) -> list[float]:
    """Return the values, refusing a missing one."""
    supplied = list(values)
    found = [value for value in supplied if value is not None]
    if len(found) < len(supplied):
        raise StatisticsInputError(f"None of the {name} may be missing.")
    return found


def known_column(values: Iterable[object], name: str, *, rows: int | None = None) -> list[float]:
    """Return the values as floats, refusing a missing one."""
    return without_missing(column(values, name, rows=rows), name)


def refuse_negative(values: Iterable[float | None], name: str) -> None:
    """Refuse a value below zero; missing ones pass."""
    if any(value is not None and value < 0 for value in values):
        raise StatisticsInputError(f"The {name} must be zero or more.")


def refuse_zero_or_less(values: Iterable[float | None], name: str) -> None:
    """Refuse a value of zero or less; missing ones pass."""
    if any(value is not None and value <= 0 for value in values):
        raise StatisticsInputError(f"The {name} must be greater than zero.")


def one_number(value: object, name: str) -> float:
    """Return the value as a float, refusing a missing one."""
    number = _number(value, name)
    if number is None:
        raise StatisticsInputError(f"The {name} is missing.")
    return number


def positive_number(value: object, name: str) -> float:
    """Return the value as a float, refusing zero, less and a missing one."""
    number = one_number(value, name)
    refuse_zero_or_less([number], name)
    return number


def confidence_levels(confidence: object, *, any_levels: bool = False) -> tuple[float, ...]:
    """Return the levels asked for, between 0.9 and 1, from fractions or percentages.

    One level, or the pair (0.95, 0.998); with `any_levels` as many as wanted. Mixtures of
    fractions and percentages are refused.
    """
    asked = confidence if isinstance(confidence, (list, tuple)) else [confidence]
    numbers = [one_number(level, "confidence level") for level in asked]
    as_percent = [90 <= number <= 100 for number in numbers]
    if not numbers or not all(
        percent or _LOWEST <= number <= _HIGHEST
        for number, percent in zip(numbers, as_percent, strict=True)
    ):
        raise StatisticsInputError("A confidence level lies between 0.9 and 1, or 90 and 100.")
    if any(as_percent) and not all(as_percent):
        raise StatisticsInputError("Confidence levels are all fractions or all percentages.")
    if len(numbers) > 1 and not any_levels and tuple(numbers) != PAIR:
        raise StatisticsInputError("Two confidence levels can only be 0.95 and 0.998.")
    return tuple(number / 100 if as_percent[0] else number for number in numbers)


def rows_of_groups(
    groups: Sequence[Hashable] | None, rows: int
) -> list[tuple[Hashable, list[int]]]:
    """Return (group, its row numbers) in the order of the groups' names; without groups one."""
    if groups is None:
        return [(None, list(range(rows)))]
    if isinstance(groups, (str, bytes)) or len(groups) != rows:
        raise StatisticsInputError("Name one group for each row.")
    found: dict[Hashable, list[int]] = {}
    for row, group in enumerate(groups):
        if group is None:
            raise StatisticsInputError("Every row needs a group.")
        found.setdefault(group, []).append(row)
    try:
        names = sorted(found)  # type: ignore[type-var]
    except TypeError as error:
        raise StatisticsInputError("Groups must all be of one kind, such as text.") from error
    return [(name, found[name]) for name in names]


def total(values: Iterable[float | None]) -> float | None:
    """Return the exact sum; missing if a part of it is missing."""
    parts = list(values)
    known = [part for part in parts if part is not None]
    return math.fsum(known) if len(known) == len(parts) else None


def _number(value: object, name: str) -> float | None:
    if type(value) is float and abs(value) <= LARGEST:
        return value  # nearly all values, so the quick way first
    if value is None or value != value:
        return None
    if isinstance(value, bool) or not isinstance(value, (Real, Decimal)):
        raise StatisticsInputError(f"The {name} must be numbers, and {value!r} is not.")
    number = float(value)
    if abs(number) > LARGEST:
        raise StatisticsInputError(f"The {name} must be finite numbers, and {value!r} is not.")
    return number
