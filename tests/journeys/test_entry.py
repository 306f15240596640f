"""The journeys of figures that are typed: on a phone, by two at once, and when things go wrong."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from outcomes.periods import label, latest_ended
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
MONTH = latest_ended(date.today(), "month")
GUYS = f"/work/collections/ae-waiting-times/guys-and-st-thomas/{MONTH}/"
KINGS = f"/work/collections/ae-waiting-times/kings-college-hospital/{MONTH}/"
ALL = "Attendances at type 1 departments"
SEEN = f"{ALL} seen within 4 hours"


def box(page: Page, name: str):
    return page.get_by_label(name, exact=True)


def outcome(page: Page):
    return page.locator(".portal-cell__outcome").first


def leave(page: Page) -> None:
    """Takes the focus out of the cell, as pressing Tab or tapping elsewhere does."""
    page.evaluate("document.activeElement.blur()")


def look_again(page: Page) -> None:
    """Asks for news now instead of in a quarter of a minute."""
    with page.expect_response("**/news/**"):
        page.evaluate("document.getElementById('entry-news').dispatchEvent(new Event('look'))")


def test_figure_is_typed_and_sent_on_a_phone(visit):
    # Given a contributor with a small screen who finds what is due
    contributor = visit(width=320)
    page = contributor.sign_in("lambeth.contributor@example.org")
    contributor.follow("Type the figures of Falls")
    expect(page.locator("#entry-answered")).to_contain_text("0 of 4")

    # When a number is wrong, the cell says so, and what was typed stays
    boxes = page.locator(".portal-cell__number")
    number = boxes.first
    assert number.get_attribute("inputmode") == "decimal"
    assert number.bounding_box()["height"] >= 44
    number.fill("2O")
    leave(page)
    expect(outcome(page)).to_contain_text("Use the digits 0 to 9 only")
    expect(number).to_have_value("2O")
    contributor.look()

    # Then the right one is saved as it is left; Enter moves on instead of sending
    number.fill("20")
    number.press("Enter")
    expect(boxes.nth(1)).to_be_focused()
    page.keyboard.type("41,000")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What it is").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(boxes.nth(2)).to_be_focused()
    expect(outcome(page)).to_contain_text("Saved")
    expect(page.locator("#entry-said")).to_contain_text("1 answered")
    for _ in range(2):
        for text in ("20", "9000", ""):
            page.keyboard.type(text)
            page.keyboard.press("Enter")

    # And where there is no number, the reason takes its place
    page.get_by_label("What it is").last.select_option("Late")
    expect(boxes.last).to_be_hidden()
    leave(page)
    expect(page.locator("#entry-answered")).to_contain_text("4 of 4")
    contributor.look()

    # A row that is added comes into focus; one that was added by mistake is taken away
    page.get_by_text("Add a borough or a group of people").click()
    page.get_by_label("Group of people").select_option(index=1)
    contributor.press("Add the row")
    added = page.locator("[data-cell]:target")
    expect(added.locator(".portal-cell__number").first).to_be_focused()
    expect(added).to_contain_text("This row is empty")
    contributor.look()
    contributor.press("Take this row away")
    expect(page.locator("#entry-answered")).to_contain_text("4 of 4")

    # Then the figures are sent, after what is asked about them is explained
    page.get_by_role("button", name="Check and send").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check and send")
    contributor.look()
    for reason in page.get_by_role("textbox", name="Why is it right?").all():
        reason.fill("We counted twice.")
    if page.get_by_role("button", name="Save your reasons").count():
        contributor.press("Save your reasons")
    contributor.press("Send for approval")
    expect(page.get_by_role("main")).to_contain_text("Sent for approval")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Receipt")


def test_two_who_type_at_once_see_each_other_and_lose_nothing(visit):
    # Given two people with the same return on their screens
    amara, nadia = visit(), visit()
    amara.sign_in("rj1.contributor@example.org")
    nadia.sign_in("analyst@example.org")
    hers, his = amara.go(GUYS), nadia.go(GUYS)

    # When one saves, the other sees it without doing anything
    type_both(hers, "10,000", "11000")
    expect(outcome(hers)).to_contain_text("90.9%")
    look_again(his)
    expect(his.get_by_text("Amara Lewis saved 10,000 of 11,000, just now").first).to_be_visible()
    expect(box(his, SEEN)).to_have_value("10000")
    expect(his.locator("#entry-said")).to_contain_text("Amara Lewis saved 10,000 of 11,000")
    nadia.look()

    # When both change it, the cell being typed in keeps what is typed
    box(his, SEEN).fill("9000")
    type_both(hers, "10500", "11000")
    expect(outcome(hers)).to_contain_text("95.5%")
    look_again(his)
    expect(his.get_by_text("Amara Lewis saved 10,500 of 11,000, just now").first).to_be_visible()
    expect(box(his, SEEN)).to_have_value("9000")

    # Then nothing is overwritten: both values are shown, and one press chooses
    leave(his)
    expect(outcome(his)).to_contain_text("You typed 9,000 of 11,000, which is not saved")
    nadia.look()
    outcome(his).get_by_role("button", name="Keep 10,500 of 11,000").click()
    expect(box(his, SEEN)).to_have_value("10500")
    type_both(hers, "10600", "11000")
    expect(outcome(hers)).to_contain_text("96.4%")
    type_both(his, "9100", "11000")
    outcome(his).get_by_role("button", name="Save 9,100 of 11,000").click()
    expect(outcome(his)).to_contain_text("82.7%")
    look_again(hers)
    expect(box(hers, SEEN)).to_have_value("9100")

    # And without JavaScript the same
    plain = visit(javascript=False)
    sign_in_plainly(plain, "rj1.contributor@example.org")
    plain.page.goto(GUYS)
    type_both(his, "9200", "11000")
    expect(outcome(his)).to_contain_text("83.6%")
    box(plain.page, SEEN).fill("9300")
    press_save(plain.page)
    expect(plain.page.get_by_role("alert")).to_contain_text("somebody else has changed it")
    plain.page.get_by_role("button", name="Save 9,300 of 11,000").click()
    expect(outcome(plain.page)).to_contain_text("84.5%")


def test_nothing_typed_is_lost(visit):
    # Given somebody who closes the tab while still in a cell that is filled in halfway
    sunita = visit()
    sunita.sign_in("rjz.contributor@example.org")
    page = sunita.go(KINGS)
    expect(page.get_by_role("heading", level=1)).to_contain_text(label(MONTH, "month"))
    box(page, SEEN).fill("300")
    page.on("dialog", lambda dialog: dialog.accept())
    other = sunita.context.new_page()
    page.close(run_before_unload=True)
    sunita.page = page = other

    # Then the figure is there when they come back; the browser sends it after the page is gone
    for _ in range(20):
        page.goto(KINGS)
        if box(page, SEEN).input_value() == "300":
            break
    expect(box(page, SEEN)).to_have_value("300")
    expect(outcome(page)).to_contain_text(f"Unfinished: {ALL} is still empty")
    box(page, ALL).fill("400")
    leave(page)
    expect(outcome(page)).to_contain_text("75.0%")

    # When there is no connection, the cell says so and keeps the number for the next save
    sunita.context.set_offline(True)
    box(page, SEEN).fill("310")
    leave(page)
    expect(outcome(page)).to_contain_text("There is no connection just now")
    expect(box(page, SEEN)).to_have_value("310")
    sunita.context.set_offline(False)
    expect(outcome(page)).to_contain_text("77.5%")

    # When the portal is in trouble, the same
    page.route("**/cell/", lambda route: route.fulfill(status=503, body="Away"))
    box(page, SEEN).fill("320")
    leave(page)
    expect(outcome(page)).to_contain_text("The portal cannot save just now")
    page.unroute("**/cell/")
    press_save(page)
    expect(outcome(page)).to_contain_text("80.0%")

    # When they were signed out meanwhile, they sign in again in another tab and press Save
    sunita.context.clear_cookies(name="sessionid")
    box(page, SEEN).fill("330")
    leave(page)
    expect(outcome(page)).to_contain_text("You were signed out. What you typed is still here")
    sunita.page = sunita.context.new_page()
    sunita.sign_in("rjz.contributor@example.org")
    sunita.page.close()
    sunita.page = page
    press_save(page)
    expect(outcome(page)).to_contain_text("82.5%")
    expect(box(page, SEEN)).to_have_value("330")
    sunita.complaints.clear()  # the browser itself notes what failed


def type_both(page: Page, numerator: str, denominator: str) -> None:
    box(page, SEEN).fill(numerator)
    box(page, ALL).fill(denominator)
    with page.expect_response("**/cell/"):
        leave(page)


def press_save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).last.click()


def sign_in_plainly(visitor: Visitor, email: str) -> None:
    """Without JavaScript axe cannot look at pages."""
    visitor.look = lambda: visitor.page  # type: ignore[method-assign]
    visitor.sign_in(email)
