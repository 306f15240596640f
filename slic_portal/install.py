"""Brings what the portal needs into the project's folder: Python packages, Node packages, styles.

The Makefile runs this file with the system's Python before every other target. It uses the standard
library only, and does nothing when the lock files and style sources are those of the last time.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
NPM_CACHE = "npm_config_cache"
PIP_INSTALL = [
    *("install", "--quiet", "--no-input", "--disable-pip-version-check"),
    "--no-compile",  # a third quicker; Python compiles what is used when it is used
    *("--require-hashes", "--requirement"),
]


def refusal(version):
    """Why this Python will not do, as one sentence; None when it will."""
    if tuple(version[:2]) >= OLDEST:
        return None
    oldest, this = (".".join(map(str, parts[:2])) for parts in (OLDEST, version))
    return (
        f"The portal needs Python {oldest} or newer, and this is Python {this}. Install a newer "
        "one, or name one that is there, for example: make run PYTHON=python3.12"
    )


# Here, before anything that an older Python could stumble over.
if refusal(sys.version_info):
    sys.exit(refusal(sys.version_info))


class InstallError(Exception):
    """A step failed; the text says what to do."""


class Installation:
    """One project folder and the steps that fill it. Each step leaves a stamp of its inputs."""

    def __init__(self, root: Path, *, production: bool = False) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.python = self.venv / "bin" / "python"
        self.log = self.venv / "install.log"
        self.requirements = root / f"requirements{'' if production else '-dev'}.txt"

    def run(self) -> None:
        """Do every step whose inputs changed; InstallError says what to do."""
        self.make_venv()
        self.step(
            self.venv / "packages.stamp",
            [self.requirements, self.root / "requirements.txt"],
            "Installing the Python packages (one to three minutes the first time) ...",
            [str(self.python), "-m", "pip", *PIP_INSTALL, str(self.requirements)],
        )
        lock = [self.root / "package.json", self.root / "package-lock.json"]
        self.step(
            self.root / "node_modules" / ".stamp",
            lock,
            "Installing the front-end packages ...",
            [str(self.venv / "bin" / "npm"), "ci", "--include=dev", "--loglevel=error"],
        )
        self.step(
            self.root / "static" / "build" / ".stamp",
            lock + self.style_sources(),
            "Building the styles ...",
            [str(self.venv / "bin" / "npm"), "run", "build"],
        )

    def make_venv(self) -> None:
        """Make the virtual environment, anew when it was made for another folder or Python."""
        stamp = self.venv / "venv.stamp"
        wanted = f"{self.root} {sys.version_info[0]}.{sys.version_info[1]}"
        if stamp.exists() and stamp.read_text() == wanted and self.python.exists():
            return
        if self.venv.is_symlink():
            raise InstallError(
                ".venv is a link to another folder, which would be emptied. Delete the link, then "
                "run the same command again."
            )
        if not self.venv.exists() or stamp.exists():
            say("Making the virtual environment in .venv ...")
            command = [sys.executable, "-m", "venv", "--clear", str(self.venv)]
            result = subprocess.run(command, capture_output=True, text=True)
            if result.returncode:
                package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
                raise InstallError(
                    "The virtual environment could not be made. On Debian or Ubuntu run "
                    f"`sudo apt-get install {package}`, then the same command again."
                )
        stamp.write_text(wanted)

    def style_sources(self) -> list[Path]:
        """Every file under static/ that people write."""
        static = self.root / "static"
        build = static / "build"
        return [
            path
            for path in sorted(static.rglob("*"))
            if path.is_file() and build not in path.parents
        ]

    def step(self, stamp: Path, inputs: list[Path], words: str, command: list[str]) -> None:
        """Run a command unless its stamp holds the digest of its inputs."""
        digest = digest_of(inputs)
        if stamp.exists() and stamp.read_text() == digest:
            return
        say(words)
        with self.log.open("ab") as log:
            code = subprocess.run(
                command, cwd=self.root, env=self.environment(), stdout=log, stderr=log
            ).returncode
        if code:
            raise InstallError(
                "That did not work. Check the network connection, then run the same command "
                f"again. The details are at the end of {self.log}."
            )
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(digest)

    def environment(self) -> dict[str, str]:
        """The environment of a step: our Node first, and caches where we may write."""
        path = f"{self.venv / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        environment = {
            "NODE_USE_SYSTEM_CA": "1",  # as pip does: many organisations inspect TLS
            "PIP_RETRIES": "2",
            **os.environ,
            "PATH": path,
        }
        if not os.access(Path.home(), os.W_OK):
            environment.setdefault(NPM_CACHE, str(self.venv / "npm-cache"))
        return environment


def digest_of(inputs: Iterable[Path]) -> str:
    """A SHA-256 over names and contents."""
    digest = hashlib.sha256()
    for path in inputs:
        digest.update(f"{path.name}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def say(words: str) -> None:
    print(words, flush=True)


def main(arguments: list[str]) -> int:
    with (ROOT / "Makefile").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two commands at once: the second waits, then finds all
        try:
            Installation(ROOT, production="--production" in arguments).run()
        except InstallError as error:
            print(error, file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            print("Stopped. Run the same command again to go on.", file=sys.stderr)
            return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
