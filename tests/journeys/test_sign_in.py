"""Signing in: with an app, without the phone, and with a passkey; on a phone and on a desk."""

import re

import pytest
from playwright.sync_api import expect

from demo.actions.people import PASSPHRASE
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("width", [320, 1280])]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def sign_out(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.look()


def test_person_signs_in_with_the_code_of_an_app(visit, width):
    # Given somebody with a password
    contributor = visit(width=width)
    page = contributor.go("/accounts/login/")
    page.get_by_label("E-mail address").fill("rj1.contributor@example.org")
    page.get_by_label("Password", exact=True).fill("not-the-right-passphrase")
    contributor.press("Sign in", exact=True)
    expect(page.get_by_role("alert")).to_contain_text("the password is not right")
    page.get_by_label("Password", exact=True).fill(PASSPHRASE)
    contributor.press("Sign in", exact=True)

    # When the code is wrong, then they are told; with the right one they are at their work
    page.get_by_label("Code", exact=True).fill("12")
    contributor.press("Sign in", exact=True)
    expect(page.get_by_role("alert")).to_contain_text("That code is wrong or was used already")
    expect(page.get_by_text("Demonstration: the code is now")).to_be_visible()
    contributor.give_code()
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")

    # And their account tells what they may look after
    page.get_by_role("link", name=re.compile("Signed in as")).click()
    contributor.look()
    contributor.follow("Your second step")
    contributor.follow("Set up your app on another phone")
    expect(page.get_by_role("img", name=re.compile("QR code"))).to_be_visible()
    page.get_by_text("I cannot scan it").click()
    contributor.look()


def test_person_without_their_phone_signs_in_with_a_recovery_code(visit, width):
    # Given somebody who has made recovery codes
    board = visit(width=width)
    board.sign_in("board@example.org")
    page = board.go("/accounts/2fa/")
    board.follow(re.compile("Make ten"))
    board.press("Make ten new codes")
    codes = page.get_by_role("main").locator("code").all_inner_texts()
    assert len(codes) == 10
    board.follow("Continue")
    sign_out(board)

    # When their phone is not with them, then one of the codes opens the portal
    board.give_password("board@example.org")
    board.follow("Use a recovery code")
    page.get_by_label("Recovery code").fill(codes[0])
    board.press("Sign in", exact=True)
    expect(page.get_by_role("region", name="Please check")).to_contain_text("9 are left")
    sign_out(board)

    # And not a second time
    board.give_password("board@example.org")
    board.follow("Use a recovery code")
    page.get_by_label("Recovery code").fill(codes[0])
    board.press("Sign in", exact=True)
    expect(page.get_by_role("alert")).to_contain_text("wrong or was used already")


def test_person_signs_in_with_a_passkey_alone(visit, width):
    # Given a browser that can keep passkeys, and somebody who adds one
    analyst = visit(width=width)
    analyst.sign_in("analyst@example.org")
    devtools = analyst.context.new_cdp_session(analyst.page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page = analyst.go("/accounts/2fa/")
    analyst.follow("Add a passkey")
    page.get_by_label("Name").fill(f"Laptop {width}")
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url(re.compile("/2fa/(recovery-codes/)?$"))
    analyst.look()
    page = analyst.go("/accounts/2fa/")
    expect(page.get_by_role("term").filter(has_text=f"Laptop {width}")).to_be_visible()
    sign_out(analyst)

    # When they sign in with it, then no password and no code is asked for
    page = analyst.go("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")
    analyst.look()
    sign_out(analyst)

    # And it stands for the second step after a password, too
    analyst.give_password("analyst@example.org")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")
