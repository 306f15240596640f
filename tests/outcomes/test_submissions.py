"""Who may take a submission where, once, and on what they saw."""

from threading import Barrier, Thread

import pytest
from django.db import Error, IntegrityError, connection, transaction

from outcomes.actions import submissions
from outcomes.models import Observation, Submission
from outcomes.models.submissions import State
from partners.models import StaffMembership
from tests.outcomes.world import GOOD, publish
from tests.people import make_person

pytestmark = pytest.mark.django_db


def seen(rows):
    return submissions.fingerprint(rows.all())  # as they are now


def test_approve_needs_another_person(world, submitted):
    sender = world.person("rj1.contributor")
    StaffMembership.objects.create(user=sender, role="approver", organisation=world.rj1)
    del sender._granted  # what the person held is looked up once for each request
    with pytest.raises(submissions.Conflict, match="somebody else"):
        submissions.approve(submissions=submitted, seen=seen(submitted), by=sender)
    assert set(submitted.values_list("state", flat=True)) == {State.SUBMITTED}


def test_database_refuses_a_checker_who_is_the_maker(world, submitted):
    with pytest.raises(IntegrityError), transaction.atomic():
        submitted.update(
            state=State.APPROVED,
            approved_by=world.person("rj1.contributor"),
            approved_at=submitted.first().submitted_at,
        )


def test_approve_binds_to_what_was_seen(world, submitted, send):
    before = seen(submitted)
    approver = world.person("rj1.approver")
    submissions.send_back(submissions=submitted, seen=before, reason="May is too high", by=approver)
    later = send(GOOD.replace("13263", "13000"))
    rows = Submission.objects.filter(upload=later)
    submissions.submit(submissions=rows, seen=seen(rows), by=world.person("rj1.contributor"))
    with pytest.raises(submissions.Conflict, match="have changed"):
        submissions.approve(submissions=rows, seen=before, by=approver)
    assert submissions.approve(submissions=rows, seen=seen(rows), by=approver) == 2


def test_second_approval_is_told_who_was_first(world, approved):
    with pytest.raises(submissions.Conflict, match=r"already “approved” \(rj1.approver\)"):
        submissions.approve(
            submissions=approved, seen=seen(approved), by=world.person("rj1.approver")
        )


def test_send_back_needs_a_reason_and_same_file_may_come_again(world, submitted, send):
    approver = world.person("rj1.approver")
    with pytest.raises(submissions.Conflict, match="Say why"):
        submissions.send_back(submissions=submitted, seen=seen(submitted), reason=" ", by=approver)
    submissions.send_back(
        submissions=submitted, seen=seen(submitted), reason="Please check May", by=approver
    )
    assert {s.state for s in world.submissions()} == {State.RETURNED}
    again = send()
    assert {s.state for s in again.submissions.all()} == {State.DRAFT}


@pytest.mark.django_db(transaction=True)
def test_two_approvers_at_once_make_one_approval(world, submitted):
    ids, what = list(submitted.values_list("pk", flat=True)), seen(submitted)
    second = make_person("second@example.org")
    StaffMembership.objects.create(user=second, role="approver", organisation=world.rj1)
    start, outcomes = Barrier(2), []

    def press(user):
        start.wait()
        try:
            rows = Submission.objects.filter(pk__in=ids)
            submissions.approve(submissions=rows, seen=what, by=user)
            outcomes.append("approved")
        except submissions.Conflict:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [Thread(target=press, args=[u]) for u in (world.person("rj1.approver"), second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["approved", "told"]


def test_publish_makes_figures_public_and_unchangeable(world, approved):
    release = publish(world, approved)
    assert {s.state for s in release.submissions.all()} == {State.RELEASED}
    for change in (
        lambda: Observation.objects.update(numerator=1),
        lambda: Observation.objects.all().delete(),
        lambda: release.submissions.update(state=State.DRAFT),
    ):
        with pytest.raises(Error), transaction.atomic():
            change()
    assert Observation.objects.get(period="2016-04-01").numerator == 10335


def test_nothing_is_added_to_or_moved_into_a_release(world, approved, send):
    release = publish(world, approved)
    later = send(GOOD.replace("2016-0", "2017-0"))
    published, draft = release.submissions.first(), later.submissions.first()
    for change in (
        lambda: Observation.objects.filter(submission=draft).update(submission=published),
        lambda: Observation.objects.create(
            submission=published, measure=world.measure, organisation=world.rj1,
            period=published.period, numerator=1, denominator=1, place_id=1,
        ),
    ):  # fmt: skip
        with pytest.raises(Error, match="release published"), transaction.atomic():
            change()


def test_approve_remembers_everybody_who_entered_figures(world, send):
    approver = world.person("rj1.approver")
    StaffMembership.objects.create(user=approver, role="contributor", organisation=world.rj1)
    send(by="rj1.approver")
    later = send(GOOD.replace("11554", "12000"))  # by the contributor, into the same drafts
    rows = Submission.objects.filter(upload=later)
    submissions.submit(submissions=rows, seen=seen(rows), by=world.person("rj1.contributor"))
    with pytest.raises(submissions.Conflict, match="somebody else"):
        submissions.approve(submissions=rows, seen=seen(rows), by=approver)


def test_correction_needs_a_reason_and_supersedes_when_released(world, approved, send):
    publish(world, approved)
    upload = send(GOOD.replace("11554", "12554"))
    drafts = Submission.objects.filter(upload=upload)
    contributor, approver = world.person("rj1.contributor"), world.person("rj1.approver")
    with pytest.raises(submissions.Conflict, match="need a correction"):
        submissions.submit(submissions=drafts, seen=seen(drafts), by=contributor)
    submissions.submit(
        submissions=drafts, seen=seen(drafts), by=contributor, correction_reason="Late data"
    )
    submissions.approve(submissions=drafts, seen=seen(drafts), by=approver)
    assert set(Submission.objects.latest_released()) == set(approved)
    publish(world, drafts, title="Correction")
    assert set(Submission.objects.latest_released()) == set(drafts)
    assert Submission.objects.count() == 4  # both versions are kept


def test_open_due_asks_each_organisation_once_and_catches_up(world, monkeypatch):
    from datetime import date

    monkeypatch.setattr(submissions.timezone, "localdate", lambda: date(2026, 11, 21))
    assert submissions.open_due() == 4  # September and October, two trusts
    assert submissions.open_due() == 0
    october = world.submissions().get(period="2026-10-01")
    assert (october.state, october.due_on) == (State.DUE, date(2026, 11, 20))
    assert october.is_overdue


def test_open_due_leaves_out_what_was_sent_already_and_the_closed(world, send, monkeypatch):
    from datetime import date

    monkeypatch.setattr(submissions.timezone, "localdate", lambda: date(2026, 11, 21))
    world.rjz.closed_on = date(2026, 9, 15)
    world.rjz.save()
    submissions.open_due()
    assert world.submissions(world.rjz).count() == 1


def test_open_due_does_not_ask_for_the_time_before_an_organisation_opened(world, monkeypatch):
    from datetime import date

    monkeypatch.setattr(submissions.timezone, "localdate", lambda: date(2026, 11, 21))
    world.rjz.opened_on = date(2026, 10, 15)
    world.rjz.save()
    submissions.open_due()
    assert [s.period for s in world.submissions(world.rjz)] == [date(2026, 10, 1)]
