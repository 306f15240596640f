"""The journey of a form that takes long: warned, stayed, signed out after all, and nothing lost."""

import os
import re
from urllib.parse import urlsplit

import psycopg2
import pytest
import redis
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import expect

from demo.actions.people import PASSPHRASE, code_now

pytestmark = pytest.mark.browser
TITLE = "Figures of the spring, with three late months"


@pytest.fixture
def let_time_pass(database):
    """Lets minutes pass: on the visitor's clock, and for the portal, whose rows grow older."""

    def let_time_pass(visitor, minutes: int, *, on_screen: bool = True) -> None:
        with psycopg2.connect(database) as connection, connection.cursor() as cursor:
            key = next(c["value"] for c in visitor.context.cookies() if c["name"] == "sessionid")
            cursor.execute("SELECT session_data FROM django_session WHERE session_key = %s", [key])
            kept = SessionStore().decode(cursor.fetchone()[0])
            older = {name: kept[name] - minutes * 60 for name in ("started_at", "seen_at")}
            cursor.execute(
                "UPDATE django_session SET session_data = %s WHERE session_key = %s",
                [SessionStore().encode(kept | older), key],
            )
        connection.close()
        if on_screen:
            visitor.page.clock.fast_forward(minutes * 60_000)

    return let_time_pass


@pytest.fixture(autouse=True)
def every_code_is_new():
    """A code of the second step works once in its 30 seconds; here people sign in faster."""
    cache = redis.Redis.from_url(os.environ["REDIS_URL"].rsplit("/", 1)[0] + "/7")

    def forget() -> None:
        for key in cache.scan_iter("*totp.used*"):
            cache.delete(key)

    forget()
    yield forget
    cache.close()


def enter(page) -> None:
    """Signs in on the page that asks for it."""
    page.get_by_label("E-mail address").fill("analyst@example.org")
    page.get_by_label("Password", exact=True).fill(PASSPHRASE)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(code_now())
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def at_the_form(visitor):
    """Signs in, and types something that nobody wants to type again."""
    visitor.page.clock.install()
    enter(visitor.go("/accounts/login/"))
    visitor.page.wait_for_url("**/work/")
    page = visitor.go("/work/releases/new/")
    page.get_by_label("Title of the release").fill(TITLE)
    return page


@pytest.mark.parametrize("width", [320, 1280])
def test_idle_person_is_warned_and_stays_with_the_form_intact(visit, let_time_pass, width):
    # Given somebody who types
    analyst = visit(width=width)
    page = at_the_form(analyst)
    warning = page.get_by_role("dialog", name="You will be signed out soon")

    # When nothing happens for 26 minutes, then a warning opens that can be used by keyboard alone
    let_time_pass(analyst, 24)
    expect(warning).to_be_hidden()
    let_time_pass(analyst, 2)
    expect(warning).to_be_visible()
    expect(warning).to_contain_text("You will be signed out in 4 minutes.")
    expect(warning.get_by_role("heading")).to_be_focused()
    analyst.look()
    page.keyboard.press("Tab")
    expect(warning.get_by_role("button", name="Stay signed in")).to_be_focused()

    # Then it says every minute what is left
    let_time_pass(analyst, 1)
    expect(warning.get_by_role("status")).to_have_text("You will be signed out in 3 minutes.")

    # When the person stays, then the form is as it was, and half an hour begins again
    page.keyboard.press("Enter")
    expect(warning).to_be_hidden()
    title = page.get_by_label("Title of the release")
    expect(title).to_be_focused()
    expect(title).to_have_value(TITLE)
    let_time_pass(analyst, 20)
    analyst.press("Plan it")
    expect(page.get_by_role("main")).not_to_contain_text("Sign in")


def test_work_in_another_tab_counts(visit, let_time_pass):
    analyst = visit()
    page = at_the_form(analyst)
    let_time_pass(analyst, 20)
    other = analyst.context.new_page()
    other.goto("/work/")
    other.close()
    with page.expect_response("**/accounts/session/") as answer:
        page.clock.fast_forward(6 * 60_000)
    assert answer.value.json()["seconds_left"] > 1700
    expect(page.locator("#session-warning")).to_be_hidden()
    expect(page.get_by_label("Title of the release")).to_have_value(TITLE)


@pytest.mark.parametrize("width", [320, 1280])
def test_signed_out_person_signs_in_again_and_sends_the_same_form(
    visit, let_time_pass, every_code_is_new, width
):
    # Given somebody who was away too long: the page is covered, whatever is pressed
    analyst = visit(width=width)
    page = at_the_form(analyst)
    let_time_pass(analyst, 31)
    cover = page.get_by_role("dialog", name="You were signed out")
    expect(cover).to_be_visible()
    colour = cover.evaluate("dialog => getComputedStyle(dialog, '::backdrop').backgroundColor")
    assert re.fullmatch(r"rgb\(.*\)", colour), "nothing shows through"
    for _ in range(3):
        page.keyboard.press("Escape")
    expect(cover).to_be_visible()
    analyst.look()

    # When they sign in again in the tab that opens
    with analyst.context.expect_page() as opened:
        cover.get_by_role("link", name="Sign in again").click()
    again = opened.value
    expect(again.get_by_role("main")).to_contain_text("nothing happened for 30 minutes")
    analyst.page, was = again, page
    every_code_is_new()
    enter(again)
    again.wait_for_url("**/accounts/signed-in/")
    analyst.look()
    again.close()
    analyst.page = was

    # Then the form is there again, and can be sent
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(cover).to_be_hidden()
    expect(page.get_by_label("Title of the release")).to_have_value(TITLE)
    page.get_by_role("main").get_by_role("button", name="Plan it").click()
    page.wait_for_load_state("load")
    expect(page.get_by_role("main")).not_to_contain_text("Your form was not sent")
    assert urlsplit(page.url).path.startswith("/work/releases/")


def test_form_sent_too_late_without_javascript_is_shown_to_copy(visit, let_time_pass):
    analyst = visit(javascript=False)
    page = analyst.page
    page.goto("/accounts/login/")  # axe does not run on pages without JavaScript
    enter(page)
    page.goto("/work/releases/new/")
    page.get_by_label("Title of the release").fill(TITLE)
    let_time_pass(analyst, 31, on_screen=False)
    page.get_by_role("main").get_by_role("button", name="Plan it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your form was not sent")
    expect(page.get_by_role("main")).to_contain_text("nothing happened for 30 minutes")
    expect(page.get_by_role("main")).to_contain_text(TITLE)
    page.get_by_role("link", name="Sign in again").click()
    assert page.url.endswith("?next=%2Fwork%2Freleases%2Fnew%2F")
    analyst.complaints.clear()  # the browser itself notes the status 403
