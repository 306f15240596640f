"""Pure readers: from the bytes of a file to rows of text. They know nothing of the portal.

They run in a process of their own with little memory (see `limited`), so a hostile file can at
worst end that process. Every refusal is a sentence for the person who sent the file.
"""

from pathlib import Path

from outcomes.intake.readers.refusals import (
    EMPTY,
    NOT_A_TABLE,
    AboutPeople,
    Limits,
    Note,
    Sheet,
    UnknownKind,
    Unreadable,
)
from outcomes.intake.readers.text import TextSource
from outcomes.intake.readers.workbooks import WorkbookSource

__all__ = [
    "AboutPeople", "Limits", "Note", "Sheet", "Source", "UnknownKind", "Unreadable", "open_source",
]  # fmt: skip

Source = TextSource | WorkbookSource

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
)
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table")


def open_source(path: Path, limits: Limits | None = None) -> Source:
    """The file as a source of rows, by what its first bytes say, not by its name.

    Raises Unreadable.
    """
    limits = limits or Limits()
    with path.open("rb") as file:
        start = file.read(512)
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise Unreadable(EMPTY)
    if start.startswith(ZIP):
        return WorkbookSource(path, limits, zipped=True)
    if start.startswith(OLE):
        return WorkbookSource(path, limits, zipped=False)
    if start.startswith(OTHERS):
        raise Unreadable(NOT_A_TABLE)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(MARKUP):
        raise Unreadable(
            "This is a web page, though its name may say otherwise. Open it in a spreadsheet "
            "program, save it as XLSX, and send that."
        )
    return TextSource(path, limits)
