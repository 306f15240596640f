"""Nothing that is typed, answered or decided is lost, whatever fails between any two steps."""

import contextlib
from collections.abc import Iterator

import psutil
import pytest
import requests

from tests.faults.portal import HIDDEN, Portal, manage, wait_until

pytestmark = pytest.mark.django_db  # the portal's schema is copied from the database of the tests
GRID = "/work/collections/ae-waiting-times/rj1/2016-04-01/"
APPROVAL = "/work/collections/ae-waiting-times/rj1/approval/"
KEY = "ae-4-hour-performance"
FIGURE = "SELECT id FROM outcomes_observation ORDER BY id DESC LIMIT 1"
FLAG = "SELECT id FROM outcomes_flag WHERE answered_at IS NULL"
KEPT = """
    SELECT s.version, s.state, s.return_reason, s.receipt_id IS NOT NULL, f.message, f.answer,
           trim_scale(o.numerator)::text, trim_scale(o.denominator)::text, o.status, o.note
      FROM outcomes_submission s
      LEFT JOIN outcomes_observation o ON o.submission_id = s.id
      LEFT JOIN outcomes_flag f ON f.submission_id = s.id
     ORDER BY s.version
"""


def figures(numerator="", denominator="", note=""):
    typed = {"numerator": numerator, "denominator": denominator, "note": note, "status": "value"}
    return {f"{KEY}-{name}": value for name, value in typed.items()}


def done(answer: requests.Response, *wanted: str) -> None:
    assert answer.status_code == 200, answer.text[-2000:]
    for words in wanted:
        assert words in answer.text


def steps(portal: Portal) -> Iterator[str]:
    """One return from its first half of a figure to a correction of what was published."""
    sender, approver = portal.person("rj1.contributor"), portal.person("rj1.approver")
    done(sender.post(GRID, figures("10335")), "1 of them is unfinished")
    yield "begun with half a figure"
    done(sender.post(GRID, figures("10335", "11554")), "89.4%")
    yield "finished the figure"
    done(sender.post(GRID, figures("10335", "11554", "Two days are missing")), "Saved: 1 figure.")
    yield "written a note"
    done(sender.post(f"{GRID}send/", {}), "Sent for approval")
    yield "sent"
    (pk,) = portal.query(FIGURE)[0]
    question = {"decision": "return", "mark": str(pk), f"why-{pk}": "Which days?"}
    done(approver.post(APPROVAL, question), "Sent back")
    yield "returned"
    (flag,) = portal.query(FLAG)[0]
    answer = {"reasons": "1", f"answer-{flag}": "The first two."}
    done(sender.post(f"{GRID}send/", answer), "Saved: 1 reason.")
    yield "answered"
    done(sender.post(f"{GRID}send/", {}), "Sent for approval")
    yield "sent again"
    done(approver.post(APPROVAL, {"decision": "approve"}), "Approved: 1 return")
    yield "approved"
    manage(portal.environment, "-m", "tests.faults.publish")
    yield "published"
    begun = dict(HIDDEN.findall(sender.get(GRID).text))
    done(sender.browser.post(f"{portal.address}{GRID}begin/", data=begun, timeout=30))
    yield "begun a correction"
    done(sender.post(GRID, figures("10336", "11554", "Two days are missing")), "Saved: 1 figure.")
    yield "corrected"


def redis_hangs(portal: Portal) -> None:
    """From the first fault to the end: it takes connections and never answers."""
    redis = portal.service("redis-server")
    if redis.status() != "stopped":
        redis.suspend()


def redis_is_killed(portal: Portal) -> None:
    """Its keeper brings an empty one, perhaps while the next step is done."""
    with contextlib.suppress(AssertionError, psutil.NoSuchProcess):  # not back yet
        portal.service("redis-server").kill()


def postgresql_restarts(portal: Portal) -> None:
    portal.postgresql_restarts()
    sender = portal.person("rj1.contributor")
    wait_until(lambda: sender.get("/work/").status_code == 200, "pages are back")


@pytest.fixture
def redis_runs_again(portal):
    yield
    with contextlib.suppress(AssertionError, psutil.NoSuchProcess):
        portal.service("redis-server").resume()


@pytest.mark.parametrize("fails", [redis_hangs, redis_is_killed, postgresql_restarts])
def test_whatever_fails_between_two_steps_the_return_goes_on(portal, redis_runs_again, fails):
    for step in steps(portal):
        before = portal.query(KEPT)
        fails(portal)
        assert portal.query(KEPT) == before, f"after somebody has {step}"
    assert [(row[0], row[1], row[6]) for row in before] == [
        (1, "released", "10335"),
        (2, "draft", "10336"),
    ]


def test_what_is_sent_while_postgresql_is_away_can_be_sent_again(portal):
    sender = portal.person("rj1.contributor")
    form = dict(HIDDEN.findall(sender.get(GRID).text)) | figures("10335", "11554")
    portal.postgresql_restarts()
    answer = sender.browser.post(f"{portal.address}{GRID}", data=form, timeout=30)
    if answer.status_code == 503:
        assert "Send it again" in answer.text
        again = dict(HIDDEN.findall(answer.text))
        wait_until(lambda: sender.get(GRID).status_code == 200, "the page is back")
        answer = sender.browser.post(f"{portal.address}{GRID}", data=again, timeout=30)
    done(answer, "89.4%")
