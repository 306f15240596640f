import pytest

from outcomes.intake import personal
from tests.outcomes.intake.files import HEADER, TIDY, read


@pytest.mark.parametrize("number", ["9434765919", "943 476 5919", "943-476-5919", "4010232137"])
def test_kind_of_knows_nhs_numbers_by_their_check_digit(number):
    assert personal.kind_of(number) == personal.NHS_NUMBER
    assert personal.kind_of(f"seen {number} on Monday") == personal.NHS_NUMBER


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
    assert outcome["personal"][1] == {"row": 3, "column": "notes", "kind": "NHS number"}
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
