"""Reads delimited text: streams it, so that memory stays flat however long the file is."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from outcomes.intake.readers.refusals import NOT_A_TABLE, Limits, Note, Sheet, Unreadable

CHUNK = 1024 * 1024
HEAD = 64 * 1024
LONGEST_CELL = 131_072
DELIMITERS = ",;\t"
LETTERS = "We could not read the letters in this file. Save it as “CSV UTF-8” and try again."
BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
TELLING = re.compile(r"[^\x00-\x7f\xa0]")  # a no-break space looks like any other


class TextSource:
    """A CSV file whose letters and delimiter are known; its rows may be read again and again."""

    kind = "csv"
    starts_1904 = False

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path, self.limits = path, limits.of_text
        if path.stat().st_size > limits.unpacked_bytes:
            megabytes = limits.unpacked_bytes // (1024 * 1024)
            raise Unreadable(f"The file is too large: at most {megabytes} MB are read.")
        self.encoding = encoding_of(path)
        self.delimiter = delimiter_of(path, self.encoding)
        self.sheets = (Sheet(""),)
        self.notes = self._notes()

    def rows(self, sheet: str = "") -> Iterator[list[str]]:
        """The rows as they stand; a blank line is an empty list. Raises Unreadable."""
        csv.field_size_limit(LONGEST_CELL)
        number = 0
        limit, columns = self.limits.rows, self.limits.columns
        with self.path.open(encoding=self.encoding, newline="") as file:
            rows = csv.reader(file, delimiter=self.delimiter, strict=True)
            try:
                for number, row in enumerate(rows, start=1):
                    if number > limit or len(row) > columns:
                        self.limits.check(number, len(row))
                    yield row
            except csv.Error as error:
                raise Unreadable(_broken(number + 1, str(error))) from error

    def head(self, sheet: str = "", count: int = 60) -> list[list[str]]:
        """The first rows, as far as they can be read. Raises Unreadable when none can."""
        rows: list[list[str]] = []
        try:
            rows.extend(islice(self.rows(sheet), count))
        except Unreadable:
            if not rows:
                raise
        return rows

    def merged(self, sheet: str = "") -> None:
        """Text has no merged cells."""

    def about(self, sheet: str = "") -> tuple[Note, ...]:
        """Nothing is hidden in text."""
        return ()

    def _notes(self) -> tuple[Note, ...]:
        """Asks whether the letters were guessed well, with the first cell that shows it."""
        if self.encoding != "cp1252":
            return ()
        for number, row in enumerate(self.rows(), start=1):
            for cell in row:
                if TELLING.search(cell):
                    message = (
                        "This file does not say how its letters are written. We read it as "
                        f"Windows text (cp1252). Row {number} then says “{cell.strip()[:80]}”. "
                        "If that looks wrong, save the file as “CSV UTF-8” and send it again."
                    )
                    return (Note("encoding", message, number, cell.strip()[:80]),)
        return ()


def encoding_of(path: Path) -> str:
    """utf-8-sig, utf-16 (only with its mark) or cp1252. Raises Unreadable for anything else."""
    with path.open("rb") as file:
        start = file.read(4)
    if start[:4] in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE):
        raise Unreadable(LETTERS)
    for mark, encoding in BOMS.items():
        if start.startswith(mark):
            if not _decodes(path, encoding):
                raise Unreadable(LETTERS)
            return encoding
    for encoding in ("utf-8-sig", "cp1252"):
        if _decodes(path, encoding):
            return encoding
    raise Unreadable(LETTERS)


def _decodes(path: Path, encoding: str) -> bool:
    """Whether the whole file is text of this encoding. Raises Unreadable for what is no text."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK)
            if b"\0" in chunk and encoding != "utf-16":
                # Every other byte is 0 in UTF-16 without its mark.
                raise Unreadable(LETTERS if chunk[1:40:2].count(0) > 10 else NOT_A_TABLE)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError:
                return False
            if "\0" in text:
                raise Unreadable(NOT_A_TABLE)
            if not chunk:
                return True


def delimiter_of(path: Path, encoding: str) -> str:
    """Comma, semicolon or tab: whichever splits most of the first lines into equally many cells."""
    with path.open(encoding=encoding, newline="") as file:
        head = file.read(HEAD)
    lines = re.split(r"\r\n|\r|\n", re.sub(r'"[^"]*"', "", head))[:20]

    def likeness(mark: str) -> tuple[int, int]:
        """How many lines have equally many of the mark, and how many that is."""
        counts = Counter(line.count(mark) for line in lines if mark in line)
        return max(((lines, each) for each, lines in counts.items()), default=(0, 0))

    return max(DELIMITERS, key=likeness)


def _broken(row: int, reason: str) -> str:
    if "field larger" in reason:
        return (
            f"Row {row} could not be read: a cell is longer than a cell may be. A quotation mark "
            "may be missing at its end."
        )
    return f"Row {row} could not be read: a quotation mark is opened or closed in the wrong place."
