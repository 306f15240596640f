"""The program that reads one file, run as `python -m outcomes.intake.extract` by `limited`.

Arguments: a JSON file with the request, and the limits for this process: bytes of memory and
seconds of work. Prints the outcome as JSON. Uses nothing of Django, so that it starts fast and can
do no harm.
"""

import csv
import json
import resource
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from outcomes.intake import elsewhere, personal
from outcomes.intake.cells import Line, Problem
from outcomes.intake.duplicates import Duplicates
from outcomes.intake.marking import mark
from outcomes.intake.names import ColumnsMissing
from outcomes.intake.readers import Limits, Note, Source, UnknownKind, Unreadable, open_source
from outcomes.intake.recognition import Candidate, candidates, first_readable, recognise

MAX_PROBLEMS = 1000  # kept; all are counted
MAX_WRITTEN_BYTES = 2 * 1024**3
NO_ROWS = "The file has a header but no rows below it. Add the rows and resend."
MERGES_SHOWN = 500
UNKNOWN, PEOPLE = "unknown", "people"


def extract(
    path: Path,
    profiles: Sequence[Mapping[str, Any]],
    target: Path,
    *,
    limits: Limits | None = None,
    find_duplicates: bool = False,
) -> dict[str, Any]:
    """Writes the cells of the file to `target` and returns what happened.

    Keys: refusal (a sentence, or empty); refusal_kind (`unknown`, `people` or empty); personal
    (where details of people seem to be); then, when the file was read: profile (its id); kind,
    sheet, header_row; notes; rows_read; rows_not_needed; cells (how many were written); problems;
    problem_count.
    """
    try:
        source = open_source(path, limits)
        try:
            match = recognise(source, profiles)
        except ColumnsMissing as error:  # its sentence repeats what stands where names should
            return _refused_unless_personal(error, source)
        return _outcome(source, match, target, find_duplicates)
    except (Unreadable, ColumnsMissing) as error:
        return _refused(error)


def look(
    path: Path,
    profiles: Sequence[Mapping[str, Any]],
    *,
    limits: Limits | None = None,
    sheet: str = "",
) -> dict[str, Any]:
    """What a screen needs to set up a profile: sheets, the first rows, and which profiles fit.

    Keys: refusal; refusal_kind; kind; starts_1904; sheets [{name, visible}]; sheet; rows (the first
    40, cut to 200 columns); merged (cells among these); notes; candidates [{profile, score,
    refusal}].
    """
    try:
        source = open_source(path, limits)
        names = [each.name for each in source.sheets]
        chosen = sheet if sheet in names else first_readable(source)
        rows = elsewhere.first_rows(source, chosen)
        if findings := _personal_anywhere(source, chosen):
            return _about_people(findings)
        return {
            "refusal": "",
            "refusal_kind": "",
            "kind": source.kind,
            "starts_1904": source.starts_1904,
            "sheets": [asdict(each) for each in source.sheets],
            "sheet": chosen,
            "rows": rows,
            "merged": [m for m in source.merged(chosen) or () if m[0][0] < elsewhere.ROWS_SHOWN][
                :MERGES_SHOWN
            ],
            "notes": [asdict(note) for note in (*source.notes, *source.about(chosen))],
            "candidates": [
                {"profile": c.profile, "score": c.score, "refusal": c.refusal}
                for c in candidates(source, profiles)
            ],
        }
    except Unreadable as error:
        return _refused(error)


def _refused(error: Exception) -> dict[str, Any]:
    kind = UNKNOWN if isinstance(error, UnknownKind) else ""
    return {"refusal": str(error), "refusal_kind": kind, "personal": []}


def _refused_unless_personal(error: Exception, source: Source) -> dict[str, Any]:
    """Nothing of a file with details of people is repeated, not even of its first row."""
    findings = _personal_anywhere(source, first_readable(source))
    return _about_people(findings) if findings else _refused(error)


def _personal_anywhere(source: Source, shown: str) -> list[personal.Finding]:
    """What looks like details of people in a file of which the rows of one sheet may be shown."""
    found = elsewhere.in_rows(elsewhere.first_rows(source, shown))
    found += elsewhere.in_other_sheets(source, read=shown)
    return found + elsewhere.in_parts(source, read="")


def _about_people(findings: list[personal.Finding]) -> dict[str, Any]:
    return {
        "refusal": personal.refusal(findings),
        "refusal_kind": PEOPLE,
        "personal": [asdict(finding) for finding in findings],
    }


def _outcome(
    source: Source, match: Candidate, target: Path, find_duplicates: bool
) -> dict[str, Any]:
    assert match.table and match.reader  # noqa: S101 (it fits)
    header, allowed = match.table.header, match.reader.mapping.not_personal
    found = personal.in_header(header, match.table.header_row, allowed=allowed)
    found += _personal_outside(source, match)
    watch = personal.Watch(header, allowed=allowed)
    lines = match.reader.lines(watch.rows(match.table.rows))
    if find_duplicates:
        lines = Duplicates().lines(lines)
    written = _write(lines, target)
    if found or watch.findings:
        target.unlink()
        return _about_people(found + watch.findings)
    if not match.reader.reading.rows_read:
        raise Unreadable(NO_ROWS)
    return {
        "refusal": "",
        "refusal_kind": "",
        "personal": [],
        "profile": match.profile,
        "kind": source.kind,
        "sheet": match.table.sheet,
        "header_row": match.table.header_row,
        "notes": [asdict(note) for note in _notes(source, match)],
        **asdict(match.reader.reading),
        **written,
    }


def _personal_outside(source: Source, match: Candidate) -> list[personal.Finding]:
    """What looks like details of people outside the rows that become figures."""
    assert match.table and match.reader  # noqa: S101 (it fits)
    mapping, sheet, header_row = match.reader.mapping, match.table.sheet, match.table.header_row
    allowed = mapping.not_personal
    found = elsewhere.above(source.head(sheet, header_row - 1))
    if not mapping.layout.is_plain:  # its steps leave rows out before anybody looked at them
        found += elsewhere.below(source, sheet, header_row, allowed)
    found += elsewhere.in_other_sheets(source, read=sheet)
    return found + elsewhere.in_parts(source, read=sheet, but_cells=bool(allowed))


def _notes(source: Source, match: Candidate) -> list[Note]:
    """What the sender should know of how the file was read."""
    assert match.table and match.reader  # noqa: S101 (it fits)
    sheet, layout = match.table.sheet, match.reader.mapping.layout
    notes = [*source.notes, *source.about(sheet)]
    if lacking := match.reader.lacking:
        columns = ", ".join(f"“{name}”" for name in lacking[:5])
        more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
        notes.append(
            Note("lacking", f"The file has no column {columns}{more}, so no such figures.")
        )
    if sum(each.visible for each in source.sheets) > 1 and not layout.sheet.like:
        notes.append(Note("sheet", f"We read the sheet “{sheet}” and none of the others."))
    return notes


def _write(lines: Iterator[Line | Problem], target: Path) -> dict[str, Any]:
    """Writes the cells as `checking.COPY_CELLS` reads them; keeps the problems."""
    problems: list[Problem] = []
    counts = {"cells": 0, "problems": 0}

    def cells() -> Iterator[Line]:
        written = 0
        for line in lines:
            if isinstance(line, Problem):
                counts["problems"] += 1
                if len(problems) < MAX_PROBLEMS:
                    problems.append(line)
            else:
                written += 1
                yield line
        counts["cells"] = written

    with target.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(cells())
    return {
        "cells": counts["cells"],
        "problems": [asdict(problem) for problem in problems],
        "problem_count": counts["problems"],
    }


def mark_problems(path: Path, request: Mapping[str, Any], limits: Limits) -> dict[str, Any]:
    """Writes the same rows with a column of what is wrong; see `marking.mark`."""
    try:
        source = open_source(path, limits)
        table = recognise(source, request["profiles"]).table
        assert table  # noqa: S101 (it fits)
        problems = {int(row): text for row, text in request["problems"].items()}
        suffix = mark(source, table.sheet, table.header_row, problems, Path(request["target"]))
    except (Unreadable, ColumnsMissing) as error:
        return _refused(error)
    return {"refusal": "", "refusal_kind": "", "suffix": suffix}


def limit_this_process(memory_bytes: int, cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_WRITTEN_BYTES, MAX_WRITTEN_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """Does what the request asks: `look`, `mark` or `extract`."""
    path, limits = Path(request["path"]), Limits(**request["limits"])
    if request["task"] == "mark":
        return mark_problems(path, request, limits)
    if request["task"] == "look":
        return look(path, request["profiles"], limits=limits, sheet=request["sheet"])
    return extract(
        path,
        request["profiles"],
        Path(request["target"]),
        limits=limits,
        find_duplicates=request["find_duplicates"],
    )


if __name__ == "__main__":
    limit_this_process(int(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps(answer(json.loads(Path(sys.argv[1]).read_text()))))
