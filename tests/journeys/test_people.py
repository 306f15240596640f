"""From an invitation to the first page, and what is left when the role goes again."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import Visitor
from tests.people import code

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("width", [320, 1280])]
PASSWORD = "a-quiet-heron-over-the-lock"
NAME = "Wilhelmina Featherstonehaugh-Cholmondeley"
A_WHILE = 60  # seconds a mail may take on a busy machine


@pytest.fixture
def post(portal, folder):
    """Reads the mail that the portal of the tests prints to its log: the link for an address."""
    return lambda email: link_to(folder / "portal.log", email)


def link_to(log: Path, email: str) -> str:
    mail = re.compile(rf"To: {re.escape(email)}.*?(/invitation/[\w-]{{43}}/)", re.DOTALL)
    deadline = time.monotonic() + A_WHILE
    while time.monotonic() < deadline:
        if found := mail.findall(log.read_text()):
            return found[-1]
        time.sleep(0.2)
    raise AssertionError(f"No mail to {email} was sent.")


def invite(administrator: Visitor, email: str) -> None:
    """To the role of a board member."""
    administrator.choose("People")
    administrator.follow("Invite somebody")
    page = administrator.page
    administrator.press("Send the invitation")
    expect(page.get_by_role("alert")).to_contain_text("Select the role they will have")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Board member").check()
    administrator.press("Send the invitation")
    expect(page.get_by_role("row").filter(has_text=email)).to_contain_text("Sent")


def set_up_a_second_step(visitor: Visitor) -> None:
    page = visitor.page
    if not page.get_by_text("I cannot scan it").is_visible():
        visitor.follow(re.compile("app"))
    page.get_by_text("I cannot scan it").click()
    key = page.get_by_role("main").locator("code").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill(code(key))
    visitor.press("Continue")


def accept(visitor: Visitor, link: str) -> None:
    """With a password that is too easy first."""
    page = visitor.go(link)
    assert page.url.endswith("/invitation/")
    expect(page.get_by_role("main")).to_contain_text("Sees the scorecard")
    page.get_by_label("Your full name").fill(NAME)
    page.get_by_label("Your new password", exact=True).fill("password")
    visitor.press("Accept the invitation")
    expect(page.get_by_role("alert").first).to_contain_text("There is a problem")
    page.get_by_label("Your new password", exact=True).fill(PASSWORD)
    visitor.press("Accept the invitation")


def test_invitation_leads_to_the_first_page_and_a_removed_role_to_refusal(visit, post, width):
    # Given an administrator who invites somebody to the board
    email = f"noor.{width}@example.org"
    administrator = visit(width=width)
    administrator.sign_in("administrator@example.org")
    invite(administrator, email)
    link = post(email)

    # When the person opens the link in the mail and chooses a password
    noor = visit(width=width)
    accept(noor, link)

    # Then a second step comes before anything else, and after it the first page
    noor.go("/board/")
    expect(noor.page).not_to_have_url(re.compile("/board/"))
    set_up_a_second_step(noor)
    page = noor.go("/board/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Scorecard")

    # And the link is used up
    stranger = visit(width=width)
    page = stranger.go(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This invitation was used already")
    expect(page.get_by_role("main")).to_contain_text("Yusuf Karim")
    only_refusals(stranger, 410)

    # When the administrator takes the role away while they are signed in
    administrator.choose("People")
    administrator.page.get_by_label("Name or e-mail address").fill(email)
    administrator.press("Show")
    administrator.follow(NAME)
    administrator.follow(re.compile("Remove the role Board member"))
    administrator.page.get_by_label("Why?").fill("Has left the board.")
    administrator.press("Remove the role")
    expect(administrator.page.get_by_role("main")).to_contain_text("The role is removed")

    # Then their next click is refused, and they read whom to ask
    page = noor.choose("Board")
    expect(page.get_by_role("heading", level=1)).to_have_text("You cannot see this page")
    expect(page.get_by_role("main")).to_contain_text("administrator@example.org")
    only_refusals(noor, 403)


def only_refusals(visitor: Visitor, status: int) -> None:
    """The browser's console tells of pages that were refused; nothing else may stand there."""
    assert all(f"status of {status}" in complaint for complaint in visitor.complaints)
    visitor.complaints.clear()


def test_approver_looks_after_their_own_organisation(visit, width):
    # Given an approver, who sees their own people only
    approver = visit(width=width)
    approver.sign_in("rj1.approver@example.org")
    page = approver.go("/people/")
    expect(page.get_by_text("rj1.contributor@example.org")).to_be_visible()
    expect(page.get_by_text("rjz.contributor@example.org")).to_have_count(0)

    # When they invite somebody who has the role already, then they are told
    approver.follow("Invite somebody")
    page.get_by_label("E-mail address").fill("rj1.contributor@example.org")
    page.get_by_label("Contributor").check()
    approver.press("Send the invitation")
    expect(page.get_by_role("alert")).to_contain_text("has this role already")

    # And an invitation sent in error can be withdrawn
    page.get_by_label("E-mail address").fill(f"mistake.{width}@example.org")
    approver.press("Send the invitation")
    page.get_by_role("button", name=f"Withdraw the invitation of mistake.{width}").click()
    approver.look()
    expect(page.get_by_role("main")).to_contain_text("is withdrawn")
