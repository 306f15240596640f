"""Files as people have them: marked where they are wrong, known once somebody explains them."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from outcomes.periods import latest_ended, shift
from tests.journeys.returns import send_file

pytestmark = pytest.mark.browser

LAST = latest_ended(date.today(), "month")
A_WHILE = 60_000
HEADER = "period,organisation,place,category,measure,numerator,denominator"
FINISHED, ADMITTED = "strength-and-balance-finished", "care-home-emergency-admissions"
WITH_ERRORS = f"""{HEADER}
{LAST},710,Southwark,,{FINISHED},many,0
{LAST},710,Southwark,,{ADMITTED},12.5,0
{LAST},710,Atlantis,age:75-to-84,{FINISHED},9,0
"""


def wards(month: date) -> bytes:
    return f"Made by our own system,,\n\nMonth,Falls,People\n{month:%B %Y},61,31000\n".encode()


def test_file_is_marked_put_right_and_sent(visit):
    # Given a contributor who fills in our template, here as CSV
    contributor = visit()
    page = contributor.sign_in("southwark.contributor@example.org")
    contributor.go("/work/collections/community-return/upload/")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").first.click()
    assert Path(download.value.path()).read_text(encoding="utf-8-sig").startswith("what to give,")

    # When a file has three mistakes, each is named
    send_file(contributor, WITH_ERRORS.encode(), "classes.csv")
    problems = page.get_by_role("table", name="Problems in your file")
    expect(problems).to_be_visible(timeout=A_WHILE)
    assert problems.get_by_role("rowheader").all_inner_texts() == ["Row 2", "Row 3", "Row 4"]

    # Then the same file comes back with a column that says so
    marked = page.get_by_role("link", name="Download your file with a column")
    expect(marked).to_be_visible(timeout=A_WHILE)
    contributor.look()
    with page.expect_download() as download:
        marked.click()
    assert download.value.suggested_filename == "classes – what is wrong.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == f"{HEADER},What is wrong"

    # And once it is put right, it is read and sent
    mended = text.replace("many", "96").replace("12.5", "12").replace("Atlantis", "")
    contributor.follow("Send a corrected file")
    send_file(contributor, mended.encode(), "classes again.csv")
    expect(page.get_by_role("button", name="Send for approval")).to_be_visible(timeout=A_WHILE)
    for reason in page.get_by_label("Why is it right?").all():
        reason.fill("We have checked it.")
    if page.get_by_role("button", name="Save your reasons").is_visible():
        contributor.press("Save your reasons")
    reason = page.get_by_label("Why do these figures need a correction?")
    if reason.is_visible():  # the demonstration has figures of the month already
        reason.fill("We counted again.")
    contributor.press("Send for approval")
    expect(page.get_by_text("Sent for approval: 1 return")).to_be_visible()


def test_unknown_file_is_explained_once_and_the_next_is_known(visit):
    # Given a file nobody has seen before
    name = "Our own system"
    contributor = visit(width=320)
    page = contributor.sign_in("southwark.contributor@example.org")
    contributor.go("/work/collections/falls-return/upload/")
    send_file(contributor, wards(LAST), "falls.csv")
    expect(page.get_by_role("link", name="Say what the columns mean")).to_be_visible(
        timeout=A_WHILE
    )
    contributor.look()
    contributor.follow("Say what the columns mean")

    # When its sender says what the columns mean, they see what would be read
    contributor.press("Preview")
    expect(page.get_by_role("alert")).to_contain_text("Where does the period stand?")
    page.get_by_label("Where does the period stand?").select_option("A: month")
    page.get_by_label("Falls of people aged 65 and over", exact=False).first.select_option(
        "B: falls"
    )
    page.get_by_label("People aged 65 and over who live here").first.select_option("C: people")
    page.get_by_label("Which borough is a row about?").select_option("All rows are about Southwark")
    contributor.press("Preview")
    first = page.get_by_role("table", name="The first figures")
    expect(first.get_by_role("row").nth(1)).to_contain_text("61")
    page.get_by_label("Name of this layout").fill(name)
    contributor.press("Save and check the file")

    # Then it is loaded, and the next one needs nothing
    expect(page.get_by_role("heading", name="What we read")).to_be_visible(timeout=A_WHILE)
    contributor.go("/work/collections/falls-return/upload/")
    send_file(contributor, wards(shift(LAST, "month", -1)), "falls of the month before.csv")
    expect(page.get_by_role("heading", name="What we read")).to_be_visible(timeout=A_WHILE)
    expect(page.get_by_text(name)).to_be_visible()
    contributor.look()
