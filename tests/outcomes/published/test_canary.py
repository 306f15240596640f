"""Numbers that are hidden, and would be known anywhere: they turn up nowhere that is public."""

import re
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from pypdf import PdfReader

from outcomes.actions import release_mails
from outcomes.models import Category, Measure, PublishedCell, Release, Series
from pages.actions.site import create_pages
from partners.models import Organisation
from reports.actions import reports
from reports.models import ReportSchedule

pytestmark = pytest.mark.django_db

# Of each organisation: who was helped, out of how many. None of these numbers is a multiple of 5.
FIGURES = {"rj1": (6, 8513), "rjz": (47, 7219), "rv5": (1317, 9341)}
AGES = {"under-65": (41, 6812), "65-and-over": (6, 407)}  # of RJZ alone
LINKS = {"a": "href", "link": "href", "img": "src", "source": "srcset", "iframe": "src"}
NOT_FIGURES = ("/static/", "/accounts/", "/cms/", "/work/", "/board/")


class Links(HTMLParser):
    """The addresses that a page leads to or shows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        values = [value for name, value in attributes if name == LINKS.get(tag) and value]
        self.found += [one.split()[0] for value in values for one in value.split(",")]


@pytest.fixture
def helped(world):
    return Measure.objects.create(
        version=1, partnership=world.partnership, slug="helped", name="Share helped",
        kind="proportion", numerator_label="people helped", denominator_label="people seen",
        multiplier=100, unit="%", decimals=2, sentence_subject="of people were helped",
        direction="increase", source="Test", owner=world.rj1, description="How many were helped.",
    )  # fmt: skip


@pytest.fixture
def published(world, helped, collection, release):
    """Three organisations and their ages, a correction, a report, a home page with the figure."""
    collection.measures.add(helped)
    Organisation.objects.create(slug="rv5", name="Maudsley", kind="trust", ods_code="RV5")
    rows = [
        (Organisation.objects.get(slug=slug), None, None, *figure)
        for slug, figure in FIGURES.items()
    ]
    for slug, figure in AGES.items():
        band = Category.objects.create(scheme="age", slug=slug, name=slug.replace("-", " "))
        rows.append((world.rjz, None, band, *figure))
    release(collection, helped, *rows)
    schedule = ReportSchedule.objects.create(
        partnership=world.partnership, slug="board", name="Board report"
    )
    figure = {"measure": "helped", "figure": "latest"}
    body = [{"type": "figures", "value": [figure]}]
    home = {"title": "Care together", "introduction": "We work together.", "body": body}
    create_pages(partnership=world.partnership, home=home, statements=[])
    return reports.make_now(schedule=schedule, period=date(2016, 4, 1))


@pytest.fixture
def canaries(published, helped):
    """What must not be found: the raw numbers, the percentages they make, and what was hidden."""
    numbers = [n for figure in [*FIGURES.values(), *AGES.values()] for n in figure if n > 999]
    secret = {text for number in numbers for text in (str(number), f"{number:,}")}
    hidden = PublishedCell.objects.exclude(hidden="").exclude(organisation=None)
    for cell in hidden.select_related("organisation"):
        people, out_of = FIGURES[cell.organisation.slug]
        for share in (100 * people / out_of, 100 - 100 * people / out_of):
            secret |= {f"{share:.2f}%", f"{share:.9f}"[:8], f"{share / 100:.9f}"[:8]}
        rounded = round(out_of / 5) * 5
        secret |= {str(rounded), f"{rounded:,}"}
    return secret


def crawl(client) -> dict[str, str]:
    """Everything that a visitor can reach from the home page and the list of measures, as text."""
    found: dict[str, str] = {}
    waiting = ["/", "/measures/", "/releases/", "/robots.txt"]
    while waiting:
        address = waiting.pop()
        if address in found or address.startswith(NOT_FIGURES):
            continue
        response = client.get(address)
        content = response.getvalue() if response.streaming else response.content
        found[address] = content.decode(errors="replace")
        if response.get("Content-Type", "").startswith("text/html"):
            links = [urljoin(address, urldefrag(one)[0]) for one in Links(found[address]).found]
            waiting += [one for one in links if not urlsplit(one).netloc and one.startswith("/")]
    return found


def text_of(pdf: bytes) -> str:
    reader = PdfReader(BytesIO(pdf))
    words = " ".join(page.extract_text() for page in reader.pages)
    return f"{words} {reader.metadata} {re.sub(r'[^ -~]', '', pdf.decode('latin-1'))}"


def test_hidden_numbers_turn_up_nowhere(client, sign_in, published, canaries, mailoutbox, run_jobs):
    board = sign_in("board")
    places = crawl(client)
    address = published.get_absolute_url()
    places[address] = board.get(address).content.decode()
    places["report.pdf"] = text_of(board.get(published.get_pdf_url()).getvalue())
    release_mails.sent_back(release=Release.objects.get(), approver=None)
    run_jobs()
    for mail in mailoutbox:
        places[f"mail: {mail.subject}"] = f"{mail.subject} {mail.body} {mail.alternatives}"
    for series in Series.objects.public():
        places[f"{series}"] = f"{series.points} {series.summary} {series.chart_wide}"
    assert len(canaries) > 12
    assert len(Series.objects.public()) >= 4
    kinds = ("made/", "data.csv", "data.json", ".svg", "organisations/rj1/")
    assert all(any(kind in place for place in places) for kind in kinds), sorted(places)
    leaks = [
        (place, one)
        for place, text in places.items()
        for one in canaries
        if one in text or one in place
    ]
    assert leaks == []


def test_the_crawl_finds_what_is_shown(client, published, canaries):
    """Else it would find nothing, ever: the figure that may be seen is on many pages."""
    places = crawl(client)
    assert sum("1,370" in text or "1370" in text for text in places.values()) >= 3
