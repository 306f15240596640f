"""Files as people and programs write them, and a short way to read them."""

import csv
import io
import struct
import zipfile
from pathlib import Path
from typing import Any

from outcomes.intake.extract import extract
from outcomes.intake.known import adopt, known_profiles

TIDY = {
    "period": {"column": "period"},
    "organisation": {"column": "org"},
    "measures": [{"measure": "visits", "numerator": {"add": ["visits"]}}],
}
HEADER = "period,org,visits"


def everything_known() -> list[dict[str, Any]]:
    """Every built-in profile, as a collection that takes them all would have them."""
    return [
        {"id": profile.key, "mapping": adopt(profile, organisation="SOURCE")}
        for profile in known_profiles()
    ]


def read(path: Path, *mappings: dict[str, Any], **options: Any) -> tuple[dict[str, Any], list]:
    """The outcome of reading a file and its cells as rows of text."""
    profiles = [{"id": place, "mapping": mapping} for place, mapping in enumerate(mappings)]
    return read_with(path, profiles, path.parent, **options)


def read_with(
    path: Path, profiles: list, folder: Path, **options: Any
) -> tuple[dict[str, Any], list]:
    """As `read`, with profiles that have ids; the cells are written into `folder`."""
    target = folder / "cells.csv"
    outcome = extract(path, profiles, target, **options)
    if outcome["refusal"]:
        return outcome, []
    with target.open(newline="", encoding="utf-8") as file:
        return outcome, list(csv.reader(file))


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def workbook(sheet: str, *, book: str = "", extra: dict[str, str | bytes] | None = None) -> bytes:
    """A workbook of one sheet whose XML is given, as odd programs might write it."""
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
            f'Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}<sheets>'
            '<sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
            "xl/worksheets/sheet1.xml": sheet
            if sheet.startswith("<?xml")
            else f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
        }
        | (extra or {})
    )


def ods(rows: list[list[Any]], *, repeat: str = "") -> bytes:
    """A small sheet as LibreOffice writes it: a row of empty cells repeated to the end."""
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"

    def cell(value: Any) -> str:
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        return (
            f'<table:table-cell{repeat} office:value-type="string"><text:p>{value}</text:p>'
            "</table:table-cell>"
        )

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    empty = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f'<office:document-content xmlns:office="{office}" xmlns:table="{table}"'
            f' xmlns:text="{text}"><office:body><office:spreadsheet><table:table '
            f'table:name="Data">{lines}{empty}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        }
    )


def record(kind: int, body: bytes = b"") -> bytes:
    """A record of XLSB: its kind and length in seven bits to the byte, then its body."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(body)
    while True:
        length, seven = length >> 7, length & 0x7F
        head += bytes([seven | (0x80 if length else 0)])
        if not length:
            return head + body


def binary_workbook(rows: list[list[Any]], *, far: int = 0) -> bytes:
    """A small XLSB; `far` moves the last row and column out by so many."""

    def wide(text: str) -> bytes:
        letters = text.encode("utf-16-le")
        return struct.pack("<I", len(letters) // 2) + letters

    def cell(place: int, value: Any) -> bytes:
        head = struct.pack("<II", place, 0)
        if isinstance(value, str):
            return record(6, head + wide(value))
        return record(5, head + struct.pack("<d", value))

    size = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    sheet = record(129) + record(148, size) + record(145)
    for number, row in enumerate(rows):
        shift = far if number == len(rows) - 1 else 0
        sheet += record(0, struct.pack("<IIHBBBI", number + shift, 0, 0, 0, 0, 0, 0))
        sheet += b"".join(cell(place + shift, value) for place, value in enumerate(row))
    sheet += record(146) + record(130)
    entry = record(156, struct.pack("<II", 0, 1) + wide("r1") + wide("Data"))
    kinds = f"{PACKAGE}/relationships"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{kinds}"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
            "xl/workbook.bin": record(131)
            + record(153, struct.pack("<II", 0, 0) + wide(""))
            + record(143)
            + entry
            + record(144)
            + record(132),
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{kinds}"><Relationship '
            f'Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
            "xl/worksheets/sheet1.bin": sheet,
        }
    )
