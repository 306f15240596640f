"""The program that reads one file, run as `python -m outcomes.intake.extract` by `limited`.

Arguments: the file, a JSON file with the profiles to try, the CSV file to write the cells to, and
the limits for this process: bytes of memory and seconds of work. Prints the outcome as JSON. Uses
nothing of Django, so that it starts fast and can do no harm.
"""

import csv
import json
import resource
import sys
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

from outcomes.intake.mapping import Cell, ColumnsMissing, Mapping, Problem, RowReader
from outcomes.intake.readers import Unreadable, read_rows

MAX_PROBLEMS = 1000  # kept; all are counted


def extract(path: Path, profiles: list[dict[str, Any]], target: Path) -> dict[str, Any]:
    """Writes the cells of the file to `target` and returns what happened.

    Keys: refusal (a sentence, or empty); profile (its id); rows_read; rows_not_needed; problems;
    problem_count.
    """
    try:
        rows = read_rows(path)
        header = next(rows, [])
        profile_id, reader = _choose(profiles, header)
        rows = chain([next(rows)], rows)
        return {"refusal": "", "profile": profile_id} | _write(reader, rows, target)
    except (Unreadable, ColumnsMissing) as error:
        return {"refusal": str(error)}
    except StopIteration:
        return {"refusal": "The file has a header but no rows below it. Add the rows and resend."}


def _choose(profiles: list[dict[str, Any]], header: list[str]) -> tuple[int, RowReader]:
    """The first profile whose columns the header has. Raises ColumnsMissing for the last tried."""
    refusal = ColumnsMissing("No layout has been set up for this collection yet. Ask the analyst.")
    for profile in profiles:
        try:
            return profile["id"], RowReader(Mapping.from_json(profile["mapping"]), header)
        except ColumnsMissing as error:
            refusal = error
    raise refusal


def _write(reader: RowReader, rows, target: Path) -> dict[str, Any]:
    problems: list[Problem] = []
    count = 0
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        for found in reader.read(rows):
            if isinstance(found, Cell):
                writer.writerow(_line(found))
            else:
                count += 1
                if len(problems) < MAX_PROBLEMS:
                    problems.append(found)
    return {
        **asdict(reader.reading),
        "problems": [asdict(problem) for problem in problems],
        "problem_count": count,
    }


def _line(cell: Cell) -> list[Any]:
    return [
        cell.row,
        cell.organisation,
        cell.place,
        cell.category,
        cell.period.isoformat(),
        cell.measure,
        cell.numerator,
        "" if cell.denominator is None else cell.denominator,
    ]


def limit_this_process(memory_bytes: int, cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    limit_this_process(int(sys.argv[4]), int(sys.argv[5]))
    source, profiles_file, target = map(Path, sys.argv[1:4])
    print(json.dumps(extract(source, json.loads(profiles_file.read_text()), target)))
