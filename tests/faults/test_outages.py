"""What is sent is stored once and never lost, whatever dies between any two steps."""

import threading
from uuid import UUID

import pytest

from tests.faults.portal import HIDDEN, Portal, wait_until
from tests.outcomes.world import GOOD

pytestmark = pytest.mark.django_db  # the portal's schema is copied from the database of the tests
STORED = "SELECT count(*), count(DISTINCT submission_id) FROM outcomes_observation"
UPLOAD = "SELECT state, message FROM outcomes_upload"
JOB = "SELECT state, attempts FROM jobs_job WHERE kind = 'outcomes.check_upload'"
# The last of the statements that store a file writes here: whoever holds the table stops it there.
LAST_TABLE = "outcomes_submission_makers"
GRID = "/work/collections/ae-waiting-times/rj1/2016-04-01/"
TYPED = {
    "ae-4-hour-performance-numerator": "10335",
    "ae-4-hour-performance-denominator": "11554",
    "ae-4-hour-performance-status": "value",
}
STOPPED_THERE = """
    SELECT 1 FROM pg_stat_activity
     WHERE query LIKE '%outcomes_submission_makers%' AND wait_event_type = 'Lock'
"""


def state_of_upload(portal: Portal) -> str:
    return portal.query(UPLOAD)[0][0]


def wait_until_checked(portal: Portal) -> None:
    wait_until(lambda: state_of_upload(portal) != "checking", "the file is checked")
    assert portal.query(UPLOAD) == [("ready", "")]


def send(portal: Portal) -> str:
    """The address of the page that tells what became of the file."""
    answer = portal.person("rj1.contributor").send_file(GOOD)
    assert answer.status_code == 200, answer.text
    UUID(answer.url.rstrip("/").rpartition("/")[2])
    return answer.url.removeprefix(portal.address)


def test_import_whose_worker_is_killed_is_stored_once(portal):
    with portal.held(LAST_TABLE):
        send(portal)
        wait_until(lambda: portal.query(STOPPED_THERE), "the worker stores the figures")
        portal.kill("worker")  # with every figure written and none committed
    assert portal.query(STORED) == [(0, 0)]
    assert portal.query(JOB) == [("running", 1)]
    portal.half_a_minute_passes()
    portal.start("worker")
    wait_until_checked(portal)
    assert portal.query(STORED) == [(2, 2)]
    wait_until(lambda: portal.query(JOB) == [("done", 2)], "the job is done")


def test_file_sent_while_redis_hangs_is_checked_when_it_is_back(portal):
    redis = portal.service("redis-server")
    redis.suspend()  # it takes connections and never answers, which is worse than being gone
    page = send(portal)
    assert portal.person("rj1.contributor").get(page).status_code == 200
    assert state_of_upload(portal) == "checking"
    redis.kill()  # its keeper brings an empty one
    wait_until_checked(portal)
    assert portal.query(STORED) == [(2, 2)]


def test_import_goes_on_after_postgresql_was_restarted(portal):
    with portal.held(LAST_TABLE):
        page = send(portal)
        wait_until(lambda: portal.query(STOPPED_THERE), "the worker stores the figures")
        portal.postgresql_restarts()
        wait_until(lambda: portal.query(STORED) == [(0, 0)], "PostgreSQL is back")
    portal.half_a_minute_passes()
    wait_until_checked(portal)
    assert portal.query(STORED) == [(2, 2)]
    assert portal.person("rj1.contributor").get(page).status_code == 200


def test_file_sent_by_a_double_click_is_one_upload(portal):
    pages = []

    def click() -> None:
        pages.append(send(portal))

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert len(pages) == 2
    assert len(set(pages)) == 1
    wait_until_checked(portal)
    assert portal.query("SELECT count(*) FROM outcomes_upload") == [(1,)]
    assert portal.query(STORED) == [(2, 2)]


def test_file_sent_again_while_it_is_stored_need_not_wait(portal):
    with portal.held(LAST_TABLE):
        page = send(portal)
        wait_until(lambda: portal.query(STOPPED_THERE), "the worker stores the figures")
        assert send(portal) == page
    wait_until_checked(portal)
    assert portal.query(STORED) == [(2, 2)]


def test_what_was_typed_outlives_a_restart_of_postgresql(portal):
    person = portal.person("rj1.contributor")
    assert "89.4%" in person.post(GRID, TYPED).text
    portal.postgresql_restarts()
    wait_until(lambda: person.get(GRID).status_code == 200, "the page is back")
    assert "89.4%" in person.get(GRID).text
    sent = person.post(f"{GRID}send/", {})
    assert sent.status_code == 200
    assert portal.query("SELECT state FROM outcomes_submission") == [("submitted",)]


def test_what_was_typed_outlives_the_session(portal):
    person = portal.person("rj1.contributor")
    opened = person.post(GRID, TYPED)
    portal.sessions_end()
    changed = dict(HIDDEN.findall(opened.text)) | TYPED | {"ae-4-hour-performance-note": "Late"}
    lost = person.browser.post(opened.url, data=changed, timeout=30)
    assert lost.status_code == 403
    assert "You are not signed in any more. Nothing was saved." in lost.text
    portal.everybody_signs_in_again()
    assert "89.4%" in portal.person("rj1.contributor").get(GRID).text
