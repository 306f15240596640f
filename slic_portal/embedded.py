"""Runs a command with PostgreSQL and Redis beside it, where the environment names none.

    python -m slic_portal.embedded [--fast] manage.py migrate

The command gets DATABASE_URL, REDIS_URL, SECRET_KEY and the other development settings, unless the
environment or `.env` already gives them. Commands on the same VAR_DIR share the services; the last
one out stops them. `--fast` trades safety after a power cut for speed: for tests and benchmarks.
"""

import base64
import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from dotenv import dotenv_values

from slic_portal.servers import (
    PACKAGES,
    POSTGRES_PROGRAMS,
    SHARED_STATE,
    EmbeddedError,
    die_with_parent,
    reachable,
)

BASE_DIR = Path(__file__).resolve().parent.parent
SERVICES = ("DATABASE_URL", "REDIS_URL")
LONGEST_FOLDER = 80  # a Unix socket's path holds 107 bytes; PostgreSQL adds its own name


def given_settings() -> dict[str, str]:
    """The settings that the environment and `.env` give; an empty one counts as absent."""
    from_file = dotenv_values(BASE_DIR / ".env")
    return {name: value for name, value in {**from_file, **os.environ}.items() if value}


def var_dir_of(settings: Mapping[str, str]) -> Path:
    """VAR_DIR, by default `var` beside manage.py."""
    return Path(settings.get("VAR_DIR", BASE_DIR / "var")).resolve()


@contextlib.contextmanager
def services(var_dir: Path, *, fast: bool = False) -> Iterator[dict[str, str]]:
    """The whole environment for a child process, with the services running meanwhile.

    Raises EmbeddedError with a sentence that says what to do.
    """
    given = given_settings()
    var_dir.mkdir(parents=True, exist_ok=True)
    port = given.get("PORT") or port_of(var_dir)
    development = {
        "DEVELOPMENT": "true",
        "DJANGO_SETTINGS_MODULE": "slic_portal.settings",
        "PORT": port,
        "PORTAL_URL": f"http://localhost:{port}",  # a name: passkeys know no addresses of numbers
        "SECRET_KEY": given.get("SECRET_KEY") or secret(var_dir, "secret_key", new_secret_key),
        "MFA_ENCRYPTION_KEYS": given.get("MFA_ENCRYPTION_KEYS")
        or secret(var_dir, "mfa_key", new_fernet_key),
        "PYTHONUNBUFFERED": "1",
    }
    tools = (Path(sys.executable).parent, PACKAGES / POSTGRES_PROGRAMS)  # also psql and pg_dump
    path = os.pathsep.join([*map(str, tools), given.get("PATH", os.defpath)])
    wanted = [name for name in SERVICES if name not in given]
    with _kept(var_dir, wanted, fast=fast) as urls:
        yield {**development, **given, **urls, "VAR_DIR": str(var_dir), "PATH": path}


def port_of(var_dir: Path) -> str:
    """The port of the portal that runs from this VAR_DIR, so that printed links lead to it."""
    noted = var_dir / "port"
    return noted.read_text() if noted.exists() else "8000"


def secret(var_dir: Path, name: str, make: Callable[[], str]) -> str:
    """A development secret of this VAR_DIR, made once and readable by its owner only."""
    path = var_dir / name
    if not path.exists():
        draft = var_dir / f"{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(make())
        with contextlib.suppress(FileExistsError):  # another command was quicker: its key counts
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text()


def new_secret_key() -> str:
    return secrets.token_urlsafe(50)


def new_fernet_key() -> str:
    """What cryptography's Fernet takes: 32 bytes in URL-safe base 64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def state_folder(var_dir: Path) -> Path:
    """Where the services keep their data: VAR_DIR itself wherever that is harmless.

    PostgreSQL cannot run as root, and its own account cannot enter a private folder such as
    root's home. Opening that folder to everybody would do harm, so the data go elsewhere.
    """
    if os.geteuid() != 0 or reachable(var_dir / "postgres"):
        return var_dir
    return SHARED_STATE / hashlib.sha256(str(var_dir).encode()).hexdigest()[:12]


def run_folder(state: Path) -> Path:
    """A folder for sockets and locks whose path is short enough for a Unix socket."""
    run = state / "run"
    if len(str(run).encode()) > LONGEST_FOLDER:
        digest = hashlib.sha256(str(state).encode()).hexdigest()[:12]
        run = Path("/tmp") / f"slic-portal-{os.geteuid()}-{digest}"  # noqa: S108 - checked below
    mode = 0o711 if os.geteuid() == 0 else 0o700
    run.mkdir(mode=mode, parents=True, exist_ok=True)
    found = run.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise EmbeddedError(f"{run} belongs to somebody else. Delete it, or set another VAR_DIR.")
    run.chmod(mode)
    return run


def in_use(var_dir: Path) -> bool:
    """Whether a command holds the embedded services of this VAR_DIR now."""
    with (run_folder(state_folder(var_dir)) / "keeper.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@contextlib.contextmanager
def _kept(var_dir: Path, wanted: list[str], *, fast: bool) -> Iterator[dict[str, str]]:
    """The addresses of the wanted services, whose keeper is held meanwhile."""
    if not wanted:
        yield {}
        return
    state = state_folder(var_dir)
    if state != var_dir:
        print(
            f"You are root and {var_dir} is private, so the databases are kept in {state}.",
            file=sys.stderr,
        )
    (state / "log").mkdir(parents=True, exist_ok=True)
    run = run_folder(state)
    for _ in range(5):  # a keeper that was just leaving gives no answer, and the next one will
        with _held(state, run, fast=fast) as keeper:
            urls = _ask(keeper, wanted)
            if "error" in urls:
                raise EmbeddedError(urls["error"])
            if urls:
                yield urls
                return
    raise EmbeddedError(f"The embedded services do not answer. See {state / 'log' / 'keeper.log'}.")


@contextlib.contextmanager
def _held(state: Path, run: Path, *, fast: bool) -> Iterator[socket.socket]:
    """A connection to the keeper, which is started if there is none."""
    connection = _connect(state, run, fast=fast)
    try:
        yield connection
    finally:
        _leave(connection)


def _leave(connection: socket.socket) -> None:
    """Tell the keeper that we go. If we are the last, wait until it has stopped the services."""
    goodbye = b""
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        goodbye = connection.recv(1)
    connection.close()
    if not goodbye:  # it hung up: it has ended
        while _keepers:
            _keepers.pop().wait()


def _ask(keeper: socket.socket, wanted: list[str]) -> dict[str, str]:
    """The keeper's answer; empty when it hung up instead."""
    with contextlib.suppress(ConnectionError):
        keeper.sendall(json.dumps(wanted).encode())
        with keeper.makefile() as answers:
            return dict(json.loads(answers.readline() or "{}"))
    return {}


def _connect(state: Path, run: Path, *, fast: bool) -> socket.socket:
    address = run / "keeper"
    connection = socket.socket(socket.AF_UNIX)
    with (run / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            connection.connect(str(address))
        except (FileNotFoundError, ConnectionRefusedError):
            address.unlink(missing_ok=True)  # left by a keeper that was killed
            _start_keeper(address, state, run, fast=fast)
            connection.connect(str(address))
    return connection


_keepers: list[subprocess.Popen[bytes]] = []


def _start_keeper(address: Path, state: Path, run: Path, *, fast: bool) -> None:
    """Start the keeper with a socket that already listens, so that nobody has to wait for it."""
    with (
        socket.socket(socket.AF_UNIX) as listener,
        (state / "log" / "keeper.log").open("wb") as log,
    ):
        listener.bind(str(address))
        address.chmod(0o600)
        listener.listen(64)
        arguments = [str(state), str(run), str(listener.fileno()), "fast" if fast else "safe"]
        _keepers.append(
            subprocess.Popen(
                [sys.executable, "-m", "slic_portal.keeper", *arguments],
                cwd=BASE_DIR,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[listener.fileno()],
                start_new_session=True,
            )
        )


def run_command(command: list[str], environment: Mapping[str, str]) -> int:
    """Run a command, pass SIGINT and SIGTERM on to it, leave no process; its exit code.

    In a terminal the command shares our process group, and Ctrl-C reaches it without us. Elsewhere
    it gets a group of its own, which ends with it.
    """
    if command[0].endswith(".py") or command[0] == "-m":
        command = [sys.executable, *command]
    alone = not sys.stdin.isatty()
    children: list[subprocess.Popen[bytes]] = []
    early: list[int] = []  # signals that came before there was a child to pass them on to

    def pass_on(number: int, frame: object) -> None:
        if not children:
            early.append(number)
        elif alone or number != signal.SIGINT:
            children[0].send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, pass_on)
    try:
        child = subprocess.Popen(
            command,
            env=environment,
            start_new_session=alone,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
    except FileNotFoundError as error:
        raise EmbeddedError(f"There is no command {command[0]}.") from error
    children.append(child)
    for missed in early:
        child.send_signal(missed)
    code = child.wait()
    if alone:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    return 128 - code if code < 0 else code


def main(arguments: list[str]) -> int:
    fast = arguments[:1] == ["--fast"]
    command = arguments[1:] if fast else arguments
    if not command:
        print(
            "Say which command to run, for example: python -m slic_portal.embedded manage.py shell"
        )
        return 2
    try:
        with services(var_dir_of(given_settings()), fast=fast) as environment:
            return run_command(command, environment)
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
