from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from demo.actions import demonstrations
from demo.catalogue import DEMONSTRATIONS
from demo.profiles import NHS_ENGLAND_AE, PORTAL_LAYOUT
from outcomes.actions import uploads
from outcomes.intake.mapping import Cell, Mapping, RowReader
from outcomes.models import Submission, Upload
from outcomes.periods import latest_ended


def read(profile, *rows: str) -> list:
    reader = RowReader(Mapping.from_json(dict(profile.mapping)), profile.header)
    return list(reader.read(row.split(",") for row in rows))


def test_nhs_england_ae_takes_type_1_only_and_breaches_away():
    cells = read(NHS_ENGLAND_AE, "2019-03-01,RJ1,1,12000,1500,3000", "2019-03-01,RJ1,2,1000,0,0")

    assert cells == [
        Cell(
            row=2,
            organisation="RJ1",
            place="",
            category="",
            period=date(2019, 3, 1),
            measure="ae-4-hour-performance",
            numerator=Decimal(10500),
            denominator=Decimal(12000),
        )
    ]


def test_portal_layout_holds_totals_and_groups_in_one_file():
    cells = read(
        PORTAL_LAYOUT,
        "2026-10-01,RJ1,southwark,,home-support-starts,150,0",
        "2026-10-01,RJ1,,age:75-to-84,home-support-starts,48,0",
    )

    assert [(cell.place, cell.category, cell.numerator) for cell in cells] == [
        ("southwark", "", 150),
        ("", "age:75-to-84", 48),
    ]


@pytest.mark.django_db
def test_portal_layout_lets_a_late_partner_answer(run_jobs):
    today = timezone.localdate()
    rows = demonstrations.create(content=DEMONSTRATIONS["slic"], today=today)
    period = latest_ended(today, "month")
    file = (
        "period,organisation,place,category,measure,numerator,denominator\n"
        f"{period},708,lambeth,,falls-needing-hospital-care,66,27500\n"
        f"{period},708,,age:65-to-74,falls-needing-hospital-care,16,16088\n"
    )

    upload, is_new = uploads.receive(
        collection=rows.collections["falls-return"],
        organisation=rows.organisations["lambeth-council"],
        file=SimpleUploadedFile("falls.csv", file.encode()),
        by=rows.people["contributor", "lambeth-council"],
    )
    run_jobs()

    upload.refresh_from_db()
    assert is_new
    assert list(upload.problems.values_list("message", flat=True)) == []
    assert upload.state == Upload.State.READY
    submission = Submission.objects.get(upload=upload)
    assert (submission.period, submission.state) == (period, Submission.State.DRAFT)
    assert submission.observations.count() == 2
