"""The supervisor: a clear refusal before it starts, and nothing left when it ends."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from slic_portal.embedded import BASE_DIR, SERVICES, services
from slic_portal.run import chosen_port, commands, noted_port, only_one, welcome_text
from slic_portal.servers import EmbeddedError
from tests.slic_portal.test_embedded import wait_until


def test_chosen_port_in_use_says_what_to_do():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(EmbeddedError) as caught:
            chosen_port(str(port))
    assert f"Port {port} is in use" in str(caught.value)
    assert f"PORT={port + 1} make run" in str(caught.value)
    assert chosen_port(str(port)) == port


@pytest.mark.parametrize("text", ["", "web", "0", "65536", "-1", "80.5"])
def test_chosen_port_refuses_what_is_no_port(text):
    with pytest.raises(EmbeddedError, match="PORT must be a number from 1 to 65535"):
        chosen_port(text)


def test_only_one_portal_per_folder(tmp_path):
    with (
        only_one(tmp_path),
        pytest.raises(EmbeddedError, match="already running"),
        only_one(tmp_path),
    ):
        pass
    with only_one(tmp_path):
        pass


def test_commands_beside_a_running_portal_know_where_it_is(tmp_path, monkeypatch):
    for name in ("PORT", "PORTAL_URL"):
        monkeypatch.setenv(name, "")  # as if not given
    for name in SERVICES:
        monkeypatch.setenv(name, "given://elsewhere")
    with noted_port(tmp_path, 8123), services(tmp_path) as environment:
        assert (environment["PORT"], environment["PORTAL_URL"]) == ("8123", "http://localhost:8123")
    with services(tmp_path) as environment:
        assert environment["PORT"] == "8000"


def test_commands_are_web_worker_beat_and_relay(tmp_path):
    assert list(commands(tmp_path)) == ["web", "worker", "beat", "relay"]


def test_welcome_names_address_and_sign_ins():
    words = welcome_text("http://127.0.0.1:8000", "analyst@example.org  secret\n")
    assert "The portal is ready: http://127.0.0.1:8000" in words
    assert "analyst@example.org  secret" in words


class Portal:
    """A supervisor in a process group of its own, over small scripts instead of a portal."""

    def __init__(self, folder: Path, **scripts: str) -> None:
        self.folder = folder
        lines = {name: ["bash", "-c", script] for name, script in scripts.items()}
        program = f"""
import sys
from slic_portal import run
run.multiprocessing.set_start_method("fork")
run.commands = lambda var_dir: {lines!r}
run.stop_at_signals()
sys.exit(run.supervise({{"VAR_DIR": {str(folder)!r}, "PORT": "9", "PATH": "/usr/bin:/bin"}}, ""))
"""
        self.process = subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=BASE_DIR,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def wait_for(self, *names: str) -> None:
        assert wait_until(lambda: all((self.folder / name).exists() for name in names))

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self) -> tuple[int, str]:
        output, _ = self.process.communicate(timeout=20)
        return self.process.returncode, output


def gentle(folder: Path, name: str) -> str:
    """A script that takes its time to end, and notes that it could."""
    return (
        f"trap 'sleep 0.3; touch {folder}/{name}.ended; exit 0' TERM; touch {folder}/{name}; "
        "while :; do sleep 0.05; done"
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("group", [True, False], ids=["group", "supervisor"])
def test_supervise_ends_gently_at_a_signal_and_leaves_nobody(tmp_path, number, group):
    portal = Portal(tmp_path, one=gentle(tmp_path, "one"), two=gentle(tmp_path, "two"))
    portal.wait_for("one", "two")
    children = portal.children()
    send = os.killpg if group else os.kill
    send(portal.process.pid, number)
    send(portal.process.pid, number)  # the second Ctrl-C does no harm
    code, _ = portal.end()
    assert code == 0
    assert (tmp_path / "one.ended").exists()
    assert (tmp_path / "two.ended").exists()
    assert [child for child in children if child.is_running()] == []


def test_supervise_names_the_process_that_ended_and_stops_the_others(tmp_path):
    portal = Portal(tmp_path, lasting=gentle(tmp_path, "lasting"), broken="sleep 0.5; exit 5")
    portal.wait_for("lasting")
    children = portal.children()
    code, output = portal.end()
    assert code == 1
    assert "The process “broken” ended, so everything was stopped." in output
    assert (tmp_path / "lasting.ended").exists()
    assert [child for child in children if child.is_running()] == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux tells children of a death")
def test_supervise_killed_takes_its_children_along(tmp_path):
    portal = Portal(tmp_path, one=gentle(tmp_path, "one"))
    portal.wait_for("one")
    children = portal.children()
    assert len(children) >= 2
    portal.process.kill()
    portal.process.communicate()
    assert wait_until(lambda: not any(child.is_running() for child in children))
