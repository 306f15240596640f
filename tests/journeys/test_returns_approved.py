"""A correction that goes back and comes again, two approvers at once, and many returns at once.

Comes after the journey of a figure (test_figure_travels.py), whose hospital has sent nothing later.
"""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from outcomes.periods import latest_ended, shift
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser


HOSPITAL = "Leaving hospital and shared records"


def type_figures(visitor: Visitor, change: int = 0) -> None:
    """Types into every cell what was sent last, and so much more."""
    for cell in visitor.page.locator(".portal-cell").all():
        field = cell.get_by_role("textbox").first
        last = re.findall(r": [^\d]*([\d,]+)", cell.locator(".portal-cell__past").inner_text())
        number = field.input_value() or (last[0] if last else "20")
        field.fill(str(int(number.replace(",", "")) + change))


def send(visitor: Visitor, reason: str = "") -> None:
    page = visitor.page
    page.get_by_role("button", name="Check and send").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check and send")
    visitor.look()
    open_ones = page.get_by_role("textbox", name=re.compile("Why is it right|Your answer"))
    if open_ones.count():
        for answer in open_ones.all():
            answer.fill("We counted twice: it is right.")
        visitor.press("Save your reasons")
    if reason:
        page.get_by_label("Why do these figures need a correction?").fill(reason)
    visitor.press("Send for approval")
    expect(page.get_by_text("Sent for approval")).to_be_visible()


@pytest.fixture
def approver(visit):
    def approver(code: str, **options) -> Visitor:
        visitor = visit(**options)
        visitor.sign_in(f"{code}.approver@example.org")
        return visitor

    return approver


def test_correction_goes_back_with_a_mark_and_comes_again(visit, approver):
    # Given a contributor who corrects published figures on a phone, with a reason
    contributor = visit(width=320)
    contributor.sign_in("rv5.contributor@example.org")
    contributor.follow("All returns")
    contributor.follow(HOSPITAL)
    page = contributor.follow(f"{HOSPITAL}, ")
    published = page.url
    contributor.press("Correct these figures")
    type_figures(contributor, change=2)
    send(contributor, reason="Two people were counted late.")

    # When the approver marks one figure, asks about it and sends the return back
    checker = approver("rv5")
    page = checker.follow("Approve several returns together")
    expect(page.get_by_text("It corrects published figures")).to_be_visible()
    checker.follow(HOSPITAL)
    expect(page.get_by_text("Two people were counted late.").first).to_be_visible()
    page.get_by_label("Mark", exact=False).first.check()
    page.get_by_label("What is your question?", exact=False).first.fill("Did you count Sundays?")
    page.get_by_label("No, send them back").check()
    page.get_by_label("what needs to change?", exact=False).fill("One figure looks low.")
    checker.look()
    checker.press("Save your decision")
    expect(page.get_by_text("Sent back: 1 return")).to_be_visible()

    # Then the contributor sees why, with the question at the figure, and puts it right
    contributor.go("/work/")
    page = contributor.follow("See why")
    expect(page.get_by_text("One figure looks low.").first).to_be_visible()
    expect(page.get_by_text("Did you count Sundays?").first).to_be_visible()
    contributor.follow("Change the figures on the screen")
    type_figures(contributor, change=1)
    send(contributor, reason="Two people were counted late.")

    # When the same return is open in two windows, and both approve
    first, second = checker, approver("rv5", width=320)
    for window in (first, second):
        window.go("/work/")
        page = window.follow(f"Check and approve {HOSPITAL}")
        expect(page.get_by_text("The figure was changed from").first).to_be_visible()
        page.get_by_label("Yes, approve them").check()
    first.press("Save your decision")
    expect(first.page.get_by_text("Approved: 1 return")).to_be_visible()
    second.press("Save your decision")

    # Then the second reads that it is done and by whom, and the published version is still there
    expect(second.page.get_by_text("somebody may have done it already")).to_be_visible()
    expect(second.page.get_by_text("Kwame Boateng approved")).to_be_visible()
    page = contributor.go(published.removeprefix(contributor.portal))
    contributor.follow("newer version")
    expect(page.get_by_text("Reason: Two people were counted late.")).to_be_visible()


def test_returns_that_nothing_speaks_against_are_approved_together(visit, approver):
    # Given returns of two months that nothing was noticed about
    contributor = visit()
    page = contributor.sign_in("rj1.contributor@example.org")
    for back in (-2, -3):
        month = shift(latest_ended(date.today(), "month"), "month", back)
        contributor.go(f"/work/collections/ae-waiting-times/guys-and-st-thomas/{month}/")
        boxes = page.locator(".portal-cell__number")
        boxes.nth(0).fill("9000")
        boxes.nth(1).fill("10000")
        send(contributor)

    # When their approver ticks them all on a phone
    checker = approver("rj1", width=320)
    page = checker.follow("Approve several returns together")
    checker.follow("Tick all 2 that can be approved together")
    checker.press("Approve the ticked returns")

    # Then both are approved at once
    expect(page.get_by_text("Approved: 2 returns.")).to_be_visible()
    expect(page.get_by_text("Nothing waits for your approval")).to_be_visible()
