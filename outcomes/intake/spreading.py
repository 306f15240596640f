"""From rows that each tell one figure to rows that tell what belongs together. Pure.

It reads all rows before it gives the first one: which belong together is not known earlier.
"""

from collections.abc import Iterator, Sequence
from itertools import product

from outcomes.intake.layout import Spread
from outcomes.intake.names import ColumnsMissing, explain_missing, locate
from outcomes.intake.readers import Unreadable

Numbered = Iterator[tuple[int, list[str]]]


def spread(header: Sequence[str], rows: Numbered, layout: Spread) -> tuple[list[str], Numbered]:
    """The new header, and the rows under the number of the first that went into each.

    A figure that stands there twice begins a row of its own, so that both are found as duplicates.
    Raises ColumnsMissing.
    """
    found, missing = locate(header, (layout.by, *layout.values))
    if missing:
        raise ColumnsMissing(explain_missing(header, missing))
    by, values = found[layout.by], [found[name] for name in layout.values]
    kept = [place for place in range(len(header)) if place not in (by, *values)]
    columns = list(product(layout.values, layout.names))
    place_of = {name.casefold(): place for place, name in enumerate(layout.names)}

    def together() -> Numbered:
        first: dict[tuple[str, ...], int] = {}
        made: list[tuple[int, list[str], list[str | None]]] = []
        for number, row in rows:
            if len(row) != len(header):
                raise Unreadable(
                    f"Row {number} has {len(row)} columns, but the header has {len(header)}. "
                    "Check for a missing or an extra comma."
                )
            name = place_of.get(row[by].casefold())
            if name is None and layout.others:
                continue
            if name is None:
                raise Unreadable(
                    f"In row {number} the column “{header[by]}” says “{row[by][:60]}”, which is "
                    "new in this kind of file, and sums would leave it out. Ask the analyst to "
                    "set it up."
                )
            rest = tuple(row[place] for place in kept)
            places = [name + step * len(layout.names) for step in range(len(values))]
            at = first.setdefault(rest, len(made))
            if at < len(made) and any(made[at][2][place] is not None for place in places):
                at = len(made)
            if at == len(made):
                made.append((number, list(rest), [None] * len(columns)))
            for place, column in zip(places, values, strict=True):
                made[at][2][place] = row[column]
        for number, start, figures in made:
            yield number, start + [layout.lacking if text is None else text for text in figures]

    new_header = [header[place] for place in kept]
    return new_header + [f"{value}: {name}" for value, name in columns], together()
