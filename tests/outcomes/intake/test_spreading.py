"""Rows that tell one figure each, put together."""

import pytest

from outcomes.intake.layout import Layout
from outcomes.intake.names import ColumnsMissing
from outcomes.intake.readers import Unreadable
from outcomes.intake.spreading import spread

HEADER = ["month", "type", "seen", "late"]
SPEC = {"by": "type", "values": ["seen", "late"], "names": ["1", "other"], "lacking": "0"}


def together(*rows, header=HEADER, **more):
    layout = Layout.from_json({"spread": SPEC | more}).spread
    header, found = spread(header, enumerate((row.split(",") for row in rows), start=2), layout)
    return header, list(found)


def test_rows_that_belong_together_become_one_wherever_they_stand():
    assert together("May,1,9,2", "June,other,5,1", "May,Other,7,3") == (
        ["month", "seen: 1", "seen: other", "late: 1", "late: other"],
        [(2, ["May", "9", "7", "2", "3"]), (3, ["June", "0", "5", "0", "1"])],
    )


def test_figure_that_stands_there_twice_stays_a_row_of_its_own():
    _, rows = together("May,1,9,2", "May,1,8,2")
    assert [number for number, _ in rows] == [2, 3]


def test_new_name_is_refused_unless_others_are_left_out():
    with pytest.raises(Unreadable, match="In row 2 the column “type” says “booked”"):
        together("May,booked,9,2")
    assert together("May,booked,9,2", others=True)[1] == []


def test_row_of_another_width_is_refused():
    with pytest.raises(Unreadable, match="Row 2 has 3 columns, but the header has 4"):
        together("May,1,9")


def test_missing_column_is_named():
    with pytest.raises(ColumnsMissing, match="late"):
        together(header=["month", "type", "seen"])
