"""Looks for details of people wherever a file may hold them, not only in the table. Pure.

A file is kept as it came, so what its reader leaves out matters as well: rows above and below the
table, other sheets, hidden ones too, notes on cells, headers of printed pages and the properties of
the file. The name of its author there is no reason to refuse it: every program writes it.
"""

import re
import zipfile
from collections.abc import Collection, Iterable, Iterator

from outcomes.intake import personal
from outcomes.intake.personal import Finding
from outcomes.intake.readers import Source, Unreadable
from outcomes.intake.readers.archives import XML, chunks, column_letters
from outcomes.intake.readers.workbooks import WorkbookSource
from outcomes.intake.seen import likely_header

ROWS_SHOWN, COLUMNS_SHOWN, LETTERS_SHOWN = 40, 200, 120
ABOUT_PERSONS = {personal.NHS_NUMBER, personal.NAME, personal.BIRTH}
# As personal.TEN_DIGITS, but in markup, where what stands in quotation marks is no text.
TEN_DIGITS = re.compile(
    rb"""(?<![\w"'])(?<!\d[.,/-])(\d{3})([ -]?)(\d{3})\2(\d{4})(?![\w"']|[.,/-]\d)"""
)
CELLS, NOTES, PROPERTIES, PICTURES = (
    "one of its cells", "the notes on its cells", "its properties", "its drawings",
)  # fmt: skip
PARTS = [
    (re.compile(r"xl/sharedstrings\.xml|content\.xml"), CELLS),
    (re.compile(r"xl/(?:threaded)?comments.*"), NOTES),
    (re.compile(r"docprops/.*|meta\.xml"), PROPERTIES),
    (re.compile(r"xl/(?:drawings|charts)/.*"), PICTURES),
]


def in_other_sheets(source: Source, *, read: str) -> list[Finding]:
    """What looks like details of people in the first rows of each sheet but the one that is read.

    NHS numbers there are for `in_parts`, which tells them from other large numbers.
    """
    found: list[Finding] = []
    for sheet in source.sheets:
        if sheet.name == read:
            continue
        try:
            rows = first_rows(source, sheet.name)
        except Unreadable:  # it is too large to be read, and only what is read must be small
            continue
        place = f"the sheet “{sheet.name}”"
        found += [
            Finding(f.row, f.column, f.kind, place)
            for f in in_rows(rows)
            if f.kind != personal.NHS_NUMBER or f.row == likely_header(rows)
        ]
    return found


def first_rows(source: Source, sheet: str) -> list[list[str]]:
    """As many rows, columns and letters as a screen shows."""
    rows = source.head(sheet, ROWS_SHOWN)
    return [[text[:LETTERS_SHOWN] for text in row[:COLUMNS_SHOWN]] for row in rows]


def in_rows(rows: list[list[str]]) -> list[Finding]:
    """What looks like details of people in rows whose header is not known."""
    header_row = likely_header(rows)
    header = rows[header_row - 1] if rows else []
    watch = personal.Watch(header)
    for _ in watch.rows(enumerate(rows, start=1)):
        pass
    return personal.in_header(header, header_row) + watch.findings


def above(titles: Iterable[list[str]]) -> list[Finding]:
    """What is about a person in the rows above a header: an organisation's address may stand
    there."""
    found = []
    for number, row in enumerate(titles, start=1):
        for place, text in enumerate(row, start=1):
            kind = personal.kind_of(text)
            if kind != personal.NHS_NUMBER:
                kind = next((f.kind for f in personal.in_header([text])), "")
            if kind in ABOUT_PERSONS:
                found.append(Finding(number, column_letters(place), kind))
    return found


def below(
    source: Source, sheet: str, header_row: int, allowed: Collection[str] = ()
) -> list[Finding]:
    """What looks like details of people in all rows of a sheet from its header on."""
    rows: Iterator[tuple[int, list[str]]] = enumerate(source.rows(sheet), start=1)
    header: list[str] = []
    for number, row in rows:
        if number == header_row:
            header = row
            break
    watch = personal.Watch(header, allowed=allowed)
    for _ in watch.rows(rows):
        pass
    return watch.findings


def in_parts(source: Source, *, read: str, but_cells: bool = False) -> list[Finding]:
    """NHS numbers in the other parts of a workbook; `read` is the sheet that was looked through."""
    if not isinstance(source, WorkbookSource):
        return []
    counts: dict[str, tuple[int, int]] = {}
    if source.kind in ("xls", "xlsb"):
        for sheet in source.sheets:
            if sheet.name != read:
                texts = _texts(source, sheet.name)
                counts[f"the sheet “{sheet.name}”"] = personal.nhs_numbers(texts)
    if source.kind != "xls":
        with zipfile.ZipFile(source.path) as archive:
            for entry in archive.infolist():
                place = _place(entry.filename, source, read)
                if not place or (but_cells and place == CELLS):
                    continue
                for text in chunks(archive, entry):
                    passed, total = counts.get(place, (0, 0))
                    digits = [(each[1] + each[3] + each[4]).decode()
                              for each in TEN_DIGITS.finditer(text)]  # fmt: skip
                    passed += sum(map(personal.is_nhs_number, digits))
                    counts[place] = passed, total + len(digits)
    return personal.in_parts(counts)


def _texts(source: Source, sheet: str) -> Iterator[str]:
    try:
        for row in source.rows(sheet):
            yield from row
    except Unreadable:  # too large to be read
        return


def _place(part: str, source: WorkbookSource, read: str) -> str:
    """What people call a part of the archive; empty for those without texts or looked through."""
    lower = part.lower()
    if not lower.endswith(XML):
        return ""
    for sheet, of_sheet in source.scan.parts.items():
        if part == of_sheet:
            return "" if sheet == read else f"the sheet “{sheet}”"
    return next((place for name, place in PARTS if name.fullmatch(lower)), "")
