"""The rows of a file once more, with a column that says what is wrong in them. Pure.

Text becomes CSV and a workbook becomes XLSX, so that people find their own file again.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from accounts.spreadsheets import as_text
from outcomes.intake.readers import Source
from outcomes.intake.readers.text import TextSource

COLUMN = "What is wrong"
PLAIN_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,10})?", re.ASCII)
LONGEST_CELL, LONGEST_NAME = 32_767, 31  # of a spreadsheet and its sheets
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
Rows = Iterator[tuple[list[str], str]]


def mark(
    source: Source, sheet: str, header_row: int, problems: Mapping[int, str], target: Path
) -> str:
    """Writes the sheet with one more column to `target`; returns the ending of a name for it.

    `problems` has what is wrong by row, as a spreadsheet counts. Raises Unreadable.
    """
    rows = source.rows(sheet)
    width = max((len(row) for row in source.rows(sheet)), default=0)

    def marked() -> Rows:
        for number, row in enumerate(rows, start=1):
            said = COLUMN if number == header_row else problems.get(number, "")
            yield row + [""] * (width - len(row)), said

    if isinstance(source, TextSource):
        _write_text(marked(), target)
        return ".csv"
    _write_workbook(marked(), sheet, target)
    return ".xlsx"


def _write_text(rows: Rows, target: Path) -> None:
    """With commas, whatever stood between the cells before: spreadsheets here split a CSV file at
    commas, and what follows one in the middle of a cell would be a cell that nobody guarded."""
    with target.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        for row, said in rows:
            writer.writerow([*map(harmless, row), as_text(said)])


def _write_workbook(rows: Rows, sheet: str, target: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(target), {"constant_memory": True}) as book:
        page = book.add_worksheet(NOT_IN_A_NAME.sub(" ", sheet)[:LONGEST_NAME].strip("'") or None)
        wrong = book.add_format({"bg_color": "#FFEB9C", "text_wrap": True})
        for number, (row, said) in enumerate(rows):
            for place, text in enumerate(row):
                if PLAIN_NUMBER.fullmatch(text) and not _is_code(text):
                    page.write_number(number, place, float(text))
                elif text:
                    page.write_string(number, place, text[:LONGEST_CELL])
            if said:
                page.write_string(number, len(row), said[:LONGEST_CELL], wrong)


def _is_code(text: str) -> bool:
    """Whether a number would lose its first zero, or its sign."""
    return text[0] == "+" or (len(text) > 1 and text[0] == "0" and text[1] != ".")


def harmless(text: str) -> str:
    """The text, guarded so that no spreadsheet runs it as a formula; numbers stay as they are."""
    return text if PLAIN_NUMBER.fullmatch(text) else as_text(text)
