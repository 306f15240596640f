"""Pure readers: from the bytes of a file to rows of text. They know nothing of the portal.

They run in a process of their own with little memory (see `limited`), so a hostile file can at
worst end that process. Every refusal is a sentence for the person who sent the file.
"""

import csv
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import python_calamine

MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_ENTRIES = 200
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_RATIO = 200
CHUNK = 1024 * 1024
# Where a sheet says a row or a cell stands, for example <row r="12"> or <c r="AB12">.
CELL_REFERENCE = re.compile(rb'<(?:row|c)\b[^<>]*?\br="([A-Z]{0,4})(\d{1,10})"')


class Unreadable(Exception):  # noqa: N818 (a sentence for people)
    """The file as a whole cannot be read; the message says why and what to do."""


def read_rows(path: Path) -> Iterator[list[str]]:
    """The rows of a CSV or XLSX file as text, the header first; blank rows come as empty lists.

    Dates come as YYYY-MM-DD and whole numbers without a decimal point. Raises Unreadable.
    """
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        raise Unreadable("The file is empty. Choose a file that has a header and rows.")
    if start.startswith(b"PK\x03\x04"):
        return _read_xlsx(path)
    if start.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        raise Unreadable("This is not a CSV or XLSX file. Save it as one of these and try again.")
    return _read_csv(path)


def _read_csv(path: Path) -> Iterator[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            "We could not read the letters in this file. Save it as “CSV UTF-8” and try again."
        ) from error
    if "\0" in text:
        raise Unreadable("This is not a CSV or XLSX file. Save it as one of these and try again.")
    rows = csv.reader(text.splitlines(keepends=True), strict=True)
    number = 0
    try:
        for number, row in enumerate(rows, start=1):
            _check_size(number, len(row))
            yield [cell.strip() for cell in row] if any(cell.strip() for cell in row) else []
    except csv.Error as error:
        raise Unreadable(
            f"Row {number + 1} could not be read: a quotation mark is opened or closed in the "
            "wrong place."
        ) from error


def _check_size(row: int, columns: int) -> None:
    if row > MAX_ROWS or columns > MAX_COLUMNS:
        raise Unreadable(
            f"The file is too large: at most {MAX_ROWS:,} rows and {MAX_COLUMNS} columns are read."
        )


def _read_xlsx(path: Path) -> Iterator[list[str]]:
    _scan_xlsx(path)
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(str(path))
        sheet = workbook.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except Exception as error:  # the library has no common base for its errors
        raise Unreadable(
            "The spreadsheet could not be read. Open it, save it again as XLSX, and try once more."
        ) from error
    for row in rows:
        cells = [_as_text(cell) for cell in row]
        yield cells if any(cells) else []


def _scan_xlsx(path: Path) -> None:
    """Refuses archives and sheets that would need far more memory than their size tells."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _scan_entries(path, entries)
            for entry in entries:
                if entry.filename.startswith("xl/worksheets/sheet"):
                    with archive.open(entry) as sheet:
                        _scan_sheet(sheet)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise Unreadable(
            "The spreadsheet is damaged or protected by a password. Save it again as XLSX."
        ) from error


def _scan_entries(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    too_dense = unpacked > MAX_RATIO * max(path.stat().st_size, CHUNK // 10)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES or too_dense:
        raise Unreadable("The spreadsheet is too large once unpacked. Send only the sheet we need.")
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise Unreadable("This is not a CSV or XLSX file. Save it as one of these and try again.")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Unreadable("The spreadsheet has macros. Save it as XLSX without macros.")


def _scan_sheet(sheet) -> None:
    rest = b""
    while chunk := sheet.read(CHUNK):
        text = rest + chunk
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise Unreadable("The spreadsheet has parts we do not read. Save it again as XLSX.")
        for letters, row in CELL_REFERENCE.findall(text):
            _check_size(int(row), _column_number(letters))
        rest = text[-200:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _as_text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
