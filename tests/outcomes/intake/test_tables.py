"""The steps of a layout, each on the smallest table that needs it."""

import openpyxl
import pytest

from outcomes.intake.layout import Layout
from outcomes.intake.mapping import Mapping
from tests.outcomes.intake.files import TIDY, read


def write(tmp_path, text):
    path = tmp_path / "file.csv"
    path.write_text(text)
    return path


def layout(**steps):
    return TIDY | {"layout": steps}


def figures(cells):
    return [(cell[1], cell[4], cell[6]) for cell in cells]


DEATHS = {
    "period": {"column": "period"},
    "organisation": {"value": "ONS"},
    "place": {"columns": [{"column": "code", "like": ["e[0-9]*"]}, "area"]},
    "numbers": {"marks": {"-": "zero", "": "not_collected"}},
    "measures": [{"measure": "deaths", "numerator": {"add": ["deaths"]}}],
}


def test_header_is_found_under_titles_and_the_table_ends_at_the_footnotes(tmp_path):
    path = write(
        tmp_path,
        "Visits 2025,,\nPublished:,1 May,\n,,\nPeriod,Org,Visits\n2025-04-01,RJ1,5\n,,\n"
        "2025-05-01,RJ1,6\nSource: us,,\n2025-06-01,RJ1,7\n",
    )
    outcome, cells = read(path, layout(header={"expect": ["org", "visits"]}, until=["source*"]))
    assert (outcome["header_row"], outcome["rows_read"]) == (4, 2)
    assert [cell[0] for cell in cells] == ["5", "7"]


def test_header_that_is_not_found_names_the_nearest_row(tmp_path):
    path = write(tmp_path, "Title,,\nPeriod,Organ,Visits\n2025-04-01,RJ1,5\n")
    refusal = read(path, layout(header={"expect": ["period", "organ code", "visits"]}))[0][
        "refusal"
    ]
    assert refusal == (
        "Row 2 must hold the names of the columns. Missing: organ code. Found: period, organ, "
        "visits."
    )


@pytest.mark.parametrize("merged", [True, False], ids=["merged", "centred"])
def test_upper_header_is_filled_across_and_joined(tmp_path, merged):
    path = tmp_path / "file.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["", "", "Seen", "", "Waited"])
    book.active.append(["Period", "Org", "Type 1", "Type 2", "Type 1"])
    book.active.append(["2025-04-01", "RJ1", 1, 2, 3])
    if merged:
        book.active.merge_cells("C1:D1")
    book.save(path)
    steps = {"header": {"expect": ["period", "org"], "join": 2}}
    for column, value in {"seen: type 1": 1, "seen: type 2": 2, "waited: type 1": 3}.items():
        mapping = layout(**steps) | {
            "measures": [{"measure": "visits", "numerator": {"add": [column]}}]
        }
        assert read(path, mapping)[1][0][6] == str(value)


def test_last_part_of_a_joined_name_will_do_when_no_other_ends_so(tmp_path):
    path = write(tmp_path, ",,All,\nPeriod,Org,Visits,Type 1\n2025-04-01,RJ1,5,4\n")
    _, cells = read(path, layout(header={"expect": ["period", "org"], "join": 2}))
    assert figures(cells) == [("RJ1", "2025-04-01", "5")]


def test_periods_across_become_rows(tmp_path):
    path = write(
        tmp_path,
        "Deaths by area,,,,\nCode,Area,,Jan-12,Feb-12,Total\nE12000007,LONDON 1,,5,-,5\n"
        ",Notes follow,,,,\n,,Camden,3,,3\n",
    )
    across = {
        "header": {"periods": 2},
        "across": {"formats": ["month"], "value": "deaths"},
        "combine": [
            {"into": "area", "before_periods": True, "trim_notes": True},
            {"into": "code", "before_periods": True, "like": ["e[0-9]*"]},
        ],
        "without_numbers": True,
    }
    outcome, cells = read(path, DEATHS | {"layout": across})
    assert [(c[0], c[2], c[4], c[6], c[8]) for c in cells] == [
        ("3", "E12000007", "2012-01-01", "5", ""),
        ("3", "E12000007", "2012-02-01", "0", ""),
        ("5", "Camden", "2012-01-01", "3", ""),
        ("5", "Camden", "2012-02-01", "", "not_collected"),
    ]
    assert outcome["problems"] == []


def test_periods_over_several_measures_and_a_later_block(tmp_path):
    path = write(
        tmp_path,
        "Report,,,,,\n,,01/04/2022,,02/04/2022,\n,,X1,X2,X1,X2\n,,In 17:00,Out,In 17:01,Out\n"
        ",ENGLAND,9,9,9,9\nRegion,Code,,,,\nLONDON,RJ1,1,2,3,4\n",
    )
    mapping = {
        "layout": {
            "header": {"like": ["in 17*"]},
            "rename": {"in 17*": "in"},
            "across": {"formats": ["%d/%m/%Y"], "above": 3},
            "block": ["region", "code"],
        },
        "period": {"column": "period"},
        "organisation": {"column": "code"},
        "measures": [
            {"measure": "in", "numerator": {"add": ["in"]}},
            {"measure": "out", "numerator": {"add": ["out"]}},
        ],
    }
    _, cells = read(path, mapping)
    assert [(c[0], c[1], c[4], c[5], c[6]) for c in cells] == [
        ("7", "RJ1", "2022-04-01", "in", "1"),
        ("7", "RJ1", "2022-04-01", "out", "2"),
        ("7", "RJ1", "2022-04-02", "in", "3"),
        ("7", "RJ1", "2022-04-02", "out", "4"),
    ]


def test_period_beside_a_label_above_the_table(tmp_path):
    path = write(tmp_path, "Period:,,June 2025\n\nOrg,Visits,\nRJ1,5,\n")
    mapping = layout(header={"expect": ["org", "visits"]}, beside={"period": "period:"}) | {
        "period": {"column": "period", "formats": ["month"]}
    }
    assert figures(read(path, mapping)[1]) == [("RJ1", "2025-06-01", "5")]
    path = write(tmp_path, "Month:,,June 2025\n\nOrg,Visits,\nRJ1,5,\n")
    assert "We looked above the table for “period:”" in read(path, mapping)[0]["refusal"]


def test_names_said_once_are_filled_down(tmp_path):
    path = write(tmp_path, "Period,Org,Visits\n2025-04-01,RJ1,5\n,RJZ,6\n2025-05-01,RJ1,7\n")
    _, cells = read(path, layout(fill_down=["period"]))
    assert figures(cells) == [
        ("RJ1", "2025-04-01", "5"),
        ("RJZ", "2025-04-01", "6"),
        ("RJ1", "2025-05-01", "7"),
    ]


def test_words_for_empty_and_rows_without_figures(tmp_path):
    path = write(tmp_path, "Period,Org,Visits\nNA,NA,NA\nLondon,NA,NA\n2025-04-01,RJ1,5\n")
    outcome, cells = read(path, layout(empty=["na"], without_numbers=True))
    assert (figures(cells), outcome["rows_not_needed"]) == ([("RJ1", "2025-04-01", "5")], 1)


def test_short_rows_are_allowed_only_alike(tmp_path):
    text = "Period,Org,Visits,Note,More\n2025-04-01,RJ1,5,x\n2025-05-01,RJ1,6,x\n2025-06-01,RJ1,7\n"
    outcome, cells = read(write(tmp_path, text), layout(short_rows=True))
    assert [cell[6] for cell in cells] == ["5", "6"]
    assert [problem["row"] for problem in outcome["problems"]] == [4]
    assert [p["row"] for p in read(write(tmp_path, text), TIDY)[0]["problems"]] == [2, 3, 4]


def test_sheet_is_chosen_by_pattern_and_named_when_missing(tmp_path):
    path = tmp_path / "file.xlsx"
    book = openpyxl.Workbook()
    for name in ("Cover", "Figures for 2031"):
        book.create_sheet(name).append(["period", "org", "visits"])
        book[name].append(["2031-04-01", "RJ1", 4 if name == "Cover" else 5])
    book.save(path)
    outcome, cells = read(path, layout(sheet={"like": ["figures for *"]}))
    assert (outcome["sheet"], cells[0][6]) == ("Figures for 2031", "5")
    assert read(path, layout(sheet={"any": True}))[0]["sheet"] == "Cover"
    assert read(path, layout(sheet={"like": ["table 2"]}))[0]["refusal"] == (
        "The file has no sheet called “table 2”. Found: Sheet, Cover, Figures for 2031."
    )


def test_title_must_say_what_the_kind_is_about(tmp_path):
    path = write(tmp_path, "Births,,\nPeriod,Org,Visits\n2025-04-01,RJ1,5\n")
    steps = {"header": {"expect": ["org"]}, "mentions": ["*death*"]}
    assert "says “death”" in read(path, layout(**steps))[0]["refusal"]
    assert read(path, layout(**steps | {"mentions": ["birth*"]}))[1]


@pytest.mark.parametrize("spec", [{"heder": {}}, {"header": {"rows": 3}}, {"sheet": {"name": "x"}}])
def test_layout_knows_no_other_keys(spec):
    with pytest.raises((KeyError, TypeError)):
        Layout.from_json(spec)


def test_mapping_without_a_layout_is_plain():
    assert Mapping.from_json(TIDY).layout.is_plain
