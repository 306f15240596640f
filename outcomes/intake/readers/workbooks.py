"""Reads workbooks through calamine, after the archive was looked into (`archives`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

from outcomes.intake.readers.archives import DAMAGED, Scan, column_letters, scan
from outcomes.intake.readers.refusals import Limits, Note, Sheet, Unreadable

MAX_XLS_BYTES = 20 * 1024 * 1024
# What stands in the place of a cell that has no value to read; `numbers` explains it.
UNSAVED_FORMULA = "=({cell})"
ERROR_VALUE = "#({cell})"
LINKS_OUT = Note(
    "links",
    "This workbook takes some figures from other files. We used the figures saved in it.",
)
HIDDEN_ROWS = Note(
    "hidden", "Some rows are hidden on this sheet. We read what stands there like the rest."
)
KEPT_ROWS = 60
SIGNIFICANT_DIGITS = 15  # as many as spreadsheet programs show: 870296.9999999999 is 870297


@contextmanager
def damage_is_refused() -> Iterator[None]:
    """The library's errors have no common base, and where it gives up in Rust they are not even
    an Exception."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise Unreadable(DAMAGED) from error


class WorkbookSource:
    """A workbook whose sheets may be read one by one, each again and again."""

    def __init__(self, path: Path, limits: Limits, *, zipped: bool) -> None:
        import python_calamine

        self.path, self.limits = path, limits
        if zipped:
            self.scan = scan(path, limits)
        elif path.stat().st_size > MAX_XLS_BYTES:
            raise Unreadable(
                f"The file is too large: at most {MAX_XLS_BYTES // 1024**2} MB of XLS are read. "
                "Save it as XLSX."
            )
        else:
            self.scan = Scan("xls")
        # The sheet read last: parsed once, however many layouts are tried on it.
        self._parsed: dict[str, python_calamine.CalamineSheet] = {}
        self._heads: dict[str, list[list[str]]] = {}
        self.kind, self.starts_1904 = self.scan.kind, self.scan.starts_1904
        self.notes = (LINKS_OUT,) if self.scan.links_out else ()
        with damage_is_refused():
            self._book = python_calamine.CalamineWorkbook.from_path(str(path))
            sheets = self._book.sheets_metadata
        visible = python_calamine.SheetVisibleEnum.Visible
        tables = python_calamine.SheetTypeEnum.WorkSheet
        self.sheets = tuple(Sheet(s.name, s.visible == visible) for s in sheets if s.typ == tables)

    def rows(self, sheet: str = "") -> Iterator[list[str]]:
        """The rows of a sheet as text, from A1 on. Raises Unreadable."""
        name = sheet or (self.sheets[0].name if self.sheets else "")
        table = self._sheet(name)
        unsaved, errors = self._odd_cells(name)
        start = table.start
        if start is None:
            return
        self.limits.check(table.total_height, table.total_width)
        before = [""] * start[1]
        for number, row in enumerate(table.iter_rows(), start=1):
            cells = before + [as_text(cell) for cell in row]
            if number in unsaved:
                _mark(cells, number, unsaved[number], UNSAVED_FORMULA)
            if number in errors:
                _mark(cells, number, errors[number], ERROR_VALUE)
            yield cells

    def head(self, sheet: str = "", count: int = 60) -> list[list[str]]:
        """The first rows of a sheet, kept: many layouts look at them. Raises Unreadable."""
        name = sheet or (self.sheets[0].name if self.sheets else "")
        if count > KEPT_ROWS:
            return list(islice(self.rows(name), count))
        if name not in self._heads:
            self._heads[name] = list(islice(self.rows(name), KEPT_ROWS))
        return self._heads[name][:count]

    def merged(self, sheet: str = "") -> list[tuple[tuple[int, int], tuple[int, int]]] | None:
        """Merged cells as (row, column) of both corners, counted from 0; None where not known."""
        return self._sheet(sheet or self.sheets[0].name).merged_cell_ranges

    def about(self, sheet: str = "") -> tuple[Note, ...]:
        """What a person should know of the sheet that was read."""
        return (HIDDEN_ROWS,) if sheet in self.scan.hidden else ()

    def _sheet(self, name: str):
        rows, columns = self.scan.sizes.get(name) or self._largest()
        self.limits.check(rows, columns)
        if name not in self._parsed:
            with damage_is_refused():
                self._parsed = {name: self._book.get_sheet_by_name(name)}
        return self._parsed[name]

    def _largest(self) -> tuple[int, int]:
        """Binary parts are not known by their sheet's name: the largest then stands for all."""
        sizes = self.scan.sizes.values()
        return max((s[0] for s in sizes), default=0), max((s[1] for s in sizes), default=0)

    def _odd_cells(self, name: str) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
        return (
            _by_row(self.scan.unsaved.get(name, set())),
            _by_row(self.scan.errors.get(name, set())),
        )


def as_text(value: object) -> str:
    """A cell as a person would type it: dates as YYYY-MM-DD, whole numbers without a point."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return plain(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.total_seconds():.0f} seconds"
    return str(value)


def plain(value: float) -> str:
    """The number with the 15 digits a spreadsheet shows; small ones without an exponent."""
    if value.is_integer() and abs(value) < 10**SIGNIFICANT_DIGITS:
        return str(int(value))
    text = f"{value:.{SIGNIFICANT_DIGITS}g}"
    if "e-" in text:
        return f"{value:.20f}".rstrip("0").rstrip(".")
    return text


def _mark(cells: list[str], row: int, columns: set[int], mark: str) -> None:
    for column in columns:
        if column <= len(cells) and not cells[column - 1]:
            cells[column - 1] = mark.format(cell=f"{column_letters(column)}{row}")


def _by_row(references: set[str]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for reference in references:
        letters = reference.rstrip("0123456789")
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        found.setdefault(int(reference[len(letters) :]), set()).add(column)
    return found
