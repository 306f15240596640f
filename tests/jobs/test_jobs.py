"""A job is done once, whatever dies: claims are conditional, leases end, sweeps give back."""

from datetime import timedelta
from threading import Barrier, Thread
from unittest.mock import Mock

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from jobs import registry, relay, tasks
from jobs.actions import jobs
from jobs.models import Job
from jobs.registry import Handler, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def handle(monkeypatch):
    """Registers a handler for jobs of kind “test” and returns what it was called with."""
    calls = []

    def register(error=None, on_failure=None):
        def run(job):
            calls.append(job)
            if error:
                raise error

        monkeypatch.setitem(registry.HANDLERS, "test", Handler(run, "default", 90, on_failure))
        return calls

    return register


def enqueue(key="one"):
    return jobs.enqueue(kind="test", key=key)


def reloaded(job):
    return Job.objects.get(pk=job.pk)


def test_enqueue_writes_one_row_for_one_cause(handle):
    handle()
    assert enqueue() == enqueue()
    assert enqueue("two") != enqueue()
    assert Job.objects.count() == 2


def test_enqueue_is_undone_with_its_cause(handle):
    handle()
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue()
        raise RuntimeError("the cause did not happen")
    assert not Job.objects.exists()


def test_run_does_the_work_once(handle):
    calls = handle()
    job = enqueue()
    tasks.run(str(job.id))
    tasks.run(str(job.id))  # the message came twice
    assert len(calls) == 1
    assert reloaded(job).state == "done"


def test_failing_job_is_tried_three_times_and_then_says_why(handle):
    ended = []
    calls = handle(error=RuntimeError("no luck"), on_failure=ended.append)
    job = enqueue()
    for attempt in range(1, 5):
        Job.objects.update(due_at=timezone.now() - timedelta(seconds=1))
        tasks.run(str(job.id))
        assert len(calls) == min(attempt, 3)
    assert (reloaded(job).state, reloaded(job).error) == ("failed", "no luck")
    assert ended == [job]


def test_retry_waits_before_the_next_attempt(handle):
    calls = handle(error=RuntimeError("no luck"))
    job = enqueue()
    tasks.run(str(job.id))
    tasks.run(str(job.id))
    assert len(calls) == 1
    assert reloaded(job).due_at > timezone.now()


def test_refusal_is_not_tried_again(handle):
    calls = handle(error=Refused("This file is not for us."))
    job = enqueue()
    tasks.run(str(job.id))
    assert len(calls) == 1
    assert reloaded(job).state == "failed"


def test_sweep_gives_back_the_job_of_a_dead_worker(handle):
    handle()
    job = enqueue()
    jobs.claim(job_id=job.id)
    assert jobs.sweep() == 0  # the lease still runs
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert jobs.sweep() == 1
    assert (reloaded(job).state, reloaded(job).attempts) == ("queued", 1)


def test_sweep_ends_a_job_that_kills_its_worker_every_time(handle):
    ended = []
    handle(on_failure=ended.append)
    job = enqueue()
    for _ in range(3):
        jobs.claim(job_id=job.id)
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        jobs.sweep()
        Job.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert reloaded(job).state == "failed"
    assert ended == [job]


def test_mistake_in_telling_of_a_failure_does_not_stop_the_sweep(handle):
    def mistaken(job):
        raise LookupError("its row is gone")

    handle(on_failure=mistaken)
    lost, other = enqueue("lost"), enqueue("other")
    for job, attempts in ((lost, 3), (other, 1)):
        jobs.claim(job_id=job.id)
        Job.objects.filter(pk=job.pk).update(attempts=attempts)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert jobs.sweep() == 2
    assert (reloaded(lost).state, reloaded(other).state) == ("failed", "queued")


def test_database_away_for_a_moment_takes_no_job_from_its_worker(handle, monkeypatch):
    handle()
    job = jobs.claim(job_id=enqueue().id)

    def away(**kwargs):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(tasks, "connection", Mock())  # the test's own connection stays
    monkeypatch.setattr(jobs, "renew", away)
    assert tasks._still_ours(job)


def test_worker_that_lost_its_lease_can_neither_finish_nor_commit(handle):
    handle()
    job = enqueue()
    stalled = jobs.claim(job_id=job.id)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    jobs.sweep()
    second = jobs.claim(job_id=job.id)
    jobs.finish(job=stalled)
    assert reloaded(job).state == "running"
    with pytest.raises(jobs.LeaseLost), transaction.atomic():
        jobs.confirm(job=stalled)
    assert not jobs.renew(job=stalled)
    assert jobs.renew(job=second)


def test_job_is_done_together_with_its_work_or_not_at_all(handle):
    handle()
    job = jobs.claim(job_id=enqueue().id)
    with pytest.raises(RuntimeError), transaction.atomic():
        jobs.confirm(job=job)
        raise RuntimeError("the work could not be kept")
    assert reloaded(job).state == "running"
    with transaction.atomic():
        jobs.confirm(job=job)
    assert reloaded(job).state == "done"
    assert enqueue() != job  # the same cause may come again at once, and is not lost


def test_sweep_publishes_again_what_redis_lost(handle):
    handle()
    job = enqueue()
    Job.objects.update(published_at=timezone.now() - timedelta(minutes=2))
    assert not Job.objects.publishable().exists()
    assert jobs.sweep() == 1
    assert Job.objects.publishable().get() == job


def test_relay_hands_each_job_to_redis_once(handle, settings):
    handle()
    job = enqueue()
    assert relay.publish_waiting() == 1
    assert relay.publish_waiting() == 0
    assert reloaded(job).published_at


def test_relay_leaves_jobs_it_does_not_know_to_a_newer_one(handle, monkeypatch):
    handle()
    job = enqueue()
    monkeypatch.delitem(registry.HANDLERS, "test")
    assert relay.publish_waiting() == 0
    assert reloaded(job).published_at is None


def test_relay_keeps_the_job_when_redis_is_away(handle, monkeypatch):
    from celery import current_app
    from kombu.exceptions import OperationalError

    handle()
    job = enqueue()
    monkeypatch.setattr(current_app.conf, "broker_url", "redis://127.0.0.1:1/0")
    with current_app.connection_for_write("redis://127.0.0.1:1/0") as away:
        monkeypatch.setattr(
            relay.current_app, "send_task", lambda *a, **k: away.ensure_connection(max_retries=1)
        )
        with pytest.raises(OperationalError):
            relay.publish_waiting()
    assert reloaded(job).published_at is None


@pytest.mark.django_db(transaction=True)
def test_only_one_of_many_workers_claims_a_job(handle):
    handle()
    job = enqueue()
    start, winners = Barrier(8), []

    def compete():
        start.wait()
        try:
            if jobs.claim(job_id=job.id):
                winners.append(1)
        finally:
            connection.close()

    threads = [Thread(target=compete) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(winners) == 1
    assert reloaded(job).attempts == 1


def test_tick_leaves_a_heartbeat_and_survives_one_app_in_trouble(monkeypatch):
    from jobs.selectors import heartbeat_age

    looked = []

    def trouble():
        raise RuntimeError("one app in trouble")

    monkeypatch.setattr(tasks, "ON_TICK", [trouble, lambda: looked.append(1)])
    assert heartbeat_age() is None
    tasks.tick()
    assert looked == [1]
    assert heartbeat_age() < timedelta(seconds=10)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "running"},  # without a claim and a lease
        {"state": "done"},  # without the time
        {"attempts": 4},
    ],
)
def test_database_refuses_impossible_jobs(handle, fields):
    handle()
    job = enqueue()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**fields)
