"""Real files through the whole portal: known without setting up, asked about, or refused."""

import csv

import pytest

from outcomes.models import Observation

pytestmark = [pytest.mark.django_db, pytest.mark.shared]

OURS = ("RJ1", "RJZ")


def test_monthly_ae_file_needs_no_setting_up_and_equals_its_tidy_twin(shared, world, send):
    name = "Monthly-AE-April-2025.csv"
    content = (shared / "data/messy" / name).read_bytes()
    upload = send(content, name=name, by="analyst", for_all=True)
    assert (upload.state, upload.message) == ("ready", "")
    assert upload.profile.made_by is None
    with (shared / "data/tidy/ae_monthly_by_org_2024_2025.csv").open(newline="") as file:
        twin = [row for row in csv.DictReader(file) if row["source_file"] == name]
    assert upload.rows_accepted + upload.rows_of_others == len(twin)
    expected = {}
    for row in twin:
        if row["org_code"] in OURS:
            seen = [int(row[c]) for c in row if c.startswith("ae_attendances")]
            over = [int(row[c]) for c in row if c.startswith("attendances_over")]
            expected[row["org_code"]] = (sum(seen) - sum(over), sum(seen))
    assert {
        o.organisation.ods_code: (o.numerator, o.denominator)
        for o in Observation.objects.select_related("organisation")
    } == expected


@pytest.mark.parametrize(
    ("name", "state", "kept"),
    [
        ("messy/london-borough-profiles.csv", "unknown", True),
        ("messy/notineducationemploymentortrainingneetjm19.xls", "unknown", True),
        ("fingertips/fingertipsnext_indicator_metadata.csv", "unknown", True),
        ("fingertips/compare_areas.csv", "unknown", True),
        ("messy/etr.csv", "refused", False),
        ("messy/nhs_hospitals_cp1252.csv", "refused", False),
    ],
)
def test_other_file_is_asked_about_or_refused_with_a_sentence(shared, send, name, state, kept):
    upload = send((shared / "data" / name).read_bytes(), name=name.rpartition("/")[2])
    assert (upload.state, bool(upload.file)) == (state, kept)
    assert upload.message.endswith(".")
