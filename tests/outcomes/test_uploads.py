"""A file is read wholly or not at all, and every problem in it is named with its row."""

import io
import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.utils import timezone

from jobs import tasks
from jobs.models import Job
from outcomes.actions import submissions, uploads
from outcomes.models import ImportProfile, Measure, Observation, Submission, Upload
from partners.models import StaffMembership
from tests.outcomes.world import AE_MAPPING, GOOD, HEADER, publish

pytestmark = pytest.mark.django_db


def problems_of(upload):
    return [(p.row, p.column, p.value, p.message) for p in upload.problems.all()]


def test_good_file_becomes_drafts(world, send):
    upload = send()
    assert (upload.state, upload.rows_read, upload.rows_accepted) == ("ready", 2, 2)
    observation = Observation.objects.get(period="2016-04-01")
    assert (observation.numerator, observation.denominator) == (Decimal(10335), Decimal(11554))
    assert observation.source_row == 2
    assert observation.proportion
    assert {s.state for s in upload.submissions.all()} == {"draft"}


@pytest.mark.parametrize(
    ("row", "column", "value", "message"),
    [
        ("2016-04-01,RJ1,1,many,1,1", "attendances", "many", "not a number"),
        ("2016-04-01,RJ1,1,-5,1,1", "attendances", "-5", "negative"),
        ("2016-04-01,RJ1,1,5,1_0,1", "breaches", "1_0", "not a number"),
        ("2016-04-01,RJ1,1,5,１２,1", "breaches", "１２", "not a number"),
        ("2016-04-01,RJ1,1,NaN,1,1", "attendances", "NaN", "not a number"),
        ("2016-04-01,RJ1,1,,1,1", "attendances", "", "Write 0 if there were none"),
        ("2016-04-01,RJ1,1,5,6,1", "breaches", "6", "larger than attendances"),
        ("2016-13-01,RJ1,1,5,1,1", "period", "2016-13-01", "not a period"),
        ("2016-04-02,RJ1,1,5,1,1", "period", "2016-04-02", "not the first day"),
        ("2016-03-01,RJ1,1,5,1,1", "period", "2016-03-01", "starts with April 2016"),
        ("2999-01-01,RJ1,1,5,1,1", "period", "2999-01-01", "has not ended"),
        ("2016-04-01,XXX,1,5,1,1", "org_code", "XXX", "not the code of an organisation"),
        ("2016-04-01,RJZ,1,5,1,1", "org_code", "RJZ", "belongs to King’s College Hospital"),
        ("2016-04-01,,1,5,1,1", "org_code", "", "code is missing"),
        ("2016-04-01,RJ1,1,5,1", "", "", "5 columns, but the header has 6"),
    ],
)
def test_each_problem_names_row_and_column(send, row, column, value, message):
    upload = send(f"{HEADER}\n2016-05-01,RJ1,1,10,1,1\n{row}\n")
    assert upload.state == "refused"
    assert [(p[0], p[1], p[2]) for p in problems_of(upload)] == [(3, column, value)]
    assert message in problems_of(upload)[0][3]
    assert upload.rows_accepted == 1
    assert not Observation.objects.exists()
    assert not upload.submissions.exists()


def test_all_problems_are_shown_at_once(send):
    upload = send(f"{HEADER}\n2016-04-01,RJ1,1,x,y,1\nnever,RJ1,1,5,1,1\n2016-05-01,RJZ,1,5,1,1\n")
    assert [(p[0], p[1]) for p in problems_of(upload)] == [
        (2, "attendances"),
        (2, "breaches"),
        (3, "period"),
        (4, "org_code"),
    ]


def test_repeated_row_names_the_first(send):
    upload = send(GOOD + "2016-04-01,RJ1,1,1,1,1\n")
    assert [(p[0], p[3]) for p in problems_of(upload)] == [
        (4, "This row gives the same figure as row 2. Keep one of them.")
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("period,org_code\n2016-04-01,RJ1\n", "Missing: attendances, breaches, type"),
        (HEADER + "\n", "no rows below it"),
        (GOOD.replace("breaches,", "Attendances,"), "more than once"),
        (GOOD.encode("utf-16-le"), "read the letters"),
        (b"%PDF-1.7 nothing", "not a CSV or XLSX"),
        (b"PK\x03\x04 not really a zip", "damaged or protected"),
        (GOOD + '2016-06-01,"RJ1,1,1,1,1\n', "quotation mark"),
        (GOOD.replace("RJ1", "R\0J1"), "not a CSV or XLSX"),
    ],
)
def test_file_that_cannot_be_used_is_refused_with_a_sentence(send, content, message):
    upload = send(content)
    assert upload.state == "refused"
    assert message in upload.message
    assert upload.file.size == upload.size  # the file stays


TALL_HEADER = "period,organisation,place,measure,numerator,denominator\n"


@pytest.fixture
def tall(world):
    """The collection takes files with one number in each row, and asks for a second measure."""
    profile = world.collection.import_profiles.get()
    profile.mapping = {
        "period": {"column": "period"},
        "organisation": {"column": "organisation"},
        "place": {"column": "place"},
        "measures": [
            {
                "measure_column": "measure",
                "numerator": {"add": ["numerator"]},
                "denominator": {"add": ["denominator"]},
            }
        ],
    }
    profile.save()
    people = Measure.objects.create(
        version=1,
        partnership=world.partnership,
        slug="people",
        name="People helped",
        kind=Measure.Kind.COUNT,
        numerator_label="people",
        unit="people",
        sentence_subject="were helped",
        direction=Measure.Direction.INCREASE,
        source="Test",
        owner=world.rj1,
    )
    world.collection.measures.add(people)
    return world.collection


def test_unknown_measure_in_a_column_is_named(tall, send):
    upload = send(
        f"{TALL_HEADER}2016-04-01,RJ1,,ae-4-hour-performance,1,2\n"
        "2016-04-01,RJ1,,invented,1,2\n2016-04-01,RJ1,,,1,2\n"
        "2016-05-01,RJ1,,ae-4-hour-performance,3,2\n"
    )
    assert [(p[0], p[2]) for p in problems_of(upload)] == [(3, "invented"), (4, ""), (5, "3")]


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (f"{'Q' * 300},,people,1,0", "organisation", "not the code of an organisation"),
        (f"RJ1,{'x' * 300},people,1,0", "place", "not a borough"),
        (f"RJ1,,{'x' * 300},1,0", "measure", "not a measure"),
    ],
)
def test_endless_text_is_a_problem_of_its_row(tall, send, row, column, message):
    upload = send(f"{TALL_HEADER}2016-04-01,{row}\n")
    assert [(p[0], p[1], len(p[2])) for p in problems_of(upload)] == [(2, column, 200)]
    assert message in problems_of(upload)[0][3]


def test_numbers_that_are_protected_by_rounding_must_be_whole(tall, send):
    upload = send(
        f"{TALL_HEADER}2016-04-01,RJ1,,people,12.5,0\n"
        "2016-04-01,RJ1,,ae-4-hour-performance,1.5,2.5\n"  # shown as it is, so it may be
    )
    assert problems_of(upload) == [
        (2, "people", "12.5", "This must be a whole number. Write it without decimals.")
    ]


def test_total_beside_its_boroughs_would_count_everybody_twice(tall, send):
    upload = send(
        f"{TALL_HEADER}2016-04-01,RJ1,Southwark,people,40,0\n2016-04-01,RJ1,,people,100,0\n"
        "2016-05-01,RJ1,,people,100,0\n"
    )
    assert [(p[0], p[1]) for p in problems_of(upload)] == [(3, "place")]
    assert problems_of(upload)[0][3].startswith("This total is 100, but its boroughs")


def test_borough_under_two_names_is_the_same_borough(tall, send):
    upload = send(
        f"{TALL_HEADER}2016-04-01,RJ1,Southwark,people,40,0\n2016-04-01,RJ1,E09000028,people,41,0\n"
    )
    assert [(p[0], p[3][:35]) for p in problems_of(upload)] == [
        (3, "This row gives the same figure as r")
    ]


def test_years_start_in_april(world, tall, send):
    tall.frequency = "year"
    tall.save()
    upload = send(
        f"{TALL_HEADER}2016-04-01,RJ1,,people,40,0\n2017-01-01,RJ1,,people,41,0\n"
        "2017-04-01,RJ1,,people,41,0\n"
    )
    assert [(p[0], p[1]) for p in problems_of(upload)] == [(3, "period")]


def xlsx(rows):
    """A small workbook as a spreadsheet program writes it, without needing one."""
    cells = "".join(
        f'<row r="{r}">'
        + "".join(f'<c t="inlineStr"><is><t>{value}</t></is></c>' for value in row)
        + "</row>"
        for r, row in enumerate(rows, start=1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData>'
        "</worksheet>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def test_xlsx_is_read_like_csv(send):
    upload = send(xlsx([line.split(",") for line in GOOD.split()]), name="figures.xlsx")
    assert (upload.state, upload.rows_accepted) == ("ready", 2)


def test_cell_in_the_far_corner_is_refused_before_it_costs_memory(send):
    far = xlsx([line.split(",") for line in GOOD.split()])
    source = zipfile.ZipFile(io.BytesIO(far))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(
                    b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"/></row></sheetData>'
                )
            archive.writestr(name, content)
    upload = send(buffer.getvalue(), name="far.xlsx")
    assert upload.state == "refused"
    assert "too large" in upload.message


def test_reader_that_needs_too_much_memory_ends_alone(send, settings):
    settings.INTAKE_MEMORY_BYTES = 12 * 1024 * 1024
    upload = send(GOOD + "2016-06-01,RJ1,9,1,1,1\n" * 150_000)
    assert upload.state == "refused"
    assert "more memory or time" in upload.message


def test_same_file_again_shows_the_first_receipt(world, send):
    first = send()
    second = send()
    assert second == first
    assert Upload.objects.count() == 1
    assert Observation.objects.count() == 2


def test_refused_file_is_checked_again_when_resent(world, send):
    refused = send(f"{HEADER}\n2016-04-01,RJZ,1,5,1,1\n")
    assert refused.state == "refused"
    again = send(f"{HEADER}\n2016-04-01,RJZ,1,5,1,1\n")
    assert (again, again.problem_count) == (refused, 1)


def test_whoever_has_a_file_checked_again_is_a_maker_of_its_figures(world, send, run_jobs):
    """They may have changed what its columns mean; so they do not approve what came of it."""
    upload = send(GOOD.replace("1219", "none"))
    approver = world.person("rj1.approver")
    StaffMembership.objects.create(user=approver, role="contributor", organisation=world.rj1)
    known = ImportProfile.objects.get(collection=world.collection)
    known.mapping = AE_MAPPING | {"numbers": {"marks": {"none": "zero"}}}
    known.save()
    assert uploads.check_again(upload=upload, by=approver)
    run_jobs()
    makers = {person for draft in upload.submissions.all() for person in draft.makers.all()}
    assert makers == {world.person("rj1.contributor"), approver}


def test_later_file_replaces_the_draft(world, send):
    first = send()
    second = send(GOOD.replace("11554", "12000"))
    assert Submission.objects.count() == 2
    assert Observation.objects.get(period="2016-04-01").denominator == 12000
    assert not first.submissions.exists()
    assert second.submissions.count() == 2


def test_later_file_replaces_only_what_it_brings_for_the_period(world, tall, send):
    send(
        f"{TALL_HEADER}2016-04-01,RJ1,,people,40,0\n2016-05-01,RJ1,,people,50,0\n"
        "2016-05-01,RJ1,,ae-4-hour-performance,8,10\n"
    )
    second = send(
        f"{TALL_HEADER}2016-04-01,RJ1,,people,41,0\n2016-05-01,RJ1,,ae-4-hour-performance,9,10\n"
    )
    assert numbers(second.submissions.all()) == [
        ("2016-04-01", "people", 41),
        ("2016-05-01", "ae-4-hour-performance", 9),
        ("2016-05-01", "people", 50),
    ]
    assert Observation.objects.get(numerator=50).source_row is None  # of this file, that is
    record = apps.get_model("outcomes", "ObservationEvent")
    assert not record.objects.exists()  # for nobody has changed it
    rows = Submission.objects.filter(upload=second)
    submissions.submit(
        submissions=rows, seen=submissions.fingerprint(rows), by=world.person("rj1.contributor")
    )
    assert {row.receipt.upload for row in rows.all()} == {None}  # no one file holds all of it


def numbers(rows):
    found = Observation.objects.filter(submission__in=rows).order_by("period", "measure__slug")
    return [(str(o.period), o.measure.slug, o.numerator) for o in found]


def test_return_sent_while_a_file_is_checked_is_not_taken_back(submitted, send, monkeypatch):
    """Between the check and the storing somebody presses “Send for approval”."""
    with monkeypatch.context() as patch:
        patch.setattr("outcomes.intake.checking.CHECKS", [])
        upload = send(GOOD.replace("11554", "12000"))
    assert upload.state == "checking"
    assert {s.state for s in submitted.all()} == {"submitted"}
    Job.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    tasks.run(str(Job.objects.unfinished().get().pk))
    upload.refresh_from_db()
    assert "waits for approval" in problems_of(upload)[0][3]


def test_file_for_a_return_that_waits_for_approval_is_refused(submitted, send):
    upload = send(GOOD.replace("11554", "12000"))
    assert {p[3].split(".")[0] for p in problems_of(upload)} == {
        "The return for this period waits for approval"
    }
    assert Observation.objects.get(period="2016-04-01").denominator == 11554


def test_analyst_loads_all_partners_and_others_are_counted(world, send):
    upload = send(
        GOOD + "2016-04-01,RJZ,1,100,1,1\n2016-04-01,XXX,1,7,7,7\n2016-04-01,RJ2,1,7,7,7\n"
        "2016-04-01,RJ1,2,3,0,0\n",
        by="analyst",
        for_all=True,
    )
    assert upload.state == "ready"
    assert (upload.rows_accepted, upload.rows_of_others, upload.rows_not_needed) == (3, 2, 1)
    assert set(Submission.objects.values_list("organisation__ods_code", flat=True)) == {
        "RJ1",
        "RJZ",
    }


def test_job_that_lost_its_lease_stores_nothing(world, run_jobs, send, monkeypatch):
    """A worker that stalls while another takes over must not commit its work."""
    from jobs.actions import jobs
    from outcomes.intake import loading

    def lose_lease(upload):
        done = load(upload)
        jobs.Job.objects.filter(state="running").update(claim="0" * 32)
        return done

    load = loading.load
    monkeypatch.setattr(loading, "load", lose_lease)
    upload = send()
    assert upload.state == "checking"
    assert not Observation.objects.exists()


def test_upload_that_fails_on_our_side_says_so_and_can_be_resent(world, send, monkeypatch):
    from outcomes.intake import limited

    def broken(*args, **kwargs):
        raise RuntimeError("disk on fire")

    with monkeypatch.context() as patch:
        patch.setattr(limited, "extract", broken)
        patch.setattr("jobs.actions.jobs.RETRY_AFTER", timedelta(seconds=-1))
        upload = send()
    assert upload.state == "failed"
    assert "on our side" in upload.message
    again = send()
    assert (again.state, again == upload) == ("ready", False)


def test_correction_keeps_what_its_file_does_not_bring_for_the_period(world, tall, send):
    upload = send(
        f"{TALL_HEADER}2016-04-01,RJ1,,people,40,0\n2016-04-01,RJ1,,ae-4-hour-performance,8,10\n"
        "2016-05-01,RJ1,,people,50,0\n"
    )
    rows = Submission.objects.filter(upload=upload)
    typist = world.person("rj1.contributor")
    Observation.objects.filter(numerator=40).update(
        note="By hand", typed_by=typist, typed_at=timezone.now()
    )
    for step, name in (
        (submissions.submit, "rj1.contributor"),
        (submissions.approve, "rj1.approver"),
    ):
        rows = rows.all()
        step(submissions=rows, seen=submissions.fingerprint(rows), by=world.person(name))
    publish(world, rows.all())
    correction = send(
        f"{TALL_HEADER}2016-04-01,RJ1,,ae-4-hour-performance,9,10\n2016-05-01,RJ1,,people,51,0\n"
    )
    drafts = correction.submissions.all()
    assert numbers(drafts) == [
        ("2016-04-01", "ae-4-hour-performance", 9),
        ("2016-04-01", "people", 40),
        ("2016-05-01", "people", 51),
    ]
    carried = Observation.objects.get(submission__in=drafts, numerator=40)
    assert carried.source_row is None  # it stands in no row of the new file
    assert (carried.note, carried.typed_by) == ("By hand", typist)


def test_correction_of_a_released_return_is_a_new_version(world, approved, send):
    publish(world, approved)
    upload = send(f"{HEADER}\n2016-04-01,RJ1,1,12000,1219,1\n")
    draft = upload.submissions.get()
    assert (draft.version, draft.state) == (2, "draft")
    assert Observation.objects.filter(period="2016-04-01").count() == 2
