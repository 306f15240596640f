"""Looks into a zipped workbook (XLSX, XLSB, ODS) before any parser does.

Refuses archives that unpack to far more than they are or hold macros, and says how far out the
cells of each sheet are, so that no parser is asked for gigabytes. Links to other files are noted:
nothing follows them, and NHS England's own workbooks have some.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from outcomes.intake.readers.refusals import NOT_A_TABLE, Limits, Unreadable

MAX_ENTRIES = 200
MAX_RATIO = 200
MAX_PART_BYTES = 50 * 1024 * 1024
MAX_NOTED_CELLS = 10_000
CHUNK = 1024 * 1024
OVERLAP = 4096
DAMAGED = (
    "The spreadsheet is damaged or protected by a password. Take the password off, save it again "
    "as XLSX, and try once more."
)
STRANGE = "The spreadsheet has parts we do not read. Save it again as XLSX and try once more."
# Whatever the standard library raises for an archive that is not what it says.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
)
XML = (".xml", ".rels", ".vml")
# Where a sheet says a row or a cell stands, for example <row r="12"> or <x:c r="AB12">.
CELL_REFERENCE = re.compile(
    rb"""<(?:[A-Za-z]\w*:)?(?:row|c)\b[^<>]*?\sr=["']([A-Z]{0,4})(\d{1,10})["']"""
)
# A cell with a formula and no saved result, or with an error such as #REF! as its result.
UNSAVED = re.compile(
    rb"""<(?:\w+:)?c\b(?![^<>]*\st=["']str)[^<>]*?\sr=["']([A-Z]{1,4}\d{1,8})["'][^<>]*>\s*"""
    rb"""<(?:\w+:)?f\b"""
    rb"""(?:[^<>]*/>|[^<>]*>[^<>]*</(?:\w+:)?f>)\s*"""
    rb"""(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
ERROR = re.compile(rb"""<(?:\w+:)?c\b(?=[^<>]*?\st=["']e["'])[^<>]*?\sr=["']([A-Z]{1,4}\d{1,8})""")
WITH_FORMULA, WITH_ERROR = re.compile(rb"<(?:\w+:)?f\b"), re.compile(rb"""\st=["']e["']""")
HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\b[^<>]*?\shidden=["'](?:1|true)""")
REPEATED = re.compile(rb"""number-(columns|rows)-repeated=["'](\d{1,12})["']""")


@dataclass(slots=True)
class Scan:
    """What the archive says of itself."""

    kind: str
    starts_1904: bool = False
    links_out: bool = False
    parts: dict[str, str] = field(default_factory=dict)  # sheet → the part that holds it
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)  # sheet → rows, columns
    hidden: set[str] = field(default_factory=set)  # sheets with hidden rows
    unsaved: dict[str, set[str]] = field(default_factory=dict)  # sheet → cells such as B12
    errors: dict[str, set[str]] = field(default_factory=dict)


def scan(path: Path, limits: Limits) -> Scan:
    """Looks through the archive. Raises Unreadable when it must not be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            kind = _check_entries(path, entries, limits)
            found = Scan(kind)
            found.links_out = any("externallinks/" in e.filename.lower() for e in entries)
            for entry in entries:
                if entry.filename.lower().endswith(XML) and kind != "ods":
                    _check_markup(archive, entry)
            if kind == "ods":
                _scan_ods(archive, limits)
            else:
                _scan_sheets(archive, found)
            return found
    except BROKEN as error:
        raise Unreadable(DAMAGED) from error


def _check_entries(path: Path, entries: list[zipfile.ZipInfo], limits: Limits) -> str:
    unpacked = sum(entry.file_size for entry in entries)
    too_dense = unpacked > MAX_RATIO * max(path.stat().st_size, CHUNK // 10)
    too_large = any(entry.file_size > MAX_PART_BYTES for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > limits.unpacked_bytes or too_dense or too_large:
        raise Unreadable("The spreadsheet is too large once unpacked. Send only the sheet we need.")
    names = {entry.filename for entry in entries}
    twice = len(names) < len(entries)  # two parsers might look at different ones
    if twice or any(entry.flag_bits & 0x1 for entry in entries):
        raise Unreadable(DAMAGED)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable("The spreadsheet has macros. Save it as XLSX without macros.")
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "content.xml" in names and "mimetype" in names:
        return "ods"
    raise Unreadable(NOT_A_TABLE)


def chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces that overlap, so that no tag is missed where two pieces meet."""
    rest, read = b"", 0
    with archive.open(entry) as part:
        while chunk := part.read(CHUNK):
            read += len(chunk)
            if read > MAX_PART_BYTES:  # its table of contents lied
                raise Unreadable(DAMAGED)
            text = rest + chunk
            yield text
            rest = text[-OVERLAP:]


def _check_markup(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    for number, text in enumerate(chunks(archive, entry)):
        if number == 0 and text[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise Unreadable(STRANGE)
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\0" in text:
            raise Unreadable(STRANGE)


def _scan_sheets(archive: zipfile.ZipFile, found: Scan) -> None:
    found.parts = _sheet_parts(archive, found)
    for name, part in found.parts.items():
        rows = columns = 0
        unsaved, errors = (
            found.unsaved.setdefault(name, set()),
            found.errors.setdefault(name, set()),
        )
        if found.kind == "xlsx":
            for text in chunks(archive, archive.getinfo(part)):
                if references := CELL_REFERENCE.findall(text):
                    letters, numbers = zip(*references, strict=True)
                    rows = max(rows, *map(int, set(numbers)))
                    columns = max(columns, *(column_number(c.decode()) for c in set(letters)))
                if b"hidden" in text and HIDDEN_ROW.search(text):
                    found.hidden.add(name)
                if WITH_FORMULA.search(text) and len(unsaved) < MAX_NOTED_CELLS:
                    unsaved.update(ref.decode() for ref in UNSAVED.findall(text))
                if WITH_ERROR.search(text) and len(errors) < MAX_NOTED_CELLS:
                    errors.update(ref.decode() for ref in ERROR.findall(text))
        else:
            rows, columns = _size_of_xlsb(archive.read(part))
        found.sizes[name] = (rows, columns)


def _sheet_parts(archive: zipfile.ZipFile, found: Scan) -> dict[str, str]:
    """The part of the archive that holds each sheet; a sheet whose part is missing is left out."""
    if found.kind == "xlsb":
        parts = [e.filename for e in archive.infolist() if "worksheets/sheet" in e.filename.lower()]
        return {part: part for part in parts if part.lower().endswith(".bin")}
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 (no DTD: checked)
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    except ElementTree.ParseError as error:
        raise Unreadable(DAMAGED) from error
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    names = set(archive.namelist())
    found_parts: dict[str, str] = {}
    for element in book.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "workbookPr" and element.get("date1904", "0") in ("1", "true"):
            found.starts_1904 = True
        if tag == "sheet":
            link = next((v for k, v in element.items() if k.rpartition("}")[2] == "id"), "")
            target = targets.get(link, "").lstrip("/")
            part = target if target.startswith("xl/") else f"xl/{target}"
            if part in names:
                found_parts[element.get("name", "")] = part
    return found_parts


def _size_of_xlsb(data: bytes) -> tuple[int, int]:
    """The last row and column of a binary sheet, from its row headers and cells."""
    rows = columns = position = 0
    end = len(data)
    while position < end:
        kind, position = _variable(data, position, 2)
        length, position = _variable(data, position, 4)
        body = data[position : position + 8]
        if kind == 0:  # BrtRowHdr: the row
            rows = max(rows, int.from_bytes(body[:4], "little") + 1)
        elif 1 <= kind <= 11:  # BrtCell…: the column
            columns = max(columns, int.from_bytes(body[:4], "little") + 1)
        position += length
    return rows, columns


def _variable(data: bytes, position: int, longest: int) -> tuple[int, int]:
    """A number of seven bits to the byte, as XLSB writes kinds and lengths."""
    number = 0
    for place in range(longest):
        if position >= len(data):
            break
        byte = data[position]
        position += 1
        number |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            break
    return number, position


def _scan_ods(archive: zipfile.ZipFile, limits: Limits) -> None:
    """ODS repeats cells by number: one short tag may stand for a thousand million cells.

    Empty cells repeated to the end of the sheet are usual; repeated content is not.
    """
    for entry in archive.infolist():
        if entry.filename.lower().endswith(XML):
            _check_markup(archive, entry)
    for text in chunks(archive, archive.getinfo("content.xml")):
        for tag in re.findall(rb"<table:table-cell\b[^<>]*[^/]>", text):
            for kind, count in REPEATED.findall(tag):
                if kind == b"columns" and int(count) > limits.columns:
                    limits.check(0, int(count))


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
