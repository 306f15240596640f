"""Figures as CSV: every public series of a measure, one row for each part and period."""

import csv
import math
from collections.abc import Iterable, Iterator, Mapping

from accounts.spreadsheets import BYTE_ORDER_MARK, Echo, as_text
from outcomes.models import Series
from outcomes.series import Point
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


def csv_lines(series: Iterable[Series], notes: Notes) -> Iterator[str]:
    """The file in pieces: the header, then the lines of one series after another.

    `notes` has what was corrected, by ISO date of the period and by organisation; None stands for
    every part that adds up several of them.
    """
    writer = csv.writer(Echo())
    yield BYTE_ORDER_MARK + writer.writerow(COLUMNS)
    for one in series:
        part = [as_text(one.measure.name), *(as_text(text) for text in part_of(one))]
        unit = as_text(one.measure.unit)
        has_denominator = one.measure.has_denominator
        yield "".join(
            writer.writerow(
                [
                    *part,
                    *_point_cells(point, unit, has_denominator),
                    as_text(notes.get((point["period"], one.organisation_id), "")),
                ]
            )
            for point in one.points
        )


def part_of(series: Series) -> tuple[str, str, str]:
    """Kind, name and code of the part a series is about; ODS and GSS codes where there are any."""
    if series.place:
        return "place", series.place.name, series.place.gss_code
    if series.organisation:
        return "organisation", series.organisation.name, series.organisation.ods_code or ""
    if series.category:
        return series.category.scheme, series.category.name, series.category.slug
    return "whole", series.part_name, ""


def _point_cells(point: Point, unit: str, has_denominator: bool) -> list[str]:
    hidden = point["status"] == "suppressed"
    denominator = as_number(point["denominator"])
    if hidden and has_denominator:
        denominator = denominator or MARK
    return [
        point["period"],
        as_text(point["label"]),
        MARK if hidden else as_number(point["numerator"]),
        denominator,
        MARK if hidden else as_number(point["value"]),
        unit,
        point["status"],
        as_number(point["mean"]),
        as_number(point["lower"]),
        as_number(point["upper"]),
        "" if point["point_type"] == COMMON_CAUSE else point["point_type"],
        as_number(point["reported"]),
        as_number(point["expected"]),
    ]


def as_number(value: float | None) -> str:
    """The number with every digit it has; whole ones without “.0”, none as an empty cell."""
    if value is None or not math.isfinite(value):
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))
