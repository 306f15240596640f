"""`make run`: the whole portal under one supervisor, from the services to the printed address."""

import contextlib
import fcntl
import http.client
import multiprocessing
import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import honcho.manager
import honcho.process

from slic_portal.embedded import BASE_DIR, SERVICES, given_settings, services, var_dir_of
from slic_portal.servers import EmbeddedError, die_with_parent

WARM_SECONDS = 25  # how long running work may take to end before it is killed
READY_SECONDS = 60
# Work behind the scenes may take as long as its job's time limit; requests may not.
BEHIND = {
    "DATABASE_SESSION_OPTIONS": "-c statement_timeout=600000 -c lock_timeout=10000 "
    "-c idle_in_transaction_session_timeout=600000",
}


def chosen_port(text: str) -> int:
    """The port to listen on; EmbeddedError when it is no port or in use."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise EmbeddedError(f"PORT must be a number from 1 to 65535, and “{text}” is not.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise EmbeddedError(
                f"You may not use port {port}. Choose one above 1023: PORT=8001 make run"
            ) from error
        except OSError as error:
            raise EmbeddedError(
                f"Port {port} is in use by another program. Choose another port, for example: "
                f"PORT={port + 1 if port < 65535 else 8001} make run"
            ) from error
    return port


@contextlib.contextmanager
def only_one(var_dir: Path) -> Iterator[None]:
    """Hold VAR_DIR for one running portal; the kernel lets go of it however we end."""
    var_dir.mkdir(parents=True, exist_ok=True)
    with (var_dir / "portal.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise EmbeddedError(
                f"A portal is already running from {var_dir}. Stop it first, or give this one its "
                "own folder, for example: VAR_DIR=var/second PORT=8001 make run"
            ) from error
        yield


@contextlib.contextmanager
def noted_port(var_dir: Path, port: int) -> Iterator[None]:
    """Tells commands beside this portal where it is; the next run corrects a note left behind."""
    note = var_dir / "port"
    note.write_text(str(port))
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


def prepare(environment: Mapping[str, str], demonstration: str) -> str:
    """Migrate, load the demonstration, collect static files; returns the sign-ins to show."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "prepare", demonstration],
        cwd=BASE_DIR,
        env={"LOG_LEVEL": "WARNING", **BEHIND, **environment},  # our own lines say what is done
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C comes to us, and we end it without a traceback
        preexec_fn=die_with_parent(signal.SIGTERM),
    )
    try:
        sign_ins, _ = process.communicate()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
    if process.returncode:
        raise EmbeddedError("The portal could not be prepared. The reason stands above.")
    return sign_ins


def commands(var_dir: Path) -> dict[str, list[str]]:
    """The processes of a portal by name."""
    behind = ["nice", "-n", "5"]  # work behind the scenes gives way to people's requests
    beat = ["celery", "-A", "slic_portal", "beat", "--schedule", str(var_dir / "beat")]
    return {
        "web": ["gunicorn", "-c", "python:slic_portal.gunicorn_conf", "slic_portal.wsgi"],
        "worker": [*behind, "python", "manage.py", "worker"],
        "beat": [*behind, *beat, "--pidfile=", "-l", "INFO"],
        "relay": [*behind, "python", "manage.py", "relay"],
    }


class Child(honcho.process.Process):
    """A child that ends when the supervisor is killed: first this watcher of it, then itself."""

    def run(self, *args: Any, **options: Any) -> None:
        if end_watcher := die_with_parent(signal.SIGKILL):
            end_watcher()
        self._child_ctor = partial(honcho.process.Popen, preexec_fn=die_with_parent(signal.SIGTERM))
        super().run(*args, **options)


class Supervisor(honcho.manager.Manager):
    """Honcho's manager, for children that need time to end: a worker finishes what it is doing."""

    def __init__(self, when_started: Callable[[], None]) -> None:
        super().__init__()
        self.when_started = when_started
        honcho.manager.KILL_WAIT = WARM_SECONDS
        self._process_ctor = Child
        self._procmgr.terminate = self._terminate_leader
        self.first_to_end: str | None = None

    def _start(self) -> None:
        super()._start()
        self.when_started()

    @staticmethod
    def _terminate_leader(pid: int) -> None:
        """Tell the process alone: told as a group, a worker's pool would drop its work at once."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)

    def terminate(self) -> None:
        ended = [name for name, state in self._processes.items() if "returncode" in state]
        if ended and not self._terminating:  # nobody told it to
            self.first_to_end = ended[0]
        super().terminate()


def supervise(environment: Mapping[str, str], welcome: str) -> int:
    """Run all processes until a signal (returns 0) or until one of them ends (returns 1)."""
    port = int(environment["PORT"])
    greeter = threading.Thread(target=greet, args=(port, welcome), daemon=True)
    supervisor = Supervisor(when_started=greeter.start)  # after all forks: they copy no thread
    for name, command in commands(Path(environment["VAR_DIR"])).items():
        # `exec`: the process itself, and no shell before it, gets our signals.
        line = f"exec {shlex.join(command)}"
        own = {**BEHIND, **environment} if name == "worker" else dict(environment)
        supervisor.add_process(name, line, env=own, cwd=str(BASE_DIR))
    supervisor.loop()
    if supervisor.first_to_end:
        print(
            f"The process “{supervisor.first_to_end}” ended, so everything was stopped. "
            "The reason stands above.",
            file=sys.stderr,
        )
        return 1
    return 0


def greet(port: int, welcome: str) -> None:
    """Show the welcome as soon as the web server answers."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/live")
            if connection.getresponse().status < 500:
                print(welcome, flush=True)
                return
        time.sleep(0.1)


def welcome_text(address: str, sign_ins: str) -> str:
    """What a newcomer needs once the portal runs."""
    rule = "-" * 72
    lines = [f"The portal is ready: {address}", "", sign_ins.strip(), "", "Stop it with Ctrl-C."]
    return "\n".join(["", rule, *lines, rule, ""])


def stop_at_signals() -> None:
    """Until the supervisor listens: the first SIGINT or SIGTERM ends us, more do nothing."""

    def stop(number: int, frame: object) -> None:
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, signal.SIG_IGN)
        raise SystemExit(0)

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)


def run(*, fast: bool) -> int:
    """Run the portal until it is told to stop; `fast` as in `slic_portal.embedded`."""
    settings = given_settings()
    var_dir = var_dir_of(settings)
    port = chosen_port(settings.get("PORT", "8000"))
    with only_one(var_dir), noted_port(var_dir, port):
        embedded = [name for name in SERVICES if name not in settings]
        print("Starting PostgreSQL and Redis ..." if embedded else "Using the given services.")
        with services(var_dir, fast=fast) as environment:
            sign_ins = prepare(environment, settings.get("DEMO", "slic"))
            print("Starting the web server, the worker, the scheduler and the relay ...")
            code = supervise(environment, welcome_text(environment["PORTAL_URL"], sign_ins))
            print("Stopping PostgreSQL and Redis ..." if embedded else "Stopping ...")
    print("Everything has stopped. Your data are kept.")
    return code


def main() -> int:
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    multiprocessing.set_start_method("fork")  # what honcho relies on, whatever the default
    stop_at_signals()
    try:
        return run(fast="--fast" in sys.argv)
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
