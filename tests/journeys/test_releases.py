"""Published figures are corrected: planned, approved by a second person, and told to everybody."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.test_returns_approved import HOSPITAL, send, type_figures

pytestmark = pytest.mark.browser
MEASURE = "/measures/days-waiting-to-leave-hospital/"
REASON = "Two wards were counted twice."
A_WHILE = 120_000


def test_correction_is_released_by_two_people_and_told_to_everybody(visit):
    # Given a contributor who corrects figures that are published, and an approver who agrees
    contributor = visit()
    contributor.sign_in("rj1.contributor@example.org")
    contributor.follow("All returns")
    contributor.follow(HOSPITAL)
    contributor.follow(f"{HOSPITAL}, ")
    contributor.press("Correct these figures")
    type_figures(contributor, change=12)
    send(contributor, reason=REASON)
    approver = visit()
    page = approver.sign_in("rj1.approver@example.org")
    approver.follow(f"Check and approve {HOSPITAL}")
    page.get_by_label("Yes, approve them").check()
    approver.press("Save your decision")

    # When an analyst plans a release on a small screen
    analyst = visit(width=320)
    page = analyst.sign_in("analyst@example.org")
    analyst.follow("Plan a release")
    page.get_by_label("Title of the release").fill("Corrected days of waiting")
    page.get_by_label("As soon as a second person has approved it").check()
    analyst.press("Plan it")
    expect(page.get_by_text("Readers are told nothing yet")).to_be_visible()
    analyst.look()
    release = page.url

    # Then the checklist leads to what is missing, and somebody else has to approve
    analyst.follow("Write the note")
    page.get_by_label("Note for readers").fill("One month is corrected.")
    analyst.press("Save")
    expect(page.get_by_text("Somebody else has to approve it")).to_be_visible()
    expect(page.get_by_text("What readers will see")).to_be_visible(timeout=A_WHILE)
    analyst.look()
    expect(page.get_by_text(REASON).first).to_be_visible()
    analyst.follow("Choose what it holds")
    analyst.follow("Corrected days of waiting")
    analyst.follow("Who may read it early")
    page.get_by_label("Their e-mail address").fill("board@example.org")
    page.get_by_label("In what capacity do they read it?").fill("Chair of the board")
    analyst.press("Add them")
    expect(page.get_by_role("table", name="Early readers")).to_contain_text("Chair of the board")

    # When a second analyst approves exactly that, it comes out by itself
    second = visit()
    page = second.sign_in("second.analyst@example.org")
    second.follow("Corrected days of waiting")
    assert page.url == release
    second.press("Approve and publish")
    expect(page.get_by_text("The public pages show these figures")).to_be_visible(timeout=A_WHILE)
    second.look()

    # Then everybody reads it on the page of the measure, of the release and in the file
    citizen = visit(width=320)
    page = citizen.go(MEASURE)
    corrections = page.get_by_role("list").filter(has_text=REASON)
    expect(corrections).to_contain_text(re.compile("Guy’s and St Thomas’.*: corrected on"))
    rows = csv.DictReader(
        io.StringIO(citizen.context.request.get(f"{MEASURE}data.csv").body().decode("utf-8-sig"))
    )
    noted = [row for row in rows if REASON in row["note"]]
    assert {row["part_kind"] for row in noted} == {"whole", "organisation"}
    assert len({row["period"] for row in noted}) == 1
    answer = citizen.context.request.get(f"{MEASURE}data.json").json()
    assert [row["note"] for row in answer if REASON in row["note"]] == [
        row["note"] for row in noted
    ]
    citizen.go("/releases/")
    page = citizen.follow("Corrected days of waiting")
    expect(page.get_by_text(REASON).first).to_be_visible()
    expect(page.get_by_text("Chair of the board")).to_be_visible()
    tombstone = page.url.removeprefix(citizen.portal)
    citizen.go("/releases/corrections/")

    # And an analyst plans the next day, which stands in the calendar and can be called off
    second.go("/work/releases/")
    page = second.follow("Plan a release")
    page.get_by_label("Title of the release").fill("Figures of next month")
    page.get_by_label(HOSPITAL).check()
    second.press("Plan it")
    page = citizen.go("/releases/")
    expect(page.get_by_role("main")).to_contain_text("Figures of next month")
    page = second.follow("Call it off")
    page.get_by_label("Why?").fill("The figures come later.")
    second.press("Call it off")
    page = citizen.go("/releases/")
    expect(page.get_by_role("main")).to_contain_text("The figures come later.")
    second.go("/work/holds/")

    # And when the correction was wrong, it is withdrawn: its page stays and says why
    second.go(release.removeprefix(second.portal))
    page = second.follow("Withdraw it")
    page.get_by_label("Why?").fill("The wards were right at first.")
    second.press("Withdraw it now")
    page = citizen.go(tombstone)
    expect(page.get_by_role("main")).to_contain_text("The wards were right at first.")
    expect(page.get_by_text("Please do not use them any more.")).to_be_visible()
    page = citizen.go(MEASURE)
    expect(page.get_by_role("main")).to_contain_text("“Corrected days of waiting”, which we")
