"""The board's report pages: who may see them, what they say, and how they wait."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from jobs.actions import jobs
from jobs.models import Job
from outcomes.periods import latest_ended
from partners.models import StaffMembership
from reports.actions import reports
from reports.models import Report
from tests.factories_figures import (
    make_hidden_point,
    make_measure,
    make_organisation,
    make_person,
    make_point,
    make_series,
)
from tests.reports.conftest import OCTOBER

pytestmark = pytest.mark.django_db

LIST, CREATE = "/board/reports/", "/board/reports/new/"
READERS = {"analyst", "board_member", "administrator"}
MAKERS = {"analyst"}
OTHERS = {"", "editor", "contributor", "approver"}


def person(role: str) -> User:
    if role not in ("contributor", "approver"):
        return make_person(role)
    user = make_person()
    StaffMembership.objects.create(user=user, role=role, organisation=make_organisation())
    return user


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def report(schedule, published) -> Report:
    published(points=[make_point(0, text="71.25"), make_hidden_point(1)])
    make_measure("Not begun")
    return reports.make_now(schedule=schedule, period=OCTOBER)


@pytest.fixture
def sign_in(client):
    def as_role(role):
        user = person(role)
        client.force_login(user)
        return user

    return as_role


def reading_urls(report) -> list[str]:
    return [
        LIST,
        report.get_absolute_url(),
        report.get_pdf_url(),
        reverse("reports:report-chart", args=[report.uuid, 1]),
    ]


@pytest.mark.parametrize("role", sorted(READERS | OTHERS))
def test_reports_open_for_those_who_may_see_the_board(sign_in, client, report, role):
    sign_in(role)
    expected = 200 if role in READERS else 403
    assert {client.get(url).status_code for url in reading_urls(report)} == {expected}


def test_reports_ask_strangers_to_sign_in(client, report):
    for url in reading_urls(report):
        response = client.get(url)
        assert response.status_code == 302
        assert response["Location"] == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("role", sorted(READERS | OTHERS))
def test_reportcreate_is_for_analysts(sign_in, client, schedule, role):
    sign_in(role)
    response = client.post(CREATE, {"schedule": schedule.slug})
    assert response.status_code == (302 if role in MAKERS else 403)
    assert Report.objects.count() == (1 if role in MAKERS else 0)
    offered = f'value="{schedule.slug}"' in client.get(LIST).content.decode()
    assert offered is (role in MAKERS)


@pytest.mark.parametrize("role", sorted(READERS | OTHERS))
def test_reportretry_is_for_analysts(sign_in, client, role, ask):
    sign_in(role)
    report = ask()
    Job.objects.all().delete()
    reports.fail(report=report, error="No space left.")
    response = client.post(report.get_retry_url())
    assert response.status_code == (302 if role in MAKERS else 403)
    assert Job.objects.count() == (1 if role in MAKERS else 0)


def test_reportcreate_refuses_get(sign_in, client, schedule):
    sign_in("analyst")
    assert client.get(CREATE).status_code == 405


@pytest.mark.parametrize("slug", ["unknown", ""])
def test_reportcreate_of_an_unknown_schedule_is_not_found(sign_in, client, schedule, slug):
    sign_in("analyst")
    assert client.post(CREATE, {"schedule": slug}).status_code == 404


def test_reportcreate_twice_makes_one_report_of_the_last_month(sign_in, client, schedule):
    user = sign_in("analyst")
    for _ in range(2):
        response = client.post(CREATE, {"schedule": schedule.slug})
    report = Report.objects.get()
    assert response["Location"] == report.get_absolute_url()
    assert report.requested_by == user
    assert report.period == latest_ended(report.requested_at.date(), "month")


@pytest.mark.parametrize("name", ["report-detail", "report-pdf", "report-retry", "report-chart"])
def test_unknown_report_is_not_found(sign_in, client, report, name):
    sign_in("analyst")
    unknown = "00000000-0000-4000-8000-000000000000"
    url = reverse(f"reports:{name}", args=[unknown, 1] if name == "report-chart" else [unknown])
    response = client.post(url) if name == "report-retry" else client.get(url)
    assert response.status_code == 404


def test_reportlist_shows_each_edition_with_its_state(sign_in, client, report, ask):
    sign_in("board_member")
    ask()
    text = words(client.get(LIST))
    assert text.index("Waiting") < text.index("Ready")
    assert text.count("Board report, October 2026<span") == 2
    assert text.count(report.get_pdf_url()) == 1


def test_reportlist_without_reports_says_so(sign_in, client, schedule):
    sign_in("board_member")
    assert "There is no report yet" in words(client.get(LIST))


def test_reportdetail_shows_the_frozen_figures(sign_in, client, report):
    sign_in("board_member")
    make_series(make_measure("Later"), summary={"text": "11.1%"})
    text = words(client.get(report.get_absolute_url()))
    for expected in ("84.1%", "71.25", "hidden", "Not begun", report.figures["summary"]):
        assert expected in text
    assert 'alt="A line chart of 24 months, the last at 84.1%."' in text
    assert "Later" not in text


def test_reportdetail_waits_and_shows_progress(sign_in, client, ask):
    sign_in("board_member")
    report = ask()
    text = words(client.get(report.get_absolute_url()))
    assert "data-look-again" in text
    assert f'href="{report.get_absolute_url()}">See how far it is now' in text
    assert "Waiting" in text
    job = jobs.claim(job_id=Job.objects.get().id)
    jobs.report_progress(job=job, done=1, total=3, note="Setting the pages")
    text = words(client.get(report.get_absolute_url()))
    assert 'value="33"' in text
    assert "Setting the pages" in text


@pytest.mark.parametrize(("role", "button"), [("analyst", True), ("board_member", False)])
def test_reportdetail_of_a_failed_report_says_why(sign_in, client, role, button, ask):
    sign_in(role)
    report = ask()
    reports.fail(report=report, error="No space left.")
    text = words(client.get(report.get_absolute_url()))
    assert "No space left." in text
    assert "data-look-again" not in text
    assert (f'action="{report.get_retry_url()}"' in text) is button


def test_reportpdf_is_the_file_under_a_safe_name_and_in_no_cache(sign_in, client, report):
    sign_in("board_member")
    response = client.get(report.get_pdf_url())
    assert response["Content-Type"] == "application/pdf"
    expected = 'inline; filename="board-october-2026-edition-1.pdf"'
    assert response["Content-Disposition"] == expected
    assert response["Cache-Control"] == "no-store, private"
    pdf = PdfReader(io.BytesIO(response.content))
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert "84.1%" in text
    assert "71.25" in text


def test_reportpdf_of_an_unfinished_report_is_not_found(sign_in, client, ask):
    sign_in("board_member")
    report = ask()
    assert client.get(report.get_pdf_url()).status_code == 404


def test_reportchart_gives_the_frozen_drawing(sign_in, client, report):
    sign_in("board_member")
    url = reverse("reports:report-chart", args=[report.uuid, 1])
    wide, narrow = client.get(url), client.get(url, {"width": "narrow"})
    assert wide["Content-Type"] == narrow["Content-Type"] == "image/svg+xml"
    assert "<title>Seen</title>" in wide.content.decode()
    assert "<title>Narrow</title>" in narrow.content.decode()


@pytest.mark.parametrize("number", [0, 2, 99999999999])
def test_reportchart_of_an_unknown_number_is_not_found(sign_in, client, report, number):
    sign_in("board_member")
    url = reverse("reports:report-chart", args=[report.uuid, number])
    assert client.get(url).status_code == 404


def test_reports_never_show_what_the_public_may_not_see(sign_in, client, schedule, drawing):
    sign_in("board_member")
    measure = make_measure("Small numbers")
    secret = make_point(1, text="73.917", value=73.917, numerator_text="73917")
    make_series(measure, "board", points=[make_point(), secret], summary={"text": "73.917%"})
    make_series(
        measure,
        points=[make_point(), make_hidden_point(1)],
        chart_wide=drawing,
        summary={"status": "suppressed", "value": None, "text": "hidden"},
    )
    report = reports.make_now(schedule=schedule, period=OCTOBER)
    pdf = PdfReader(io.BytesIO(client.get(report.get_pdf_url()).content))
    shown = words(client.get(report.get_absolute_url()))
    shown += " ".join(page.extract_text() for page in pdf.pages)
    assert "hidden" in shown
    assert "73.917" not in shown
    assert "73917" not in shown
