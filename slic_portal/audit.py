"""`make audit`: are weaknesses known in the packages we use? Asks pip-audit and `npm audit`.

Known weaknesses fail it. Data that cannot be reached do not, but are said: an audit that looked at
nothing must not pass for one that found nothing.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
SECONDS = 120
# The development packages include those of production.
PYTHON = [
    *(str(BIN / "pip-audit"), "--requirement", "requirements-dev.txt", "--require-hashes"),
    *("--disable-pip", "--progress-spinner", "off", "--timeout", "10", "--format", "json"),
]
NODE = [str(BIN / "npm"), "audit", "--json", "--fetch-retries=1", "--fetch-timeout=20000"]


@dataclass(frozen=True)
class Outcome:
    """What one audit says: a sentence, and whether it found something."""

    sentence: str
    found: bool = False


def python_outcome(answer: dict) -> Outcome:
    """What pip-audit's JSON means. A package it could not look up, it only skips."""
    packages = answer["dependencies"]
    weak = [package for package in packages if package.get("vulns")]
    if weak:
        return Outcome(_listed("Python", [_python_line(package) for package in weak]), found=True)
    left = sum("skip_reason" in package for package in packages)
    if left:
        return Outcome(
            f"Python packages: {left} of {len(packages)} were NOT audited, because the data about "
            "them could not be reached from here."
        )
    return Outcome(f"Python packages: {len(packages)} audited, no weakness is known.")


def node_outcome(answer: dict) -> Outcome:
    """What the JSON of `npm audit` means."""
    if "vulnerabilities" not in answer:
        return Outcome(
            "Node packages were NOT audited, because the data about them could not be reached from "
            f"here ({answer.get('message', 'no reason given')})."
        )
    weak = [f"{name}: {entry['severity']}" for name, entry in answer["vulnerabilities"].items()]
    if weak:
        return Outcome(_listed("Node", weak), found=True)
    count = answer["metadata"]["dependencies"]["total"]
    return Outcome(f"Node packages: {count} audited, no weakness is known.")


def ask(command: list[str], read: Callable[[dict], Outcome], kind: str) -> Outcome:
    """Runs one auditor. One that does not answer in time, or with no JSON, reached nothing."""
    try:
        answer = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        return read(json.loads(answer.stdout))
    except (OSError, subprocess.TimeoutExpired, json.JSONDecodeError) as error:
        return Outcome(
            f"{kind} packages were NOT audited, because the data about them could not be reached "
            f"from here ({type(error).__name__})."
        )


def report(outcomes: Iterable[Outcome]) -> int:
    """Prints the sentences; 1 when something was found."""
    outcomes = list(outcomes)
    for outcome in outcomes:
        print(outcome.sentence)
    return int(any(outcome.found for outcome in outcomes))


def _python_line(package: dict) -> str:
    known = ", ".join(
        f"{v['id']} (cured in {', '.join(v['fix_versions']) or 'no version yet'})"
        for v in package["vulns"]
    )
    return f"{package['name']} {package['version']}: {known}"


def _listed(kind: str, lines: list[str]) -> str:
    return "\n  ".join([f"{kind} packages with known weaknesses:", *lines])


if __name__ == "__main__":
    sys.exit(report([ask(PYTHON, python_outcome, "Python"), ask(NODE, node_outcome, "Node")]))
