"""Requesting, making, failing and retrying reports."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from jobs.actions import jobs
from jobs.models import Job, JobState
from jobs.tasks import run
from outcomes.models import Series
from reports.actions import reports
from reports.models import Report
from tests.factories_figures import make_person
from tests.reports.conftest import OCTOBER

pytestmark = pytest.mark.django_db

READY, FAILED = Report.State.READY, Report.State.FAILED


@pytest.fixture
def report(published, ask) -> Report:
    published()
    return ask()


def job_of(report) -> Job:
    return Job.objects.get(key=f"report:{report.uuid}")


def test_request_writes_the_report_and_its_job(schedule):
    person = make_person("analyst")
    report = reports.request(schedule=schedule, period=OCTOBER, by=person)
    job = job_of(report)
    assert (report.state, report.edition, report.requested_by) == ("queued", 1, person)
    assert (job.kind, job.queue, job.payload) == ("reports.make", "reports", {"report": report.pk})


def test_request_twice_makes_one_report_and_one_job(ask):
    first = ask()
    assert ask() == first
    assert Report.objects.count() == Job.objects.count() == 1


def test_request_after_a_finished_one_makes_the_next_edition(report, ask):
    reports.make(report=report)
    again = ask()
    assert (again.edition, again.state) == (2, "queued")


def test_request_leaves_nothing_when_the_transaction_fails(ask):
    with pytest.raises(RuntimeError), transaction.atomic():
        ask()
        raise RuntimeError
    assert not Report.objects.exists()
    assert not Job.objects.exists()


def test_make_by_its_job_leaves_a_ready_report_with_figures_and_file(report, private_files):
    run(str(job_of(report).id))
    report.refresh_from_db()
    assert (report.state, report.figures["period"]) == (READY, "October 2026")
    assert report.made_at is not None
    with report.pdf.open() as file:
        assert file.read(5) == b"%PDF-"
    job = job_of(report)
    assert (job.state, job.progress_done, job.progress_total) == (JobState.DONE, 3, 3)
    assert [path.name for path in (private_files / "reports").iterdir()] == [f"{report.uuid}.pdf"]


def test_make_freezes_what_it_shows(report):
    reports.make(report=report)
    Series.objects.update(summary={})
    report.refresh_from_db()
    assert report.figures["measures"][0]["value"] == "84.1%"


def test_make_of_a_ready_report_changes_nothing(report, private_files):
    made = reports.make(report=report).made_at
    assert reports.make(report=report).made_at == made
    assert len(list((private_files / "reports").iterdir())) == 1


def test_make_keeps_nothing_when_another_worker_owns_the_job(report, private_files):
    job = jobs.claim(job_id=job_of(report).id)
    Job.objects.filter(id=job.id).update(lease_until=timezone.now() - timedelta(minutes=1))
    jobs.sweep()
    with pytest.raises(jobs.LeaseLost):
        reports.make(report=report, job=job)
    report.refresh_from_db()
    assert (report.state, report.figures) == ("generating", None)
    assert list((private_files / "reports").iterdir()) == []


def test_make_waits_for_another_try_and_then_says_why_it_failed(report, monkeypatch):
    def broken(figures):
        raise ValueError("The page is upside down.")

    monkeypatch.setattr(reports, "typeset", broken)
    job = job_of(report)
    for attempt in range(job.max_attempts):
        report.refresh_from_db()
        assert report.state == ("generating" if attempt else "queued")
        Job.objects.update(due_at=timezone.now())
        run(str(job.id))
    report.refresh_from_db()
    assert (report.state, report.error) == (FAILED, "The page is upside down.")


def test_retry_makes_a_failed_report_with_a_new_job(report, asker):
    Job.objects.all().delete()
    reports.fail(report=report, error="No space left.")
    reports.retry(report=report, by=asker)
    run(str(job_of(report).id))
    report.refresh_from_db()
    assert (report.state, report.error) == (READY, "")


def test_retry_of_a_ready_report_does_nothing(report, asker):
    reports.make(report=report)
    Job.objects.all().delete()
    assert reports.retry(report=report, by=asker).state == READY
    assert not Job.objects.exists()


def test_fail_never_touches_a_ready_report(report):
    reports.make(report=report)
    reports.fail(report=report, error="Too late.")
    report.refresh_from_db()
    assert (report.state, report.error) == (READY, "")


def test_fail_without_a_reason_still_says_something(report):
    reports.fail(report=report, error="")
    report.refresh_from_db()
    assert report.error == "The reason is not known."


def test_make_now_gives_a_ready_report_without_a_job(schedule, published):
    published()
    report = reports.make_now(schedule=schedule, period=OCTOBER)
    assert (report.state, report.edition) == (READY, 1)
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"state": "ready"}, "report_ready_has_content"),
        ({"state": "failed"}, "report_failed_says_why"),
    ],
)
def test_report_states_are_held_by_the_database(report, values, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        Report.objects.filter(pk=report.pk).update(**values)


def test_report_edition_is_unique(report, schedule):
    with pytest.raises(IntegrityError, match="report_unique_edition"):
        Report.objects.create(schedule=schedule, period=OCTOBER, edition=1)
