"""Carries out an import profile: rows of text in, cells and problems out. Pure.

`RowReader.lines` is the fast way for large files: what was worked out for a text once is looked up
the next time, and a row that is plain in every respect needs nothing but look-ups. Any other row
goes the careful way, which finds every problem in it. Both give the same where both can.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from outcomes.intake.cells import LONGEST_VALUE, Cell, Line, Problem, Reading, as_cell
from outcomes.intake.lookups import Lookups, clean
from outcomes.intake.names import ColumnsMissing, explain_missing, locate, normalise
from outcomes.intake.numbers import EMPTY, LEAVE_OUT, Absent, Fault, parse_number
from outcomes.intake.profiles import Expression, Mapping, MeasureColumns

__all__ = [
    "Cell", "ColumnsMissing", "Expression", "Mapping", "MeasureColumns", "Problem", "Reading",
    "RowReader", "normalise", "parse_number",
]  # fmt: skip

EXAMPLES = {
    "month": "April 2026", "months": "Apr-Jun 2026", "quarter": "Q1 2026/27", "year": "2026",
    "financial year": "2026/27", "years": "2024/25 - 26/27", "excel": "2026-04-01",
}  # fmt: skip


class RowReader:
    """Reads the rows below the header with one mapping."""

    def __init__(
        self,
        mapping: Mapping,
        header: Sequence[str],
        *,
        header_row: int = 1,
        starts_1904: bool = False,
    ) -> None:
        self.mapping = mapping
        self.width = len(header)
        self.positions, missing = locate(header, mapping.columns, mapping.aliases)
        missing = [name for name in missing if name not in mapping.optional]
        if missing:
            raise ColumnsMissing(explain_missing(header, missing, header_row))
        if new := mapping.complete.leaves_out(header):
            raise ColumnsMissing(
                f"The column “{new[0][:60]}” is new in this kind of file, and sums would leave it "
                "out. Ask the analyst to set it up.",
                1.0,
            )
        self.names = {c: normalise(header[at]) for c, at in self.positions.items()}
        self.reading = Reading()
        self._means = Lookups(mapping, self.positions, starts_1904=starts_1904)
        if not self._means.plans:
            raise ColumnsMissing("The file has none of the columns that hold the figures.")

    @property
    def lacking(self) -> list[str]:
        """The columns of measures that this file does not have at all."""
        there = {plan.columns.measure for plan in self._means.plans}
        return [
            measure.numerator.columns[0]
            for measure in self.mapping.measures
            if measure.measure not in there
        ]

    def read(self, rows: Iterable[list[str]]) -> Iterator[Cell | Problem]:
        """Yields a Cell for each number and a Problem for each thing wrong, in the file's order."""
        return self.cells(enumerate(rows, start=2))

    def cells(self, numbered: Iterable[tuple[int, list[str]]]) -> Iterator[Cell | Problem]:
        """As `read`, for rows that bring their number."""
        for found in self.lines(numbered):
            yield found if isinstance(found, Problem) else as_cell(found)

    def lines(self, numbered: Iterable[tuple[int, list[str]]]) -> Iterator[Line | Problem]:
        """As `cells`, with tuples instead of Cells."""
        means, width, reading = self._means, self.width, self.reading
        numbers, plans = means.numbers, means.plans
        period_at, periods = means.period_at, means.periods
        organisation_at, organisations = means.organisation_at, means.organisations
        is_needed, place_of, category_of = means.is_needed, means.place_of, means.category_of
        note = self.mapping.note
        reason_at = self.positions.get(note.column, -1) if note and note.alone else -1
        for number, row in numbered:
            if len(row) != width:
                fitted = self._fitted(number, row)
                if isinstance(fitted, Problem):
                    reading.rows_read += 1
                    yield fitted
                if not isinstance(fitted, list):
                    continue
                row = fitted
            found: list[Any] = []
            try:
                period = periods[row[period_at]]
                organisation = organisations[row[organisation_at]]
                needed = is_needed(row)
                place = place_of(row)
                if period is None or not organisation:
                    raise TypeError
                if reason_at >= 0 and row[reason_at]:
                    raise TypeError
                if needed and place is not None:
                    category = category_of(row)
                    for plan in plans:
                        measure = plan.names[row[plan.at]]
                        if measure is None:
                            continue
                        value = numbers[row[plan.first]]
                        for at in plan.add:
                            value += numbers[row[at]]
                        for at in plan.subtract:
                            value -= numbers[row[at]]
                        whole = None
                        if plan.whole >= 0:
                            whole = numbers[row[plan.whole]]
                            for at in plan.whole_add:
                                whole += numbers[row[at]]
                            for at in plan.whole_subtract:
                                whole -= numbers[row[at]]
                            if whole < 0:
                                raise TypeError
                        if value < 0:  # raises TypeError, too, when it is no number
                            raise TypeError
                        found.append(
                            (number, organisation, place, category, period, measure, value, whole,
                             None)
                        )  # fmt: skip
            except TypeError:
                if not any(text.strip() for text in row):
                    continue
                found = list(self._carefully(number, row))
            reading.rows_read += 1
            if not found:
                reading.rows_not_needed += 1
            yield from found

    def _fitted(self, number: int, row: list[str]) -> list[str] | Problem | None:
        """The row as wide as the header; None when it is blank; a Problem when it does not fit."""
        if not any(text.strip() for text in row):
            return None
        if len(row) > self.width and not any(text.strip() for text in row[self.width :]):
            return row[: self.width]
        return Problem(
            number,
            "",
            "",
            f"This row has {len(row)} columns, but the header has {self.width}. "
            "Check for a missing or an extra comma.",
        )

    def _carefully(self, number: int, row: list[str]) -> Iterator[Line | Problem]:
        """Every line and every problem of a row."""
        mapping, means, problems = self.mapping, self._means, list[Problem]()
        plans = [plan for plan in means.plans if plan.names[row[plan.at]] is not None]
        place = means.place_of(row)
        if not plans or not means.is_needed(row) or place is None:
            return
        layout = mapping.layout  # a row with periods across was judged as a whole
        if layout.without_numbers and not layout.across and not self._has_figures(row):
            return
        period = means.periods[row[means.period_at]]
        if period is None:
            problems.append(self._no_period(number, row))
        organisation = means.organisations[row[means.organisation_at]]
        if not organisation:
            message = "The organisation’s code is missing."
            problems.append(Problem(number, self._name(mapping.organisation), "", message))
        category = means.category_of(row)
        for plan in plans:
            value = self._number(number, row, plan.columns.numerator, problems)
            if contradiction := self._contradiction(number, row, plan.columns, value):
                problems.append(contradiction)
                continue
            denominator = plan.columns.denominator
            whole: Any = None
            if denominator and not (isinstance(value, Absent) and value.status == LEAVE_OUT):
                absent = isinstance(value, Absent)
                whole = self._number(number, row, denominator, problems, may_lack=absent)
                if isinstance(whole, Absent):  # without its whole, what is hidden stays hidden
                    value = whole if whole.status == "suppressed" and not absent else value
                    whole = None
            if period is None or not organisation or value is None:
                continue
            measure = plan.names[row[plan.at]]
            start = (number, organisation, place, category, period, measure)
            if not isinstance(value, Absent):
                yield *start, value, whole, None
            elif value.status != LEAVE_OUT:
                yield *start, None, whole, value.status
        yield from dict.fromkeys(problems)

    def _has_figures(self, row: list[str]) -> bool:
        columns = {c for plan in self._means.plans for c in plan.columns.columns[1:]}
        return any(clean(row[self.positions[c]]) for c in columns)

    def _name(self, column: str) -> str:
        return self.names.get(column, column)

    def is_period(self, text: str) -> bool:
        return self._means.periods[text] is not None

    def example_of_period(self) -> str:
        form = self.mapping.period_formats[0]
        return EXAMPLES.get(form) or date(2026, 4, 1).strftime(form)

    def _no_period(self, number: int, row: list[str]) -> Problem:
        example = self.example_of_period()
        by_day = "%d" in self.mapping.period_formats[0]
        how = "the first day of it, such as" if by_day else "it like"
        text = self.mapping.period_value or clean(row[self._means.period_at])
        message = f"This is not a period. Write {how} {example}."
        return Problem(number, self._name(self.mapping.period), text[:LONGEST_VALUE], message)

    def _number(
        self,
        number: int,
        row: list[str],
        expression: Expression,
        problems: list[Problem],
        *,
        may_lack: bool = False,
    ) -> Any:
        """The value of the expression or an Absent; None with at least one problem noted."""
        values: dict[str, Any] = {}
        absent: list[Absent] = []
        for column in expression.columns:
            text = row[self.positions[column]]
            value = self._means.numbers[text]
            if isinstance(value, Absent) or (isinstance(value, Fault) and value.message == EMPTY):
                value = self._noted(row) or value
                if may_lack and isinstance(value, Fault):
                    value = Absent(LEAVE_OUT)
            if isinstance(value, Absent):
                absent.append(value)
            elif isinstance(value, Fault):
                shown = clean(text)[:LONGEST_VALUE]
                problems.append(Problem(number, self._name(column), shown, value.message))
            else:
                values[column] = value
        if len(values) + len(absent) < len(expression.columns):
            return None
        if absent:
            return absent[0]
        total = sum(values[c] for c in expression.add) - sum(values[c] for c in expression.subtract)
        if total < 0:
            taken = ", ".join(self._name(c) for c in expression.subtract)
            whole = ", ".join(self._name(c) for c in expression.add)
            message = f"This is larger than {whole}, of which it is a part."
            shown = clean(row[self.positions[expression.subtract[0]]])
            problems.append(Problem(number, taken, shown, message))
            return None
        return total

    def _contradiction(
        self, number: int, row: list[str], columns: MeasureColumns, value: Any
    ) -> Problem | None:
        """A figure beside the reason why there is none, or half of a figure without one."""
        note = self.mapping.note
        if note is None or not note.alone or note.column not in self.positions or value is None:
            return None
        reason = clean(row[self.positions[note.column]])
        about_reason = (number, self._name(note.column), reason[:LONGEST_VALUE])
        if reason and not isinstance(value, Absent):
            message = "Here stand a number and a reason why there is none. Take one of them away."
            return Problem(*about_reason, message)
        if not isinstance(value, Absent) or value.status != LEAVE_OUT:
            return None
        if reason:
            known = ", ".join(words for words, _ in note.like)
            return Problem(*about_reason, f"This is none of the reasons we know: {known}.")
        whole = columns.denominator and self._number(number, row, columns.denominator, [])
        if whole is None or isinstance(whole, Absent):
            return None
        message = (
            f"This number is missing. Give it, or say in “{about_reason[1]}” why there is none."
        )
        return Problem(number, self._name(columns.numerator.columns[0]), "", message)

    def _noted(self, row: list[str]) -> Absent | None:
        """Why an empty cell is empty, if another column says so."""
        note = self.mapping.note
        if note is None or note.column not in self.positions:
            return None
        text = clean(row[self.positions[note.column]]).casefold()
        return next((Absent(s) for p, s in note.like if fnmatchcase(text, p)), None)
