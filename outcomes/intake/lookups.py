"""What the texts of a file mean under one mapping, each worked out once. Pure."""

from collections.abc import Callable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

from outcomes.intake.periods import NotAPeriod, parse_period
from outcomes.intake.profiles import CategoryColumn, Expression, Filter, Mapping, MeasureColumns

MOST_REMEMBERED = 50_000


class Memo(dict[Any, Any]):
    """Remembers what a text means. Forgets all when it has grown large, so memory stays flat."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, text: Any) -> Any:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        value = self[text] = self.make(text)
        return value


class Always:
    """Stands where a memo would, for what a profile fixes."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __getitem__(self, text: Any) -> Any:
        return self.value


@dataclass(frozen=True, slots=True)
class Plan:
    """One measure with the places of its columns; the first of each sum stands apart."""

    columns: MeasureColumns
    names: Any  # text of the measure's column → its name, or None when it is not needed
    at: int
    first: int
    add: tuple[int, ...]
    subtract: tuple[int, ...]
    whole: int  # first column of the denominator, or -1
    whole_add: tuple[int, ...]
    whole_subtract: tuple[int, ...]


class Lookups:
    """Where everything stands in the rows of one file, and what the texts there mean."""

    def __init__(
        self, mapping: Mapping, positions: Dictionary[str, int], *, starts_1904: bool = False
    ) -> None:
        self.mapping, self.positions, self.starts_1904 = mapping, positions, starts_1904
        self.numbers = Memo(mapping.numbers.parse)
        self.period_at, self.periods = self._source(mapping.period, "", self._iso_period)
        if mapping.period_value:
            self.periods = Always(self._iso_period(mapping.period_value))
        self.organisation_at, self.organisations = self._source(
            mapping.organisation,
            mapping.organisation_value.upper(),
            lambda text: clean(text).upper(),
        )
        self.place_of = self._places()
        self.category_of = self._categories()
        self.is_needed = self._filters()
        self.plans: list[Plan] = []
        for plan in filter(None, map(self._plan, mapping.measures)):
            fixed = plan.columns.measure
            if not fixed or fixed not in {each.columns.measure for each in self.plans}:
                self.plans.append(plan)

    def _source(self, column: str, value: str, make: Callable[[str], Any]) -> tuple[int, Any]:
        if value or column not in self.positions:
            return 0, Always(value)
        return self.positions[column], Memo(make)

    def _places(self) -> Callable[[list[str]], str | None]:
        """How to get a row's place: None where the row is not needed."""
        mapping = self.mapping
        only = mapping.only_places

        def wanted(text: str) -> str | None:
            place = clean(text)
            return None if only and place.casefold() not in only else place

        if not mapping.places:
            at, memo = self._source(mapping.place, wanted(mapping.place_value) or "", wanted)
            return lambda row: memo[row[at]]
        choices = [(self.positions[c], like) for c, like in mapping.places if c in self.positions]

        def first_that_fits(row: list[str]) -> str | None:
            for at, like in choices:
                text = clean(row[at])
                if text and (not like or any(fnmatchcase(text.casefold(), p) for p in like)):
                    return wanted(text)
            return None if only else ""

        return first_that_fits

    def _categories(self) -> Callable[[list[str]], str]:
        mapping = self.mapping
        parts = [each for each in mapping.categories if each.column in self.positions]
        if not parts:
            scheme = mapping.category_scheme

            def group(text: str) -> str:
                """A column without a scheme of its own holds both."""
                text = clean(text)
                return f"{scheme}:{text}" if text and scheme else text

            at, memo = self._source(mapping.category, mapping.category_value, group)
            return lambda row: memo[row[at]]
        ats = [
            (self.positions[each.column], self.positions.get(each.scheme_column, -1))
            for each in parts
        ]
        memo = Memo(lambda texts: _joined_category(parts, texts))
        return lambda row: memo[
            tuple((row[at], row[scheme_at] if scheme_at >= 0 else "") for at, scheme_at in ats)
        ]

    def _filters(self) -> Callable[[list[str]], bool]:
        filters = [Filter(column, equals=allowed) for column, allowed in self.mapping.filters]
        filters += [f for f in self.mapping.more_filters if f.column in self.positions]
        checks = [(self.positions[f.column], Memo(_verdict(f))) for f in filters]
        if not checks:
            return lambda row: True
        if len(checks) == 1:
            ((at, memo),) = checks
            return lambda row: memo[row[at]]
        return lambda row: all(memo[row[at]] for at, memo in checks)

    def _plan(self, columns: MeasureColumns) -> Plan | None:
        """None when columns of the measure are not in this file, which the profile allows."""
        numerator = self._present(columns.numerator)
        denominator = self._present(columns.denominator)
        named_in = columns.measure_column
        lacks_whole = columns.denominator is not None and denominator is None
        if numerator is None or lacks_whole or (named_in and named_in not in self.positions):
            return None
        columns = replace(columns, numerator=numerator, denominator=denominator)
        translated = dict(columns.values)

        def named(text: str) -> str | None:
            name = clean(text)
            if translated:
                name = translated.get(name, "")
                return name + columns.suffix if name else None
            return name + columns.suffix if name else ""

        at = self.positions.get(columns.measure_column, 0)
        first, *add = [self.positions[c] for c in columns.numerator.add]
        whole = columns.denominator
        whole_first, *whole_add = [self.positions[c] for c in whole.add] if whole else [-1]
        return Plan(
            columns,
            Always(columns.measure + columns.suffix) if columns.measure else Memo(named),
            at,
            first,
            tuple(add),
            tuple(self.positions[c] for c in columns.numerator.subtract),
            whole_first,
            tuple(whole_add),
            tuple(self.positions[c] for c in whole.subtract) if whole else (),
        )

    def _present(self, expression: Expression | None) -> Expression | None:
        """The expression without optional columns that the file lacks; None when none is left."""
        if expression is None:
            return None
        add = tuple(c for c in expression.add if c in self.positions)
        subtract = tuple(c for c in expression.subtract if c in self.positions)
        lacks = len(add) + len(subtract) < len(expression.columns)
        return None if not add or (expression.whole and lacks) else Expression(add, subtract)

    def _iso_period(self, text: str) -> str | None:
        mapping = self.mapping
        try:
            span = parse_period(
                clean(text),
                mapping.period_formats,
                covers=mapping.period_covers,
                starts_1904=self.starts_1904,
            )
        except NotAPeriod:
            return None
        return span.first.isoformat()


def clean(text: str) -> str:
    """The text without spaces at its ends, double spaces and no-break spaces."""
    return " ".join(text.split())


def _verdict(each: Filter) -> Callable[[str], bool]:
    def fits(raw: str) -> bool:
        text = clean(raw)
        lower = text.casefold()
        return (
            (not each.equals or text in each.equals)
            and lower not in each.not_equals
            and (not each.like or any(fnmatchcase(lower, p) for p in each.like))
            and not any(fnmatchcase(lower, p) for p in each.not_like)
            and (bool(text) or not each.filled)
        )

    return fits


def _joined_category(parts: list[CategoryColumn], texts: tuple[tuple[str, str], ...]) -> str:
    """The groups of several columns as one: “sex:female+age:15-24-yrs”; totals say nothing."""
    groups = []
    for each, (raw, raw_scheme) in zip(parts, texts, strict=True):
        text = clean(raw)
        text = dict(each.values).get(text.casefold(), text)
        if not text or text.casefold() in each.total:
            continue
        scheme = each.scheme or clean(raw_scheme)
        if each.slugs:
            text, scheme = slug(text), slug(scheme)
        groups.append(f"{scheme}:{text}" if scheme else text)
    return "+".join(groups)


def slug(text: str) -> str:
    """A text as part of an address: “<18 yrs” becomes “under-18-yrs”, “65+” becomes “65-plus”."""
    words = text.casefold().replace("<", "under ").replace(">", "over ").replace("+", " plus ")
    letters = "".join(c if c.isascii() and c.isalnum() else " " for c in words)
    return "-".join(letters.split())
