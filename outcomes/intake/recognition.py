"""Which of the layouts set up for a collection a file has, told by its header. Pure."""

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from outcomes.intake.mapping import Mapping, RowReader
from outcomes.intake.names import ColumnsMissing, explain_missing, locate
from outcomes.intake.readers import Source, UnknownKind, Unreadable
from outcomes.intake.tables import Table, Wanted, open_table

LEAST_LIKENESS = 0.34


@dataclass(slots=True)
class Candidate:
    """How well one profile fits a file: `score` is the part of its columns that are there."""

    profile: int
    score: float
    refusal: str = ""
    table: Table | None = None
    reader: RowReader | None = None
    known: bool = False  # one for everybody, used when none of the collection's own fits

    @property
    def signs(self) -> int:
        """How many things told the kind: columns of the file's own and what the layout sought."""
        if self.reader is None:
            return 0
        mapping = self.reader.mapping
        return len(mapping.required - mapping.layout.made) + mapping.layout.signs

    @property
    def fits(self) -> bool:
        return self.reader is not None


def recognise(source: Source, profiles: Sequence[Dictionary[str, Any]]) -> Candidate:
    """The profile that fits and looks for most; the first of these.

    Each profile has `id` and `mapping`, and may be marked `known`: one for everybody, which gives
    way to the collection's own. Raises ColumnsMissing with the reason of the own profile that came
    nearest, or UnknownKind when none is like the file.
    """
    tried = candidates(source, profiles)
    fitting = [each for each in tried if each.reader]
    if fitting:
        return max(fitting, key=lambda each: (not each.known, each.signs))
    own = [each for each in tried if not each.known]
    nearest = max(own, key=lambda each: each.score, default=None)
    if nearest is None or nearest.score < LEAST_LIKENESS:
        unknown = unknown_kind(source)
        only_one = len(own) == 1 and isinstance(unknown, UnknownKind)
        raise UnknownKind(own[0].refusal) if only_one else unknown
    raise ColumnsMissing(nearest.refusal)


def unknown_kind(source: Source) -> ColumnsMissing | UnknownKind:
    """What to say about a file that is like none of the layouts, with what it begins with."""
    rows = islice((row for row in source.rows(first_readable(source)) if any(row)), 1)
    first = [" ".join(cell.split()) for cell in next(rows, []) if cell.strip()]
    shown = ", ".join(cell[:40] for cell in first[:8])
    if sum(cell.isascii() and cell.isdigit() for cell in first) > 1:
        return ColumnsMissing(
            "The names of the columns are missing: the first row already holds figures "
            f"({shown} …). Put a row with the names of the columns on top and send it again."
        )
    return UnknownKind(
        "This is not one of the kinds of files set up for this collection. It begins with: "
        f"{shown}. Send the file we ask for, or ask the analyst to set up this kind."
    )


def first_readable(source: Source) -> str:
    """The first visible sheet that is not too large. Raises Unreadable when each is."""
    refusal: Unreadable | None = None
    for sheet in source.sheets:
        if sheet.visible:
            try:
                source.head(sheet.name)
            except Unreadable as error:
                refusal = refusal or error
            else:
                return sheet.name
    if refusal:
        raise refusal
    return ""


def candidates(source: Source, profiles: Sequence[Dictionary[str, Any]]) -> list[Candidate]:
    """How each profile fits the file, in the order given."""
    return [
        replace(_try(source, profile), known=bool(profile.get("known"))) for profile in profiles
    ]


def _try(source: Source, profile: Dictionary[str, Any]) -> Candidate:
    try:
        mapping = Mapping.from_json(profile["mapping"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = f"This layout is not complete ({error}). Ask the analyst to put it right."
        return Candidate(profile["id"], LEAST_LIKENESS, message)  # it might have fitted
    try:
        wanted = Wanted(mapping.required - mapping.layout.made, mapping.aliases)
        table = open_table(source, mapping.layout, wanted)
    except (ColumnsMissing, Unreadable) as error:  # another profile may look at another sheet
        return Candidate(profile["id"], getattr(error, "likeness", 0.0), str(error))
    try:
        found, missing = locate(table.header, mapping.required, mapping.aliases)
        score = len(found) / max(len(found) + len(missing), 1)
        if missing:
            message = explain_missing(table.header, missing, table.header_row)
            return Candidate(profile["id"], score, message)
        reader = RowReader(
            mapping, table.header, header_row=table.header_row, starts_1904=source.starts_1904
        )
        _check_period_above(mapping, table, reader)
    except ColumnsMissing as error:
        return Candidate(profile["id"], max(0.5, error.likeness), str(error))
    return Candidate(profile["id"], score, "", table, reader)


def _check_period_above(mapping: Mapping, table: Table, reader: RowReader) -> None:
    """Raises ColumnsMissing when the rows above say for all rows what is not a period."""
    text = table.facts.get(mapping.period, "")
    if text and not reader.is_period(text):
        raise ColumnsMissing(
            f"Above the table stands “{text[:60]}” as the period. We looked for one such as "
            f"{reader.example_of_period()}.",
            1.0,
        )
