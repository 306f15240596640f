"""Whether a figure looks unusual beside those of earlier periods, and how to ask about it. Pure.

A figure outside the expected range of its chart is unusual; one that moved by more than the measure
allows since the last period has changed. Either is asked about only where chance alone would not
have moved the count so far, so that nobody has to explain why one person became two.
"""

import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from outcomes.digits import exact_text
from outcomes.periods import MONTHS, label, shift, span
from outcomes.series import number_text, with_unit
from outcomes.statistics.spc import TRIAL_LIMITS_BELOW, expected_range

UNITS = {"month": "months", "quarter": "quarters", "year": "years"}
CHANCE = 2  # standard deviations of the difference of two counts; beyond it one time in twenty
MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Terms:
    """What has to be known of a measure to judge and to tell its figures."""

    frequency: str
    multiplier: int = 1
    has_denominator: bool = False
    ask_about_change: int | None = None
    rebases: tuple[date, ...] = ()
    screen_outliers: bool = True
    unit: str = ""
    decimals: int = 0


# A tuple, not a dataclass: a file of a million rows makes as many of them.
class Figure(NamedTuple):
    """What was given for one period, and its value in the measure's unit."""

    period: date
    numerator: Decimal
    denominator: Decimal | None
    value: float

    @classmethod
    def of(
        cls, period: date, numerator: Decimal, denominator: Decimal | None, terms: Terms
    ) -> "Figure | None":
        """None where there is no value: nothing can be divided by 0."""
        value = float(numerator) * terms.multiplier
        if not terms.has_denominator:
            return cls(period, numerator, None, value)
        if not denominator:
            return None
        return cls(period, numerator, denominator, value / float(denominator))


@dataclass(frozen=True, slots=True)
class Surprise:
    """Why a figure is asked about. The range is None where it is the change that was large."""

    figure: Figure
    last: Figure
    points: int = 0
    lower: float | None = None
    upper: float | None = None

    @property
    def is_unusual(self) -> bool:
        return self.lower is not None


class History:
    """The figures of one series up to now, oldest first, and what they lead one to expect."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.figures: list[Figure] = []
        self._known: tuple[int, date | None, tuple[float, float, float] | None] | None = None

    def add(self, figure: Figure) -> None:
        self.figures.append(figure)

    def surprise(self, figure: Figure) -> Surprise | None:
        """Why to ask about a later figure; None if it is as one would expect."""
        if not self.figures:
            return None
        return self._outside(figure) or self._changed(figure)

    def _outside(self, figure: Figure) -> Surprise | None:
        """Outside the range of the chart, which starts afresh where the measure does.

        Below TRIAL_LIMITS_BELOW points the chart itself calls its range provisional.
        """
        rebase = max((r for r in self.terms.rebases if r <= figure.period), default=None)
        first = next((i for i, f in enumerate(self.figures) if not rebase or f.period >= rebase), 0)
        points = len(self.figures) - first
        if points < TRIAL_LIMITS_BELOW or (rebase and self.figures[first].period < rebase):
            return None
        limits = self._limits(first, rebase)
        if limits is None:
            return None
        mean, lower, upper = limits
        if lower <= figure.value <= upper or not self._beyond_chance(figure, mean):
            return None
        return Surprise(figure, self.figures[-1], points, lower, upper)

    def _limits(self, first: int, rebase: date | None) -> tuple[float, float, float] | None:
        """Worked out once for all figures that come after the same history."""
        if self._known is None or self._known[:2] != (len(self.figures), rebase):
            values = {f.period: f.value for f in self.figures[first:]}
            periods = span(min(values), max(values), self.terms.frequency)
            known = expected_range(
                [values.get(period) for period in periods],
                screen_outliers=self.terms.screen_outliers,
            )
            self._known = (len(self.figures), rebase, known)
        return self._known[2]

    def _changed(self, figure: Figure) -> Surprise | None:
        """Moved by more than the measure allows since the last figure, not more than a year old."""
        most, last = self.terms.ask_about_change, self.figures[-1]
        year = 12 // MONTHS[self.terms.frequency]
        if most is None or last.period < shift(figure.period, self.terms.frequency, -year):
            return None
        moved = abs(figure.value - last.value) * 100
        if moved <= most * last.value or not self._beyond_chance(figure, last.value):
            return None
        return Surprise(figure, last)

    def _beyond_chance(self, figure: Figure, expected_value: float) -> bool:
        """Whether the count is further from the expected one than counts stray by chance."""
        expected = expected_value * float(figure.denominator or 1) / self.terms.multiplier
        count = float(figure.numerator)
        return abs(count - expected) > CHANCE * math.sqrt(count + max(expected, 0.0))


def in_words(surprise: Surprise, terms: Terms) -> str:
    """The question as the sender reads it, with both numbers."""
    now, before = surprise.figure, surprise.last
    decimals = _telling_decimals(surprise, terms)

    def text(value: float) -> str:
        return with_unit(number_text(value, decimals), terms.unit)

    told = f"{label(now.period, terms.frequency)} is {text(now.value)}{_counts(now)}"
    last = f"{label(before.period, terms.frequency)} was {text(before.value)}"
    if surprise.lower is None or surprise.upper is None:
        return f"{told}. {last}{_counts(before)}{_difference(now, before)}."
    high = now.value > surprise.upper
    lower = max(surprise.lower, 0.0)
    upper = min(surprise.upper, 100.0) if terms.unit == "%" else surprise.upper
    low = text(lower) if terms.unit in ("%", "£") else number_text(lower, decimals)
    return (
        f"{told}, {'higher' if high else 'lower'} than expected: after the "
        f"{surprise.points} {UNITS[terms.frequency]} before, we would expect {low} to "
        f"{text(upper)}. {last}."
    )


def _telling_decimals(surprise: Surprise, terms: Terms) -> int:
    """So many decimals that the numbers that differ are seen to differ."""
    value = surprise.figure.value
    others = [surprise.lower, surprise.upper] if surprise.is_unusual else [surprise.last.value]
    for decimals in range(terms.decimals, MOST_DECIMALS):
        shown = [number_text(other, decimals) for other in others]
        if number_text(value, decimals) not in shown:
            return decimals
    return MOST_DECIMALS


def _counts(figure: Figure) -> str:
    if figure.denominator is None:
        return ""
    return f" ({exact_text(figure.numerator)} of {exact_text(figure.denominator)})"


def _difference(now: Figure, before: Figure) -> str:
    if not before.value:
        return ""
    percent = abs(now.value - before.value) * 100 / before.value
    return f": {percent:,.0f}% {'more' if now.value > before.value else 'less'}"
