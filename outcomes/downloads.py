"""Public figures as CSV and JSON: all series of a measure, one row for each part and period."""

import csv
import json
import math
from collections.abc import Iterable, Iterator, Mapping

from accounts.spreadsheets import BYTE_ORDER_MARK, Echo, as_text
from outcomes.models import Series
from outcomes.statistics.disclosure import MARK

COLUMNS = (
    "measure",
    "part_kind",
    "part",
    "part_code",
    "period",
    "period_label",
    "numerator",
    "denominator",
    "value",
    "unit",
    "status",
    "average",
    "lower_process_limit",
    "upper_process_limit",
    "special_cause",
    "organisations_reported",
    "organisations_expected",
    "note",
)
COMMON_CAUSE = "common_cause"


Notes = Mapping[tuple[str, int | None], str]
Figure = dict[str, str | float | None]


def csv_lines(series: Iterable[Series], notes: Notes) -> Iterator[str]:
    """The file in pieces: the header, then the lines of one series after another.

    `notes` has what was corrected, by ISO date of the period and by organisation; None stands for
    every part that adds up several of them.
    """
    writer = csv.writer(Echo())
    yield BYTE_ORDER_MARK + writer.writerow(COLUMNS)
    for one in series:
        has_denominator = one.measure.has_denominator
        yield "".join(writer.writerow(_cells(row, has_denominator)) for row in figures(one, notes))


def json_pieces(series: Iterable[Series], notes: Notes) -> Iterator[str]:
    """The same as a JSON list of objects, in pieces; what is hidden or not there is null."""
    before = "["
    for one in series:
        if rows := [json.dumps(row, ensure_ascii=False) for row in figures(one, notes)]:
            yield before + ",\n".join(rows)
            before = ",\n"
    yield "[]" if before == "[" else "]"


def figures(series: Series, notes: Notes) -> Iterator[Figure]:
    """What is published of each point of a series, by the names of the columns."""
    kind, part, code = part_of(series)
    for point in series.points:
        hidden = point["status"] == "suppressed"
        special = point["point_type"]
        row: Figure = {
            "measure": series.measure.name,
            "part_kind": kind,
            "part": part,
            "part_code": code,
            "period": point["period"],
            "period_label": point["label"],
            "numerator": None if hidden else _number(point["numerator"]),
            "denominator": _number(point["denominator"]),
            "value": None if hidden else _number(point["value"]),
            "unit": series.measure.unit,
            "status": point["status"],
            "average": _number(point["mean"]),
            "lower_process_limit": _number(point["lower"]),
            "upper_process_limit": _number(point["upper"]),
            "special_cause": "" if special == COMMON_CAUSE else special,
            "organisations_reported": _number(point["reported"]),
            "organisations_expected": _number(point["expected"]),
            "note": notes.get((point["period"], series.organisation_id), ""),
        }
        yield row


def part_of(series: Series) -> tuple[str, str, str]:
    """Kind, name and code of the part a series is about; ODS and GSS codes where there are any."""
    if series.place:
        return "place", series.place.name, series.place.gss_code
    if series.organisation:
        return "organisation", series.organisation.name, series.organisation.ods_code or ""
    if series.category:
        return series.category.scheme, series.category.name, series.category.slug
    return "whole", series.part_name, ""


def _cells(row: Figure, has_denominator: bool) -> list[str]:
    """A line of the CSV, in which hidden numbers have their mark."""
    if row["status"] == "suppressed":
        row = row | {"numerator": MARK, "value": MARK}
        if has_denominator and row["denominator"] is None:
            row["denominator"] = MARK
    return [as_text(x) if isinstance(x, str) else as_number(x) for x in row.values()]


def _number(value: float | None) -> float | None:
    """Whole ones without “.0”; what no number stands for is missing."""
    if value is None or not math.isfinite(value):
        return None
    return int(value) if float(value).is_integer() else float(value)


def as_number(value: float | None) -> str:
    """The number with every digit it has; none as an empty cell."""
    number = _number(value)
    return "" if number is None else repr(number)
