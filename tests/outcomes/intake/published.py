"""Real published files cut short, ways to change their form, and programs to write them with."""

import csv
import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from outcomes.intake.readers import open_source
from tests.outcomes.intake.files import everything_known, ods, read_with

Rows = list[list[str]]
Key = tuple[str, str, str, str, str]  # organisation, place, group, period, measure
Figures = dict[Key, tuple[str, str, str]]  # numerator, denominator, status


@dataclass(frozen=True)
class Kind:
    """A published file: where it is, which rows are enough, and where its header stands."""

    path: str
    profile: str
    header: int
    sheet: str = ""
    keep: Callable[[int, list[str]], bool] = lambda number, row: number <= 16
    width: int = 60


def _report(number: int, row: list[str]) -> bool:
    return number <= 8 or 17 <= number <= 20 or 60 <= number <= 70


KINDS = {
    "ae": Kind("messy/Monthly-AE-April-2025.csv", "ae-monthly-csv", 1),
    "workbook": Kind(
        "messy/June-2025-AE-by-provider-3euC4-1.xlsx", "ae-provider-xlsx", 16,
        "Provider Level Data", lambda number, row: number <= 30,
    ),
    "deaths": Kind(
        "messy/ONS_Monthly2012Mortality.xls", "ons-monthly-deaths", 4, "Figures for 2012",
        lambda number, row: number <= 30 or row[0].startswith(("Footnotes", "Source")),
    ),
    "report": Kind("messy/daily_sitrep.xlsx", "discharge-sitrep", 7, "Table 2", _report, 16),
    "beds": Kind("messy/beds_data.csv", "kh03-beds", 4),
    "fingertips": Kind("fingertips/compare_areas.csv", "fingertips", 1),
}  # fmt: skip
BY_ROWS = ("ae", "beds", "fingertips")  # each row names its own period


def cut_short(shared: Path) -> dict[str, Rows]:
    """The rows of each kind that are enough to try it."""
    found = {}
    for name, kind in KINDS.items():
        rows = open_source(shared / "data" / kind.path).rows(kind.sheet)
        numbered = list(enumerate(rows, start=1))
        if name == "ae":  # with its row of totals
            numbered = [*numbered[:16], (17, numbered[-1][1])]
            found[name] = [row for _, row in numbered]
        else:
            found[name] = [row[: kind.width] for number, row in numbered if kind.keep(number, row)]
    return found


def as_csv(rows: Rows, *, encoding: str = "utf-8", **dialect: Any) -> bytes:
    text = io.StringIO()
    csv.writer(text, **({"lineterminator": "\r\n"} | dialect)).writerows(rows)
    return text.getvalue().encode(encoding)


def typed(text: str) -> Any:
    return int(text) if re.fullmatch(r"0|[1-9]\d{0,8}", text) else text


def as_xlsx(rows: Rows, *, sheet: str = "Data", before: str = "") -> bytes:
    book = openpyxl.Workbook()
    if before:
        book.active.title = before
        book.active.append(["About these figures"])
        page = book.create_sheet(sheet)
    else:
        page = book.active
        page.title = sheet
    for row in rows:
        page.append([typed(text) for text in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def plain_ods(rows: Rows) -> bytes:
    width = max(map(len, rows))
    escaped = [[t.replace("&", "&amp;").replace("<", "&lt;") for t in row] for row in rows]
    return ods([[typed(t) for t in row] + [""] * (width - len(row)) for row in escaped])


def read(content: bytes, folder: Path) -> tuple[dict[str, Any], Figures]:
    path = folder / "file"
    path.write_bytes(content)
    outcome, lines = read_with(path, everything_known(), folder)
    found: Figures = {}
    for line in lines:
        key = (line[1], line[2], line[3], line[4], line[5])
        assert key not in found, f"stands there twice: {key}"
        found[key] = (line[6], line[7], line[8])
    return outcome, found


def each_name(change: Callable[[str], str]) -> Callable[[Rows, Kind], Rows]:
    def changed(rows: Rows, kind: Kind) -> Rows:
        at = kind.header - 1
        return [*rows[:at], [change(name) if name else "" for name in rows[at]], *rows[at + 1 :]]

    return changed


def more_titles(rows: Rows, kind: Kind) -> Rows:
    extra = [["Official statistics"], [], ["Published 10 July 2025; next on 14 August 2025"]]
    return [*([*row, *[""] * (len(rows[0]) - len(row))] for row in extra), *rows]


def more_columns(rows: Rows, kind: Kind) -> Rows:
    at = kind.header - 1
    return [
        [*row, "New measure" if n == at else "7" if n > at else "", ""]
        for n, row in enumerate(rows)
    ]


def other_order(rows: Rows, kind: Kind) -> Rows:
    order = list(range(len(rows[kind.header - 1])))
    random.Random(5).shuffle(order)  # noqa: S311 (no secret)
    return [[row[place] if place < len(row) else "" for place in order] for row in rows]


def notes_below(rows: Rows, kind: Kind) -> Rows:
    width = len(rows[kind.header - 1])
    notes = [["Notes:"], ["1. Figures for June are provisional."], ["Source: NHS England"]]
    return [*rows, [""] * width, *([*note, *[""] * (width - len(note))] for note in notes)]


def blank_rows(rows: Rows, kind: Kind) -> Rows:
    blank = [""] * len(rows[kind.header - 1])
    at = kind.header + 3
    return [*rows[:at], blank, *rows[at:], blank, blank]


def thousands(rows: Rows, kind: Kind) -> Rows:
    """Years and codes have no commas, so only what is large enough to be neither."""
    at = kind.header
    return [
        *rows[:at],
        *([f"{int(t):,}" if re.fullmatch(r"\d{5,9}", t) and t[0] != "0" else t for t in row]
          for row in rows[at:]),
    ]  # fmt: skip


def spaces_around(rows: Rows, kind: Kind) -> Rows:
    return [[f" {text} " if text else "" for text in row] for row in rows]


def renamed_organisations(rows: Rows, kind: Kind) -> Rows:
    return [
        [re.sub(r"(?i)nhs (foundation )?trust", "Hospitals Group", text) for text in row]
        for row in rows
    ]


SAME: dict[str, Callable[[Rows, Kind], Rows]] = {
    "as it is": lambda rows, kind: rows,
    "names in capitals": each_name(str.upper),
    "names in lower case": each_name(str.lower),
    "names with odd spaces": each_name(lambda name: f" {name.replace(' ', chr(160) + ' ')} "),
    "names with footnotes": each_name(lambda name: f"{name} [note 2]"),
    "names with raised numbers": each_name(lambda name: f"{name}¹"),
    "more title rows": more_titles,
    "more columns": more_columns,
    "notes below": notes_below,
    "blank rows": blank_rows,
    "thousands with commas": thousands,
    "spaces around": spaces_around,
    "renamed organisations": renamed_organisations,
}
ONLY_BY_ROWS = {"columns in another order": other_order}
# Fingertips files have no notes below, and may be large, so that they are read the fast way.
NOT_SO = {("fingertips", "notes below"), ("deaths", "more columns"), ("report", "more columns")}
# The names of these columns are periods, or two rows joined; notes behind them are tried apart.
NOT_SO |= {("workbook", "more columns"), ("fingertips", "thousands with commas")}
