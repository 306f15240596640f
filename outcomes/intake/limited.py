"""Runs the reader in a process of its own with limits on memory, time and what it may write."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from outcomes.intake.readers import Unreadable

PROJECT = Path(__file__).resolve().parents[2]
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
) -> tuple[dict[str, Any], Path]:
    """Reads the file with the first profile that fits; returns the outcome and the cells' file.

    `work` is an empty folder for intermediate files. Raises Unreadable when the file is refused or
    the reader ran into a limit or crashed: trying again would not help.
    """
    profiles_file, cells = work / "profiles.json", work / "cells.csv"
    profiles_file.write_text(json.dumps(list(profiles)))

    limits = [memory_bytes, cpu_seconds]
    command = [sys.executable, "-m", "outcomes.intake.extract", path, profiles_file, cells, *limits]
    try:
        result = subprocess.run(
            [str(part) for part in command],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            timeout=cpu_seconds * 2,
            check=True,
            env={"PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"},
        )
        outcome = json.loads(result.stdout)
    except (subprocess.SubprocessError, json.JSONDecodeError) as error:
        raise Unreadable(CANNOT_BE_READ) from error
    if outcome["refusal"]:
        raise Unreadable(outcome["refusal"])
    return outcome, cells
