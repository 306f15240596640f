"""Import profiles: which column means what. Pure: text rows in, cells and problems out."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

NUMBER = re.compile(r"(?:\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.\d{1,4})?", re.ASCII)
LONGEST_VALUE = 200


class ColumnsMissing(Exception):  # noqa: N818 (a sentence for people)
    """The header lacks columns the profile needs; the message names them."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file. `row` counts as a spreadsheet does: the header is row 1."""

    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One number as read from a row; codes are still as the file has them."""

    row: int
    organisation: str
    place: str
    category: str
    period: date
    measure: str
    numerator: Decimal
    denominator: Decimal | None


@dataclass(frozen=True, slots=True)
class Expression:
    """Columns added up, less columns taken away, such as attendances − breaches."""

    add: tuple[str, ...]
    subtract: tuple[str, ...] = ()

    @classmethod
    def parse(cls, spec: dict[str, Any] | None) -> "Expression | None":
        return cls(tuple(spec["add"]), tuple(spec.get("subtract", ()))) if spec else None

    @property
    def columns(self) -> tuple[str, ...]:
        return self.add + self.subtract


@dataclass(frozen=True, slots=True)
class MeasureColumns:
    """Where the numbers of a measure stand; `measure` is a slug, or a column that holds it."""

    numerator: Expression
    denominator: Expression | None
    measure: str = ""
    measure_column: str = ""


@dataclass(frozen=True)
class Mapping:
    """A profile's mapping, checked when it is made. See `from_json` for the layout."""

    period: str
    period_format: str
    organisation: str
    measures: tuple[MeasureColumns, ...]
    place: str = ""
    category: str = ""
    category_scheme: str = ""
    filters: tuple[tuple[str, frozenset[str]], ...] = ()
    columns: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        needed = {self.period, self.organisation, self.place, self.category}
        needed |= {column for column, _ in self.filters}
        for measure in self.measures:
            needed |= {measure.measure_column, *measure.numerator.columns}
            needed |= set(measure.denominator.columns if measure.denominator else ())
        object.__setattr__(self, "columns", frozenset(needed - {""}))

    @classmethod
    def from_json(cls, spec: dict[str, Any]) -> "Mapping":
        """Reads the JSON of an ImportProfile.

        Keys: period {column, format}; organisation {column}; optional place {column} and category
        {column, scheme}; optional filters [{column, equals [...]}]; measures [{measure or
        measure_column, numerator {add, subtract}, denominator {add, subtract}}]. Column names are
        in lower case. Raises KeyError when a key is missing.
        """
        return cls(
            period=spec["period"]["column"],
            period_format=spec["period"].get("format", "%Y-%m-%d"),
            organisation=spec["organisation"]["column"],
            place=spec.get("place", {}).get("column", ""),
            category=spec.get("category", {}).get("column", ""),
            category_scheme=spec.get("category", {}).get("scheme", ""),
            filters=tuple((f["column"], frozenset(f["equals"])) for f in spec.get("filters", ())),
            measures=tuple(_measure_columns(m) for m in spec["measures"]),
        )


def _measure_columns(spec: dict[str, Any]) -> MeasureColumns:
    numerator = Expression.parse(spec["numerator"])
    assert numerator is not None  # noqa: S101 (the key is required)
    return MeasureColumns(
        numerator=numerator,
        denominator=Expression.parse(spec.get("denominator")),
        measure=spec.get("measure", ""),
        measure_column=spec.get("measure_column", ""),
    )


def normalise(name: str) -> str:
    """A column's name without differences nobody sees: case, width, spaces at the ends."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def header_positions(header: Sequence[str], needed: Iterable[str]) -> dict[str, int]:
    """Where each needed column stands. Raises ColumnsMissing with the names that are not there."""
    names = [normalise(name) for name in header]
    twice = sorted({name for name in names if name and names.count(name) > 1} & set(needed))
    if twice:
        raise ColumnsMissing(f"The header has the column “{twice[0]}” more than once.")
    missing = sorted(set(needed) - set(names))
    if missing:
        raise ColumnsMissing(
            f"Row 1 must hold the names of the columns. Missing: {', '.join(missing)}. "
            f"Found: {', '.join(n for n in names if n) or 'nothing'}."
        )
    return {name: names.index(name) for name in needed}


@dataclass(slots=True)
class Reading:
    """What has been read from a file so far."""

    rows_read: int = 0
    rows_not_needed: int = 0


class RowReader:
    """Reads the rows below the header with one mapping."""

    def __init__(self, mapping: Mapping, header: Sequence[str]) -> None:
        self.mapping = mapping
        self.width = len(header)
        self.positions = header_positions(header, mapping.columns)
        self.reading = Reading()

    def read(self, rows: Iterable[list[str]]) -> Iterator[Cell | Problem]:
        """Yields a Cell for each number and a Problem for each thing wrong, in the file's order."""
        for number, row in enumerate(rows, start=2):
            if not row:
                continue
            self.reading.rows_read += 1
            if len(row) != self.width:
                yield Problem(
                    number,
                    "",
                    "",
                    f"This row has {len(row)} columns, but the header has {self.width}. "
                    "Check for a missing or an extra comma.",
                )
            elif not self._is_needed(row):
                self.reading.rows_not_needed += 1
            else:
                yield from self._read_row(number, row)

    def _text(self, row: list[str], column: str) -> str:
        return row[self.positions[column]] if column else ""

    def _category(self, row: list[str]) -> str:
        """The group as “scheme:group”; a column without a scheme of its own holds both."""
        text, scheme = self._text(row, self.mapping.category), self.mapping.category_scheme
        return f"{scheme}:{text}" if text and scheme else text

    def _is_needed(self, row: list[str]) -> bool:
        return all(self._text(row, column) in allowed for column, allowed in self.mapping.filters)

    def _read_row(self, number: int, row: list[str]) -> Iterator[Cell | Problem]:
        mapping = self.mapping
        problems: list[Problem] = []
        period = self._period(number, row, problems)
        organisation = self._text(row, mapping.organisation)
        if not organisation:
            message = "The organisation’s code is missing."
            problems.append(Problem(number, mapping.organisation, "", message))
        for measure in mapping.measures:
            numerator = self._number(number, row, measure.numerator, problems)
            denominator = (
                self._number(number, row, measure.denominator, problems)
                if measure.denominator
                else None
            )
            if period and organisation and numerator is not None:
                yield Cell(
                    number,
                    organisation.upper(),
                    self._text(row, mapping.place),
                    self._category(row),
                    period,
                    measure.measure or self._text(row, measure.measure_column),
                    numerator,
                    denominator,
                )
        yield from dict.fromkeys(problems)

    def _period(self, number: int, row: list[str], problems: list[Problem]) -> date | None:
        column, text = self.mapping.period, self._text(row, self.mapping.period)
        try:
            return datetime.strptime(text, self.mapping.period_format).date()
        except ValueError:
            example = date(2026, 4, 1).strftime(self.mapping.period_format)
            message = f"This is not a period. Write the first day of it, such as {example}."
            problems.append(Problem(number, column, text[:LONGEST_VALUE], message))
            return None

    def _number(
        self, number: int, row: list[str], expression: Expression, problems: list[Problem]
    ) -> Decimal | None:
        """The value of the expression; None with at least one problem noted otherwise."""
        values: dict[str, Decimal] = {}
        for column in expression.columns:
            text = self._text(row, column)
            value, message = parse_number(text)
            if value is None:
                problems.append(Problem(number, column, text[:LONGEST_VALUE], message))
            else:
                values[column] = value
        if len(values) < len(set(expression.columns)):
            return None
        total = sum(values[c] for c in expression.add) - sum(values[c] for c in expression.subtract)
        if total < 0:
            taken, whole = ", ".join(expression.subtract), ", ".join(expression.add)
            message = f"This is larger than {whole}, of which it is a part."
            problems.append(
                Problem(number, taken, self._text(row, expression.subtract[0]), message)
            )
            return None
        return Decimal(total)


def parse_number(text: str) -> tuple[Decimal | None, str]:
    """The number a cell holds, or None and what is wrong with it in plain English."""
    if not text:
        return None, "This cell is empty. Write 0 if there were none."
    if NUMBER.fullmatch(text):
        return Decimal(text.replace(",", "")), ""
    if text[0] in "-−" and NUMBER.fullmatch(text[1:]):
        return None, "This number is negative. It must be 0 or more."
    if text.isascii() and text.replace(",", "").replace(".", "").isdigit():
        return None, "This number is too long, or its commas or decimals are not where we expect."
    return None, "This is not a number. Use the digits 0 to 9 only."
