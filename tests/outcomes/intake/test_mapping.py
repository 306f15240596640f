"""From rows to cells: statuses, several measures and groups, the fast way and the careful."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.intake.cells import Cell, Problem
from outcomes.intake.lookups import MOST_REMEMBERED, Memo, slug
from outcomes.intake.mapping import ColumnsMissing, Mapping, RowReader
from tests.outcomes.intake.files import TIDY


def reader(spec, header="period,org,visits"):
    return RowReader(Mapping.from_json(spec), header.split(","))


def read(spec, *rows, header="period,org,visits"):
    return list(reader(spec, header).read(row.split(",") for row in rows))


def test_number_that_is_absent_keeps_its_place_with_a_status():
    marks = {"numbers": {"marks": {"*": "suppressed", "-": "zero", "": "leave_out"}}}
    rows = ("2025-04-01,RJ1,*", "2025-05-01,RJ1,-", "2025-06-01,RJ1,", "2025-07-01,RJ1,7")
    table = reader(TIDY | marks)
    cells = list(table.read(row.split(",") for row in rows))
    assert [(c.period.month, c.numerator, c.status) for c in cells] == [
        (4, None, "suppressed"),
        (5, 0, "value"),
        (7, 7, "value"),
    ]
    assert (table.reading.rows_read, table.reading.rows_not_needed) == (4, 1)


def test_word_in_another_column_says_why_a_number_is_missing():
    spec = TIDY | {
        "numbers": {
            "marks": {"": "not_collected"},
            "note": {"column": "note", "like": {"*suppressed*": "suppressed"}},
        }
    }
    cells = read(
        spec,
        "2025-04-01,RJ1,,Value Suppressed for privacy",
        "2025-05-01,RJ1,,",
        "2025-06-01,RJ1,4,suppressed elsewhere",
        header="period,org,visits,note",
    )
    assert [cell.status for cell in cells] == ["suppressed", "not_collected", "value"]


def test_absent_numerator_needs_no_denominator():
    spec = TIDY | {
        "numbers": {"marks": {"*": "suppressed"}},
        "measures": [
            {"measure": "m", "numerator": {"add": ["seen"]}, "denominator": {"add": ["all"]}}
        ],
    }
    cells = read(
        spec, "2025-04-01,RJ1,*,", "2025-05-01,RJ1,*,9", "2025-06-01,RJ1,4,*", "2025-07-01,RJ1,4,",
        header="period,org,seen,all",
    )  # fmt: skip
    assert [(c.numerator, c.denominator, c.status) for c in cells[:3]] == [
        (None, None, "suppressed"),
        (None, 9, "suppressed"),
        (None, None, "suppressed"),  # of a hidden whole, nothing can be shown
    ]
    assert isinstance(cells[3], Cell)
    assert (cells[4].column, cells[4].message[:19]) == ("all", "This cell is empty.")


def test_measures_in_a_column_are_translated_and_others_left_out():
    spec = TIDY | {
        "measures": [
            {"measure_column": "id", "values": {"1": "one"}, "numerator": {"add": ["visits"]}},
            {"measure_column": "id", "suffix": "-rate", "numerator": {"add": ["rate"]}},
        ]
    }
    cells = read(
        spec, "2025-04-01,RJ1,5,0.5,1", "2025-04-01,RJ1,6,0.6,2", header="period,org,visits,rate,id"
    )
    assert [(c.measure, c.numerator) for c in cells] == [
        ("one", 5),
        ("1-rate", Decimal("0.5")),
        ("2-rate", Decimal("0.6")),
    ]


def test_groups_stand_in_several_columns_and_totals_say_nothing():
    spec = TIDY | {
        "category": {
            "columns": [
                {"column": "sex", "scheme": "sex", "total": ["Persons"], "slugs": True},
                {"column": "age", "scheme": "age", "total": ["All ages"], "slugs": True},
                {"column": "group", "scheme_column": "kind", "slugs": True},
            ]
        },
        "optional": ["group", "kind"],
    }
    header = "period,org,visits,sex,age,kind,group"
    groups = [
        ("Persons,All ages,,", ""),
        ("Female,All ages,,", "sex:female"),
        ("Persons,<18 yrs,,", "age:under-18-yrs"),
        ("Female,65+ yrs,IMD (2019),Most", "sex:female+age:65-plus-yrs+imd-2019:most"),
    ]
    cells = read(spec, *(f"2025-04-01,RJ1,5,{texts}" for texts, _ in groups), header=header)
    assert [cell.category for cell in cells] == [group for _, group in groups]
    (cell,) = read(spec, "2025-04-01,RJ1,5,Male,All ages", header="period,org,visits,sex,age")
    assert cell.category == "sex:male"


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        ({"equals": ["a"]}, ["a"]),
        ({"not_equals": ["TOTAL", "b"]}, ["a", "ab", ""]),
        ({"like": ["A*"]}, ["a", "ab"]),
        ({"not_like": ["?b", "tot*"]}, ["a", "b", ""]),
        ({"filled": True}, ["a", "b", "ab", "Total"]),
    ],
)
def test_filters_choose_rows(rule, kept):
    spec = TIDY | {"filters": [{"column": "kind", **rule}]}
    rows = [f"2025-04-01,RJ1,{n},{kind}" for n, kind in enumerate(["a", "b", "ab", "Total", ""])]
    cells = read(spec, *rows, header="period,org,visits,kind")
    kinds = ["a", "b", "ab", "Total", ""]
    assert [kinds[int(cell.numerator)] for cell in cells] == kept


def test_profile_may_fix_what_the_file_does_not_say():
    spec = {
        "period": {"value": "April 2025", "formats": ["month"]},
        "organisation": {"value": "rj1"},
        "place": {"column": "place", "only": ["Lambeth", "southwark"]},
        "category": {"value": "sex:female"},
        "measures": [{"measure": "visits", "numerator": {"add": ["visits"]}}],
    }
    table = reader(spec, "place,visits")
    (cell,) = table.read([["LAMBETH", "5"], ["Camden", "6"]])
    assert cell == Cell(
        2, "RJ1", "LAMBETH", "sex:female", date(2025, 4, 1), "visits", Decimal(5), None
    )
    assert table.reading.rows_not_needed == 1


def test_columns_are_found_in_spite_of_spaces_signs_and_aliases():
    spec = TIDY | {"aliases": {"visits": ["number of visits"]}}
    (cell,) = read(spec, "2025-04-01,RJ1,5", header="PERIOD ,O_r-g,Number_of Visits")
    assert cell.numerator == 5
    (problem,) = read(spec, "2025-04-01,RJ1,x", header="period,org,Number of Visits")
    assert problem.column == "number of visits"  # what the file itself calls it


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("period,org,visit", "Missing: visits. Found: period, org, visit. Did you mean “visits”"),
        ("period,org,visits,Visits", "The header has the column “visits” more than once."),
        ("", "Found: nothing."),
    ],
)
def test_missing_and_doubled_columns_are_named(header, message):
    with pytest.raises(ColumnsMissing) as refusal:
        reader(TIDY, header)
    assert message in str(refusal.value)


def test_symbols_that_carry_meaning_are_told_apart():
    spec = TIDY | {"measures": [{"measure": "m", "numerator": {"add": ["total > 4 hours"]}}]}
    (cell,) = read(spec, "2025-04-01,RJ1,1,2", header="period,org,Total < 4 hours,Total > 4 hours")
    assert cell.numerator == 2


@pytest.mark.parametrize(
    ("formats", "message"),
    [
        (["%d/%m/%Y"], "Write the first day of it, such as 01/04/2026."),
        (["financial year"], "Write it like 2026/27."),
        (["%B %Y"], "Write it like April 2026."),
    ],
)
def test_period_that_is_none_gets_an_example(formats, message):
    (problem,) = read(TIDY | {"period": {"column": "period", "formats": formats}}, "soon,RJ1,5")
    assert problem == Problem(2, "period", "soon", f"This is not a period. {message}")


TEXTS = st.sampled_from(
    [
        "",
        " ",
        "0",
        "5",
        " 7\u00a0",
        "1,234",
        "12.5",
        "-3",
        "*",
        "x",
        "1e5",
        "2025-04-01",
        "RJ1",
        "１２",
    ]
)
SPEC = {
    "period": {"column": "period", "formats": ["%Y-%m-%d"]},
    "organisation": {"column": "org"},
    "place": {"column": "place"},
    "category": {"column": "group", "scheme": "age"},
    "filters": [{"column": "kind", "equals": ["5", ""]}],
    "numbers": {"marks": {"*": "suppressed"}},
    "measures": [
        {
            "measure": "a",
            "numerator": {"add": ["n"], "subtract": ["part"]},
            "denominator": {"add": ["n"]},
        },
        {"measure_column": "place", "suffix": "-b", "numerator": {"add": ["n", "part"]}},
    ],
}  # fmt: skip


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.lists(st.lists(TEXTS, min_size=7, max_size=8), max_size=6))
def test_fast_way_and_careful_way_agree(rows):
    header = ["period", "org", "place", "group", "kind", "n", "part"]
    fast = RowReader(Mapping.from_json(SPEC), header)
    careful = RowReader(Mapping.from_json(SPEC), header)
    expected: list = []
    for number, row in enumerate(rows, start=2):
        fitted = careful._fitted(number, row) if len(row) != 7 else row
        if isinstance(fitted, Problem):
            expected.append(fitted)
        elif fitted is not None and any(text.strip() for text in fitted):
            expected += careful._carefully(number, fitted)
    assert list(fast.lines(enumerate(rows, start=2))) == expected


def test_memo_forgets_so_that_memory_stays_flat():
    memo = Memo(str)
    for number in range(MOST_REMEMBERED * 2 + 5):
        assert memo[number] == str(number)
    assert len(memo) <= MOST_REMEMBERED


def test_slug_keeps_what_tells_groups_apart():
    assert slug("<18 yrs") != slug("18 yrs") != slug("18+ yrs")
    assert (
        slug("County & UA deprivation deciles (IMD2019)") == "county-ua-deprivation-deciles-imd2019"
    )
