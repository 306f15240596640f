"""Runs the reader in a process of its own with limits on memory, time and what it may write."""

import json
import logging
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from outcomes.intake.readers.refusals import AboutPeople, Limits, UnknownKind, Unreadable

logger = logging.getLogger(__name__)
PROJECT = Path(__file__).resolve().parents[2]
KINDS = {"unknown": UnknownKind, "people": AboutPeople, "": Unreadable}
PATIENCE = 4  # seconds by the clock for each second of work
CANNOT_BE_READ = (
    "The file cannot be read: it needs more memory or time than a return should. "
    "Send only the sheet we need, saved again as CSV or XLSX."
)


def extract(
    path: Path,
    profiles: Sequence[Mapping[str, Any]],
    work: Path,
    *,
    memory_bytes: int,
    cpu_seconds: int,
    limits: Limits | None = None,
    find_duplicates: bool = False,
) -> tuple[dict[str, Any], Path]:
    """Reads the file with the profile that fits; returns the outcome and the cells' file.

    `work` is an empty folder for intermediate files; the outcome's keys stand at
    `outcomes.intake.extract.extract`. Raises Unreadable when the file is refused or the reader ran
    into a limit or crashed: trying again would not help.
    """
    cells = work / "cells.csv"
    request = {
        "task": "extract",
        "path": str(path),
        "target": str(cells),
        "profiles": list(profiles),
        "limits": asdict(limits or Limits()),
        "find_duplicates": find_duplicates,
    }
    return _run(request, work, memory_bytes, cpu_seconds), cells


def look(
    path: Path,
    profiles: Sequence[Mapping[str, Any]],
    work: Path,
    *,
    memory_bytes: int,
    cpu_seconds: int,
    limits: Limits | None = None,
    sheet: str = "",
) -> dict[str, Any]:
    """What a screen needs to set up a profile; see `outcomes.intake.extract.look`.

    Raises Unreadable as `extract` does.
    """
    request = {
        "task": "look",
        "path": str(path),
        "profiles": list(profiles),
        "limits": asdict(limits or Limits()),
        "sheet": sheet,
    }
    return _run(request, work, memory_bytes, cpu_seconds)


def mark(
    path: Path,
    target: Path,
    work: Path,
    *,
    profile: Mapping[str, Any],
    problems: Mapping[int, str],
    memory_bytes: int,
    cpu_seconds: int,
    limits: Limits | None = None,
) -> str:
    """Writes what the profile reads to `target`, with a column of the `problems` of each row.

    Returns how its name should end, such as “.csv”. Raises Unreadable as `extract` does.
    """
    request = {
        "task": "mark",
        "path": str(path),
        "target": str(target),
        "profiles": [profile],
        "problems": dict(problems),
        "limits": asdict(limits or Limits()),
    }
    return str(_run(request, work, memory_bytes, cpu_seconds)["suffix"])


def _run(
    request: Mapping[str, Any], work: Path, memory_bytes: int, cpu_seconds: int
) -> dict[str, Any]:
    request_file = work / "request.json"
    request_file.write_text(json.dumps(request))
    words = ["-m", "outcomes.intake.extract", request_file, memory_bytes, cpu_seconds]
    try:
        result = subprocess.run(
            [sys.executable, *map(str, words)],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            timeout=cpu_seconds * PATIENCE,
            check=True,
            env={"PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"},
        )
        outcome = json.loads(result.stdout)
    except subprocess.TimeoutExpired:
        raise  # a file can only cost work, which has a limit: the machine is busy, so try again
    except (subprocess.SubprocessError, json.JSONDecodeError) as error:
        _log(error)
        raise Unreadable(CANNOT_BE_READ) from error
    if outcome["refusal"]:
        raise KINDS[outcome["refusal_kind"]](outcome["refusal"])
    return outcome


def _log(error: Exception) -> None:
    """Writes down how the process ended, but nothing of what stood in the file."""
    last = (getattr(error, "stderr", "") or "").strip().rpartition("\n")[2]
    code = getattr(error, "returncode", "")
    logger.warning("The reader failed: %s %s %s", type(error).__name__, code, last.split(":")[0])
