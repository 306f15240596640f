from datetime import date

import pytest

from outcomes.intake.periods import NotAPeriod, parse_period


@pytest.mark.parametrize(
    ("text", "formats", "first", "last"),
    [
        ("2025-04-01", [], (2025, 4, 1), (2025, 4, 1)),
        ("2025-04-01 00:00:00", [], (2025, 4, 1), (2025, 4, 1)),
        ("03/04/2026", ["%d/%m/%Y"], (2026, 4, 3), (2026, 4, 3)),
        ("April 2025", ["month"], (2025, 4, 1), (2025, 4, 30)),
        ("Sept 2024", ["month"], (2024, 9, 1), (2024, 9, 30)),
        ("Feb-24", ["month"], (2024, 2, 1), (2024, 2, 29)),
        ("Jan-98", ["month"], (1998, 1, 1), (1998, 1, 31)),
        ("2025-04", ["month"], (2025, 4, 1), (2025, 4, 30)),
        ("04/2025", ["month"], (2025, 4, 1), (2025, 4, 30)),
        ("MSitAE-APRIL-2025", ["MSitAE-%B-%Y"], (2025, 4, 1), (2025, 4, 30)),
        ("Jul-Sep 2018", ["months"], (2018, 7, 1), (2018, 9, 30)),
        ("Dec-Feb 2019", ["months"], (2018, 12, 1), (2019, 2, 28)),
        ("Aug 2009 - Jul 2012", ["months"], (2009, 8, 1), (2012, 7, 31)),
        ("2019 Q1", ["quarter"], (2019, 1, 1), (2019, 3, 31)),
        ("Q4 2019/20", ["quarter"], (2020, 1, 1), (2020, 3, 31)),
        ("2013/14", ["financial year"], (2013, 4, 1), (2014, 3, 31)),
        ("1999/00", ["financial year"], (1999, 4, 1), (2000, 3, 31)),
        ("2019", ["year"], (2019, 1, 1), (2019, 12, 31)),
        ("2018/19-20/21", ["years"], (2018, 4, 1), (2021, 3, 31)),
        ("2018/19 - 20/21", ["years"], (2018, 4, 1), (2021, 3, 31)),
        ("2015 - 17", ["years"], (2015, 1, 1), (2017, 12, 31)),
        ("41000", ["excel month"], (2012, 4, 1), (2012, 4, 30)),
        ("44652", ["excel"], (2022, 4, 1), (2022, 4, 1)),
        ("61", ["excel"], (1900, 3, 1), (1900, 3, 1)),
    ],
)
def test_parse_period_reads_every_way_of_writing(text, formats, first, last):
    span = parse_period(text, formats)
    assert (span.first, span.last) == (date(*first), date(*last))


@pytest.mark.parametrize(
    ("text", "formats"),
    [
        ("03/04/2026", []),  # which of the two is the month?
        ("2025-02-30", []),
        ("2013/15", ["financial year"]),
        ("Apri 25x", ["month"]),
        ("Juni 2025", ["month"]),
        ("2025-13", ["month"]),
        ("60", ["excel"]),  # 29 February 1900 never was
        ("9999999", ["excel"]),
        ("46897", ["excel month"]),  # not the first of a month: it counts something
        ("２０２５-04-01", []),
        ("April ２０２５", ["%B %Y"]),
        ("2018/19 - 20/22", ["years"]),
        ("", ["month", "year", "quarter", "financial year", "years", "months", "excel"]),
        ("x" * 10_000, ["month", "year", "quarter", "financial year", "years", "months"]),
    ],
)
def test_parse_period_refuses_what_is_not_sure(text, formats):
    with pytest.raises(NotAPeriod):
        parse_period(text, formats)


def test_parse_period_knows_both_epochs():
    assert parse_period("45000", ["excel"]).first == date(2023, 3, 15)
    assert parse_period("45000", ["excel"], starts_1904=True).first == date(2027, 3, 16)


@pytest.mark.parametrize(
    ("covers", "first", "last"),
    [
        ("month", (2013, 9, 1), (2013, 9, 30)),
        ("quarter", (2013, 7, 1), (2013, 9, 30)),
        ("year", (2013, 4, 1), (2014, 3, 31)),
    ],
)
def test_parse_period_widens_a_day_to_the_period_it_stands_for(covers, first, last):
    span = parse_period("01/09/2013", ["%d/%m/%Y"], covers=covers)
    assert (span.first, span.last) == (date(*first), date(*last))
