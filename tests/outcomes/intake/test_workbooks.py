"""Workbooks as programs write them, and as somebody writes them who means harm."""

import datetime
import zipfile

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from outcomes.intake.readers import Unreadable, open_source
from outcomes.intake.readers.archives import column_letters, column_number
from outcomes.intake.readers.workbooks import as_text
from tests.outcomes.intake.files import TIDY, binary_workbook, ods, read, workbook, zipped

HEADER = ["Period", "Org", "Visits"]
GOOD = (
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>period</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>org</t></is></c><c r="C1" t="inlineStr"><is><t>visits</t>'
    '</is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>2025-04-01</t></is></c>'
    '<c r="B2" t="inlineStr"><is><t>RJ1</t></is></c>{cell}</row></sheetData>'
)


def save(path, rows, *, epoch=None, sheets=()):
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for name, state in sheets:
        book.create_sheet(name, 0).sheet_state = state
    book.save(path)


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_xlsx_with_real_dates_and_numbers_is_read(tmp_path, epoch):
    path = tmp_path / "file.xlsx"
    day = datetime.date(2025, 4, 1)
    save(path, [HEADER, [day, "RJ1", 12], [day, "RJZ ", 12.5], [day, "RAX", "1,234"]], epoch=epoch)
    outcome, cells = read(path, TIDY)
    assert outcome["kind"] == "xlsx"
    assert [(c[1], c[4], c[6]) for c in cells] == [
        ("RJ1", "2025-04-01", "12"),
        ("RJZ", "2025-04-01", "12.5"),
        ("RAX", "2025-04-01", "1234"),
    ]


@pytest.mark.parametrize(
    ("epoch", "period"), [(None, "2023-03-15"), (CALENDAR_MAC_1904, "2027-03-16")]
)
def test_numbers_that_stand_for_days_follow_the_epoch_of_the_workbook(tmp_path, epoch, period):
    path = tmp_path / "file.xlsx"
    save(path, [HEADER, [45000, "RJ1", 12]], epoch=epoch)
    mapping = TIDY | {"period": {"column": "period", "formats": ["excel"]}}
    assert read(path, mapping)[1][0][4] == period


def test_first_visible_sheet_is_read(tmp_path):
    path = tmp_path / "file.xlsx"
    save(path, [HEADER, ["2025-04-01", "RJ1", 12]], sheets=[("Secret", "hidden")])
    source = open_source(path)
    assert [(s.name, s.visible) for s in source.sheets] == [("Secret", False), ("Sheet", True)]
    assert read(path, TIDY)[0]["sheet"] == "Sheet"


def test_table_away_from_the_corner_keeps_its_places(tmp_path):
    path = tmp_path / "file.xlsx"
    book = openpyxl.Workbook()
    for letter, (name, value) in zip("CDE", zip(HEADER, ["2025-04-01", "RJ1", 5], strict=True),
                                     strict=True):  # fmt: skip
        book.active[f"{letter}4"], book.active[f"{letter}6"] = name, value
    book.save(path)
    mapping = TIDY | {"layout": {"header": {"expect": ["period", "org", "visits"]}}}
    outcome, cells = read(path, mapping)
    assert (outcome["header_row"], cells[0][0], cells[0][6]) == (4, "6", "5")


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ('<c r="C2"><f>A1+1</f></c>', "Cell C2 holds a formula whose result was not saved"),
        ('<c r="C2"><f>A1+1</f><v/></c>', "Cell C2 holds a formula"),
        ('<c r="C2"><f t="shared" si="0"/><v></v></c>', "Cell C2 holds a formula"),
        ('<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "Cell C2 shows an error"),
        ('<c r="C2" t="b"><v>1</v></c>', "not a number"),
        ('<c r="C2"/>', "This cell is empty"),
    ],
)
def test_cell_without_a_number_is_named(tmp_path, cell, message):
    path = tmp_path / "file.xlsx"
    path.write_bytes(workbook(GOOD.format(cell=cell)))
    outcome, _ = read(path, TIDY)
    ((row, column, text),) = [(p["row"], p["column"], p["message"]) for p in outcome["problems"]]
    assert (row, column) == (2, "visits")
    assert message in text


def test_saved_result_of_a_formula_is_a_number(tmp_path):
    path = tmp_path / "file.xlsx"
    path.write_bytes(workbook(GOOD.format(cell='<c r="C2"><f>6*7</f><v>42</v></c>')))
    assert read(path, TIDY)[1][0][6] == "42"


def test_false_dimension_hides_no_rows(tmp_path):
    path = tmp_path / "file.xlsx"
    sheet = GOOD.format(cell='<c r="C2"><v>42</v></c>').replace("org", "org")
    path.write_bytes(workbook(f'<dimension ref="A1:B1"/>{sheet}'))
    assert read(path, TIDY)[1][0][6] == "42"


BILLION = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
NUMBER = GOOD.format(cell='<c r="C2"><v>1</v></c>')


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (workbook('<sheetData><row r="1048576"><c r="XFD9"/></row></sheetData>'), "too large"),
        (workbook('<sheetData><x:row xmlns:x="u" r="900000"/></sheetData>'), "too large"),
        (workbook("<sheetData><row r='1'><c r='ALL1'/></row></sheetData>"), "too large"),
        (workbook(f'<?xml version="1.0"?>{BILLION}<worksheet/>'), "parts we do not read"),
        (workbook(NUMBER, extra={"xl/styles.xml": BILLION}), "parts we do not read"),
        (workbook(NUMBER, extra={"a.rels": "x".encode("utf-16")}), "parts we do not read"),
        (workbook(NUMBER, extra={"xl/vbaProject.bin": b"x"}), "macros"),
        (workbook(NUMBER, extra={f"x{i}": b"" for i in range(200)}), "too large once unpacked"),
        (workbook(NUMBER, extra={"xl/x.xml": b" " * 30_000_000}), "too large once unpacked"),
        (zipped({"word/document.xml": "<w/>"}), "not a CSV or XLSX"),
        (b"PK\x03\x04" + b"x" * 100, "damaged or protected"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "damaged or protected"),
    ],
    ids=[
        "far-corner", "far-row-with-prefix", "far-column", "entities", "entities-elsewhere",
        "utf-16-part", "macros", "many-entries", "bomb", "word", "no-zip", "no-xls",
    ],
)  # fmt: skip
def test_hostile_workbook_is_refused_before_it_costs_anything(tmp_path, content, message):
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    assert message in read(path, TIDY)[0]["refusal"]


def test_encrypted_entries_are_refused(tmp_path):
    path = tmp_path / "file.xlsx"
    content = bytearray(workbook(NUMBER))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        while start >= 0:
            content[start + at] |= 1
            start = content.find(mark, start + 4)
    path.write_bytes(content)
    assert "protected by a password" in read(path, TIDY)[0]["refusal"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(tmp_path):
    path = tmp_path / "file.xlsx"
    path.write_bytes(workbook(NUMBER))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", NUMBER)
    assert "damaged" in read(path, TIDY)[0]["refusal"]


def test_part_longer_than_its_table_of_contents_says_is_refused(tmp_path):
    path = tmp_path / "file.xlsx"
    content = workbook(NUMBER, extra={"xl/x.xml": b"<x>" + b"y" * 60_000})
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x", b"")
    path.write_bytes(content.replace((60_003).to_bytes(4, "little"), (9).to_bytes(4, "little")))
    assert "damaged" in read(path, TIDY)[0]["refusal"]


def test_links_to_other_workbooks_are_noted_and_never_followed(tmp_path):
    path = tmp_path / "file.xlsx"
    path.write_bytes(workbook(NUMBER, extra={"xl/externalLinks/externalLink1.xml": "<x/>"}))
    outcome, cells = read(path, TIDY)
    assert [note["kind"] for note in outcome["notes"]] == ["links"]
    assert cells[0][6] == "1"


def test_hidden_rows_are_read_and_noted(tmp_path):
    path = tmp_path / "file.xlsx"
    path.write_bytes(workbook(NUMBER.replace('<row r="2">', '<row r="2" hidden="1">')))
    outcome, cells = read(path, TIDY)
    assert outcome["notes"][0]["message"].startswith("Some rows are hidden")
    assert cells[0][6] == "1"


def test_ods_is_read_though_it_claims_a_million_empty_rows(tmp_path):
    path = tmp_path / "file.ods"
    path.write_bytes(ods([HEADER, ["2025-04-01", "RJ1", 12]]))
    outcome, cells = read(path, TIDY)
    assert (outcome["kind"], cells[0][6]) == ("ods", "12")


def test_xlsb_is_read_and_its_far_corner_refused(tmp_path):
    path = tmp_path / "file.xlsb"
    rows = [[*HEADER], ["2025-04-01", "RJ1", 12.0], ["2025-05-01", "RJ1", 12.5]]
    path.write_bytes(binary_workbook(rows))
    outcome, cells = read(path, TIDY)
    assert (outcome["kind"], [cell[6] for cell in cells]) == ("xlsb", ["12", "12.5"])
    for far in (250, 16_000):
        path.write_bytes(binary_workbook(rows, far=far))
        assert "at most 200,000 rows and 200 columns" in read(path, TIDY)[0]["refusal"]


def test_ods_that_repeats_a_full_cell_a_million_times_is_refused(tmp_path):
    path = tmp_path / "file.ods"
    path.write_bytes(ods([HEADER], repeat=' table:number-columns-repeated="1000000"'))
    with pytest.raises(Unreadable, match="too large"):
        open_source(path)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (870296.9999999999, "870297"),
        (1775668.9999999998, "1775669"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (1e21, "1e+21"),
        (-5.0, "-5"),
        (True, "TRUE"),
        (datetime.datetime(2025, 4, 1), "2025-04-01"),
        (datetime.datetime(2025, 4, 1, 9, 30), "2025-04-01 09:30:00"),
        (datetime.time(9, 30), "09:30:00"),
        (datetime.timedelta(hours=30), "108000 seconds"),
    ],
)
def test_as_text_writes_what_a_person_sees(value, text):
    assert as_text(value) == text


def test_column_letters_and_numbers_agree():
    assert [column_letters(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(column_number(column_letters(n)) == n for n in range(1, 20_000))
