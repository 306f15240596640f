"""Protection of small numbers of people: suppress, then round, then derive; never the reverse.

Counts of 1 to `threshold` are hidden and all others rounded to the nearest `base`, as NHS
England (HES and ECDS, since 2018) and OpenSAFELY do. Rates are made from protected counts only:
a percentage made from raw ones gives nearly every hidden number away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from outcomes.statistics.audit import Between

MARK = "*"  # how a hidden number is shown: never as 0, blank or a dash
ONE_DECIMAL_FROM = 4_000  # a rounded denominator of this size keeps a percentage within 0.1


@dataclass(frozen=True, slots=True)
class Rule:
    """Counts from 1 to threshold are hidden, others rounded to the nearest base.

    sensitive: that nobody, or everybody, is concerned is hidden like a small number.
    candidates: how many values a reader must be left with for a hidden number.
    least_change: a smaller correction may not change what is shown.
    dominance: of two organisations, the percentage of their sum from which one dominates it.
    """

    threshold: int = 7
    base: int = 5
    sensitive: bool = False
    candidates: int = 4
    least_change: int = 8
    dominance: int = 85

    def __post_init__(self) -> None:
        if self.threshold < 0 or self.base < 1:
            raise ValueError("The threshold must be 0 or more, and the base 1 or more.")
        if self.rounded(self.threshold + 1) <= self.threshold:
            raise ValueError("With this base a shown number could look like a hidden one.")

    def hides(self, count: int) -> bool:
        """Whether a raw count is too small to show."""
        return (0 if self.sensitive else 1) <= count <= self.threshold

    def rounded(self, count: int) -> int:
        """Return the count rounded to the nearest base, halves up."""
        return (count + self.base // 2) // self.base * self.base

    def raw_of(self, shown: int) -> Between:
        """Which counts are shown as this number."""
        low = shown - self.base // 2
        return Between(low, low + self.base - 1).and_also(self.kind_of(shown))

    def kind_of(self, count: int) -> Between:
        """All counts that are none, small or large as this one is."""
        if self.hides(count):
            return Between(0 if self.sensitive else 1, self.threshold)
        return Between(self.threshold + 1) if count else Between(0, 0)

    @property
    def enough(self) -> int:
        """How many candidates a hidden number needs; no more than the rule itself leaves."""
        return min(self.candidates, self.threshold)


DEFAULT_RULE = Rule()


class Hidden(StrEnum):
    """Which rule hid a number, kept with the published cell."""

    PRIMARY = "primary"  # a small number of people
    COMPLEMENT = "complement"  # few of them are not counted: nearly 100%
    CLASS = "class"  # nobody or everybody, where that is sensitive
    TOTAL = "total"  # a part of a small total
    DOMINANCE = "dominance"  # of two organisations, one makes up nearly all
    SECONDARY = "secondary"  # a part that would give another hidden number away
    MARGIN = "margin"  # a whole that would, when no part was left to hide
    MERGED = "merged"  # all parts together, when hiding them one by one came to no end
    WITHHELD = "withheld"  # the last resort


@dataclass(frozen=True, slots=True)
class Protected:
    """A numerator and denominator as they may be shown; None means hidden.

    suppressed: the rate may not be shown. decimals: how many a percentage may carry.
    """

    numerator: int | None
    denominator: int | None
    suppressed: bool
    decimals: int

    def rate(self, multiplier: float = 100) -> float | None:
        """Return the rate made from the protected counts; None if hidden or without people."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator * multiplier


@dataclass(frozen=True, slots=True)
class ProtectedParts:
    """The parts of a total as they may be shown; None means hidden, `hidden` says by what rule."""

    parts: Mapping[str, int | None]
    total: int | None
    hidden: Mapping[str, Hidden]


def protect_count(count: int, rule: Rule = DEFAULT_RULE) -> int | None:
    """Return the count as it may be shown, None if suppressed.

    Raises ValueError unless the count is a whole number of 0 or more (a float, even 5.0, is
    refused: it may be the result of a calculation, and only raw counts are protected).
    """
    _check_count(count)
    return None if rule.hides(count) else rule.rounded(count)


def protect_rate(
    numerator: int, denominator: int, rule: Rule = DEFAULT_RULE, *, is_proportion: bool = True
) -> Protected:
    """Return numerator and denominator as they may be shown, and whether their rate may be.

    For a proportion the people not in the numerator are protected too: where they are 1 to
    threshold, numerator and rate are hidden. Set is_proportion to False where the numerator may
    exceed the denominator (such as visits per person). Raises ValueError for impossible counts.
    """
    shown_numerator = protect_count(numerator, rule)
    shown_denominator = protect_count(denominator, rule)
    if is_proportion:
        if numerator > denominator:
            raise ValueError("The numerator is larger than the denominator.")
        if rule.hides(denominator - numerator):
            shown_numerator = None
    return Protected(
        numerator=shown_numerator,
        denominator=shown_denominator,
        suppressed=shown_numerator is None or shown_denominator is None,
        decimals=0 if shown_denominator is None or shown_denominator < ONE_DECIMAL_FROM else 1,
    )


def protect_parts(parts: Mapping[str, int], rule: Rule = DEFAULT_RULE) -> ProtectedParts:
    """Return the parts of one total, and the total, as they may be shown together.

    If exactly one part is hidden, the smallest other part with people in it is hidden too (of
    equals the one with the lowest key, so that next month's choice is the same): otherwise the
    total would give it away. A total that is itself too small hides every part.
    """
    shown = {key: protect_count(count, rule) for key, count in sorted(parts.items())}
    total = sum(parts.values())
    if rule.hides(total):
        return ProtectedParts(dict.fromkeys(shown), None, dict.fromkeys(shown, Hidden.TOTAL))
    hidden = {key: Hidden.PRIMARY for key, count in shown.items() if count is None}
    if len(hidden) == 1:
        # There is another part with people in it, else the total would be too small as well.
        _, partner = min((n, key) for key, n in parts.items() if n and key not in hidden)
        hidden[partner] = Hidden.SECONDARY
        shown[partner] = None
    if hidden:
        return ProtectedParts(shown, protect_count(total, rule), hidden)
    return ProtectedParts(shown, sum(n for n in shown.values() if n is not None), hidden)


def _check_count(count: object) -> None:
    if type(count) is not int or count < 0:
        raise ValueError(f"A count must be a whole number of 0 or more, not {count!r}.")
