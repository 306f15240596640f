"""A portal whose processes and services can be killed one by one, as faults kill them."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg2
import requests

from slic_portal import embedded
from slic_portal.run import BEHIND, commands

WAIT = 180  # seconds; a busy machine is slow, and nothing here waits without need
ROOT = embedded.BASE_DIR
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def wait_until(condition: Callable[[], Any], what: str) -> Any:
    """What the condition answers, once that is something. Connections may fail meanwhile."""
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        with contextlib.suppress(psycopg2.OperationalError, requests.RequestException):
            if answer := condition():
                return answer
        time.sleep(0.1)
    raise AssertionError(f"Waited {WAIT} seconds in vain: {what}")


class Portal:
    """Web server, relay and worker on services of their own."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment = folder, environment
        self.address = f"http://localhost:{environment['PORT']}"
        self.processes: dict[str, subprocess.Popen] = {}
        self.sessions: dict[str, str] = {}

    def start(self, *names: str) -> None:
        for name in names:
            own = self.environment | (BEHIND if name == "worker" else {"WEB_CONCURRENCY": "1"})
            with (self.folder / f"{name}.log").open("a") as log:
                self.processes[name] = subprocess.Popen(
                    commands(self.folder)[name], cwd=ROOT, env=own, stdout=log, stderr=log
                )

    def kill(self, name: str) -> None:
        """As a power cut would: the process and all its children, at once."""
        process = self.processes.pop(name)
        for each in [psutil.Process(process.pid), *psutil.Process(process.pid).children(True)]:
            each.kill()
        process.wait()

    def service(self, name: str) -> psutil.Process:
        """The process of an embedded server; its keeper starts it again when it is gone."""
        keepers = psutil.Process().children()
        found = [p for k in keepers for p in k.children() if p.name() == name]
        assert len(found) == 1, f"{len(found)} processes {name}"
        return found[0]

    def query(self, statement: str, *values: Any) -> list[tuple]:
        with contextlib.closing(self.connect()) as connection, connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def connect(self):
        connection = psycopg2.connect(self.environment["DATABASE_URL"])
        connection.autocommit = True
        return connection

    @contextlib.contextmanager
    def held(self, table: str) -> Iterator[None]:
        """Whoever writes into the table meanwhile has to wait."""
        with contextlib.closing(self.connect()) as connection, connection.cursor() as cursor:
            connection.autocommit = False
            cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
            yield

    def half_a_minute_passes(self) -> None:
        """For the lease of a job whose worker has died: nobody need wait for it here."""
        self.query("UPDATE jobs_job SET lease_until = now() WHERE state = 'running'")

    def sessions_end(self) -> None:
        self.query("UPDATE django_session SET expire_date = now() - interval '1 minute'")

    def everybody_signs_in_again(self) -> None:
        self.query("UPDATE django_session SET expire_date = now() + interval '1 hour'")

    def postgresql_restarts(self) -> None:
        """At once and without a word to anybody, as a crash would; its keeper starts it again."""
        server = self.service("postgres")
        server.send_signal(signal.SIGQUIT)
        server.wait(timeout=WAIT)

    def forget(self) -> None:
        """Takes away what was sent, so that the next file is a first one."""
        self.query(
            "TRUNCATE outcomes_observation, outcomes_submission, outcomes_upload, jobs_job CASCADE"
        )

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(timeout=60)

    def person(self, name: str) -> "Person":
        return Person(self.address, self.sessions[name])


class Person:
    """Somebody who is signed in, with a browser that has no JavaScript."""

    def __init__(self, address: str, session: str) -> None:
        self.address = address
        self.browser = requests.Session()
        self.browser.cookies.set("sessionid", session, domain="localhost.local", path="/")

    def get(self, path: str) -> requests.Response:
        return self.browser.get(f"{self.address}{path}", timeout=30)

    def post(self, path: str, data: dict[str, str], **options: Any) -> requests.Response:
        form = dict(HIDDEN.findall(self.get(path).text)) | data
        assert "csrfmiddlewaretoken" in form, f"no form at {path}"
        return self.browser.post(f"{self.address}{path}", data=form, timeout=30, **options)

    def send_file(self, content: str, name: str = "figures.csv") -> requests.Response:
        path = "/work/collections/ae-waiting-times/upload/"
        return self.post(path, {}, files={"file": (name, content, "text/csv")})


@contextlib.contextmanager
def running(folder: Path, database: str, port: int) -> Iterator[Portal]:
    """The portal with the small partnership of the tests; `database` is where its schema is."""
    # Not fast: what PostgreSQL said it kept must still be there after a crash.
    with embedded.services(folder) as environment:
        environment |= {"PORT": str(port), "PORTAL_URL": f"http://localhost:{port}"}
        copy_database(database, environment["DATABASE_URL"], environment["PATH"])
        manage(environment, "manage.py", "collectstatic", "--noinput", "--verbosity=0")
        portal = Portal(folder, environment)
        portal.sessions = json.loads(manage(environment, "-m", "tests.faults.world"))
        portal.start("web", "relay", "worker")
        try:
            wait_until(lambda: requests.get(f"{portal.address}/health/live", timeout=5).ok, "web")
            yield portal
        finally:
            portal.stop()


def manage(environment: dict[str, str], *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, check=True, text=True,
        stdout=subprocess.PIPE,
    ).stdout  # fmt: skip


def copy_database(source: str, target: str, path: str) -> None:
    """Its tables and what migrations wrote into them: quicker than to migrate once more."""
    environment = os.environ | {"PATH": path}
    dump = ["pg_dump", "--no-owner", source]
    restore = ["psql", "--quiet", "--set=ON_ERROR_STOP=1", target]
    with subprocess.Popen(dump, env=environment, stdout=subprocess.PIPE) as dumping:
        subprocess.run(
            restore, env=environment, stdin=dumping.stdout, stdout=subprocess.DEVNULL, check=True
        )
    assert dumping.returncode == 0
