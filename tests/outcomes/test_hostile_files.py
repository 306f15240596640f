"""Hostile and broken files through the whole upload: nothing is stored, nobody else is harmed."""

import csv
import hashlib
import io

import openpyxl
import pytest
from django.core.files.storage import storages
from django.test import RequestFactory

from outcomes.models import Observation
from tests import people
from tests.outcomes.intake.files import binary_workbook, ods, workbook, zipped
from tests.outcomes.test_uploads import xlsx
from tests.outcomes.world import GOOD, HEADER

pytestmark = pytest.mark.django_db

TABLE = [line.split(",") for line in GOOD.split()]
ROW = "2016-06-01,RJ1,1,{},1,1\n"
ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><worksheet/>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (workbook("<sheetData><row r='1'><c r='XFD1048576'/></row></sheetData>"), "too large"),
        (workbook("<sheetData><row r='1'><c r='ALL1'/></row></sheetData>"), "too large"),
        (workbook("<sheetData/>", extra={"xl/x.xml": b" " * 30_000_000}), "once unpacked"),
        (workbook("<sheetData/>", extra={f"x{n}": b"" for n in range(200)}), "once unpacked"),
        (workbook(ENTITIES), "parts we do not read"),
        (workbook("<sheetData/>", extra={"xl/vbaProject.bin": b"x"}), "macros"),
        (binary_workbook([["period"], [1.0]], far=16_000), "too large"),
        (ods([TABLE[0]], repeat=' table:number-columns-repeated="1000000"'), "too large"),
        (zipped({"word/document.xml": "<w/>"}), "not a CSV or XLSX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "damaged or protected"),
        (b"<html><table><tr><td>period</td></tr></table></html>", "web page"),
        (GOOD.replace("RJ1", "R\0J1"), "not a CSV or XLSX"),
        (GOOD + '2016-06-01,"RJ1,1,1,1,1\n', "quotation mark"),
        (GOOD + ROW.format("9" * 200_000), "longer than a cell may be"),
        (GOOD.replace("breaches", "attendances"), "more than once"),
        (GOOD.encode("utf-32"), "read the letters"),
        (HEADER + ",x" * 300 + "\n", "too large"),
    ],
    ids=[
        "far-corner", "far-column", "bomb", "many-entries", "entities", "macros", "xlsb-far",
        "ods-repeats", "word", "no-xls", "web-page", "nul", "lone-quote", "long-cell",
        "twice-a-column", "utf-32", "wide",
    ],
)  # fmt: skip
def test_hostile_file_is_refused_with_a_sentence(send, content, message):
    upload = send(content, name="figures.xlsx")
    assert (upload.state, upload.profile) == ("refused", None)
    assert message in upload.message
    assert not Observation.objects.exists()
    assert send(GOOD.replace("RJ1", "RJZ"), by="rjz.contributor").state == "ready"


@pytest.mark.parametrize(
    "number",
    ["1_000", "１２", "١٢", "NaN", "inf", "1e400", "-5", "1e3", "12.34567", "=1+1", "5%", "0x10"],
)
def test_number_that_is_none_is_a_problem_of_its_cell(send, number):
    upload = send(GOOD + ROW.format(number))
    assert [(p.row, p.column, p.value) for p in upload.problems.all()] == [
        (4, "attendances", number)
    ]


@pytest.mark.parametrize("number", [" 7 ", "12.0", "1,000"])
def test_number_as_people_write_it_is_read(send, number):
    upload = send(GOOD + f'2016-06-01,RJ1,1,"{number}",1,1\n')
    assert upload.state == "ready"


def test_false_dimension_hides_no_rows(send):
    cells = "".join(
        f'<row r="{number}">'
        + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row)
        + "</row>"
        for number, row in enumerate(TABLE, start=1)
    )
    sheet = f'<dimension ref="A1:B2"/><sheetData>{cells}</sheetData>'
    assert send(workbook(sheet), name="figures.xlsx").rows_accepted == 2


def test_only_as_much_as_is_allowed_is_written_to_disk(settings, client, world):
    settings.UPLOAD_MAX_BYTES = 1000
    people.sign_in(client, world.person("rj1.contributor"))
    sent = io.BytesIO(b"x" * 5_000_000)
    sent.name = "figures.csv"
    request = RequestFactory().post("/", {"file": sent})
    with request.FILES["file"] as file:
        assert 1000 < file.size < 200_000


# --- Details of people ---------------------------------------------------------------------------


def test_details_of_people_are_refused_and_the_bytes_deleted(client, send, world):
    content = f"{HEADER},NHS number\n2016-04-01,RJ1,1,5,1,1,943 476 5919\n"
    upload = send(content)
    assert (upload.state, bool(upload.file)) == ("refused", False)
    assert "details of single people" in upload.message
    assert "943" not in upload.message
    assert upload.sha256 == hashlib.sha256(content.encode()).hexdigest()
    assert not storages["private"].exists(f"uploads/{upload.uuid}")
    people.sign_in(client, world.person("rj1.contributor"))
    page = client.get(upload.get_absolute_url()).content.decode()
    assert "We have deleted the file itself" in page
    assert client.get(f"{upload.get_absolute_url()}file/").status_code == 404
    again = send(content)  # it is looked at afresh, and deleted again
    assert (again, again.state, bool(again.file)) == (upload, "refused", False)


def test_unknown_file_with_details_of_people_is_not_even_looked_at(send):
    upload = send("Ward,Date of birth\nA,1990-01-01\nB,1991-02-03\n")
    assert (upload.state, bool(upload.file), upload.first_look) == ("refused", False, None)


def test_guessed_letters_are_shown_and_asked_about(client, send, world):
    upload = send(f"{HEADER},note\n2016-04-01,RJ1,1,5,1,1,St George’s\n".encode("cp1252"))
    assert upload.state == "ready"
    people.sign_in(client, world.person("rj1.contributor"))
    page = client.get(upload.get_absolute_url()).content.decode()
    assert "“St George’s”. If that looks wrong" in page


# --- The same file with a column of what is wrong ------------------------------------------------

BROKEN = f"{HEADER};remark\n2016-04-01;RJ1;1;many;1;1;=HYPERLINK(1)\n2016-05-01;RJ1;1;5;-1;1;\n"


def marked(client, world, upload):
    people.sign_in(client, world.person("rj1.contributor"))
    answer = client.get(f"{upload.get_absolute_url()}marked/")
    assert answer.status_code == 200
    return answer, b"".join(answer.streaming_content)


def test_marked_csv_is_the_same_file_with_one_column_more(client, send, world):
    upload = send(BROKEN.replace(HEADER, HEADER.replace(",", ";")), name="my figures.csv")
    assert upload.problem_count == 2
    answer, content = marked(client, world, upload)
    assert "my%20figures%20%E2%80%93%20what%20is%20wrong.csv" in answer["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0][-1] == "What is wrong"
    assert rows[1][:-1] == ["2016-04-01", "RJ1", "1", "many", "1", "1", "'=HYPERLINK(1)"]
    assert rows[1][-1].startswith("attendances: This is not a number.")
    assert rows[2][4] == "-1"
    assert "negative" in rows[2][-1]
    put_right = content.decode("utf-8-sig").replace("many", "11").replace(",-1,", ",2,")
    assert send(put_right).state == "ready"


def test_marked_workbook_runs_no_formula_and_comes_back(client, send, world):
    table = [[*TABLE[0], "remark"], [*TABLE[1], "=1+1"], [*TABLE[2], "007"]]
    table[1][3] = "many"
    upload = send(xlsx(table), name="figures.xlsx")
    _, content = marked(client, world, upload)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [cell.data_type for cell in book["A"][2]] == ["s", "s", "n", "s", "n", "n", "s", "s"]
    assert book["A"]["G3"].value == "007"
    book["A"]["D2"] = 11554
    file = io.BytesIO()
    book.save(file)
    assert send(file.getvalue().replace(b"=1+1", b"x"), name="again.xlsx").state == "ready"


def test_file_without_problems_has_no_marked_copy(client, send, world):
    upload = send()
    people.sign_in(client, world.person("rj1.contributor"))
    assert client.get(f"{upload.get_absolute_url()}marked/").status_code == 404
