"""A whole portal, as `make run` starts it, and a real browser to use it with."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys import portal as whole
from tests.journeys.visitor import Visitor


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The system's Chromium. Without one the journeys are left out, loudly; in CI they fail."""
    found = whole.find_chromium()
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            f"NO BROWSER: the journeys were NOT tested, because {whole.GET_A_BROWSER}"
        )
    with whole.launched(found) as chromium:
        yield chromium


@pytest.fixture(scope="package")
def database() -> Iterator[str]:
    """The address of the database of the running portal."""
    with whole.empty_database() as address:
        yield address


@pytest.fixture(scope="package")
def folder(tmp_path_factory) -> Path:
    """Where the running portal keeps its files and its log."""
    return tmp_path_factory.mktemp("portal")


@pytest.fixture(scope="package")
def portal(database, folder) -> Iterator[str]:
    """The address of a running portal with the demonstration `slic`; stopped at the end."""
    with whole.running_portal(database, folder) as address:
        yield address


@pytest.fixture
def visit(browser, portal) -> Iterator:
    """Opens a browser window of its own for each visitor: `visit()`, `visit(width=320)`."""
    visitors: list[Visitor] = []

    def visit(**options) -> Visitor:
        visitors.append(Visitor(browser, portal, **options))
        return visitors[-1]

    yield visit
    for visitor in visitors:
        visitor.leave()
