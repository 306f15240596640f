"""What a reader may say about a file as a whole, and how much of it is read."""

from dataclasses import dataclass, replace


class Unreadable(Exception):  # noqa: N818 (a sentence for people)
    """The file as a whole cannot be read; the message says why and what to do."""


class UnknownKind(Unreadable):
    """None of the profiles is like the file: somebody may say what its columns mean."""


class AboutPeople(Unreadable):
    """The file seems to hold details of single people: nothing of it may be kept."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a table may be. More is refused with a sentence before it costs memory.

    Text is streamed, so it may have more rows (`text_rows`) than a workbook, which is not.
    """

    rows: int = 200_000
    columns: int = 200
    unpacked_bytes: int = 100 * 1024 * 1024
    text_rows: int = 2_000_000

    def check(self, rows: int, columns: int) -> None:
        """Raises Unreadable when a table of this size would be too large."""
        if rows > self.rows or columns > self.columns:
            raise Unreadable(
                f"The file is too large: at most {self.rows:,} rows and {self.columns} columns "
                "are read."
            )

    @property
    def of_text(self) -> "Limits":
        """The limits for a file that is streamed."""
        return replace(self, rows=self.text_rows)


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the file that a person should confirm; it did not stop the reading."""

    kind: str
    message: str
    row: int = 0
    value: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook. A CSV file is one visible sheet without a name."""

    name: str
    visible: bool = True


NOT_A_TABLE = (
    "This is not a CSV or XLSX file, nor another table we can read. Save it as CSV or XLSX and "
    "try again."
)
EMPTY = "The file is empty. Choose a file that has a header and rows."
