"""No page asks for what the content security policy forbids: neither ours nor the editor's."""

import re

import pytest

from demo.actions.people import code_now
from tests.journeys.visitor import Visitor, forget_used_codes

pytestmark = pytest.mark.browser

PUBLIC = (
    "/", "/measures/", "/programmes/", "/partners/", "/priorities/", "/accounts/login/",
    "/accounts/password/reset/", "/nowhere/",
)  # fmt: skip
STAFF = {
    "rj1.contributor@example.org": ("/work/",),
    "analyst@example.org": ("/work/", "/work/releases/", "/board/", "/board/reports/"),
    "administrator@example.org": (
        "/work/", "/board/", "/accounts/password/change/", "/accounts/2fa/", "/design-system/",
    ),
}  # fmt: skip
EDITOR = (
    "/cms/", "/cms/pages/", "/cms/pages/create/pages/statementpage", "/cms/images/",
    "/cms/images/multiple/add/", "/cms/snippets/programmes/programme/",
    "/cms/snippets/partners/organisation/add/", "/cms/reports/site-history/",
)  # fmt: skip
# The console tells of pages that are not there; that is no matter of the policy.
NOT_FOUND = re.compile(r"the server responded with a status of 404")


def violations(visitor: Visitor) -> list[str]:
    """What the console complained of so far; takes note that it was looked at."""
    found = [text for text in visitor.complaints if not NOT_FOUND.search(text)]
    visitor.complaints.clear()
    return found


def open_all(visitor: Visitor, paths) -> dict[str, list[str]]:
    """Opens each page and waits until it has loaded all it wants; answers what was forbidden."""
    forbidden = {}
    for path in paths:
        visitor.page.goto(path)
        visitor.page.wait_for_load_state("networkidle")
        if found := violations(visitor):
            forbidden[path] = found
    return forbidden


def test_console_tells_of_forbidden_scripts(visit):
    """The check itself can fail."""
    visitor = visit()
    visitor.page.goto("/")
    visitor.page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
        " {textContent: 'window.ran = true'}))"
    )
    assert "Content Security Policy" in violations(visitor)[0]
    assert visitor.page.evaluate("window.ran") is None


def test_public_pages_ask_for_nothing_forbidden(visit):
    visitor = visit()
    assert open_all(visitor, PUBLIC) == {}


@pytest.mark.parametrize("email", STAFF)
def test_pages_of_staff_ask_for_nothing_forbidden(visit, email):
    visitor = visit()
    visitor.sign_in(email)
    assert open_all(visitor, STAFF[email]) == {}


def enter_the_editor(visitor: Visitor) -> None:
    """As `sign_in`, but without axe on the first page: it is Wagtail's and not ours."""
    visitor.give_password("editor@example.org")
    page = visitor.page
    while "/2fa/authenticate/" in page.url:
        forget_used_codes()
        page.get_by_label("Code", exact=True).fill(code_now())
        page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_load_state("load")


def test_editor_works_under_its_own_policy(visit):
    visitor = visit()
    enter_the_editor(visitor)
    assert open_all(visitor, EDITOR) == {}
    page = visitor.page

    # When somebody edits a programme, and looks at the preview beside the form
    page.goto("/cms/snippets/programmes/programme/")
    page.goto(page.locator("a[href*='/programme/edit/']").first.get_attribute("href"))
    page.wait_for_load_state("networkidle")
    page.locator("button[aria-label='Toggle preview']").click()
    page.frame_locator("iframe[title='Preview']").last.get_by_role("heading", level=1).wait_for()
    assert violations(visitor) == []
