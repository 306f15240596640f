"""A whole portal, as `make run` starts it, and a real browser: for journeys and for screenshots."""

import contextlib
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
import redis
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
GET_A_BROWSER = (
    "no Chromium was found. Install one, on Debian or Ubuntu with: sudo apt-get install chromium"
)
START_WITHIN = 300  # seconds; loading the demonstration takes most of it on a busy machine


def find_chromium() -> str | None:
    """Where the system's Chromium is."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@contextlib.contextmanager
def launched(executable: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # As root, as in CI, Chromium's sandbox cannot start; the pages are our own.
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=executable, args=flags)
        yield chromium
        chromium.close()


@contextlib.contextmanager
def empty_database() -> Iterator[str]:
    """The address of an empty database beside the one of the environment; dropped at the end."""
    server, name = os.environ["DATABASE_URL"], f"journeys_{uuid.uuid4().hex[:8]}"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    connection.close()


@contextlib.contextmanager
def running_portal(database: str, var_dir: Path) -> Iterator[str]:
    """The address of a running portal with the demonstration `slic`; stopped at the end.

    Raises RuntimeError with the end of its log when it does not start.
    """
    port, log = free_port(), var_dir / "portal.log"
    address = f"http://localhost:{port}"  # a name: passkeys know no addresses of numbers
    environment = os.environ | {
        "DATABASE_URL": database,
        "REDIS_URL": redis_url(),
        "VAR_DIR": str(var_dir),
        "PORT": str(port),
        "PORTAL_URL": address,
        "DEMO": "slic",
    }
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "slic_portal.run"],
            cwd=ROOT, env=environment, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        wait_until_ready(address, process, log)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=60)


def redis_url() -> str:
    """The part of the Redis of the tests that belongs to the running portal."""
    return os.environ["REDIS_URL"].rsplit("/", 1)[0] + "/7"


def forget_used_codes() -> None:
    """Lets somebody sign in twice within the 30 seconds for which a code is good, and once only.

    The alternative would be to wait. That codes work once: tests/accounts/test_second_factor*.py.
    """
    connection = redis.Redis.from_url(redis_url())
    for key in connection.scan_iter("*allauth.mfa.totp.used*"):
        connection.delete(key)
    connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_ready(address: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health/live", timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The portal did not start:\n{log.read_text()[-4000:]}")
