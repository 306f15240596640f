"""Published files as they differ from month to month and year to year: the numbers stay the same.

Each kind is a real file of ../shared/data, cut short (`published`). A change makes another file of
it, with a fixed seed, in a folder of the test. It must load with the figures of the file it was
made from, or with the few the change names. What cannot be read is refused with a sentence.
"""

import csv
import re
from collections.abc import Callable

import openpyxl
import pytest

from tests.conftest import SHARED
from tests.outcomes.intake.files import everything_known, read_with
from tests.outcomes.intake.published import (
    BY_ROWS,
    KINDS,
    NOT_SO,
    ONLY_BY_ROWS,
    SAME,
    Figures,
    Rows,
    as_csv,
    as_xlsx,
    cut_short,
    each_name,
    plain_ods,
    read,
    typed,
)

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def tables() -> dict[str, Rows]:
    if not SHARED.is_dir():
        pytest.skip("The folder ../shared is not beside the project, so this test was left out.")
    return cut_short(SHARED)


@pytest.fixture(scope="module")
def originals(tables, tmp_path_factory) -> dict[str, Figures]:
    """The figures of each file before anything is changed."""
    folder = tmp_path_factory.mktemp("originals")
    found = {name: read(as_csv(rows), folder)[1] for name, rows in tables.items()}
    assert all(found.values())
    return found


# What changes and the numbers do not -------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (name, change)
        for name in KINDS
        for change in [*SAME, *(ONLY_BY_ROWS if name in BY_ROWS else {})]
        if (name, change) not in NOT_SO
    ],
)
def test_change_of_form_leaves_the_numbers(tables, originals, tmp_path, name, change):
    kind, rows = KINDS[name], tables[name]
    expected = originals[name]
    outcome, found = read(as_csv((SAME | ONLY_BY_ROWS)[change](rows, kind)), tmp_path)
    assert (outcome["refusal"], outcome.get("problems")) == ("", [])
    assert outcome["profile"] == kind.profile
    assert expected
    assert found == expected


WRITERS: dict[str, Callable[[Rows], bytes]] = {
    "csv of Excel": lambda rows: as_csv(rows, encoding="utf-8-sig"),
    "csv of Windows": lambda rows: as_csv([[t.replace("'", "’") for t in r] for r in rows],
                                          encoding="cp1252"),
    "unicode text of Excel": lambda rows: as_csv(rows, encoding="utf-16", delimiter="\t"),
    "semicolons": lambda rows: as_csv(rows, delimiter=";"),
    "all quoted": lambda rows: as_csv(rows, quoting=csv.QUOTE_ALL, lineterminator="\n"),
    "old Mac": lambda rows: as_csv(rows, lineterminator="\r"),
    "xlsx": as_xlsx,
    "xlsx with a cover": lambda rows: as_xlsx(rows, before="Cover sheet", sheet="Sheet2 (final)"),
    "ods": plain_ods,
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("writer", WRITERS)
def test_other_program_leaves_the_numbers(tables, originals, tmp_path, name, writer):
    expected = originals[name]
    outcome, found = read(WRITERS[writer](tables[name]), tmp_path)
    assert (outcome["refusal"], outcome.get("problems")) == ("", [])
    assert found == expected


# What changes the numbers, and how ---------------------------------------------------------------


def replaced(rows: Rows, old: str, new: str) -> Rows:
    assert any(old in text for row in rows for text in row), old
    return [[text.replace(old, new) for text in row] for row in rows]


PERIODS = [
    ("ae", "MSitAE-APRIL-2025", "MSitAE-October-2019", {"2025-04-01": "2019-10-01"}),
    ("ae", "MSitAE-APRIL-2025", "MSitAE-Apr-2025", {}),
    ("ae", "MSitAE-APRIL-2025", "MSitAE-APR-25", {}),
    ("ae", "MSitAE-APRIL-2025", "April 2025", {}),
    ("ae", "MSitAE-APRIL-2025", "Apr-25", {}),
    ("ae", "MSitAE-APRIL-2025", "01/04/2025", {}),
    ("ae", "MSitAE-APRIL-2025", "2025-04-30", {}),
    ("workbook", "June 2025", "Jun-25", {}),
    ("workbook", "June 2025", "November 2018 ", {"2025-06-01": "2018-11-01"}),
    ("workbook", "June 2025", "June 2025 (revised)", {}),
    ("workbook", "June 2025", "2025-06-01", {}),
    ("workbook", "Period:", "Period", {}),
    ("deaths", "-12", "-17", {"2012": "2017"}),
    ("deaths", "-12", "-203", {"2012": "2020"}),  # the footnote 3 behind Jan-20
    ("deaths", "-12", "-12 [note 1]", {}),
    ("deaths", "-12", "-12 p", {}),
    ("deaths", "-12", " 2012", {}),
    ("report", "2022-04-0", "2023-11-0", {"2022-04": "2023-11"}),
    ("beds", "01/09/2013", "30/09/2013", {}),
    ("beds", "01/09/2013", "01/12/2018", {"2013-07-01": "2018-10-01"}),
    ("beds", "01/09/2013", "Sep-13", {}),
    ("beds", "01/09/2013", "Q2 2013/14", {}),
    ("beds", "01/09/2013", "2013-14 Q2", {}),
    ("fingertips", "2022/23", "2019/20", {"2022-04-01": "2019-04-01"}),
    ("fingertips", "2022/23", "2022/23 Q3", {"2022-04-01": "2022-10-01"}),
    ("fingertips", "2022/23", "2020/21 - 22/23", {"2022-04-01": "2020-04-01"}),
    ("fingertips", "2022/23", "2021 - 23", {"2022-04-01": "2021-01-01"}),
    ("fingertips", "2022/23", "2023", {"2022-04-01": "2023-01-01"}),
]


@pytest.mark.parametrize(("name", "old", "new", "moved"), PERIODS)
def test_other_months_and_ways_to_write_them(tables, originals, tmp_path, name, old, new, moved):
    expected = originals[name]
    outcome, found = read(as_csv(replaced(tables[name], old, new)), tmp_path)
    assert (outcome["refusal"], outcome.get("problems")) == ("", [])

    def period(text: str) -> str:
        return next((text.replace(a, b) for a, b in moved.items() if a in text), text)

    assert found == {(*k[:3], period(k[3]), k[4]): v for k, v in expected.items()}


MARKS = [
    ("ae", "*", "suppressed"), ("ae", "-", "not_applicable"), ("ae", "[c]", "suppressed"),
    ("ae", "N/A", "not_collected"), ("ae", "[x]", "not_collected"), ("ae", "", "not_collected"),
    ("workbook", "-", "not_applicable"), ("workbook", "*", "suppressed"),
    ("deaths", "c", "suppressed"), ("deaths", ":", "not_collected"), ("deaths", "[z]",
    "not_applicable"), ("report", "-", "not_collected"), ("report", "*", "suppressed"),
    ("beds", "NULL", "not_collected"), ("beds", "..", "not_collected"), ("beds", "*", "suppressed"),
    ("fingertips", "*", "suppressed"), ("fingertips", "NA", "not_collected"),
]  # fmt: skip
# A row and column with one number, and its measure.
CELLS = {
    "ae": (2, 21, "other-emergency-admissions"),
    "workbook": (19, 4, "ae-attendances-type-1"),
    "deaths": (9, 3, "deaths-registered"),
    "report": (-2, 4, "do-not-meet-criteria-to-reside"),
    "beds": (4, 4, "beds-occupied"),
    "fingertips": (2, 12, "90988-value"),
}


def with_cell(name: str, rows: Rows, text: str) -> tuple[Rows, str]:
    row, column, _ = CELLS[name]
    changed = [list(each) for each in rows]
    old, changed[row][column] = changed[row][column], text
    assert re.fullmatch(r"[\d.,]+", old), old
    return changed, old


@pytest.mark.parametrize(("name", "mark", "status"), MARKS)
def test_marks_say_why_there_is_no_number(tables, originals, tmp_path, name, mark, status):
    expected = originals[name]
    rows, _ = with_cell(name, tables[name], mark)
    outcome, found = read(as_csv(rows), tmp_path)
    assert outcome["problems"] == []
    changed = {key: value for key, value in found.items() if expected[key] != value}
    assert CELLS[name][2] in {key[4] for key in changed}
    assert {value[2] for value in changed.values()} == {status}
    assert {value[0] for value in changed.values()} == {""}


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("flag", ["{} [r]", "{} [p]", "{} [note 3]", "{}.0", " {} "])
def test_flag_behind_a_number_leaves_it(tables, originals, tmp_path, name, flag):
    expected = originals[name]
    _, old = with_cell(name, tables[name], "0")
    if "." in old and ".0" in flag:
        flag = "{}0"
    rows, _ = with_cell(name, tables[name], flag.format(old))
    outcome, found = read(as_csv(rows), tmp_path)
    assert outcome["problems"] == []
    assert {k: float(v[0] or 0) for k, v in found.items()} == {
        k: float(v[0] or 0) for k, v in expected.items()
    }


@pytest.mark.parametrize(
    "total",
    [
        ["TOTAL"] * 4,
        ["MSitAE-APRIL-2025", "Total", "Total ", "Total"],
        ["MSitAE-APRIL-2025", "", "TOTAL", ""],
        ["MSitAE-APRIL-2025", "XX", "TOTAL", "England"],
        ["Total", "", "", ""],
        ["MSitAE-APRIL-2025", "-", "-", "England"],
    ],
)
def test_row_of_totals_is_left_out_however_it_is_called(tables, originals, tmp_path, total):
    rows = tables["ae"]
    expected = originals["ae"]
    outcome, found = read(as_csv([*rows[:-1], total + rows[-1][4:]]), tmp_path)
    assert outcome["problems"] == []
    assert found == expected


def test_older_workbook_has_other_words(tables, originals, tmp_path):
    """“A&E Data”, without the column of regions, and “>” in words; figures as before."""
    rows = [row if n < 14 else row[:2] + row[3:] for n, row in enumerate(tables["workbook"])]
    expected = originals["workbook"]
    rows = replaced(rows, "A&E attendances greater than 4", "A&E attendances > 4")
    outcome, found = read(as_xlsx(rows, sheet="A&E Data", before="Contents"), tmp_path)
    assert (outcome["refusal"], outcome.get("problems")) == ("", [])
    assert outcome["sheet"] == "A&E Data"
    assert found == expected


def test_part_of_the_figures_is_never_taken_for_all(tables, tmp_path):
    """“Non-Booked Data” looks just like the sheet of all attendances."""
    rows = replaced(tables["workbook"], "Period:", "Month of:")  # the right sheet cannot be read
    book = openpyxl.Workbook()
    for name, of_sheet in (("Provider Level Data", rows), ("Non-Booked Data", tables["workbook"])):
        page = book.create_sheet(name)
        for row in of_sheet:
            page.append([typed(text) for text in row])
    path = tmp_path / "file"
    book.save(path)
    outcome, _ = read_with(path, everything_known(), tmp_path)
    assert "We looked above the table for “period:”" in outcome["refusal"]


def test_report_of_later_years_has_one_column_of_discharges(tables, originals, tmp_path):
    rows = [[t for place, t in enumerate(row) if place < 4 or place % 4 != 2]
            for row in tables["report"]]  # fmt: skip
    rows = replaced(rows, "Number of patients discharged by 17:00", "Number of patients discharged")
    for number, row in enumerate(rows):
        rows[number] = [re.sub(r"(patients discharged) by 17:0\d", r"\1", t) for t in row]
    expected = originals["report"]
    outcome, found = read(as_csv(rows), tmp_path)
    assert (outcome["refusal"], outcome.get("problems")) == ("", [])
    by_measure = {key[4] for key in found}
    assert by_measure == {
        "do-not-meet-criteria-to-reside", "discharged", "remaining-in-hospital",
    }  # fmt: skip
    early = {k[:4]: v[0] for k, v in expected.items() if k[4] == "discharged-by-1700"}
    assert {k[:4]: v[0] for k, v in found.items() if k[4] == "discharged"} == early


def test_sum_of_two_columns_needs_both(tables, tmp_path):
    rows = [[t for place, t in enumerate(row) if place < 4 or place % 4 != 2]
            for row in tables["report"]]  # fmt: skip
    _, found = read(as_csv(rows), tmp_path)
    assert "discharged-by-1700" in {key[4] for key in found}
    assert "discharged" not in {key[4] for key in found}


def test_months_that_are_not_published_yet_are_no_figures(tables, tmp_path):
    rows = [row[:5] + ["NA"] * 10 if row[3:4] and row[3].isdigit() else row
            for row in tables["deaths"]]  # fmt: skip
    outcome, found = read(as_csv(rows), tmp_path)
    assert (outcome["refusal"], outcome.get("problems")) == ("", [])
    assert {key[3] for key in found} == {"2012-01-01", "2012-02-01"}
    assert {value[2] for value in found.values()} == {""}


def test_fingertips_without_counts_has_its_values(tables, originals, tmp_path):
    header = tables["fingertips"][0]
    gone = {header.index("Count"), header.index("Denominator")}
    rows = [[t for place, t in enumerate(row) if place not in gone] for row in tables["fingertips"]]
    expected = originals["fingertips"]
    _, found = read(as_csv(rows), tmp_path)
    assert found == {k: v for k, v in expected.items() if k[4].endswith("-value")}


@pytest.mark.parametrize(
    "style",
    [lambda n: n.replace(" ", "."), lambda n: n.replace(" ", "_"), lambda n: n.replace(" ", "")],
    ids=["R", "snake", "joined"],
)
@pytest.mark.parametrize("name", BY_ROWS)
def test_names_as_programs_make_them_over(tables, originals, tmp_path, name, style):
    expected = originals[name]
    outcome, found = read(as_csv(each_name(style)(tables[name], KINDS[name])), tmp_path)
    assert (outcome["refusal"], outcome.get("problems")) == ("", [])
    assert found == expected


def test_older_months_without_booked_appointments_say_what_they_lack(tables, originals, tmp_path):
    header = tables["ae"][0]
    gone = {place for place, name in enumerate(header) if "Booked" in name}
    rows = [[t for place, t in enumerate(row) if place not in gone] for row in tables["ae"]]
    expected = originals["ae"]
    outcome, found = read(as_csv(rows), tmp_path)
    assert outcome["refusal"] == ""
    assert "“a&e attendances booked appointments type 1”" in outcome["notes"][-1]["message"]
    alone = {
        k: v for k, v in expected.items() if "performance" not in k[4] and "booked" not in k[4]
    }
    assert {k: v for k, v in found.items() if k in alone} == alone


# Refused, with a sentence ------------------------------------------------------------------------

REFUSED = [
    ("ae", each_name(lambda n: n.replace("Type 1", "Major")), "Missing: a&e attendances type 1"),
    ("ae", each_name(lambda n: n.replace("Org Code", "Where")), "Missing: org code"),
    ("ae", each_name(lambda n: n.replace("Type 2", "Type 1")), "more than once"),
    ("ae", each_name(lambda n: n.replace("Booked Appointments", "Booked Appts")),
     "“A&E attendances Booked Appts Type 1” is new in this kind of file"),
    ("ae", lambda rows, kind: [[*row, "1" if n else "A&E attendances Type 5"]
                               for n, row in enumerate(rows)],
     "“A&E attendances Type 5” is new in this kind of file, and sums would leave it out."),
    ("ae", lambda rows, kind: rows[1:], "The names of the columns are missing"),
    ("workbook", lambda rows, kind: replaced(rows, "June 2025", "Quarter 1 2022-23"),
     "Above the table stands “Quarter 1 2022-23” as the period. We looked for one such as April"),
    ("workbook", lambda rows, kind: replaced(rows, "Period:", "Month of:"), "“period:”"),
    ("workbook", lambda rows, kind: replaced(rows, "Total att", "All att"), "total attendances"),
    ("beds", each_name(lambda n: n.replace("occ_av", "bedo")), "Missing: occ_av"),
    ("fingertips", each_name(lambda n: n.replace("Area Code", "Where")), "Missing: area code"),
    ("report", lambda rows, kind: replaced(rows, "Org Code", "Trust"), "org code, org name"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "sentence"), REFUSED)
def test_what_cannot_be_known_is_refused_with_a_sentence(tables, tmp_path, name, change, sentence):
    own = [each for each in everything_known() if each["id"] == KINDS[name].profile]
    path = tmp_path / "file"
    path.write_bytes(as_csv(change(tables[name], KINDS[name])))
    outcome, _ = read_with(path, own, tmp_path)
    assert sentence in outcome["refusal"]
    assert outcome["refusal"].endswith((".", "?"))
