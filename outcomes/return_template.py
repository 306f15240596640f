"""A return as a file to fill in: every figure that is asked for, one in each row.

As XLSX it has drop-downs and checks; as CSV it has the same columns. Both come back through the
upload and are read by the layout `intake/known/portal-template.json`.
"""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

import xlsxwriter

from accounts.spreadsheets import BYTE_ORDER_MARK, as_text
from outcomes.digits import plain_text
from outcomes.models import Measure
from outcomes.selectors.grid import Cell, Grid
from outcomes.selectors.layouts import code_of

COLUMNS = (
    "what to give", "out of", "numerator", "denominator", "status",
    "period", "organisation", "measure", "place", "category",
)  # fmt: skip
WIDTHS = (60, 40, 14, 16, 18, 12, 14, 34, 18, 26)
NUMERATOR, DENOMINATOR, STATUS = (COLUMNS.index(n) for n in ("numerator", "denominator", "status"))
STATUSES = ("not applicable", "not collected", "late")
NO_DENOMINATOR = "no denominator"
HOW = (
    "How to fill in this file",
    "Write one number in each yellow cell. Write 0 where there were none.",
    "Where you have no number, leave the cell empty and choose in “status” why there is none.",
    "A row that is left empty is not sent. The grey cells tell us what each row is; leave them.",
    "Save the file and send it on the page from which you took it. We check it before it counts.",
)

Value = str | Decimal | None


def rows(grid: Grid) -> Iterator[tuple[Cell, list[Value]]]:
    """Each figure that is asked for, with what is known of it."""
    for cell in grid.cells:
        measure, stored, place, group = cell.measure, cell.stored, cell.place, cell.category
        status = stored.get_status_display().lower() if stored else ""
        yield (
            cell,
            [
                f"{cell.name}: {measure.numerator_label}",
                measure.denominator_label,
                stored.numerator if stored else None,
                (stored.denominator if stored else None)
                if measure.has_denominator
                else NO_DENOMINATOR,
                status if status in STATUSES else "",
                grid.period.isoformat(),
                code_of(grid.organisation),
                measure.slug,
                place.gss_code if place else "",
                f"{group.scheme}:{group.slug}" if group else "",
            ],
        )


def as_csv(grid: Grid) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for _, row in rows(grid):
        writer.writerow([as_text(v) if isinstance(v, str) else plain_text(v) for v in row])
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def as_xlsx(grid: Grid) -> bytes:
    """A sheet whose cells for figures are checked as they are typed; all others are locked."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet, how = book.add_worksheet("Figures"), book.add_worksheet("How to")
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        words = book.add_format({"text_wrap": True, "valign": "top"})
        grey = book.add_format({"bg_color": "#E8EDEE", "valign": "top"})
        figure = book.add_format({"bg_color": "#FFF9C4", "border": 1, "locked": False,
                                  "num_format": "#,##0.####", "valign": "top"})  # fmt: skip
        for place, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, name, head)
        for number, (cell, row) in enumerate(rows(grid), start=1):
            for place, value in enumerate(row):
                asked = place in (NUMERATOR, DENOMINATOR, STATUS) and value != NO_DENOMINATOR
                look = figure if asked else words if place < NUMERATOR else grey
                if value is None or value == "":
                    sheet.write_blank(number, place, None, look)
                elif isinstance(value, Decimal):
                    sheet.write_number(number, place, float(value), look)
                else:
                    sheet.write_string(number, place, value, look)
            _check(sheet, number, cell.measure)
        sheet.freeze_panes(1, 1)
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
        how.set_column(0, 0, 90)
        for number, sentence in enumerate(HOW):
            how.write_string(number, 0, sentence, words if number else head)
    return file.getvalue()


def _check(sheet: xlsxwriter.worksheet.Worksheet, row: int, measure: Measure) -> None:
    """What may be typed into the figures of a row, with a sentence for anything else."""
    whole = measure.disclosure == Measure.Disclosure.SUPPRESS_AND_ROUND
    kind = {"validate": "integer" if whole else "decimal", "criteria": ">=", "value": 0}
    message = "Write a whole number, 0 or more." if whole else "Write a number, 0 or more."
    say = {"error_title": "Please check this number", "error_message": message}
    at = row + 1
    if measure.kind == Measure.Kind.PROPORTION:
        less = "This is part of the other number, so it cannot be larger."
        n, d = f"$C{at}", f"$D{at}"
        rule = f'=AND(ISNUMBER({n}),{n}>=0,OR({d}="",{n}<={d})' + (
            f",{n}=INT({n}))" if whole else ")"
        )
        sheet.data_validation(row, NUMERATOR, row, NUMERATOR, {
            "validate": "custom", "value": rule, "error_title": say["error_title"],
            "error_message": f"{message} {less}",
        })  # fmt: skip
    else:
        sheet.data_validation(row, NUMERATOR, row, NUMERATOR, kind | say)
    if measure.has_denominator:
        sheet.data_validation(row, DENOMINATOR, row, DENOMINATOR, kind | say)
    sheet.data_validation(row, STATUS, row, STATUS, {
        "validate": "list", "source": list(STATUSES),
        "error_title": "Please choose from the list",
        "error_message": "Choose a reason, or leave the cell empty.",
    })  # fmt: skip
