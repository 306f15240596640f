"""What must hold at every address of the portal, in the world of tests/access."""

import re
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse

from tests.access import doors as doors_module
from tests.access.conftest import doors  # noqa: F401 - the same world as the table of doors
from tests.security.responses import faults_of

pytestmark = pytest.mark.django_db
PEOPLE = ("Visitor", "Approver", "Analyst", "Editor", "Administrator")
LASTING = ("/health/", "/charts/")  # the same for everybody, or guarded by a header of their own
# What reading leaves behind: when somebody was last here, and what they were refused.
TRACES = {"accounts_securityevent", "django_session", "usersessions_usersession"}
STARTS = {
    "text/html": rb"\s*<",
    "image/svg+xml": rb"\s*<(svg|\?xml)",
    "application/pdf": rb"%PDF",
    "application/json": rb"\s*[\[{]",
    "text/csv": rb"\xef\xbb\xbf",
    "text/plain": rb"[A-Za-z]",
    "text/calendar": rb"BEGIN:VCALENDAR",
    "application/atom+xml": rb"<\?xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": rb"PK",
}


@dataclass(frozen=True)
class Answer:
    address: str
    response: HttpResponse
    body: bytes

    @property
    def kind(self) -> str:
        return self.response.headers.get("Content-Type", "")

    @property
    def page(self) -> str:
        """The text of a page, or nothing for other answers."""
        return self.body.decode() if self.kind.startswith("text/html") else ""


@pytest.fixture(scope="module")
def reading(doors):  # noqa: F811
    """Opens every address as one person, once; answers what came and how many rows were there."""
    done: dict[str, tuple[list[Answer], dict, dict]] = {}

    def read(who: str):
        if who not in done:
            cache.clear()
            before = rows()
            answers = [_ask(doors, who, line) for line in _lines()]
            done[who] = answers, before, rows()
        return done[who]

    return read


def _lines():
    return [x for x in doors_module.lines() if x.way == "GET" and not x.label.endswith("*")]


def _ask(world, who: str, line) -> Answer:
    address = world.paths.get(line.label) or reverse(line.name)
    response = world.client(who, raise_request_exception=False).get(address)
    return Answer(address, response, b"".join(response))


def rows() -> dict[str, int]:
    """How many rows each table has."""
    tables = sorted(connection.introspection.table_names())
    counts = ", ".join(
        f"(SELECT count(*) FROM {connection.ops.quote_name(table)})"  # noqa: S608 - our own names
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return dict(zip(tables, cursor.fetchone(), strict=True))


@pytest.mark.parametrize("who", PEOPLE)
def test_every_door_has_its_headers(reading, who):
    answers, _, _ = reading(who)
    assert len(answers) > 50
    found = {}
    for answer in answers:
        inline = ["no inline scripts"] if answer.address.startswith("/cms/") else []
        if (faults := faults_of(answer.response)) not in ([], inline):
            found[answer.address] = faults
    assert not found


@pytest.mark.parametrize("who", PEOPLE)
def test_every_body_says_what_it_is(reading, who):
    for answer in (answer for answer in reading(who)[0] if answer.body):
        kind = answer.kind.partition(";")[0]
        if kind.startswith("text/"):
            assert answer.kind.endswith("charset=utf-8"), answer.address
        if kind != "application/octet-stream":
            assert re.match(STARTS[kind], answer.body), answer.address


@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "Visitor"])
def test_no_page_of_somebody_signed_in_is_kept(reading, who):
    kept = [
        answer.address
        for answer in reading(who)[0]
        if "no-store" not in answer.response.headers.get("Cache-Control", "")
        and not answer.address.startswith(LASTING)
    ]
    assert kept == []


@pytest.mark.parametrize("who", PEOPLE)
def test_reading_changes_nothing(reading, who):
    _, before, after = reading(who)
    assert len(before) > 60
    changed = {table for table in after if after[table] != before[table]}
    assert changed <= TRACES


@pytest.mark.parametrize("who", PEOPLE)
def test_no_address_tells_who_somebody_is_or_holds_a_secret(reading, who):
    for answer in reading(who)[0]:
        links = re.findall(r'\s(?:href|src|action)="([^"]*)"', answer.page)
        links.append(answer.response.headers.get("Location", ""))
        told = [link for link in links if "@" in link and not link.startswith("mailto:")]
        assert not told, answer.address
        assert not [link for link in links if re.search(r"[?&](session|password|code)", link)]


@pytest.mark.parametrize("who", PEOPLE)
def test_pages_load_and_link_nothing_dangerous(reading, who):
    for answer in reading(who)[0]:
        loaded = re.findall(
            r'<(?:script|img|iframe|source|link)\s[^>]*\bsrc="([^"]*)"', answer.page
        )
        assert not [one for one in loaded if one.startswith(("http", "//"))], answer.address
        dangerous = r"\s(?:href|src|action)=[\"']?\s*(javascript|vbscript|data:(?!image/)):?"
        assert not re.search(dangerous, answer.page, re.IGNORECASE), answer.address


def test_everybody_signed_in_can_sign_out_from_every_page(reading):
    for answer in reading("Analyst")[0]:
        if "<html" in answer.page and answer.response.status_code == 200:
            assert 'action="/accounts/logout/"' in answer.page, answer.address
