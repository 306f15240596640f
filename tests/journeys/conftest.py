"""A whole portal, as `make run` starts it, and a real browser to use it with."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = (
    "NO BROWSER: the journeys were NOT tested, because no Chromium was found. Install one, on "
    "Debian or Ubuntu with: sudo apt-get install chromium"
)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The system's Chromium. Without one the journeys are left out, loudly; in CI they fail."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_BROWSER)
    with sync_playwright() as playwright:
        # As root, as in CI, Chromium's sandbox cannot start; the pages are our own.
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=found, args=flags)
        yield chromium
        chromium.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="package")
def database() -> Iterator[str]:
    """The address of an empty database beside the one of the other tests."""
    server, name = os.environ["DATABASE_URL"], f"journeys_{uuid.uuid4().hex[:8]}"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    connection.close()


@pytest.fixture(scope="package")
def portal(database, tmp_path_factory) -> Iterator[str]:
    """The address of a running portal with the demonstration `slic`; stopped at the end."""
    var_dir, port = tmp_path_factory.mktemp("portal"), free_port()
    log = var_dir / "portal.log"
    environment = os.environ | {
        "DATABASE_URL": database,
        "REDIS_URL": os.environ["REDIS_URL"].rsplit("/", 1)[0] + "/7",
        "VAR_DIR": str(var_dir),
        "PORT": str(port),
        "PORTAL_URL": f"http://127.0.0.1:{port}",
        "DEMO": "slic",
    }
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "slic_portal.run"],
            cwd=ROOT, env=environment, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=60)


def wait_until_ready(address: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health/live", timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The portal did not start:\n{log.read_text()[-4000:]}")


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
