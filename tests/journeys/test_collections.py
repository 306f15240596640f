"""The journey of a question: from an analyst who asks it to the contributor who finds it."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from outcomes.periods import latest_ended

pytestmark = pytest.mark.browser
TICK = 75_000  # milliseconds; the clock ticks every minute


@pytest.mark.parametrize("width", [1280, 320])
def test_what_an_analyst_asks_is_found_on_my_work(visit, width):
    name = f"Beds at {width}"

    # Given an analyst who asks a trust for figures
    analyst = visit(width=width)
    page = analyst.sign_in("analyst@example.org")
    analyst.follow("Collections: what we ask for")
    analyst.follow("Ask for figures")
    page.get_by_label("Name").fill(name)
    page.get_by_label("What should they send?").fill("All beds, also those that are empty.")
    page.get_by_label("Views of shared care records").first.check()
    page.get_by_label("King’s College Hospital").first.check()
    first = latest_ended(timezone.localdate(), "month")
    for part, value in (("Day", 1), ("Month", first.month), ("Year", first.year)):
        group = page.get_by_role("group", name="From when do you ask for figures?")
        group.get_by_label(part).fill(str(value))

    # When they look at the dates, nothing is saved yet
    analyst.press("Show the dates")
    expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"is due on \w+day \d+ \w+ 20\d\d"))).to_be_visible()

    # And a mistake is said beside what was typed
    page.get_by_label("After how many working days does a period close?").fill("3")
    analyst.press("Make the collection")
    expect(page.get_by_role("alert")).to_contain_text("A period cannot close before it is due.")
    page.get_by_label("After how many working days does a period close?").fill("")
    analyst.press("Make the collection")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)

    # And a rule that they write is shown back in words
    analyst.follow("Write a rule")
    row = page.get_by_role("group", name="The left side, row 1")
    row.get_by_label("Figure").select_option(index=1)
    page.get_by_label("A number to add to the right side").fill("1000000")
    page.get_by_label("The left side is at most the right side").check()
    page.get_by_label("What should the sender read then?").fill("Check the figure.")
    analyst.press("Save the rule")
    expect(page.get_by_text(re.compile("is at most 1,000,000")).first).to_be_visible()

    # Then the clock opens the return, and the contributor finds it on My work
    contributor = visit(width=width)
    page = contributor.sign_in("rjz.contributor@example.org")
    line = page.get_by_role("row").filter(has_text=name)
    until = TICK
    while not line.count() and until > 0:
        page.wait_for_timeout(5_000)
        until -= 5_000
        contributor.go("/work/")
    expect(line.get_by_role("link", name="Send a file")).to_be_visible()
    contributor.look()
    line.get_by_role("link", name="Type the figures").click()
    expect(page.get_by_role("main")).to_contain_text(name)
    contributor.look()

    # And the analyst sees who is to send it
    page = analyst.go("/work/progress/")
    page.locator("summary").filter(has_text="By organisation").click()
    expect(page.get_by_role("table", name="By organisation")).to_contain_text("King’s College")
    analyst.look()
