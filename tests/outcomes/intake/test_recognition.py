"""The file tells its kind by its header; profiles of old go on working."""

import openpyxl
import pytest

from outcomes.intake.extract import extract, look
from outcomes.intake.known import adopt, known, known_profiles
from outcomes.intake.mapping import Mapping
from outcomes.intake.readers import open_source
from outcomes.intake.recognition import candidates
from tests.outcomes.intake.files import HEADER, TIDY, everything_known, read_with

OTHER = {
    "period": {"column": "month"},
    "organisation": {"column": "trust"},
    "measures": [{"measure": "beds", "numerator": {"add": ["beds"]}}],
}
FINER = TIDY | {"category": {"column": "group"}}


def write(tmp_path, text):
    path = tmp_path / "file.csv"
    path.write_text(text)
    return path


def profiles(**mappings):
    return [{"id": key, "mapping": mapping} for key, mapping in mappings.items()]


def test_profile_that_fits_and_asks_for_most_is_used(tmp_path):
    path = write(tmp_path, f"{HEADER},group\n2025-04-01,RJ1,5,age:65\n")
    offered = profiles(other=OTHER, tidy=TIDY, finer=FINER)
    outcome, cells = read_with(path, offered, tmp_path)
    assert (outcome["profile"], cells[0][3]) == ("finer", "age:65")
    source = open_source(path)
    assert [(c.profile, round(c.score, 2), c.fits) for c in candidates(source, offered)] == [
        ("other", 0.0, False),
        ("tidy", 1.0, True),
        ("finer", 1.0, True),
    ]


def test_nearest_profile_says_what_is_missing(tmp_path):
    path = write(tmp_path, "period,org,visit\n2025-04-01,RJ1,5\n")
    refusal = extract(path, profiles(other=OTHER, tidy=TIDY), tmp_path / "c")["refusal"]
    assert refusal == (
        "Row 1 must hold the names of the columns. Missing: visits. Found: period, org, visit. "
        "Did you mean “visits” by “visit”?"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a,b\n1,2\n",
            "This is not one of the kinds of files set up for this collection. It begins",
        ),
        ("RJ1,5,6\nRJZ,7,8\n", "The names of the columns are missing: the first row already holds"),
        ('"a\n', "Row 1 could not be read: a quotation mark"),
    ],
)
def test_file_like_no_profile_is_described(tmp_path, text, message):
    refusal = extract(write(tmp_path, text), profiles(a=TIDY, b=OTHER), tmp_path / "c")["refusal"]
    assert message in refusal


def test_without_profiles_every_file_is_of_an_unknown_kind(tmp_path):
    path = write(tmp_path, f"{HEADER}\n")
    outcome = extract(path, [], tmp_path / "c")
    assert outcome["refusal_kind"] == "unknown"
    assert "It begins with: period, org, visits." in outcome["refusal"]


def test_known_profile_gives_way_to_the_collections_own(tmp_path):
    path = write(tmp_path, f"{HEADER},group\n2025-04-01,RJ1,5,age:65\n")
    known = {"id": "known", "mapping": FINER, "known": True}
    own = {"id": "own", "mapping": TIDY}
    assert extract(path, [known, own], tmp_path / "c")["profile"] == "own"
    assert extract(path, [known], tmp_path / "c")["profile"] == "known"


def test_layout_that_is_broken_is_not_the_senders_fault(tmp_path):
    path = write(tmp_path, f"{HEADER}\n2025-04-01,RJ1,5\n")
    broken = {key: value for key, value in TIDY.items() if key != "organisation"}
    refusal = extract(path, profiles(a=broken), tmp_path / "c")["refusal"]
    assert refusal == (
        "This layout is not complete ('organisation'). Ask the analyst to put it right."
    )
    assert read_with(path, profiles(a=broken, b=TIDY), tmp_path)[0]["profile"] == "b"


def test_look_shows_what_a_screen_needs_to_set_up_a_profile(tmp_path):
    path = write(tmp_path, f"{HEADER}\n" + "2025-04-01,RJ1,5\n" * 100)
    seen = look(path, profiles(tidy=TIDY, other=OTHER))
    assert (seen["refusal"], seen["kind"], len(seen["rows"])) == ("", "csv", 40)
    assert seen["sheets"] == [{"name": "", "visible": True}]
    assert seen["candidates"][0] == {"profile": "tidy", "score": 1.0, "refusal": ""}
    assert "Missing" in seen["candidates"][1]["refusal"]
    assert look(write(tmp_path, ""), [])["refusal"].startswith("The file is empty")


@pytest.mark.parametrize("profile", known_profiles(), ids=lambda profile: profile.key)
def test_built_in_profile_is_complete(profile):
    mapping = Mapping.from_json(adopt(profile, organisation="X"))
    assert mapping.measures
    assert profile.frequency in ("day", "month", "quarter", "year")
    assert profile.name
    assert profile.source
    if profile.asks:
        with pytest.raises(ValueError, match="Say to which organisation"):
            adopt(profile)


def test_adopt_takes_the_measures_and_areas_that_are_wanted():
    mapping = adopt(
        known("ons-monthly-deaths"),
        measures={"deaths-registered": "deaths"},
        organisation="ons",
        places=["Lambeth"],
    )
    assert [m["measure"] for m in mapping["measures"]] == ["deaths"]
    assert mapping["place"]["only"] == ["Lambeth"]
    assert mapping["organisation"] == {"value": "ons"}
    assert "only" not in known("ons-monthly-deaths").mapping["place"]  # a copy was changed
    with pytest.raises(ValueError, match="at least one measure"):
        adopt(known("kh03-beds"), measures={})


def test_adopt_translates_measures_that_stand_in_a_column(tmp_path):
    mapping = adopt(
        known("fingertips"),
        measures={"90988": "chd", "219-value": "hypertension"},
        organisation="ohid",
    )
    path = write(
        tmp_path,
        "IndicatorID,AreaCode,Time_period,Value,Count,Denominator\n"
        "90988,E09000022,2022/23,9.1,10,110\n219,E09000022,2022/23,12.34567,20,220\n"
        "555,E09000022,2022/23,1,2,3\n",
    )
    outcome, cells = read_with(path, profiles(fingertips=mapping), tmp_path)
    assert [(c[5], c[6], c[7]) for c in cells] == [
        ("chd", "10", "110"),
        ("hypertension", "12.3457", ""),
    ]
    assert outcome["rows_not_needed"] == 1


def test_older_monthly_ae_file_without_booked_appointments_is_known(tmp_path):
    """Until 2020 the columns were fewer and began with “Number of”."""
    columns = [
        f"Number of {what} {kind}"
        for what in ("A&E attendances", "attendances over 4hrs")
        for kind in (
            "Type 1",
            "Type 2",
            "Other A&E Department" if what.startswith("A") else "Other Department",
        )
    ]
    admissions = [f"Emergency admissions via A&E - {kind}" for kind in
                  ("Type 1", "Type 2", "Other A&E department")]  # fmt: skip
    header = ["Period", "Org Code", *columns, *admissions, "Other emergency admissions"]
    path = write(tmp_path, f"{','.join(header)}\nMSitAE-APRIL-2019,RJ1,100,20,3,10,2,0,9,8,7,6\n")
    outcome, cells = read_with(path, everything_known(), tmp_path)
    assert outcome["profile"] == "ae-monthly-csv"
    assert {c[5]: (c[6], c[7]) for c in cells}["ae-4-hour-performance"] == ("111", "123")
    assert {c[4] for c in cells} == {"2019-04-01"}


def test_workbook_whose_first_sheet_is_too_large_is_asked_about_by_another(tmp_path):
    """NHS England's own reports have a contents sheet of 16,384 columns."""
    book = openpyxl.Workbook()
    book.active.title = "Contents"
    book.active["XFD1"] = "far"
    page = book.create_sheet("Figures")
    page.append(["month", "trust", "seen"])
    page.append(["2025-04", "RJ1", 5])
    path = tmp_path / "file.xlsx"
    book.save(path)
    assert extract(path, profiles(tidy=TIDY), tmp_path / "c")["refusal_kind"] == "unknown"
    seen = look(path, [])
    assert (seen["refusal"], seen["sheet"]) == ("", "Figures")
    assert [each["name"] for each in seen["sheets"]] == ["Contents", "Figures"]
