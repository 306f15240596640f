"""A person with a browser: goes to pages, fills in forms, and notices what must not happen."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request

from demo.actions.people import PASSPHRASE, code_now
from tests.journeys.portal import forget_used_codes

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Visitor:
    """Opens pages of one portal in a window of its own.

    `look` checks the page with axe. Requests to other hosts and errors on the console are noted
    and make `leave` fail: no page may ask a third party for anything.
    """

    def __init__(
        self, browser: Browser, portal: str, *, width: int = 1280, javascript: bool = True
    ) -> None:
        self.portal = portal
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            base_url=portal,
            java_script_enabled=javascript,
            accept_downloads=True,
        )
        self.page: Page = self.context.new_page()
        self.page.on("request", self._note_request)
        self.page.on(
            "console",
            lambda message: message.type == "error" and self.complaints.append(message.text),
        )

    def _note_request(self, request: Request) -> None:
        if urlsplit(request.url).netloc not in ("", urlsplit(self.portal).netloc):
            self.strangers.append(request.url)

    def go(self, path: str) -> Page:
        self.page.goto(path)
        return self.look()

    def sign_in(self, email: str) -> Page:
        """Both steps; ends on the person's first page."""
        self.give_password(email)
        return self.give_code()

    def give_password(self, email: str, password: str = PASSPHRASE) -> Page:
        self.go("/accounts/login/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        return self.press("Sign in", exact=True)

    def give_code(self, code: Callable[[], str] = code_now) -> Page:
        """The second step; once more when the code's half minute ended on the way."""
        for _ in range(2):
            if "/2fa/authenticate/" in self.page.url:
                forget_used_codes()
                self.page.get_by_label("Code", exact=True).fill(code())
                self.press("Sign in", exact=True)
        assert "/2fa/authenticate/" not in self.page.url, "the code was refused"
        return self.page

    def follow(self, name: str) -> Page:
        """Follows the link with that name, wherever on the page it is."""
        self.page.get_by_role("link", name=name).first.click()
        return self.look()

    def choose(self, name: str) -> Page:
        """Follows a link of the header, which stands in a menu on narrow screens."""
        link = self.page.get_by_role("banner").get_by_role("link", name=name, exact=True)
        if not link.is_visible():
            self.page.get_by_role("banner").get_by_role("button", name="Browse More").click()
        link.click()
        return self.look()

    def press(self, name: str, *, exact: bool = False) -> Page:
        button = self.page.get_by_role("main").get_by_role("button", name=name, exact=exact)
        button.click()
        return self.look()

    def look(self) -> Page:
        """Checks the page with axe and for sideways scrolling; returns it."""
        self.page.wait_for_load_state("load")
        assert not self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        ), f"{self.page.url} scrolls sideways"
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(
            "standards => axe.run({runOnly: standards}).then(r => r.violations.map("
            "v => `${v.id}: ${v.nodes.map(n => n.target).join(', ')}`))",
            STANDARDS,
        )
        assert not found, f"axe on {self.page.url}: {found}"
        return self.page

    def leave(self) -> None:
        self.context.close()
        assert not self.strangers, f"asked other hosts: {self.strangers}"
        assert not self.complaints, f"the console complains: {self.complaints}"
