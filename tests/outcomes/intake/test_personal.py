import openpyxl
import pytest
from openpyxl.comments import Comment

from outcomes.intake import personal
from outcomes.intake.extract import look
from tests.outcomes.intake.files import HEADER, TIDY, read


@pytest.mark.parametrize("number", ["9434765919", "943 476 5919", "943-476-5919", "4010232137"])
def test_kind_of_knows_nhs_numbers_by_their_check_digit(number):
    assert personal.kind_of(number) == personal.NHS_NUMBER
    assert personal.kind_of(f"seen {number} on Monday") == personal.NHS_NUMBER
    assert personal.kind_of(f"Smith,{number}, was seen. {number}.") == personal.NHS_NUMBER


@pytest.mark.parametrize(
    "text",
    [
        "9434765918",
        "1111111111",
        "94347659190",
        "0.9434765919",
        "9434765919.5",
        "20150000",
        "",
        "RJ1",
    ],
)
def test_kind_of_lets_other_numbers_pass(text):
    assert personal.kind_of(text) == ""


@pytest.mark.parametrize("text", ["SE1 7EH", "se17eh", "SW1A 2AA", "M13 9WL", "EC1A 1BB"])
def test_kind_of_knows_postcodes(text):
    assert personal.kind_of(text) == personal.POST


@pytest.mark.parametrize(
    "text", ["E09000028", "D82058", "NTV0B", "Y02615", "G6V2S", "RV9HE", "2013/14", "Q4 2019/20"]
)
def test_kind_of_lets_codes_pass(text):
    assert personal.kind_of(text) == ""


def test_in_header_knows_headings():
    header = ["Period", "Date_of_Birth", "Surname", "Org name", "Area Name", "NHS No", "DOB"]
    assert [(f.column, f.kind) for f in personal.in_header(header)] == [
        ("Date_of_Birth", personal.BIRTH),
        ("Surname", personal.NAME),
        ("NHS No", personal.NHS_NUMBER),
        ("DOB", personal.BIRTH),
    ]


def test_file_with_details_of_people_is_refused_without_repeating_them(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(
        f"{HEADER},notes,surname\n2025-04-01,RJ1,5,fine,\n2025-04-01,RJ1,6,for 943 476 5919,Smith\n"
    )
    outcome, cells = read(path, TIDY)
    assert "column “surname” (row 1) looks like a name of a person" in outcome["refusal"]
    assert "column “notes” (row 3) looks like an NHS number" in outcome["refusal"]
    assert "943" not in outcome["refusal"]
    assert outcome["personal"][1] == {
        "row": 3, "column": "notes", "kind": "NHS number", "place": "",
    }  # fmt: skip
    assert cells == []
    assert not (tmp_path / "cells.csv").exists()


def test_profile_may_say_that_a_column_is_not_about_people(tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text(f"{HEADER},Postcode,note\n2025-04-01,RJ1,5,SE1 7EH,x\n")
    assert "postcode" in read(path, TIDY)[0]["refusal"]
    outcome, cells = read(path, TIDY | {"not_personal": ["postcode"]})
    assert (outcome["refusal"], len(cells)) == ("", 1)
    path.write_text(f"{HEADER},Postcode,note\n2025-04-01,RJ1,5,SE1 7EH,SE1 7EH\n")
    refusal = read(path, TIDY | {"not_personal": ["postcode"]})[0]["refusal"]
    assert "column “note” (row 2) looks like a postcode" in refusal


@pytest.mark.parametrize("line", ["9434765919,12,3", "2026,12,for 943 476 5919"])
def test_first_row_without_names_of_columns_is_not_repeated(tmp_path, line):
    path = tmp_path / "file.csv"
    path.write_text(f"{line}\n{line}\n")
    outcome, _ = read(path, TIDY)
    assert outcome["refusal_kind"] == "people"
    assert "looks like an NHS number" in outcome["refusal"]
    assert "943" not in outcome["refusal"]


@pytest.mark.parametrize(
    "heading",
    [
        "Organisation postcode",
        "Site_Postcode",
        "Practice post code",
        "Trust’s postcode",
        "ORG PCODE",
    ],
)
def test_postcode_of_an_organisation_may_stay_where_its_column_says_so(tmp_path, heading):
    path = tmp_path / "sites.csv"
    path.write_text(f"{HEADER},{heading}\n2025-04-01,RJ1,5,SE1 7EH\n")
    outcome, cells = read(path, TIDY)
    assert (outcome["refusal"], len(cells)) == ("", 1)
    path.write_text(f"{HEADER},{heading}\n2025-04-01,RJ1,5,943 476 5919\n")
    assert "looks like an NHS number" in read(path, TIDY)[0]["refusal"]


@pytest.mark.parametrize("heading", ["Postcode", "Patient postcode", "Home postcode", "Where"])
def test_other_postcodes_are_refused_with_the_way_out(tmp_path, heading):
    path = tmp_path / "sites.csv"
    path.write_text(f"{HEADER},{heading}\n2025-04-01,RJ1,5,SE1 7EH\n")
    refusal = read(path, TIDY)[0]["refusal"]
    assert f"column “{heading}” (row" in refusal
    assert refusal.endswith("say so in the name of the column, such as “Organisation postcode”.")


PARTED = TIDY | {"layout": {"until": ["source*"]}}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (f"About 943 476 5919,,\n{HEADER}\n2025-04-01,RJ1,5\n", "column “A” (row 1)"),
        (f"Patient name,,\n{HEADER}\n2025-04-01,RJ1,5\n", "column “A” (row 1)"),
        (f"{HEADER}\n2025-04-01,RJ1,5\nSource,,\n9434765919,,\n", "column “period” (row 4)"),
        (f"{HEADER}\n2025-04-01,RJ1,5\n2025-05-01,RJ1,6,SE1 7EH\n", "column “D” (row 3)"),
    ],
)
def test_details_above_and_below_the_table_are_refused(tmp_path, text, where):
    path = tmp_path / "file.csv"
    path.write_text(text)
    outcome, _ = read(path, PARTED)
    assert outcome["refusal_kind"] == "people"
    assert where in outcome["refusal"]


def test_address_of_an_organisation_above_the_table_may_stay(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text(f"Great Maze Pond,SE1 9RT,\n{HEADER}\n2025-04-01,RJ1,5\n")
    assert read(path, TIDY)[0]["refusal"] == ""


def of_a_sheet(book, **more):
    page = book.create_sheet("Working", **more)
    page.append(["Surname", "Date of birth", "Seen"])
    page.append(["Smith", "1948-07-05", 3])


def hidden_sheet(book):
    of_a_sheet(book)
    book["Working"].sheet_state = "hidden"


def far_below(book):
    page = book.create_sheet("Working")
    page["C9000"] = 9434765919


def note(book):
    book.active["A2"].comment = Comment("Ask about 943 476 5919", "Somebody")


def properties(book):
    book.properties.description = "For 943 476 5919"


def printed_header(book):
    book.create_sheet("Working").oddHeader.center.text = "Patient 943 476 5919"


@pytest.mark.parametrize(
    ("hide", "where"),
    [
        (of_a_sheet, "column “Surname” (row 1) in the sheet “Working”"),
        (hidden_sheet, "column “Surname” (row 1) in the sheet “Working”"),
        (far_below, "something in the sheet “Working” looks like an NHS number"),
        (printed_header, "something in the sheet “Working” looks like an NHS number"),
        (note, "something in the notes on its cells looks like an NHS number"),
        (properties, "something in its properties looks like an NHS number"),
    ],
)
@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
def test_details_elsewhere_in_a_workbook_are_refused(tmp_path, hide, where, known):
    book = openpyxl.Workbook()
    for row in ([*HEADER.split(",")], ["2025-04-01", "RJ1", 5]):
        book.active.append(row)
    hide(book)
    path = tmp_path / "file.xlsx"
    book.save(path)
    outcome = read(path, TIDY)[0] if known else look(path, [])
    assert outcome["refusal_kind"] == "people"
    assert where in outcome["refusal"]
    assert "943" not in outcome["refusal"]


def test_ten_digits_elsewhere_are_mostly_no_nhs_numbers(tmp_path):
    """Budgets and telephone numbers: one in eleven carries the check digit by chance."""
    book = openpyxl.Workbook()
    for row in ([*HEADER.split(",")], ["2025-04-01", "RJ1", 5]):
        book.active.append(row)
    page = book.create_sheet("Budget")
    page.append(["Amount"])
    for amount in range(1_250_000_000, 1_250_000_040):
        page.append([amount])
    path = tmp_path / "file.xlsx"
    book.save(path)
    assert read(path, TIDY)[0]["refusal"] == ""
