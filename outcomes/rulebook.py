"""Rules between figures: what must hold in one return, read from JSON, tried and put in words.

Pure: figures come in as plain numbers, and sums are exact. `Rule` says what the JSON looks like.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from operator import eq, ge, gt, le, lt
from typing import Any

from outcomes.digits import exact_text

OPERATORS = {"=": eq, "<=": le, "<": lt, ">=": ge, ">": gt}
WORDS = {
    "=": "is equal to",
    "<=": "is at most",
    "<": "is less than",
    ">=": "is at least",
    ">": "is more than",
}
PARTS = ("numerator", "denominator")
MOST_TERMS = 12
LARGEST = Decimal(10) ** 12


class RuleError(ValueError):
    """The rule cannot be read; the message says why in plain words."""


class Outcome(StrEnum):
    HOLDS = "holds"
    BROKEN = "broken"
    UNKNOWN = "unknown"  # a figure is missing and the rule is not tried without it
    ASKED = "asked"  # a figure is missing and the rule asks for it


@dataclass(frozen=True, slots=True)
class Term:
    """A number of times one part of a figure; a plain number when `measure` is empty."""

    factor: Decimal
    measure: str = ""
    part: str = "numerator"


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a return says of one measure; both None where it says why there is no number."""

    numerator: Decimal | None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the rule holds, and the figures that it looked at, as (term, number)."""

    outcome: Outcome
    looked_at: tuple[tuple[Term, Decimal | None], ...] = ()

    @property
    def missing(self) -> list[Term]:
        return [term for term, number in self.looked_at if number is None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A rule that was read: two sums and what must hold between them."""

    left: tuple[Term, ...]
    operator: str
    right: tuple[Term, ...]
    when_missing: str = "skip"

    @property
    def terms(self) -> tuple[Term, ...]:
        """Those that name a figure, each figure once."""
        seen = {(t.measure, t.part): t for t in reversed(self.left + self.right) if t.measure}
        return tuple(reversed(seen.values()))

    @property
    def measures(self) -> frozenset[str]:
        return frozenset(term.measure for term in self.terms)

    def judge(self, figures: Mapping[str, Numbers]) -> Verdict:
        """Tries the rule on the figures of one place and category, by slug of their measures.

        A measure that is there without a number was explained by its status: it is not asked for.
        """
        looked_at = tuple((term, _number(term, figures)) for term in self.terms)
        missing = [term for term, number in looked_at if number is None]
        if missing and self.when_missing == "ask":
            if any(_is_unexplained(term, figures) for term in missing):
                return Verdict(Outcome.ASKED, looked_at)
            return Verdict(Outcome.UNKNOWN, looked_at)
        if missing and self.when_missing != "zero":
            return Verdict(Outcome.UNKNOWN, looked_at)
        holds = OPERATORS[self.operator](_total(self.left, figures), _total(self.right, figures))
        return Verdict(Outcome.HOLDS if holds else Outcome.BROKEN, looked_at)

    def sentence(self, names: Mapping[tuple[str, str], str]) -> str:
        """The rule as people say it: “Breaches is at most attendances”.

        `names` says what each (measure, part) is called.
        """
        left, right = _in_words(self.left, names), _in_words(self.right, names)
        return f"{left[:1].upper()}{left[1:]} {WORDS[self.operator]} {right}"


def read(
    left: Any,
    operator: str,
    right: Any,
    when_missing: str = "skip",
    *,
    measures: Mapping[str, bool] | None = None,
) -> Comparison:
    """The rule that the JSON holds; RuleError where it makes no sense.

    `measures`, for forms, says of every measure that may be named whether it has a denominator.
    """
    if operator not in OPERATORS:
        raise RuleError("Choose how the two sides are compared.")
    terms = _terms(left, "left", numbers=False), _terms(right, "right", numbers=True)
    comparison = Comparison(terms[0], operator, terms[1], when_missing)
    if not comparison.measures:
        raise RuleError("A rule must name at least one measure.")
    if terms[0] == terms[1]:
        raise RuleError("Both sides are the same, so the rule says nothing.")
    if measures is not None:
        _check_measures(comparison, measures)
    return comparison


def _check_measures(comparison: Comparison, measures: Mapping[str, bool]) -> None:
    for term in comparison.terms:
        if term.measure not in measures:
            raise RuleError(f"“{term.measure}” is not a measure of this collection.")
        if term.part == "denominator" and not measures[term.measure]:
            raise RuleError(f"“{term.measure}” is a plain count: it has no denominator.")


def _terms(listed: Any, side: str, *, numbers: bool) -> tuple[Term, ...]:
    if not isinstance(listed, list) or not listed:
        raise RuleError(f"The {side} side needs at least one measure.")
    if len(listed) > MOST_TERMS:
        raise RuleError(f"The {side} side may have at most {MOST_TERMS} terms.")
    return tuple(_term(entry, side, numbers=numbers) for entry in listed)


def _term(entry: Any, side: str, *, numbers: bool) -> Term:
    if isinstance(entry, dict) and numbers and set(entry) == {"number"}:
        return Term(_decimal(entry["number"]))
    if not isinstance(entry, dict) or set(entry) - {"measure", "part", "factor"}:
        raise RuleError(f"The {side} side has a term we cannot read.")
    measure, part = entry.get("measure"), entry.get("part", "numerator")
    if not isinstance(measure, str) or not measure:
        raise RuleError(f"Choose a measure for each term of the {side} side.")
    if part not in PARTS:
        raise RuleError("Choose the numerator or the denominator of each measure.")
    factor = _decimal(entry.get("factor", 1))
    if not factor:
        raise RuleError("A measure counted 0 times says nothing. Give a number other than 0.")
    return Term(factor, measure, part)


def _decimal(number: Any) -> Decimal:
    """The number as it is written, so that 0.1 is exactly a tenth."""
    try:
        value = Decimal(str(number))
    except InvalidOperation:
        value = Decimal("NaN")
    if isinstance(number, bool) or not value.is_finite():
        raise RuleError("Write numbers with digits, such as 2 or 0.5.")
    if abs(value) > LARGEST:
        raise RuleError("This number is too large.")
    return value


def _number(term: Term, figures: Mapping[str, Numbers]) -> Decimal | None:
    numbers = figures.get(term.measure)
    if numbers is None:
        return None
    return numbers.numerator if term.part == "numerator" else numbers.denominator


def _is_unexplained(term: Term, figures: Mapping[str, Numbers]) -> bool:
    numbers = figures.get(term.measure)
    return numbers is None or numbers.numerator is not None


def _total(terms: Iterable[Term], figures: Mapping[str, Numbers]) -> Fraction:
    """The sum, exact for numbers of any length; a missing figure counts as nothing."""
    return sum(
        (
            Fraction(term.factor) * Fraction(_number(term, figures) or 0 if term.measure else 1)
            for term in terms
        ),
        Fraction(0),
    )


def _in_words(terms: Sequence[Term], names: Mapping[tuple[str, str], str]) -> str:
    said: list[str] = []
    for term in terms:
        name = names.get((term.measure, term.part), term.measure)
        size = abs(term.factor)
        number = exact_text(size)
        words = (name if size == 1 else f"{number} × {name}") if term.measure else number
        joint = "minus " if term.factor < 0 else ""
        if said:
            joint = "less " if term.factor < 0 else "plus "
        said.append(joint + words)
    return " ".join(said)
