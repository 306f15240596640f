"""The journey to the provider and back in a real browser, which applies our policies."""

import os
from collections.abc import Iterator

import pytest
from django.db import connection
from playwright.sync_api import Page

from tests.accounts.sso.conftest import MFA, connect
from tests.journeys import portal as whole
from tests.journeys.visitor import Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # The server starts before the tests' folder of static files is there.
    pytest.mark.filterwarnings("ignore:No directory at"),
]


@pytest.fixture
def visitor(live_server, monkeypatch) -> Iterator[Visitor]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser brings a loop of its own
    found = whole.find_chromium()
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(whole.GET_A_BROWSER)
    with whole.launched(found) as chromium:
        visitor = Visitor(chromium, live_server.url)
        yield visitor
        visitor.context.close()
    with connection.cursor() as cursor:  # threads of the server outlive the browser for a while
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def at_the_provider(page: Page, sub: str) -> None:
    page.get_by_placeholder("sub").fill(sub)
    page.get_by_role("button", name="Authorize").click()


def test_person_goes_to_the_provider_and_back(visitor, configure, provider, alex, settings):
    configure(provider, amr=["mfa"])
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": {**directives, "form-action": ["'self'", provider.url]}
    }
    connect(alex, provider, "alex")
    for sub in ("alex", "eve"):
        provider.knows(sub, **MFA)

    visitor.go("/accounts/login/?next=/accounts/3rdparty/")
    visitor.page.get_by_role("button", name="Sign in with Trust Connect").click()
    at_the_provider(visitor.page, "eve")
    page = visitor.look()
    assert page.get_by_role("heading", level=1).inner_text() == "Your account is not connected yet"

    visitor.go("/accounts/login/?next=/accounts/3rdparty/")
    visitor.page.get_by_role("button", name="Sign in with Trust Connect").click()
    at_the_provider(visitor.page, "alex")
    page = visitor.look()
    assert page.url.endswith("/accounts/3rdparty/")
    assert page.get_by_role("button", name="Disconnect Trust Connect").is_visible()
    visitor.go("/accounts/oidc/trust/again/?next=/accounts/3rdparty/")
