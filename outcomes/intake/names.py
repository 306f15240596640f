"""Names of columns: found in spite of differences nobody sees, and named when they are missing."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

MOST_SHOWN, MOST_MISSING = 20, 12
LONGEST_SHOWN = 60


UNNAMED = re.compile(r"column [a-z]{1,3}")  # what `tables` calls a column without a name
NOTE = re.compile(r"(?:\s*\[[^\[\]]{1,20}\]|[¹²³⁰⁴-⁹]|[*†‡])+\s*$")  # as footnotes are marked


class ColumnsMissing(Exception):  # noqa: N818 (a sentence for people)
    """The header lacks columns the profile needs; the message names them.

    `likeness` says how near the file came to the profile, from 0 to 1.
    """

    def __init__(self, message: str, likeness: float = 0.0) -> None:
        super().__init__(message)
        self.likeness = likeness


def normalise(name: str) -> str:
    """A column's name without differences nobody sees: case, width, spaces, marks of footnotes."""
    plain = NOTE.sub("", name) or name
    return " ".join(unicodedata.normalize("NFKC", plain).casefold().split())


def loose(name: str) -> str:
    """The letters, digits and meaningful signs of a name: “Area_Name” and “areaname” are alike."""
    return "".join(c for c in normalise(name) if c.isalnum() or c in "<>%£+")


def locate(
    header: Sequence[str],
    needed: Iterable[str],
    aliases: Mapping[str, Sequence[str]] | None = None,
) -> tuple[dict[str, int], list[str]]:
    """Where each needed column stands, and which of them are not there.

    A column is found by its own name, by one of its aliases, by a name that differs only in spaces
    and punctuation, or by the last part of a joined name when no other ends so. Raises
    ColumnsMissing when a needed name stands there twice.
    """
    names = [normalise(name) for name in header]
    alike = [loose(name) for name in names]
    ends = [loose(name.rpartition(": ")[2]) for name in names]
    found, missing = {}, []
    for column in sorted(set(needed)):
        for wanted in (column, *(aliases or {}).get(column, ())):
            places = _places(names, wanted) or _places(alike, loose(wanted))
            if not places and len(last := _places(ends, loose(wanted))) == 1:
                places = last
            if len(places) > 1:
                raise ColumnsMissing(f"The header has the column “{wanted}” more than once.")
            if places:
                found[column] = places[0]
                break
        else:
            missing.append(column)
    return found, missing


def _places(names: Sequence[str], wanted: str) -> list[int]:
    return [place for place, name in enumerate(names) if name and name == wanted]


def explain_missing(header: Sequence[str], missing: Sequence[str], row: int = 1) -> str:
    """A sentence about missing columns, with the nearest names that are there."""
    names = [n for n in (normalise(name) for name in header) if n and not UNNAMED.fullmatch(n)]
    shown = ", ".join(name[:LONGEST_SHOWN] for name in names[:MOST_SHOWN]) or "nothing"
    more = f" and {len(names) - MOST_SHOWN} more" if len(names) > MOST_SHOWN else ""
    lacking = ", ".join(missing[:MOST_MISSING])
    if len(missing) > MOST_MISSING:
        lacking += f" and {len(missing) - MOST_MISSING} more"
    sentences = [
        f"Row {row} must hold the names of the columns. Missing: {lacking}. Found: {shown}{more}."
    ]
    for column in missing[:3]:
        near = difflib.get_close_matches(column, names[:500], n=1, cutoff=0.7)
        if near:
            sentences.append(f"Did you mean “{column}” by “{near[0][:LONGEST_SHOWN]}”?")
    return " ".join(sentences)
