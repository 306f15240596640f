"""The journey of a real number: from a partner's file to the public, the board and its report."""

import csv
import io
import re
from fractions import Fraction

import pytest
from playwright.sync_api import expect

from tests.journeys.returns import OWN_FILE, as_file, rows_of, send_file, with_errors

pytestmark = pytest.mark.browser


def expected_values(rows: list[dict[str, str]]) -> dict[str, float]:
    """4-hour performance of type 1 departments by period, to the nearest double."""
    return {
        row["period"]: float(
            Fraction(
                100 * (int(row["attendances"]) - int(row["breaches"])), int(row["attendances"])
            )
        )
        for row in rows
        if row["type"] == "1"
    }


@pytest.fixture(params=["real", "own"])
def given(request):
    """An organisation with its slug and rows: real figures of RJ1, or illustrative ones of RJZ."""
    if request.param == "real":
        shared = request.getfixturevalue("shared")
        path = shared / "data" / "tidy" / "ae_attendances_2016_2019.csv"
        return "RJ1", "guys-and-st-thomas", rows_of(path, "RJ1")
    return "RJZ", "kings-college-hospital", rows_of(OWN_FILE, "RJZ")


def test_figure_travels_from_file_to_report(visit, given):
    code, slug, rows = given
    values = expected_values(rows)
    assert len(values) == 36

    # Given a contributor who sees that the A&E collection is due
    contributor = visit()
    page = contributor.sign_in(f"{code.lower()}.contributor@example.org")
    expect(page.get_by_role("table", name=re.compile("^(Due|Overdue)$")).first).to_be_visible()
    contributor.follow("Send a file for A&E waiting times")

    # When the file has mistakes, each is shown with its row, and nothing is stored
    send_file(contributor, as_file(with_errors(rows)), "with mistakes.csv")
    problems = page.get_by_role("table", name="Problems in your file")
    expect(problems).to_be_visible(timeout=60_000)
    contributor.look()
    assert problems.get_by_role("rowheader").all_inner_texts() == ["Row 2", "Row 5", "Row 8"]
    expect(page.get_by_text("Nothing has been stored yet")).to_be_visible()

    # Then the right file is read, and sent for approval
    contributor.follow("Send a corrected file")
    send_file(contributor, as_file(rows), "a-and-e.csv")
    expect(page.get_by_text("Your file has no problems: 36 rows")).to_be_visible(timeout=60_000)
    contributor.look()
    contributor.press("Send for approval")
    expect(page.get_by_text("Sent for approval: 36 returns")).to_be_visible()

    # When an approver of the same organisation approves
    approver = visit()
    page = approver.sign_in(f"{code.lower()}.approver@example.org")
    approver.follow("Check and approve A&E waiting times")
    page.get_by_label("Yes, approve them").check()
    approver.press("Save your decision")
    expect(page.get_by_text("Approved: 36 returns")).to_be_visible()

    # And an analyst plans a release, which a second one approves
    analyst = visit()
    page = analyst.sign_in("analyst@example.org")
    analyst.follow("Plan a release")
    page.get_by_label("Title of the release").fill(f"A&E figures of {code}")
    page.get_by_label("As soon as a second person has approved it").check()
    page.get_by_label("Note for readers").fill("Figures of type 1 departments.")
    analyst.press("Plan it")
    second = visit()
    page = second.sign_in("second.analyst@example.org")
    second.follow(f"A&E figures of {code}")
    expect(page.get_by_text("What readers will see")).to_be_visible(timeout=120_000)
    second.press("Approve and publish")
    expect(page.get_by_text("The public pages show these figures")).to_be_visible(timeout=120_000)
    second.look()

    # Then everybody sees the figure with sentence, chart, table and CSV
    citizen = visit(width=320)
    page = citizen.go(f"/measures/ae-4-hour-performance/organisations/{slug}/")
    last = max(values)
    shown = f"{values[last]:.1f}%"
    expect(page.get_by_text(f"In March 2019, {shown} of").first).to_be_visible()
    chart = page.get_by_role("img", name=re.compile("line chart of 36 values"))
    expect(chart).to_be_visible()
    assert chart.evaluate("image => image.complete && image.naturalWidth > 0")
    page.get_by_text("See the numbers").first.click()
    citizen.look()
    answer = citizen.context.request.get("/measures/ae-4-hour-performance/data.csv")
    published = {
        row["period"]: row["value"]
        for row in csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig")))
        if row["part_code"] == code
    }
    assert published == {period: repr(value) for period, value in values.items()}

    # And the board sees it on the scorecard, with its icons
    board = visit()
    board.sign_in("board@example.org")
    page = board.go("/board/")
    line = page.get_by_role("row").filter(has_text="A&E")
    expect(line).to_contain_text("March 2019")
    assert line.get_by_role("img").count() >= 2

    # And in the report that a worker makes, as a page and as a PDF
    page = analyst.go("/board/reports/")
    page.get_by_role("button", name="Make").click()
    expect(page.get_by_role("link", name=re.compile("PDF")).first).to_be_visible(timeout=120_000)
    analyst.look()
    address = page.url
    page = board.go(address)
    expect(page.get_by_role("main")).to_contain_text("A&E")
    expect(page.get_by_role("main")).to_contain_text("March 2019")
    pdf = board.context.request.get(f"{address}report.pdf").body()
    assert pdf.startswith(b"%PDF-")
    assert "March 2019" in text_of(pdf)


def text_of(pdf: bytes) -> str:
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
