"""How a table stands in a file, as data of a profile. Pure. `tables` carries it out.

The keys of the JSON, all optional:

sheet       {like [patterns], any, hidden, unlike [patterns]}: the first visible sheet whose name
            fits a pattern; with `any`, every visible sheet is tried when none fits; `hidden` lets
            hidden ones in; `unlike` are never read, such as one with a part of the figures.
header      the first of `within` 60 rows that has all the columns the mapping needs; or {row}, or
            {expect [names]}, {like [patterns]}, {periods n}: the row that has all these names, a
            cell for each pattern, or n periods. {join n}: names of n rows are put together, each
            filled across merged cells.
mentions    [patterns]: each must fit a cell of the title rows or the header.
rename      {pattern: name}: columns whose name fits are called so. Headers filled down by dragging
            count up: “discharged by 17:00”, “17:01”, “17:02” are one column.
block       [names]: a later row with these names begins the part of the table that is wanted, and
            names the columns that the header leaves unnamed.
across      {formats [..], above, covers}: columns stand for periods. The period is said in the
            name of the column or up to `above` rows over it. Each row becomes one for each period.
beside      {column: label}: a fact from the title rows, in the cell to the right of its label.
combine     [{into, columns | before_periods, like [patterns], trim_notes}]: the last text of
            several columns (that fits), as in lists of areas that are indented over columns;
            `trim_notes` takes away the numbers of footnotes.
spread      {by, values [columns], names [..], lacking, others}: rows that differ in these columns
            only become one, with a column “value: name” for each; `lacking` stands where no row
            was. Other names than these are refused, or left out where `others` is true.
fill_down   [columns]: an empty cell means the same as the cell over it.
empty       [words]: texts that stand for an empty cell, such as NA.
until       [patterns]: the table ends before a row whose first text fits.
without_numbers  true: rows without any figure (headings, footnotes) are left out.
short_rows  true: all rows may lack the last columns of the header, alike.

A column without a name is called “column B” by its letter. Patterns know * and ?.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SheetChoice:
    like: tuple[str, ...] = ()
    any: bool = False
    hidden: bool = False
    unlike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeaderSearch:
    """Which row is the header. `row` counts from 1; 0 means that it is searched for."""

    row: int = 0
    expect: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    periods: int = 0
    within: int = 60
    join: int = 1

    @property
    def by_columns(self) -> bool:
        """Whether the columns that the mapping needs tell which row it is."""
        return not (self.row or self.expect or self.like or self.periods)


@dataclass(frozen=True, slots=True)
class Across:
    formats: tuple[str, ...]
    above: int = 0
    covers: str = ""
    into: str = "period"
    value: str = "value"


@dataclass(frozen=True, slots=True)
class Combine:
    into: str
    columns: tuple[str, ...] = ()
    before_periods: bool = False
    trim_notes: bool = False
    like: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    by: str
    values: tuple[str, ...]
    names: tuple[str, ...]
    lacking: str = ""
    others: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The steps from a sheet to a table with one header row. See the module for the keys."""

    sheet: SheetChoice = SheetChoice()
    header: HeaderSearch = HeaderSearch()
    block: tuple[str, ...] = ()
    across: Across | None = None
    mentions: tuple[str, ...] = ()
    rename: tuple[tuple[str, str], ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    combine: tuple[Combine, ...] = ()
    spread: Spread | None = None
    fill_down: tuple[str, ...] = ()
    empty: frozenset[str] = frozenset()
    until: tuple[str, ...] = ()
    without_numbers: bool = False
    short_rows: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether rows need no step at all: below the header they are used as they are."""
        return self == PLAIN

    @property
    def made(self) -> frozenset[str]:
        """The columns that these steps make; they say nothing about the kind of file."""
        names = [column for column, _ in self.beside] + [each.into for each in self.combine]
        if self.spread:
            names += [f"{v}: {name}" for v in self.spread.values for name in self.spread.names]
        return frozenset(names + ([self.across.into, self.across.value] if self.across else []))

    @property
    def used_up(self) -> frozenset[str]:
        """The columns of the file that these steps turn into others."""
        return frozenset((self.spread.by, *self.spread.values)) if self.spread else frozenset()

    @property
    def signs(self) -> int:
        """How many things the steps look for to know their kind of file."""
        found = self.header.expect + self.header.like + self.block + self.mentions
        return len(found) + len(self.beside)

    @classmethod
    def from_json(cls, spec: Mapping[str, Any]) -> "Layout":
        """Reads the `layout` of a profile. Raises KeyError or TypeError for keys unknown."""
        known = {
            "sheet", "header", "block", "across", "beside", "combine", "spread", "fill_down",
            "empty", "mentions", "rename", "until", "without_numbers", "short_rows",
        }  # fmt: skip
        if unknown := set(spec) - known:
            raise KeyError(f"unknown layout key {sorted(unknown)[0]}")
        return cls(
            sheet=SheetChoice(**_tuples(spec.get("sheet", {}))),
            header=HeaderSearch(**_tuples(spec.get("header", {}))),
            block=tuple(spec.get("block", ())),
            across=Across(**_tuples(spec["across"])) if "across" in spec else None,
            mentions=tuple(pattern.casefold() for pattern in spec.get("mentions", ())),
            rename=tuple((k.casefold(), v) for k, v in spec.get("rename", {}).items()),
            beside=tuple(spec.get("beside", {}).items()),
            combine=tuple(Combine(**_tuples(each)) for each in spec.get("combine", ())),
            spread=Spread(**_tuples(spec["spread"])) if "spread" in spec else None,
            fill_down=tuple(spec.get("fill_down", ())),
            empty=frozenset(word.casefold() for word in spec.get("empty", ())),
            until=tuple(pattern.casefold() for pattern in spec.get("until", ())),
            without_numbers=bool(spec.get("without_numbers", False)),
            short_rows=bool(spec.get("short_rows", False)),
        )


PLAIN = Layout()


def _tuples(spec: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in spec.items()}
