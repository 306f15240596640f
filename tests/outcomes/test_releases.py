"""The life of a release: who plans and approves, what stands against it, and when it comes out."""

from datetime import date, datetime, timedelta
from threading import Barrier, Event, Thread

import pytest
from django.core import mail
from django.db import Error, connection, transaction
from django.utils import timezone

from jobs import tasks
from jobs.actions import jobs
from jobs.models import Job, JobState
from outcomes import public_edition
from outcomes.actions import early_readers, holds, rehearsals, releases, series, submissions
from outcomes.actions.conflict import Conflict
from outcomes.models import Flag, Hold, Measure, Observation, Release, Series, Submission
from outcomes.models.releases import Edition
from outcomes.models.submissions import State
from outcomes.selectors import calendar
from outcomes.selectors import releases as read
from outcomes.tasks import publish_due_releases
from tests.outcomes.world import GOOD, publish

pytestmark = pytest.mark.django_db
NOTE = "April is provisional."


@pytest.fixture
def plan(world):
    """Plans a release of the collection and rehearses it; answers it as it is then."""

    def plan(**given):
        given = {"title": "Spring", "note": NOTE, "by": world.person("analyst")} | given
        release = releases.plan(
            partnership=world.partnership, collections=[world.collection], **given
        )
        rehearsals.rehearse(release=release)
        return fresh(release)

    return plan


@pytest.fixture
def scheduled(world, approved, plan):
    """Approved, for a time that comes in a minute."""
    return approve(world, plan(due_at=timezone.now() + timedelta(minutes=1)))


def fresh(release):
    return Release.objects.get(pk=release.pk)


def approve(world, release, by="second.analyst"):
    releases.approve(release=release, seen=read.fingerprint(release), by=world.person(by))
    return fresh(release)


def make_due(release):
    """Its time has come."""
    Release.objects.filter(pk=release.pk).update(due_at=timezone.now() - timedelta(seconds=1))
    Job.objects.filter(kind=releases.KIND).update(due_at=timezone.now())
    return fresh(release)


def found(release, name):
    return next(check for check in read.checklist(release) if check.name == name)


# --- Planning ------------------------------------------------------------------------------------


def test_plan_takes_every_approved_return_and_nothing_is_public(world, approved, plan):
    release = plan()
    assert set(release.submissions.all()) == set(approved)
    assert release.state == Release.State.PLANNED
    assert {s.state for s in approved.all()} == {State.APPROVED}
    assert not Series.objects.public().exists()
    assert list(calendar.to_come()) == []  # it has no day


def test_plan_of_the_same_title_twice_is_refused(world, approved, plan):
    plan()
    with pytest.raises(Conflict, match="planned already"):
        plan()
    assert Release.objects.count() == 1


def test_return_is_in_one_release_only(world, approved, plan):
    first, second = plan(), plan(title="Summer")
    assert not second.submissions.exists()
    with pytest.raises(Conflict, match="another release"):
        releases.fill(
            release=second, submissions=approved, seen=read.fingerprint(second),
            by=world.person("analyst"),
        )  # fmt: skip
    assert first.submissions.count() == 2


def test_fill_takes_out_what_is_not_chosen(world, approved, plan):
    release = plan()
    may = approved.get(period=date(2016, 5, 1))
    by = world.person("analyst")
    seen = read.fingerprint(release)
    assert releases.fill(release=release, submissions=[may], seen=seen, by=by) == 1
    assert list(release.submissions.all()) == [may]
    assert not found(fresh(release), "Nothing forgotten").done
    with pytest.raises(Conflict, match="has changed since"):
        releases.fill(release=release, submissions=[], seen=seen, by=by)


def test_change_is_bound_to_what_was_seen_and_takes_named_fields_only(world, approved, plan):
    release, by = plan(), world.person("analyst")
    with pytest.raises(Conflict, match="has changed since"):
        releases.change(release=release, seen="old", title="Other", by=by)
    with pytest.raises(TypeError):
        releases.change(release=release, seen=read.fingerprint(release), state="published", by=by)
    releases.change(
        release=release, seen=read.fingerprint(release), title="Other", collections=[], by=by
    )
    assert fresh(release).title == "Other"
    assert not release.submissions.exists()  # they belong to a collection that it lost


# --- The checklist -------------------------------------------------------------------------------


def test_checklist_of_a_complete_release_blocks_nothing(world, approved, plan):
    assert read.blocking(plan()) == []


def test_checklist_names_what_is_missing(world, approved, plan):
    Measure.objects.update(
        retired_at=timezone.now(), retired_by=world.person("analyst"), retired_reason="Old"
    )
    Flag.objects.create(submission=approved[0], kind=Flag.Kind.ASKED, message="Is this right?")
    day = timezone.localdate()
    Hold.objects.create(
        partnership=world.partnership, first_day=day, last_day=day, reason="Elections",
        set_by=world.person("analyst"),
    )  # fmt: skip
    release = plan(note="")
    for name in ("Measures agreed", "Questions answered", "No hold on publishing"):
        assert found(release, name).blocks, name
    note = found(release, "Note for readers")
    assert (note.blocks, note.cure) == (True, "Write the note")
    assert note.href.endswith("/change/")
    with pytest.raises(Conflict, match="cannot be approved yet"):
        approve(world, release)


def test_checklist_of_an_empty_release_blocks(world, plan):
    assert found(plan(), "Approved returns").blocks


def test_checklist_waits_for_the_rehearsal_of_what_it_holds_now(world, approved, plan):
    release = plan()
    releases.fill(
        release=release, submissions=approved[:1], seen=read.fingerprint(release),
        by=world.person("analyst"),
    )  # fmt: skip
    assert found(fresh(release), "Nobody can be recognised").blocks
    rehearsals.rehearse(release=release)
    assert found(fresh(release), "Nobody can be recognised").done


def test_checklist_names_partners_who_are_missing(world, approved, plan):
    world.collection.asks_from = date(2016, 4, 1)
    world.collection.save()
    Submission.objects.create(
        collection=world.collection, organisation=world.rjz, period=date(2016, 4, 1),
        due_on=date(2016, 5, 1),
    )  # fmt: skip
    check = found(plan(), "All partners")
    assert check.found == ("King’s College Hospital, April 2016, A&E waiting times: due.",)
    assert not check.blocks


def test_checklist_tells_of_an_unusual_day(world, approved, plan):
    saturday = datetime(2027, 1, 2, 14, 0, tzinfo=timezone.get_default_timezone())
    assert not found(plan(due_at=saturday), "Day and time").done
    monday = datetime(2027, 1, 4, 9, 30, tzinfo=timezone.get_default_timezone())
    assert found(plan(title="Other", due_at=monday), "Day and time").done


def test_small_correction_blocks_unless_whole_periods_are_reissued(world, approved, plan, send):
    Measure.objects.update(disclosure="suppress_and_round", disclosure_reason="")
    publish(world, approved)
    fixed = correct(world, send, GOOD.replace("11554,1219", "11554,1216"))  # 3 people more
    release = plan()
    assert set(release.submissions.all()) == set(fixed)
    check = found(release, "Nobody can be recognised")
    assert check.blocks, check
    assert "A&E" in check.found[0]
    assert "April 2016" in check.found[0]
    releases.change(
        release=release, seen=read.fingerprint(release), reissued=True, by=world.person("analyst")
    )
    rehearsals.rehearse(release=release)
    assert found(fresh(release), "Nobody can be recognised").done


def correct(world, send, content, reason="A slip"):
    rows = send(content).submissions.all()
    seen = submissions.fingerprint(rows)
    submissions.submit(
        submissions=rows, seen=seen, by=world.person("rj1.contributor"), correction_reason=reason
    )
    seen = submissions.fingerprint(rows.all())
    submissions.approve(submissions=rows, seen=seen, by=world.person("rj1.approver"))
    return rows.all()


def test_rehearsal_shows_what_will_be_published_and_publishes_nothing(world, approved, plan):
    release = plan()
    [figure] = release.rehearsal.figures
    assert figure["measure"] == world.measure.name
    assert "86.3%" in figure["sentence"]
    assert ["All partners together", "May 2016", "86.3%"] in figure["parts"]
    assert not Series.objects.public().exists()
    assert {s.state for s in release.submissions.all()} == {State.APPROVED}
    assert release.published_at is None


def test_request_stale_rehearses_what_another_release_changed(world, approved, plan, send):
    april, may = approved.order_by("period")
    first, second = plan(), plan(title="Second")
    analyst = world.person("analyst")
    seen = read.fingerprint(first)
    releases.fill(release=first, submissions=[april], seen=seen, by=analyst)
    seen = read.fingerprint(second)
    releases.fill(release=second, submissions=[may], seen=seen, by=analyst)
    for release in (first, second):
        rehearsals.rehearse(release=release)
    approve(world, fresh(first))
    assert releases.publish(release=first)
    assert not read.is_rehearsed(fresh(second))
    Job.objects.all().delete()
    assert rehearsals.request_stale() == 1
    tasks.run(str(Job.objects.get(kind=rehearsals.KIND).id))
    assert read.is_rehearsed(fresh(second))


# --- Approval ------------------------------------------------------------------------------------


def test_approve_needs_somebody_who_had_no_hand_in_it(world, approved, plan):
    release = plan()
    with pytest.raises(Conflict, match="somebody else"):
        approve(world, release, by="analyst")
    seen = read.fingerprint(release)
    releases.change(release=release, seen=seen, note="Two words", by=world.person("second.analyst"))
    with pytest.raises(Conflict, match="somebody else"):
        approve(world, fresh(release))


def test_approve_holds_for_what_was_seen_only(world, approved, plan):
    release = plan()
    seen = read.fingerprint(release)
    releases.change(release=release, seen=seen, note="Changed", by=world.person("analyst"))
    with pytest.raises(Conflict, match="has changed since"):
        releases.approve(release=release, seen=seen, by=world.person("second.analyst"))
    assert fresh(release).state == Release.State.PLANNED


def test_approve_twice_is_told(world, scheduled):
    with pytest.raises(Conflict, match="already approved"):
        approve(world, scheduled)


def test_approved_release_is_changed_only_after_its_approval_was_taken_back(world, scheduled):
    analyst, seen = world.person("analyst"), read.fingerprint(scheduled)
    with pytest.raises(Conflict, match="already approved"):
        releases.change(release=scheduled, seen=seen, title="Other", by=analyst)
    with pytest.raises(Conflict, match="Say why"):
        releases.reopen(release=scheduled, reason=" ", seen=seen, by=analyst)
    releases.reopen(release=scheduled, reason="A wrong title", seen=seen, by=analyst)
    release = make_due(scheduled)
    assert (release.state, release.approved_by) == (Release.State.PLANNED, None)
    assert releases.publish(release=release) is False


# --- Publication ---------------------------------------------------------------------------------


def test_publish_waits_for_its_time(world, scheduled):
    assert releases.publish(release=scheduled) is False
    assert fresh(scheduled).state == Release.State.SCHEDULED
    assert releases.publish(release=make_due(scheduled))
    release = fresh(scheduled)
    assert release.published_by == world.person("second.analyst")
    assert {s.state for s in release.submissions.all()} == {State.RELEASED}


def test_release_without_a_day_comes_out_once_approved(world, approved, plan, run_jobs):
    release = approve(world, plan())
    run_jobs()
    assert fresh(release).state == Release.State.PUBLISHED
    assert Series.objects.public().whole().get().points[-1]["text"] == "86.3"


def test_publish_after_a_time_of_standing_still(world, scheduled):
    """Its job was lost with the machine; the tick of the next morning finds it, once."""
    make_due(scheduled)
    Job.objects.all().delete()
    assert releases.publish_due() == 1
    publish_due_releases()
    [job] = Job.objects.filter(kind=releases.KIND)
    tasks.run(str(job.id))
    tasks.run(str(job.id))
    assert fresh(scheduled).state == Release.State.PUBLISHED
    assert releases.publish_due() == 0
    assert Job.objects.filter(kind="outcomes.build_series").count() == 2


def test_worker_killed_in_the_middle_publishes_once(world, scheduled, monkeypatch):
    make_due(scheduled)
    mine = Job.objects.filter(kind=releases.KIND)
    claimed = jobs.claim(job_id=mine.get().id)
    with pytest.raises(SystemExit), transaction.atomic():
        monkeypatch.setattr(jobs, "confirm", lambda job: exit(9))
        releases.publish(release=scheduled, job=claimed)
    monkeypatch.undo()
    assert fresh(scheduled).state == Release.State.SCHEDULED
    assert not Job.objects.filter(kind="outcomes.build_series", payload__edition="public").exists()
    mine.update(lease_until=timezone.now() - timedelta(seconds=1))
    jobs.sweep()
    tasks.run(str(claimed.id))
    assert fresh(scheduled).state == Release.State.PUBLISHED
    assert mine.get().state == JobState.DONE


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_publish_once(world, scheduled):
    release, start, answers = make_due(scheduled), Barrier(2), []

    def work():
        start.wait()
        try:
            answers.append(releases.publish(release=release))
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_change_while_a_rehearsal_goes_on_is_told_to_wait(world, approved, plan, monkeypatch):
    release, held, over = plan(), Event(), Event()
    monkeypatch.setattr(releases, "PATIENCE", "50ms")

    def hold():
        with transaction.atomic():
            Release.objects.select_for_update().get(pk=release.pk)
            held.set()
            over.wait(10)
        connection.close()

    thread = Thread(target=hold)
    thread.start()
    held.wait(10)
    with pytest.raises(Conflict, match="Try again in a minute"):
        releases.cancel(release=release, reason="Late", by=world.person("analyst"))
    over.set()
    thread.join()
    releases.cancel(release=release, reason="Late", by=world.person("analyst"))


def test_publish_sends_back_what_something_speaks_against_by_now(world, scheduled):
    Flag.objects.create(
        submission=scheduled.submissions.first(), kind=Flag.Kind.ASKED, message="Is this right?"
    )
    assert releases.publish(release=make_due(scheduled)) is False
    release = fresh(scheduled)
    assert release.state == Release.State.PLANNED
    assert "Is this right?" in release.returned_reason
    assert not Submission.objects.filter(state=State.RELEASED).exists()
    assert {to for one in mail.outbox for to in one.to} >= {
        "analyst@example.org",
        "second.analyst@example.org",
    }


def test_published_release_stays_as_it_is(world, approved):
    release = publish(world, approved)
    for values in ({"title": "Other"}, {"note": ""}, {"state": "planned"}):
        with pytest.raises(Error, match="What was published stays"), transaction.atomic():
            Release.objects.filter(pk=release.pk).update(**values)
    with pytest.raises(Error), transaction.atomic():
        release.delete()


# --- Holds, calling off, withdrawing -------------------------------------------------------------


def test_hold_sends_scheduled_releases_back(world, scheduled):
    day = timezone.localdate(scheduled.due_at)
    days = {
        "partnership": world.partnership, "first_day": day, "last_day": day + timedelta(days=30),
        "reason": "Local elections", "by": world.person("analyst"),
    }  # fmt: skip
    hold = holds.begin(**days)
    with pytest.raises(Conflict, match="set already"):
        holds.begin(**days)
    release = fresh(scheduled)
    assert release.state == Release.State.PLANNED
    assert "Local elections" in release.returned_reason
    assert found(release, "No hold on publishing").blocks
    holds.lift(hold=hold, by=world.person("analyst"))
    assert not found(release, "No hold on publishing").blocks
    with pytest.raises(Conflict, match="lifted already"):
        holds.lift(hold=hold, by=world.person("analyst"))
    assert holds.begin(**days) != hold  # what was lifted may be set again


def test_cancel_frees_its_returns_and_tells_readers_why(world, scheduled):
    by = world.person("analyst")
    releases.cancel(release=scheduled, reason="Late figures", by=by)
    release = fresh(scheduled)
    assert release.state == Release.State.CANCELLED
    assert list(calendar.called_off()) == [release]
    assert read.Submission.objects.filter(release=None, state=State.APPROVED).count() == 2
    assert releases.publish(release=make_due(release)) is False


def test_withdraw_takes_figures_off_public_pages_at_once(world, approved, run_jobs):
    release = publish(world, approved)
    run_jobs()
    assert Series.objects.public().exists()
    by = world.person("analyst")
    with pytest.raises(Conflict, match="Say why"):
        releases.withdraw(release=release, reason=" ", by=by)
    releases.withdraw(release=release, reason="Counted twice", by=by)
    assert not Series.objects.exists()  # before any job ran
    run_jobs()
    assert not Series.objects.public().exists()
    assert not Series.objects.board().exists()
    assert Observation.objects.count() == 2
    assert [one.end_reason for one in calendar.withdrawn(world.measure)] == ["Counted twice"]
    with pytest.raises(Conflict, match="already withdrawn"):
        releases.withdraw(release=release, reason="Again", by=by)


@pytest.mark.django_db(transaction=True)
def test_build_that_was_going_on_puts_nothing_withdrawn_back(
    world, approved, run_jobs, monkeypatch
):
    release, reading, go_on = publish(world, approved), Event(), Event()
    run_jobs()
    read_table = public_edition.public_table

    def slowly(measure):
        table = read_table(measure)
        reading.set()
        go_on.wait(10)
        return table

    def build():
        series.build(measure=world.measure, edition=Edition.PUBLIC)
        connection.close()

    monkeypatch.setattr(public_edition, "public_table", slowly)
    monkeypatch.setattr(releases, "PATIENCE", "50ms")
    thread = Thread(target=build)
    thread.start()
    reading.wait(10)
    withdrawal = {"release": release, "reason": "Wrong file", "by": world.person("analyst")}
    with pytest.raises(Conflict, match="Try again in a minute"):
        releases.withdraw(**withdrawal)
    assert fresh(release).state == Release.State.PUBLISHED
    go_on.set()
    thread.join()
    releases.withdraw(**withdrawal)
    assert not Series.objects.public().exists()


def test_correction_that_was_withdrawn_leaves_what_was_published_before(
    world, approved, send, run_jobs
):
    publish(world, approved)
    second = publish(world, correct(world, send, GOOD.replace("1815", "2815")), title="Second")
    run_jobs()
    assert Series.objects.public().whole().get().points[-1]["text"] == "78.8"
    releases.withdraw(release=second, reason="Wrong file", by=world.person("analyst"))
    run_jobs()
    for edition in (Series.objects.public(), Series.objects.board()):
        assert edition.whole().get().points[-1]["text"] == "86.3"


def test_correction_is_noted_with_its_measure_and_reason(world, approved, send):
    publish(world, approved)
    publish(world, correct(world, send, GOOD.replace("1815", "2815")), title="Second")
    [change] = calendar.changes(measure=world.measure)  # April was sent again unchanged
    assert (change.period, change.reason) == ("May 2016", "A slip")
    assert calendar.changes(release=change.release) == [change]


# --- Early readers -------------------------------------------------------------------------------


def test_early_reader_reads_in_the_last_day_only(world, approved, plan):
    release, board = plan(due_at=timezone.now() + timedelta(hours=25)), world.person("board")
    reader = early_readers.name(
        release=release, user=board, capacity="Chair", by=world.person("analyst")
    )
    assert calendar.early_reader(board, release.uuid) is None  # not approved
    release = approve(world, fresh(release))
    assert calendar.early_reader(board, release.uuid) is None  # too early
    Release.objects.update(due_at=timezone.now() + timedelta(hours=23))
    assert calendar.early_reader(board, release.uuid) == reader
    assert calendar.early_reader(world.person("editor"), release.uuid) is None
    with pytest.raises(Conflict, match="already approved"):
        early_readers.name(
            release=release, user=world.person("editor"), capacity="Press office",
            by=world.person("analyst"),
        )  # fmt: skip
    early_readers.note_reading(reader=reader)
    early_readers.remove(reader=reader, by=world.person("analyst"))
    assert calendar.early_reader(board, release.uuid) is None
