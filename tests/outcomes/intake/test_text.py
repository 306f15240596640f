"""CSV as people and programs save it."""

import pytest

from outcomes.intake.readers import Limits, Unreadable, open_source
from tests.outcomes.intake.files import HEADER, TIDY, read

ROWS = "2025-04-01,RJ1,12\n2025-05-01,RJZ,13\n"
CELLS = [
    ["2", "RJ1", "", "", "2025-04-01", "visits", "12", "", ""],
    ["3", "RJZ", "", "", "2025-05-01", "visits", "13", "", ""],
]
TEXT = f"{HEADER}\n{ROWS}"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("\n", "\r").encode("utf-8-sig"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode(),
        TEXT.rstrip("\n").encode(),
        TEXT.replace("RJ1,12", '"RJ1","12"').encode(),
        TEXT.replace("visits", " VISITS\u00a0").encode(),
        TEXT.replace("RJ1,12", "rj1 ,\u00a012 ").encode(),
        TEXT.replace("\n", ",,\n").replace("visits,,", "visits").encode(),
        (TEXT + ",,\n   , ,\n\n").encode(),
    ],
    ids=[
        "utf-8", "bom", "utf-16", "utf-16-be", "crlf", "cr", "bom-cr", "semicolon", "tab",
        "no-last-line-end", "quoted", "spaces-in-header", "spaces-in-cells", "empty-columns",
        "blank-rows",
    ],
)  # fmt: skip
def test_text_is_read_however_it_is_saved(tmp_path, content):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    outcome, cells = read(path, TIDY)
    assert (outcome["refusal"], outcome["problems"], cells) == ("", [], CELLS)


def test_guessed_letters_are_read_and_asked_about(tmp_path):
    path = tmp_path / "file.csv"
    path.write_bytes(f"{HEADER},name\n2025-04-01,RJ1,5,St George’s\n".encode("cp1252"))
    outcome, _ = read(path, TIDY)
    (note,) = outcome["notes"]
    assert (note["kind"], note["row"], note["value"]) == ("encoding", 2, "St George’s")
    assert "save the file as “CSV UTF-8”" in note["message"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf \r\n", "The file is empty"),
        (TEXT.encode("utf-16-le"), "could not read the letters"),
        (TEXT.encode("utf-32"), "could not read the letters"),
        (b"\xff\xfeabc", "could not read the letters"),
        (b"name\n\x81\x8d\xff\n", "could not read the letters"),
        (TEXT.replace("RJ1", "R\0J1").encode(), "not a CSV or XLSX"),
        (b"%PDF-1.7", "not a CSV or XLSX"),
        (b"\x89PNG\r\n", "not a CSV or XLSX"),
        (b"<!DOCTYPE html><table>", "This is a web page"),
        ((TEXT + '2025-06-01,"RJ1,14\n' + ROWS).encode(), "Row 4 could not be read: a quotation"),
        ((TEXT + '2025-06-01,"RJ"1,14\n').encode(), "Row 4 could not be read: a quotation"),
        ((TEXT + f'2025-06-01,"{"x" * 200_000}",1\n').encode(), "longer than a cell may be"),
        ((HEADER + ",x" * 300 + "\n").encode(), "at most 2,000,000 rows and 200 columns"),
    ],
)
def test_text_that_cannot_be_read_is_refused_with_a_sentence(tmp_path, content, message):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    assert message in read(path, TIDY)[0]["refusal"]


def test_limit_of_rows_is_a_choice_of_the_caller(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text(TEXT)
    assert "at most 2 rows" in read(path, TIDY, limits=Limits(text_rows=2))[0]["refusal"]
    with pytest.raises(Unreadable, match="at most 0 MB"):
        open_source(path, Limits(unpacked_bytes=10))


def test_ragged_rows_are_named_and_the_others_read(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text(f"{HEADER}\n2025-04-01,RJ1\n2025-04-01,RJ1,5,6\n2025-05-01,RJ1,7\n")
    outcome, cells = read(path, TIDY)
    assert [(p["row"], p["message"][:22]) for p in outcome["problems"]] == [
        (2, "This row has 2 columns"),
        (3, "This row has 4 columns"),
    ]
    assert [cell[6] for cell in cells] == ["7"]


def test_line_break_within_quotes_does_not_shift_the_numbers_of_rows(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text(f'{HEADER},note\n2025-04-01,RJ1,5,"two\nlines"\n2025-05-01,RJ1,x,\n')
    outcome, _ = read(path, TIDY)
    assert [(p["row"], p["column"], p["value"]) for p in outcome["problems"]] == [
        (3, "visits", "x")
    ]


def test_comma_in_a_title_does_not_hide_the_semicolons(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text(f"Visits, by trust, by month\n\n{TEXT.replace(',', ';')}")
    layout = {"layout": {"header": {"expect": ["period", "org", "visits"]}}}
    _, cells = read(path, TIDY | layout)
    assert [cell[0] for cell in cells] == ["4", "5"]
