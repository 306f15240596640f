"""What somebody would try who wants more than they may have."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from outcomes.models import Upload
from partners.models import Invitation, StaffMembership

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_rate_limits():
    cache.clear()


@pytest.fixture(autouse=True)
def afterwards_as_before(doors):
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def text_of(response) -> str:
    return b"".join(response).decode()


def test_file_for_another_organisation_counts_as_ones_own(doors):
    path = doors.paths["outcomes:upload-create"]
    file = SimpleUploadedFile("mine.csv", b"period,org_code\n")
    for value in (doors.world.rjz.slug, doors.world.rjz.pk):
        file.seek(0)
        doors.client("Contributor").post(path, {"file": file, "organisation": value})
    uploads = Upload.objects.filter(original_name="mine.csv")
    assert [upload.organisation for upload in uploads] == [doors.world.rj1]


@pytest.mark.parametrize("role", ["administrator", "analyst", "editor", "board_member", "nonsense"])
def test_approver_gives_no_role_beyond_the_organisation(doors, role):
    browser = doors.client("Approver")
    before = StaffMembership.objects.count(), Invitation.objects.count()
    for organisation in ("", doors.world.rj1.slug, doors.world.rjz.slug):
        form = {"role": role, "organisation": organisation, "email": "friend@example.org"}
        assert browser.post(reverse("partners:invitation-create"), form).status_code == 200
        assert browser.post(doors.paths["partners:role-create"], form).status_code == 200
    assert (StaffMembership.objects.count(), Invitation.objects.count()) == before


def test_approver_invites_nobody_to_another_organisation(doors):
    form = {
        "role": "approver",
        "organisation": doors.world.rjz.slug,
        "email": "friend@example.org",
    }
    doors.client("Approver").post(reverse("partners:invitation-create"), form)
    found = Invitation.objects.filter(email="friend@example.org")
    assert {invitation.organisation for invitation in found} <= {doors.world.rj1}


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_header_does_not_turn_reading_into_acting(doors, header):
    for who, name in (
        ("Contributor", "outcomes:upload-submit"),
        ("Analyst", "reports:report-retry"),
    ):
        response = doors.client(who).get(doors.paths[name], headers={header: "POST"})
        assert response.status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/board", "//board/", "/./board/", "/measures/../board/", "/board/%2e%2e/board/",
        "/%62oard/", "/%2562oard/", "/board%2f", "/BOARD/", "/board/;x", "/board/%00",
        "/cms", "//cms/", "/%63ms/pages/", "/work", "/people", "/design-system",
    ],
)  # fmt: skip
def test_no_other_spelling_opens_a_guarded_page(doors, path):
    for who in ("Visitor", "No role"):
        browser = doors.client(who)
        # With two slashes the test client would take the first part for the name of a host.
        double = path.startswith("//")
        response = browser.get("/", PATH_INFO=path) if double else browser.get(path)
        if response.status_code == 301:  # a slash is added; the page itself then asks
            assert response.url.startswith("/")
            assert not response.url.startswith("//")
            response = browser.get(response.url)
        own = who == "No role" and "work" in path  # everybody has a page of their own work
        assert response.status_code in (302, 400, 403, 404) or own, response.status_code


@pytest.mark.parametrize("path", ["//evil.example/board", "/\\evil.example/board"])
def test_adding_a_slash_leads_to_no_other_site(doors, path):
    response = doors.client("Visitor").get("/", PATH_INFO=path)
    assert response.status_code in (301, 302, 404)
    assert not response.headers.get("Location", "").startswith(("//", "/\\", "http"))


@pytest.mark.parametrize("name", ["account_login", "account_reauthenticate", "accounts:go-on"])
def test_next_leads_to_no_other_site(doors, name):
    for who in ("Visitor", "Contributor"):
        for target in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
            form = {"next": target, "password": "lantern-orchard-river-bench"}
            path = f"{reverse(name)}?next={target}"
            browser = doors.client(who)
            for response in (browser.get(path), browser.post(path, form)):
                place = response.headers.get("Location", "")
                assert not place.startswith(("https://evil", "//evil", "javascript"))
                body = text_of(response)
                assert 'href="javascript' not in body
                assert 'href="https://evil' not in body


def test_figures_before_their_release_are_on_no_public_page(doors):
    """January 2017 is approved and in the board's edition, but not yet published."""
    board = doors.client("Board member").get(doors.paths["outcomes:board-measure-detail"])
    assert "January 2017" in text_of(board)
    for who in ("Visitor", "Contributor elsewhere", "Editor"):
        browser = doors.client(who)
        files = ("measure-csv", "measure-json")
        for name in ("measure-detail", "measure-organisation", "measure-place", *files):
            page = text_of(browser.get(doors.paths[f"outcomes:{name}"]))
            assert "January 2017" not in page
            assert "2017-01" not in page
        chart = browser.get(doors.paths["outcomes:chart (public edition)"])
        assert "2017" not in text_of(chart)


def test_draft_of_another_organisation_is_named_on_no_page_of_ones_work(doors):
    drafts = doors.world.submissions(doors.world.rjz).filter(state="draft")
    assert drafts.exists()
    for who in ("Contributor", "Approver"):
        page = text_of(doors.client(who).get(reverse("outcomes:work")))
        assert not any(str(draft.uuid) in page for draft in drafts)
        assert doors.world.rjz.name not in page
