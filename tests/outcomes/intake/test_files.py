"""Real files as published: each loads with the numbers of its tidy twin, or says why it does not.

What is expected is worked out here by other means than the readers': the csv module on the tidy
twin or on the file itself, and openpyxl. All built-in profiles are offered for every file, so each
test also proves that the file is recognised.
"""

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from outcomes.intake.extract import look
from outcomes.intake.readers import open_source
from tests.outcomes.intake.files import everything_known, read_with

pytestmark = pytest.mark.shared
Figures = dict[tuple[str, str, str, str], tuple[Decimal | None, Decimal | None]]
FOUR_PLACES = Decimal("0.0001")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def number(text: str) -> Decimal | None:
    text = text.replace(",", "")
    try:
        return Decimal(text).quantize(FOUR_PLACES)
    except ArithmeticError:
        return None


@pytest.fixture
def load(shared, tmp_path):
    """Reads a file with all built-in profiles; the outcome and its lines."""

    def load(name: str) -> tuple[dict, list[list[str]]]:
        outcome, lines = read_with(shared / "data" / name, everything_known(), tmp_path)
        assert outcome["refusal"] == ""
        assert outcome["problems"] == []
        return outcome, lines

    return load


def figures(lines: list[list[str]], who: int = 1) -> Figures:
    """(who, group, period, measure) → numerator and denominator; nothing stands there twice."""
    found: Figures = {}
    for line in lines:
        key = (line[who].casefold(), line[3], line[4], line[5])
        assert key not in found or who == 2, key
        found.setdefault(key, (number(line[6]), number(line[7])))
    return found


# A&E ---------------------------------------------------------------------------------------------

MONTHLY_COLUMNS = {
    "ae_attendances_type_1": "ae-attendances-type-1",
    "ae_attendances_type_2": "ae-attendances-type-2",
    "ae_attendances_other_ae_department": "ae-attendances-other",
    "ae_attendances_booked_appointments_type_1": "ae-booked-attendances-type-1",
    "ae_attendances_booked_appointments_type_2": "ae-booked-attendances-type-2",
    "ae_attendances_booked_appointments_other_department": "ae-booked-attendances-other",
    "attendances_over_4hrs_type_1": "ae-over-4-hours-type-1",
    "attendances_over_4hrs_type_2": "ae-over-4-hours-type-2",
    "attendances_over_4hrs_other_department": "ae-over-4-hours-other",
    "attendances_over_4hrs_booked_appointments_type_1": "ae-booked-over-4-hours-type-1",
    "attendances_over_4hrs_booked_appointments_type_2": "ae-booked-over-4-hours-type-2",
    "attendances_over_4hrs_booked_appointments_other_department": "ae-booked-over-4-hours-other",
    "patients_who_have_waited_4_12_hs_from_dta_to_admission": "ae-waited-4-to-12-hours-for-bed",
    "patients_who_have_waited_12_hrs_from_dta_to_admission": "ae-waited-12-hours-for-bed",
    "emergency_admissions_via_ae_type_1": "ae-admissions-type-1",
    "emergency_admissions_via_ae_type_2": "ae-admissions-type-2",
    "emergency_admissions_via_ae_other_ae_department": "ae-admissions-other",
    "other_emergency_admissions": "other-emergency-admissions",
}


@pytest.mark.parametrize(
    "name",
    [
        "Monthly-AE-April-2025.csv",
        "Monthly-AE-August-2024.csv",
        "Monthly-AE-December-2024.csv",
        "Monthly-AE-February-2025-revised.csv",
        "Monthly-AE-January-2025.csv",
        "Monthly-AE-June-2024 copy.csv",
        "Monthly-AE-March-2025.csv",
        "Monthly-AE-November-2024-revised.csv",
    ],
)
def test_monthly_ae_equals_its_tidy_twin(shared, load, name):
    outcome, lines = load(f"messy/{name}")
    found = figures(lines)
    twin = [
        row
        for row in rows_of(shared / "data/tidy/ae_monthly_by_org_2024_2025.csv")
        if row["source_file"] == name
    ]
    assert outcome["profile"] == "ae-monthly-csv"
    assert (outcome["rows_read"], outcome["rows_not_needed"]) == (len(twin) + 1, 1)  # TOTAL
    assert len(found) == len(twin) * (len(MONTHLY_COLUMNS) + 2)
    for row in twin:
        who, month = row["org_code"].casefold(), row["month"]
        for column, measure in MONTHLY_COLUMNS.items():
            assert found[who, "", month, measure][0] == int(row[column])
        seen = [c for c in MONTHLY_COLUMNS if c.startswith("ae_attendances")]
        over = [c for c in MONTHLY_COLUMNS if c.startswith("attendances_over")]
        whole = sum(int(row[c]) for c in seen)
        part = whole - sum(int(row[c]) for c in over)
        assert found[who, "", month, "ae-4-hour-performance"] == (part, whole)


def test_tidy_ae_adds_up_all_departments_of_an_organisation(shared, load):
    outcome, lines = load("tidy/ae_attendances_2016_2019.csv")
    found, expected = figures(lines), {}
    for row in rows_of(shared / "data/tidy/ae_attendances_2016_2019.csv"):
        counts = [int(row[column]) for column in ("attendances", "breaches", "admissions")]
        for name in ("", f"-type-{row['type']}".replace("-type-other", "-other")):
            key = (row["org_code"].casefold(), "", row["period"], name)
            sums = expected.setdefault(key, [0, 0, 0])
            expected[key] = [a + b for a, b in zip(sums, counts, strict=True)]
    assert outcome["profile"] == "ae-tidy"
    for (*key, name), (seen, over, admitted) in expected.items():
        assert found[*key, f"ae-over-4-hours{name}"] == (over, seen)
        assert found[*key, f"ae-4-hour-performance{name}"] == (seen - over, seen)
        assert found[*key, f"ae-admissions{name}"][0] == admitted


def test_provider_workbook_equals_what_openpyxl_sees_and_the_trusts_series(shared, load):
    name = "messy/June-2025-AE-by-provider-3euC4-1.xlsx"
    outcome, lines = load(name)
    found = figures(lines)
    assert (outcome["profile"], outcome["sheet"]) == ("ae-provider-xlsx", "Provider Level Data")
    sheet = openpyxl.load_workbook(shared / "data" / name, data_only=True)["Provider Level Data"]
    trusts = [row for row in sheet.iter_rows(min_row=19, values_only=True) if row[1]]
    assert len({who for who, *_ in found}) == len(trusts) == 201
    for row in trusts:
        who = row[1].strip().casefold()
        for place, measure in {
            4: "ae-attendances-type-1", 5: "ae-attendances-type-2", 6: "ae-attendances-other",
            7: "ae-attendances", 12: "ae-over-4-hours-type-1", 13: "ae-over-4-hours-type-2",
            14: "ae-over-4-hours-other", 15: "ae-over-4-hours", 20: "ae-admissions-type-1",
            21: "ae-admissions-type-2", 22: "ae-admissions-other",
            24: "other-emergency-admissions", 26: "ae-waited-4-hours-for-bed",
            27: "ae-waited-12-hours-for-bed",
        }.items():  # fmt: skip
            assert found[who, "", "2025-06-01", measure][0] == round(row[place])
    for row in rows_of(shared / "data/tidy/ae_local_trusts_2021_2025.csv"):
        if row["date"] == "2025-06-01":
            over = found[row["nhs_trust22_code"].casefold(), "", row["date"], "ae-over-4-hours"]
            assert over == (
                number(row["attendances_over_4hours"]),
                number(row["total_attendances"]),
            )


# Deaths, beds, discharges ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "year", "sheet"),
    [
        ("messy/ONS_Monthly2012Mortality.xls", "2012", "Figures for 2012"),
        ("messy/ONS_Monthly2009Mortality_sheet_dump.csv", "2009", ""),
    ],
)
def test_ons_deaths_equal_their_tidy_twin(shared, load, name, year, sheet):
    outcome, lines = load(name)
    found = figures(lines, who=2)
    assert (outcome["profile"], outcome["sheet"]) == ("ons-monthly-deaths", sheet)
    twin = [
        row
        for row in rows_of(shared / "data/tidy/deaths_monthly_london_boroughs_2006_2017.csv")
        if row["month"].startswith(year)
    ]
    assert len(twin) == 420
    for row in twin:
        key = (row["area_name"].casefold(), "", row["month"], "deaths-registered")
        assert found[key][0] == int(row["deaths_registered"])


def test_sheet_dump_reads_dashes_as_zero_and_leaves_footnotes_out(shared, load):
    _, lines = load("messy/ONS_Monthly2009Mortality_sheet_dump.csv")
    with (shared / "data/messy/ONS_Monthly2009Mortality_sheet_dump.csv").open(newline="") as file:
        raw = list(csv.reader(file))
    table = raw[4 : next(n for n, row in enumerate(raw) if row[0].startswith("Footnotes"))]
    expected = [
        0 if text == "-" else int(text) for row in table if row[4] != "NA" for text in row[4:]
    ]
    assert [int(line[6]) for line in lines] == expected


def test_discharge_report_equals_its_tidy_twin(shared, load):
    outcome, lines = load("messy/daily_sitrep.xlsx")
    found = figures(lines)
    assert (outcome["profile"], outcome["sheet"]) == ("discharge-sitrep", "Table 2")
    twin = [
        row
        for row in rows_of(shared / "data/tidy/discharge_ready_daily_local_trusts_2022_2025.csv")
        if row["date"].startswith("2022-04")
    ]
    assert len(twin) == 120
    assert len(found) == 121 * 30 * 5  # trusts, days, measures: no region, no system
    for row in twin:
        key = (row["nhs_trust22_code"].casefold(), "", row["date"])
        early, late = row["discharged_by_1700"], row["discharged_between_1701_2359"]
        stay = row["do_not_meet_criteria_to_reside"]
        assert found[*key, "do-not-meet-criteria-to-reside"][0] == number(stay)
        assert found[*key, "discharged-by-1700"][0] == number(early)
        assert found[*key, "discharged-1701-to-2359"][0] == number(late)
        assert found[*key, "discharged"][0] == number(row["discharged_total"])


def test_beds_equal_the_rows_under_the_titles(shared, load):
    outcome, lines = load("messy/beds_data.csv")
    found = figures(lines)
    with (shared / "data/messy/beds_data.csv").open(newline="") as file:
        rows = list(csv.reader(file))[4:]
    assert (outcome["profile"], outcome["header_row"]) == ("kh03-beds", 4)
    assert outcome["rows_read"] == len(rows) == len(found) // 2
    quarters = {"03": "01", "06": "04", "09": "07", "12": "10"}
    for day, who, _, available, occupied in rows:
        month, year = day[3:5], day[6:]
        key = (who.casefold(), "", f"{year}-{quarters[month]}-01")
        assert found[*key, "beds-available"][0] == number(available)
        part, whole = found[*key, "beds-occupied"]
        assert part == number(occupied)
        assert part is None or whole == number(available)
    assert {line[8] for line in lines if not line[6]} == {"not_collected"}


# Fingertips --------------------------------------------------------------------------------------


def fingertips_rows(path: Path) -> list[dict[str, str]]:
    """Rows by names without spaces and underscores; a line break in a name does not matter."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        header, *rows = csv.reader(file)
    names = [name.lower().replace(" ", "").replace("_", "") for name in header]
    return [dict(zip(names, row, strict=False)) for row in rows]


FINGERTIPS = [
    "jargonautical_indicators-CountyUA.data.csv",
    "compare_areas.csv",
    "obesity_smoking.csv",
    "old_catton_hypertension.csv",
    "old_catton_obesity.csv",
    "old_catton_smoking.csv",
    "ucl_fingertips_data_london.csv",
    "young_people_indicators-CountyUA.data southeast.csv",
    "fingertipsnext_england_inequalities.csv",
]


@pytest.mark.parametrize("name", FINGERTIPS)
def test_fingertips_equals_the_file_row_by_row(shared, load, name):
    outcome, lines = load(f"fingertips/{name}")
    rows = fingertips_rows(shared / "data/fingertips" / name)
    assert (outcome["profile"], outcome["rows_read"]) == ("fingertips", len(rows))
    by_row: dict[int, list[list[str]]] = {}
    for line in lines:
        by_row.setdefault(int(line[0]), []).append(line)
    for place, row in enumerate(rows, start=2):
        counts, values = by_row[place]
        assert counts[5] == row["indicatorid"]
        assert values[5] == f"{row['indicatorid']}-value"
        assert counts[2] == row["areacode"]
        assert counts[4] == first_day(row.get("timeperiod") or row["year"])
        assert number(values[6]) == number(row["value"])
        assert number(counts[6]) == number(row["count"])
        if counts[6]:
            assert number(counts[7]) == number(row["denominator"])
        for line, text in ((counts, row["count"]), (values, row["value"])):
            note = row.get("valuenote", "").lower()
            missing = number(text) is None
            suppressed = "suppressed" in note or "not presented" in note
            combined = "combined" in note
            why = "suppressed" if suppressed else "not_applicable" if combined else "not_collected"
            assert line[8] == (why if missing else "")


def first_day(text: str) -> str:
    year = text[:4]
    return f"{year}-04-01" if "/" in text else f"{year}-01-01"


def test_fingertips_equals_the_rows_of_our_boroughs(shared, load):
    twins: dict[str, list[dict[str, str]]] = {}
    for row in rows_of(shared / "data/tidy/fingertips_eight_boroughs.csv"):
        twins.setdefault(row["source_file"], []).append(row)
    compared = 0
    for name, rows in twins.items():
        _, lines = load(f"fingertips/{name}")
        found = {(line[2], line[4], line[5], line[3]): line for line in lines}
        for row in rows:
            who, period = row["Area Code"], first_day(row["Time period"])
            candidates = [
                line
                for (place, day, measure, group), line in found.items()
                if (place, day, measure) == (who, period, f"{row['Indicator ID']}-value")
                and bool(row["Category"]) == ("deprivation" in group)
            ]
            assert number(row["Value"]) in [number(line[6]) for line in candidates]
            compared += 1
    assert compared == 173


# Refused -----------------------------------------------------------------------------------------

BEGINS = "This is not one of the kinds of files set up for this collection. It begins with: "


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "messy/etr.csv",
            "This file looks as if it holds details of single people, which must never be sent: "
            "column “J” (row 1) looks like a postcode.",
        ),
        ("messy/nhs_hospitals_cp1252.csv", f"{BEGINS}OrganisationID, OrganisationCode, "),
        ("messy/london-borough-profiles.csv", f"{BEGINS}Code, Area_name, Inner_Outer_London, "),
        (
            "messy/notineducationemploymentortrainingneetjm19.xls",
            f"{BEGINS}Not in Education, Employment or Training",
        ),
        ("fingertips/fingertipsnext_indicator_metadata.csv", f"{BEGINS}IndicatorID, Polarity, "),
    ],
)
def test_other_files_are_refused_with_a_sentence(shared, tmp_path, name, sentence):
    outcome, _ = read_with(shared / "data" / name, everything_known(), tmp_path)
    assert outcome["refusal"].startswith(sentence)


def test_borough_profiles_with_lone_carriage_returns_load_once_somebody_maps_them(shared, tmp_path):
    mapping = {
        "period": {"value": "2015", "formats": ["year"]},
        "organisation": {"value": "GLA"},
        "place": {"column": "code", "only": ["E09000022", "E09000028"]},
        "measures": [
            {"measure": "people", "numerator": {"add": ["gla_population_estimate_2015"]}},
        ],
    }
    path = shared / "data/messy/london-borough-profiles.csv"
    outcome, lines = read_with(path, [{"id": 1, "mapping": mapping}], tmp_path)
    records = path.read_bytes().decode("utf-8-sig").split("\r")
    expected = {
        fields[0]: fields[3].replace(",", "")
        for fields in csv.reader(records)
        if fields and fields[0] in ("E09000022", "E09000028")
    }
    assert {line[2]: line[6] for line in lines} == expected
    assert outcome["rows_read"] == 39


def test_hospitals_in_windows_letters_are_asked_about_and_their_addresses_refused(shared, tmp_path):
    mapping = {
        "period": {"value": "2015", "formats": ["year"]},
        "organisation": {"column": "parentodscode"},
        "measures": [{"measure": "id", "numerator": {"add": ["organisationid"]}}],
    }
    path = shared / "data/messy/nhs_hospitals_cp1252.csv"
    outcome, _ = read_with(path, [{"id": 1, "mapping": mapping}], tmp_path)
    assert "column “Postcode” (row 1) looks like a postcode" in outcome["refusal"]
    assert "looks like a postcode" in look(path, [])["refusal"]
    (note,) = open_source(path).notes
    assert "’" in note.value
    assert "Windows text (cp1252)" in note.message


def test_every_real_file_is_in_this_table(shared):
    text = Path(__file__).read_text(encoding="utf-8")
    unlike: Callable[[Path], bool] = lambda path: path.name not in text  # noqa: E731
    files = [*(shared / "data/messy").iterdir(), *(shared / "data/fingertips").iterdir()]
    assert len(files) >= 26
    assert [path.name for path in files if unlike(path)] == []
