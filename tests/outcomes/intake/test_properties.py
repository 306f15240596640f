"""What programs write is read back; what nobody meant to write never does harm."""

import csv
import io
from datetime import date
from pathlib import Path

import odfdo
import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outcomes.intake.extract import extract
from outcomes.intake.readers import Unreadable, open_source
from outcomes.intake.readers.refusals import EMPTY
from tests.outcomes.intake.files import binary_workbook, ods, workbook

QUICK = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
# Any letter but those no program can keep: surrogates, NUL and other control characters.
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
LINES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
MAPPING = {
    "period": {"column": "period"},
    "organisation": {"column": "org"},
    "measures": [{"measure": "visits", "numerator": {"add": ["visits"]}}],
}
PROFILES = [{"id": 1, "mapping": MAPPING}]


def table(texts):
    return st.integers(1, 5).flatmap(
        lambda width: st.lists(
            st.lists(texts, min_size=width, max_size=width), min_size=1, max_size=8
        )
    )


def rows_of(path: Path) -> list[list[str]]:
    return list(open_source(path).rows())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("terminator", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@QUICK
@given(rows=table(LINES))
def test_what_csv_writes_is_read_back(tmp_path, encoding, terminator, delimiter, rows):
    header = ["one", "two", "three", "four", "five"]  # tells the delimiter
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=terminator, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([header, *rows])
    path = tmp_path / "file.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    assert rows_of(path) == [header, *rows]


@pytest.mark.parametrize("dialect", ["excel", "excel-tab", "unix"])
@QUICK
@given(rows=table(st.one_of(LINES, st.integers().map(str))))
def test_what_each_dialect_of_csv_quotes_is_read_back(tmp_path, dialect, rows):
    header = ["one", "two", "three", "four", "five"]
    text = io.StringIO()
    csv.writer(text, dialect=dialect).writerows([header, *rows])
    path = tmp_path / "file.csv"
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    assert rows_of(path) == [header, *rows]


CELLS = st.one_of(
    TEXT.filter(lambda text: not text.startswith("=")),
    st.integers(-(10**14), 10**14),
    st.dates(date(1900, 3, 2), date(2199, 12, 31)),
    st.booleans(),
    st.none(),
    st.decimals(-(10**6), 10**6, places=4, allow_nan=False).map(float),
)


def as_read(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        text = f"{value:.4f}".rstrip("0").rstrip(".")
        return "0" if text in ("-0", "") else text
    return value.isoformat() if isinstance(value, date) else str(value)


def by_openpyxl(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def by_xlsxwriter(path, rows):
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet("Data")
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(number, place, value)
                elif value is not None:
                    page.write(number, place, value)


def by_xlwt(path, rows):
    book = xlwt.Workbook(encoding="utf-8")
    page, day = book.add_sheet("Data"), xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            style = [day] if isinstance(value, date) else []
            if value is not None:
                page.write(number, place, value, *style)
    book.save(str(path))


def by_odfdo(path, rows):
    book = odfdo.Document("spreadsheet")
    book.body.clear()
    page = odfdo.Table("Data")
    for row in rows:
        line = odfdo.Row()
        line.set_values(row)
        page.append(line)
    book.body.append(page)
    book.save(str(path))


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter, by_xlwt, by_odfdo])
@QUICK
@given(rows=table(CELLS))
def test_what_a_program_writes_is_read_back(tmp_path, write, rows):
    path = tmp_path / "file"
    write(path, rows)
    expected = [[as_read(value) for value in row] for row in rows]
    found = rows_of(path)
    width = max(map(len, found), default=0)
    padded = [row + [""] * (len(rows[0]) - width) for row in found]
    assert without_empty_end(padded) == without_empty_end(expected)


# The parser takes these at the beginning for a mark of the encoding.
WIDE = TEXT.filter(lambda text: text and text[0] not in "\ufeff\ufffe\ubbef")


@QUICK
@given(rows=table(st.one_of(WIDE, st.integers(0, 10**9).map(float))))
def test_what_a_binary_workbook_holds_is_read_back(tmp_path, rows):
    """No program writes XLSB but Excel, so its records are written as its specification says."""
    path = tmp_path / "file"
    path.write_bytes(binary_workbook(rows))
    assert rows_of(path) == [[as_read(value) for value in row] for row in rows]


def without_empty_end(rows):
    while rows and not any(rows[-1]):
        rows = rows[:-1]
    return rows


@QUICK
@given(
    rows=table(st.one_of(st.integers(0, 10**9), st.from_regex(r"[A-Za-z]{1,8}", fullmatch=True)))
)
def test_what_libreoffice_writes_is_read_back(tmp_path, rows):
    path = tmp_path / "file.ods"
    path.write_bytes(ods(rows))
    assert rows_of(path) == [[str(value) for value in row] for row in rows]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD_CSV = "period,org,visits\n" + "2025-04-01,RJ1,5\n" * 50
GOOD_XLSX = workbook(
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>period</t></is></c></row>'
    '<row r="2"><c r="A2"><v>45000</v></c></row></sheetData>'
)
GOOD_XLSB = binary_workbook([["period", "org", "visits"], ["2025-04-01", "RJ1", 5.0]])
GOOD_ODS = ods([["period", "org", "visits"], ["2025-04-01", "RJ1", 5]])


def good_xls() -> bytes:
    book, buffer = xlwt.Workbook(), io.BytesIO()
    page = book.add_sheet("Data")
    for number, row in enumerate([["period", "org", "visits"], ["2025-04-01", "RJ1", 5]]):
        for place, value in enumerate(row):
            page.write(number, place, value)
    book.save(buffer)
    return buffer.getvalue()


def never_crashes(path: Path) -> None:
    """The reader answers with rows and problems or with a sentence, never with another error."""
    outcome = extract(path, PROFILES, path.with_suffix(".cells"))
    sentence = outcome["refusal"]
    assert sentence == "" or sentence.rstrip().endswith((".", "?"))
    assert sentence or outcome["rows_read"]


@QUICK
@given(content=st.binary(max_size=400))
def test_random_bytes_get_a_sentence(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    never_crashes(path)


@QUICK
@given(
    start=st.sampled_from([b"PK\x03\x04", OLE, b"\xff\xfe", b'"', b"period,org,visits\n"]),
    content=st.binary(max_size=400),
)
def test_random_bytes_behind_a_known_beginning_get_a_sentence(tmp_path, start, content):
    path = tmp_path / "file"
    path.write_bytes(start + content)
    never_crashes(path)


@pytest.mark.parametrize(
    "good",
    [GOOD_CSV.encode(), GOOD_XLSX, good_xls(), GOOD_XLSB, GOOD_ODS],
    ids=["csv", "xlsx", "xls", "xlsb", "ods"],
)
@QUICK
@given(data=st.data())
def test_cut_and_flipped_files_get_a_sentence(tmp_path, good, data):
    content = bytearray(good[: data.draw(st.integers(1, len(good)))])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=6)):
        content[place] ^= 1 << data.draw(st.integers(0, 7))
    path = tmp_path / "file"
    path.write_bytes(content)
    never_crashes(path)


def test_empty_file_has_its_own_sentence(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"")
    with pytest.raises(Unreadable, match=EMPTY[:17]):
        open_source(path)
