"""The story of a definition, from its draft to the figure that is worked out by it."""

import csv
import io
import re

import openpyxl
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MEASURE = "People who finished a strength and balance class"
CARE = "People who missed more than three lessons are not counted."
WARD = "The classes moved into libraries"


def test_definition_is_agreed_by_two_and_told_with_each_figure(visit):
    # Given an analyst with a small screen who writes a new version of a definition
    analyst = visit(width=320)
    page = analyst.sign_in("analyst@example.org")
    analyst.follow("Measures: what they mean")
    analyst.follow(MEASURE)
    definition = page.url.removeprefix(analyst.portal)
    analyst.follow("Write a new version")
    page.get_by_label("What must readers take care of?").fill(CARE)
    page.get_by_label("Six", exact=True).check()

    # When they forget to say why, nothing they wrote is lost
    analyst.press("Save the draft")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("What must readers take care of?")).to_have_value(CARE)
    page.get_by_label("What is new in this version, and why?").fill("Teachers asked who counts.")
    analyst.press("Save the draft")
    changes = page.get_by_role("table", name="What would change")
    expect(changes).to_contain_text(CARE)
    analyst.press("Send it for review")
    expect(page.get_by_text("somebody else has to agree it")).to_be_visible()

    # And they propose a target, and that the expected range starts afresh
    analyst.follow("Set a target")
    page.get_by_label("What is the target?").fill("9000")
    first_day = page.get_by_role("group", name="From which day?")
    for part, value in (("Day", 1), ("Month", 4), ("Year", 2026)):
        first_day.get_by_label(part).fill(str(value))
    page.get_by_label("Who set it?").fill("The board of 2026")
    analyst.press("Propose it")
    analyst.follow("Let the expected range start afresh")
    for part, value in (("Day", 1), ("Month", 4), ("Year", 2025)):
        page.get_by_label(part, exact=True).fill(str(value))
    page.get_by_label("What changed?").fill(WARD)
    analyst.press("Propose it")

    # Then a second analyst finds all of it in their work and agrees it
    second = visit()
    page = second.sign_in("second.analyst@example.org")
    second.follow(f"{MEASURE}, version 2")
    expect(page.get_by_role("table", name="What would change")).to_contain_text(CARE)
    second.press("Agree this version")
    expect(page.get_by_role("heading", name="In force: version 2")).to_be_visible()
    second.press("Agree the target from 1 April 2026")
    second.press("Agree the new start in April 2025")
    starts = page.get_by_role("table", name="New starts of the expected range")
    expect(starts.get_by_role("row").filter(has_text=WARD)).to_contain_text("Owen Hughes")

    # And everybody reads it in the dictionary, with the version before, and in its files
    citizen = visit(width=320)
    page = citizen.go("/measures/dictionary/")
    csv_file, xlsx_file = (
        citizen.context.request.get(f"/measures/dictionary/data-dictionary.{kind}").body()
        for kind in ("csv", "xlsx")
    )
    lines = csv.DictReader(io.StringIO(csv_file.decode("utf-8-sig")))
    (line,) = [line for line in lines if line["Name"] == MEASURE]
    assert (line["Version"], line["Take care"]) == ("2", CARE)
    cells = openpyxl.load_workbook(io.BytesIO(xlsx_file)).active.iter_rows(values_only=True)
    assert any(CARE in row for row in cells)
    citizen.follow(MEASURE)
    expect(page.get_by_role("main")).to_contain_text("Six points in a row")
    citizen.follow("Version 1")
    expect(page.get_by_text("This is an earlier version")).to_be_visible()
    citizen.follow("The definition in force is version 2")

    # And sees behind a figure how it was made, and under which version it was published
    citizen.follow("See the figures")
    expect(page.get_by_role("main")).to_contain_text(f"April 2025: {WARD}")
    expect(page.get_by_role("main")).to_contain_text("from 1 April 2026 (The board of 2026)")
    citizen.follow("How this figure was made")
    published = page.get_by_role("table", name=re.compile("What each release showed"))
    expect(published).to_contain_text("Version 1")
    expect(page.get_by_role("main")).to_contain_text("Each return was sent by one person")
    citizen.go("/measures/methods/")

    # While those who may see the returns find the people behind it
    page = second.go(definition.replace("/work/", "/board/"))
    second.follow("How this figure was made")
    expect(page.get_by_text("For the board only")).to_be_visible()
    second.follow("See the figures behind it")
    expect(page.get_by_role("table", name="Figures behind it")).to_contain_text("Entered by")
    page = analyst.go(page.url.removeprefix(second.portal))
