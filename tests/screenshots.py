"""Takes the pictures of the README: `make screenshots`.

Starts a portal of its own with the demonstration `slic`, sends the illustrative A&E file through
the whole journey, and photographs what people see on the way. Prints each picture with its size.
"""

import io
import re
import sys
import tempfile
from pathlib import Path

import django
import typst
from PIL import Image
from playwright.sync_api import Browser, expect

django.setup()  # the visitors' passphrase lives in an app

from tests.journeys import portal as whole  # noqa: E402
from tests.journeys.returns import (  # noqa: E402
    OWN_FILE,
    as_file,
    rows_of,
    send_file,
    with_errors,
)
from tests.journeys.visitor import Visitor  # noqa: E402

PICTURES = whole.ROOT / "docs" / "pictures"
MEASURE = "/measures/ae-4-hour-performance/"
LARGEST = 250_000  # bytes; the README shows them all
A_WHILE = 120_000  # milliseconds a job may take on a busy machine
PAGE_OF_A_PDF = """
    #set page(width: 21cm, height: 29.7cm, margin: 0cm)
    #image("report.pdf", page: 1, width: 100%)
"""


def main() -> int:
    found = whole.find_chromium()
    if not found:
        print(f"No pictures were taken: {whole.GET_A_BROWSER}", file=sys.stderr)
        return 1
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        whole.empty_database() as database,
        whole.running_portal(database, Path(folder)) as address,
        whole.launched(found) as browser,
    ):
        photograph(browser, address)
    return 0


def photograph(browser: Browser, address: str) -> None:
    """Goes through the journey, one person after another."""
    rows = rows_of(OWN_FILE, "RJZ")
    contributor, approver, analyst = (Visitor(browser, address) for _ in range(3))
    contribute(contributor, rows)
    type_figures(Visitor(browser, address))
    approve(approver)
    publish(analyst, Visitor(browser, address))
    report = make_report(analyst)
    look_around(Visitor(browser, address))
    look_at_home_on_a_phone(Visitor(browser, address, width=390))
    board = Visitor(browser, address)
    board.sign_in("board@example.org")
    board.go("/board/")
    take(board, "scorecard", 1360)
    board.go(report)
    take(board, "report", 1250)
    take_first_page(board.context.request.get(f"{report}report.pdf").body())


def contribute(contributor: Visitor, rows: list[dict[str, str]]) -> None:
    page = contributor.sign_in("rjz.contributor@example.org")
    contributor.follow("Send a file for A&E waiting times")
    send_file(contributor, as_file(with_errors(rows)), "a-and-e-first-try.csv")
    expect(page.get_by_role("table", name="Problems in your file")).to_be_visible(timeout=A_WHILE)
    take(contributor, "upload-problems", 1180)
    contributor.follow("Send a corrected file")
    send_file(contributor, as_file(rows), "a-and-e.csv")
    expect(page.get_by_text("Your file has no problems")).to_be_visible(timeout=A_WHILE)
    take(contributor, "upload-figures", 1000)
    contributor.press("Send for approval")


def type_figures(contributor: Visitor) -> None:
    page = contributor.sign_in("lambeth.contributor@example.org")
    contributor.follow("Type the figures of Falls")
    numbers = page.locator(".portal-cell__number")
    numbers.nth(0).fill("20")
    numbers.nth(1).fill("41,000")
    page.get_by_label("What it is").nth(1).focus()
    expect(page.locator("#entry-answered")).to_contain_text("1 of 4")
    take(contributor, "entry", 1250)


def approve(approver: Visitor) -> None:
    page = approver.sign_in("rjz.approver@example.org")
    approver.follow("Check and approve A&E waiting times")
    take(approver, "approval", 1250)
    page.get_by_label("Yes, approve them").check()
    approver.press("Save your decision")


def publish(analyst: Visitor, second: Visitor) -> None:
    page = analyst.sign_in("analyst@example.org")
    analyst.follow("Plan a release")
    page.get_by_label("Title of the release").fill("A&E waiting times, illustrative figures")
    page.get_by_label("As soon as a second person").check()
    page.get_by_label("Note for readers").fill("Illustrative figures.")
    analyst.press("Plan it")
    address = page.url
    page = second.sign_in("second.analyst@example.org")
    page.goto(address)
    expect(page.get_by_role("button", name="Approve and publish")).to_be_visible(timeout=A_WHILE)
    take(second, "release", 1460)
    second.press("Approve and publish")
    expect(page.get_by_text("The public pages show these figures")).to_be_visible(timeout=A_WHILE)


def make_report(analyst: Visitor) -> str:
    """The path of a report that holds the new figures."""
    page = analyst.go("/board/reports/")
    page.get_by_role("button", name="Make").click()
    expect(page.get_by_role("link", name=re.compile("PDF")).first).to_be_visible(timeout=A_WHILE)
    return page.url.removeprefix(analyst.portal)


def look_around(citizen: Visitor) -> None:
    citizen.go("/")
    take(citizen, "home", 1060)
    citizen.go("/programmes/at-home-services/")
    take(citizen, "programme", 1560)
    citizen.go(MEASURE)
    take(citizen, "measure", 1410)
    citizen.follow("How this figure was made")
    take(citizen, "made", 1100)


def look_at_home_on_a_phone(citizen: Visitor) -> None:
    citizen.go("/")
    take(citizen, "home-phone", 844)


def take(visitor: Visitor, name: str, height: int) -> None:
    """A picture of the upper part of the page, as high as given or as the page is."""
    page = visitor.look()
    page.wait_for_load_state("networkidle")
    size = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    clip = {"x": 0, "y": 0, "width": size[0], "height": min(height, size[1])}
    keep(name, page.screenshot(full_page=True, clip=clip))


def take_first_page(pdf: bytes) -> None:
    """Typst draws pages of PDF files, too, so no other program is needed."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "report.pdf").write_bytes(pdf)
        source = Path(folder) / "page.typ"
        source.write_text(PAGE_OF_A_PDF)
        drawn = typst.compile(str(source), format="png", ppi=96)
    assert isinstance(drawn, bytes)
    keep("report-pdf", drawn)


def keep(name: str, picture: bytes) -> None:
    """Writes the picture with 256 colours, which nobody can tell from all of them here."""
    path = PICTURES / f"{name}.png"
    colours = Image.open(io.BytesIO(picture)).convert("RGB")
    few = colours.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    size = path.stat().st_size
    if size > LARGEST:
        raise ValueError(f"{path.name} has {size:,} bytes; {LARGEST:,} are allowed.")
    print(f"{path.name}: {size:,} bytes")


if __name__ == "__main__":
    sys.exit(main())
