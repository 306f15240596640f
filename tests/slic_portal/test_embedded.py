"""The embedded services with real processes: shared, durable, and gone when nobody is left."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import psycopg2
import pytest
import redis

from slic_portal import embedded, servers
from slic_portal.embedded import new_secret_key, run_folder, secret, services, state_folder


@pytest.fixture(scope="module")
def var_dir():
    """A short folder that every account may pass through, as a project's folder should be.

    One for all tests of this module: making a PostgreSQL cluster is the slow part.
    """
    with tempfile.TemporaryDirectory(prefix="slic-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(autouse=True)
def nothing_given(monkeypatch):
    """These tests start services of their own, beside those of the test run."""
    for name in embedded.SERVICES:
        monkeypatch.setenv(name, "")


@pytest.fixture
def given(monkeypatch):
    """Services somewhere else: for tests of the command alone."""
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/portal")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere:6379/0")


def processes_of(var_dir: Path) -> list[psutil.Process]:
    """The keeper and the servers of one VAR_DIR."""
    needles = (str(state_folder(var_dir)), str(run_folder(state_folder(var_dir))))
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(needle in " ".join(process.info["cmdline"] or []) for needle in needles)
        and process.pid != os.getpid()
    ]


def wait_until(condition, seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def query(environment: dict[str, str], statement: str) -> list[tuple]:
    connection = psycopg2.connect(environment["DATABASE_URL"])
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows


def start_command(var_dir: Path, *command: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "slic_portal.embedded", "--fast", *command],
        cwd=embedded.BASE_DIR,
        env={**os.environ, "VAR_DIR": str(var_dir)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_services_keep_data_share_and_leave_no_process(var_dir):
    with services(var_dir, fast=True) as first:
        assert query(first, "SHOW server_version")[0][0].startswith("18.")
        assert query(first, "SHOW listen_addresses") == [("",)]
        query(first, "CREATE TABLE shared (n int)")
        client = redis.Redis.from_url(first["REDIS_URL"])
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        client.close()
        assert embedded.in_use(var_dir)
        with services(var_dir, fast=True) as second:
            assert second["DATABASE_URL"] == first["DATABASE_URL"]
            assert second["REDIS_URL"] == first["REDIS_URL"]
        assert query(first, "SELECT 1") == [(1,)]
    assert processes_of(var_dir) == []
    assert not embedded.in_use(var_dir)
    with services(var_dir, fast=True) as again:
        assert query(again, "SELECT count(*) FROM shared") == [(0,)]
    assert processes_of(var_dir) == []


def test_services_are_safe_after_a_power_cut_unless_fast(var_dir):
    with services(var_dir) as environment:
        assert query(environment, "SHOW fsync") == [("on",)]
        client = redis.Redis.from_url(environment["REDIS_URL"])
        assert client.config_get("appendonly") == {"appendonly": "yes"}
        client.set("kept", "yes")
        client.close()
    with services(var_dir) as environment:
        client = redis.Redis.from_url(environment["REDIS_URL"])
        assert client.get("kept") == b"yes"
        client.close()


def test_services_refuse_redis_without_the_password(var_dir):
    with services(var_dir, fast=True) as environment:
        address = environment["REDIS_URL"].rpartition("@")[2]
        client = redis.Redis.from_url(f"redis://{address}")
        with pytest.raises(redis.AuthenticationError):
            client.ping()
        client.close()


def test_services_end_when_the_last_command_is_killed(var_dir):
    command = start_command(var_dir, "bash", "-c", "echo up; exec sleep 60")
    assert command.stdout.readline() == "up\n"
    command.kill()
    command.wait()
    command.stdout.close()
    assert wait_until(lambda: processes_of(var_dir) == [])


def test_services_start_again_after_everything_was_killed(var_dir):
    with services(var_dir) as environment:
        query(environment, "CREATE TABLE kept (n int)")
        query(environment, "INSERT INTO kept VALUES (7)")
        # The keeper first, so that it restarts nothing; PostgreSQL leaves its pid file behind.
        for process in processes_of(var_dir):
            process.kill()
        psutil.wait_procs(processes_of(var_dir), timeout=10)
    assert (state_folder(var_dir) / "postgres" / "18" / "postmaster.pid").exists()
    with services(var_dir) as environment:
        assert query(environment, "SELECT n FROM kept") == [(7,)]
    assert processes_of(var_dir) == []


def test_postgres_starts_although_its_old_number_is_used_by_another_process(var_dir):
    with services(var_dir, fast=True):
        pass
    # As after a restart of a container: the file names a living process that is no PostgreSQL.
    pid_file = state_folder(var_dir) / "postgres" / "18" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n")
    lock = run_folder(state_folder(var_dir)) / "postgres" / ".s.PGSQL.5432.lock"
    lock.write_text(f"{os.getpid()}\n")
    with services(var_dir, fast=True) as environment:
        assert query(environment, "SELECT 1") == [(1,)]


def test_keeper_starts_a_server_again_that_fell(var_dir):
    with services(var_dir, fast=True) as environment:
        client = redis.Redis.from_url(environment["REDIS_URL"])
        before = client.info()["process_id"]
        psutil.Process(before).kill()
        client.close()

        def back() -> bool:
            try:
                with redis.Redis.from_url(environment["REDIS_URL"]) as other:
                    return other.info()["process_id"] != before
            except redis.ConnectionError:
                return False

        assert wait_until(back)


def test_services_start_nothing_that_is_given(var_dir, given):
    with services(var_dir) as environment:
        assert environment["DATABASE_URL"] == "postgres://elsewhere/portal"
        assert environment["REDIS_URL"] == "redis://elsewhere:6379/0"
        assert processes_of(var_dir) == []


def test_command_gives_its_exit_code_and_takes_the_services_along(var_dir):
    command = start_command(var_dir, "bash", "-c", "exit 7")
    command.communicate(timeout=30)
    assert command.returncode == 7
    assert processes_of(var_dir) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_command_is_told_of_signals(tmp_path, given, number):
    name = number.name.removeprefix("SIG")
    script = f"trap 'echo told; exit 3' {name}; echo up; while :; do sleep 0.05; done"
    command = start_command(tmp_path, "bash", "-c", script)
    assert command.stdout.readline() == "up\n"
    command.send_signal(number)
    output, _ = command.communicate(timeout=30)
    assert output == "told\n"
    assert command.returncode == 3


def test_command_that_does_not_exist_is_named(tmp_path, given, monkeypatch, capsys):
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    assert embedded.main(["no-such-command"]) == 1
    assert "There is no command no-such-command." in capsys.readouterr().err


def test_secret_key_is_made_once_and_private(tmp_path):
    folder = tmp_path / "var"
    folder.mkdir()
    key = secret(folder, "secret_key", new_secret_key)
    assert len(key) >= 50
    assert secret(folder, "secret_key", new_secret_key) == key
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret_key"]


def test_run_folder_is_short_enough_for_a_socket(tmp_path):
    deep = tmp_path / ("x" * 120)
    run = run_folder(deep)
    try:
        assert len(str(run / "postgres" / ".s.PGSQL.5432")) < 107
        assert run == run_folder(deep)
        assert run != run_folder(tmp_path / ("y" * 120))
    finally:
        run.rmdir()
        run_folder(tmp_path / ("y" * 120)).rmdir()


def test_run_folder_refuses_a_link_somebody_laid(tmp_path, monkeypatch):
    (tmp_path / "target").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "target")
    with pytest.raises(servers.EmbeddedError, match="belongs to somebody else"):
        run_folder(tmp_path)


def test_state_folder_of_root_avoids_private_folders(tmp_path, monkeypatch):
    private = tmp_path / "home"
    private.mkdir(mode=0o700)
    var_dir = private / "var"
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert state_folder(var_dir) == var_dir
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert state_folder(var_dir).parent == servers.SHARED_STATE
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
