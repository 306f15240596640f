"""From the rows of a sheet to a table with one header row, as a layout says. Pure, streaming."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import chain, islice

from outcomes.intake.layout import Across, Combine, Layout
from outcomes.intake.names import ColumnsMissing, explain_missing, locate, loose, normalise
from outcomes.intake.periods import NotAPeriod, parse_period
from outcomes.intake.readers import Source, Unreadable
from outcomes.intake.readers.archives import column_letters
from outcomes.intake.spreading import spread

TRAILING_NOTE = re.compile(
    r"(?:(?<=\D)\s+\d{1,2}(?:\s*,\s*\d{1,2})*|[¹²³⁰⁴-⁹]+|\s*\(\d{1,2}\)|\s*\[[^\[\]]{1,20}\])$"
)
ITS_HEADER_WAS_FOUND = 0.9  # how like the layout such a file is
Numbered = Iterator[tuple[int, list[str]]]  # the row as a spreadsheet counts, and its cells


@dataclass(slots=True)
class Table:
    """A header and the rows below it, each with its number in the file."""

    header: list[str]
    rows: Numbered
    header_row: int = 1
    sheet: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)  # from the rows above: column → text


@dataclass(frozen=True, slots=True)
class Wanted:
    """The columns that the header must have, with other names for them."""

    columns: Collection[str] = ()
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def found(self, row: Sequence[str]) -> int:
        """How many of them stand in the row; all, too, when one stands there twice."""
        try:
            return len(locate(row, self.columns, self.aliases)[0])
        except ColumnsMissing:
            return len(self.columns)


def open_table(source: Source, layout: Layout, wanted: Wanted = Wanted()) -> Table:
    """The table a layout finds in a file: that of the first sheet where its header is found.

    Where columns are `wanted`, the table may lack some: it is the one that has most of them.
    Raises ColumnsMissing or Unreadable.
    """
    refusal: Exception = ColumnsMissing(_no_sheet(source, layout))
    best: Table | None = None
    for sheet in sheets_to_try(source, layout):
        try:
            table = _open_sheet(source, layout, sheet, wanted)
        except (ColumnsMissing, Unreadable) as error:  # another sheet may be the one
            if _likeness(error) >= _likeness(refusal):
                refusal = error
            continue
        if not layout.header.by_columns or wanted.found(table.header) == len(wanted.columns):
            return table
        if best is None or wanted.found(table.header) > wanted.found(best.header):
            best = table
    if best is None:
        raise refusal
    return best


def _likeness(refusal: Exception) -> float:
    return getattr(refusal, "likeness", 0.0)


def sheets_to_try(source: Source, layout: Layout) -> list[str]:
    """The sheets that may hold the table, the likeliest first."""
    choice = layout.sheet
    names = [
        sheet.name
        for sheet in source.sheets
        if (sheet.visible or choice.hidden)
        and not any(fnmatchcase(normalise(sheet.name), p.casefold()) for p in choice.unlike)
    ]
    if source.kind == "csv":
        return names[:1]
    liked = [n for p in choice.like for n in names if fnmatchcase(normalise(n), p.casefold())]
    others = names if choice.any or (layout.header.by_columns and not choice.like) else []
    others = others or ([] if choice.like else names[:1])
    return list(dict.fromkeys(liked + others))


def _no_sheet(source: Source, layout: Layout) -> str:
    wanted = " or ".join(f"“{pattern}”" for pattern in layout.sheet.like) or "a visible sheet"
    found = ", ".join(sheet.name for sheet in source.sheets[:20])
    return f"The file has no sheet called {wanted}. Found: {found or 'none'}."


def _open_sheet(source: Source, layout: Layout, sheet: str, wanted: Wanted) -> Table:
    titles: list[list[str]] = []
    rows: Numbered = enumerate(source.rows(sheet), start=1)
    if layout.header.by_columns:
        titles = _rows_to_columns(source.head(sheet, layout.header.within), wanted)
        number = len(titles)
        rows = islice(rows, number, None)
        if layout.is_plain:
            return Table(titles[-1], rows, number, sheet)
        titles = [_cleaned(row, layout.empty) for row in titles]
    else:
        number = _find_header(rows, layout, titles, sheet)
    texts = {cell.casefold() for row in titles for cell in row if cell}
    for pattern in layout.mentions:
        if not any(fnmatchcase(text, pattern) for text in texts):
            said = pattern.strip("*")
            raise ColumnsMissing(f"Neither the title nor the header of the table says “{said}”.")
    joined = joined_header(titles, layout.header.join, source.merged(sheet))
    return _Shaper(source, layout, titles, joined, number, sheet).table(rows)


def _rows_to_columns(head: list[list[str]], wanted: Wanted) -> list[list[str]]:
    """The rows down to the first that has all columns, else to the first that has most."""
    best, most = 0, -1
    for place, row in enumerate(head):
        found = wanted.found(row)
        if found > most:
            best, most = place, found
        if found == len(wanted.columns):
            break
    return head[: best + 1] or [[]]


def _find_header(rows: Numbered, layout: Layout, titles: list[list[str]], sheet: str) -> int:
    """Reads on to the header row, which becomes the last of `titles`; returns its number."""
    search = layout.header
    for number, row in islice(rows, search.row or search.within):
        cells = _cleaned(row, layout.empty)
        titles.append(cells)
        if number == search.row or (not search.row and _is_header(cells, layout)):
            return number
    if search.expect:
        nearest = max(titles, key=lambda r: len(locate_quietly(r, search.expect)), default=[])
        missing = [n for n in search.expect if n not in locate_quietly(nearest, search.expect)]
        number = titles.index(nearest) + 1 if titles else 1
        likeness = 1 - len(missing) / len(search.expect)
        raise ColumnsMissing(explain_missing(nearest, missing, number), likeness)
    where = f" on the sheet “{sheet}”" if sheet else ""
    sought = f"a name like “{search.like[0]}”" if search.like else "the names of the periods"
    raise ColumnsMissing(
        f"We looked in the first {search.within} rows{where} for a row with {sought}, and found "
        "none."
    )


def locate_quietly(row: Sequence[str], wanted: Iterable[str]) -> set[str]:
    """Which of the wanted names stand in the row, once or more."""
    names = {loose(cell) for cell in row}
    return {name for name in wanted if loose(name) in names}


def _is_header(cells: list[str], layout: Layout) -> bool:
    search = layout.header
    if search.expect:
        return len(locate_quietly(cells, search.expect)) == len(search.expect)
    if search.like:
        names = [normalise(cell) for cell in cells]
        return all(any(fnmatchcase(n, p.casefold()) for n in names) for p in search.like)
    formats = layout.across.formats if layout.across else ("month",)
    return sum(_period(cell, formats) is not None for cell in cells) >= search.periods


def _cleaned(row: Sequence[str], empty: frozenset[str]) -> list[str]:
    """The cells without double and no-break spaces; words for “empty” become empty."""
    cells = [" ".join(cell.split()) for cell in row]
    return ["" if cell.casefold() in empty else cell for cell in cells] if empty else cells


def joined_header(titles: list[list[str]], count: int, merged) -> list[str]:
    """One name for each column: those of the last rows of the titles, upper ones filled across."""
    *upper, last = [list(row) for row in titles[-count:]]
    width = max(map(len, (*upper, last)))
    first_row = len(titles) - len(upper) - 1
    for offset, row in enumerate(upper):
        row += [""] * (width - len(row))
        _fill_across(row, first_row + offset, merged)
    last += [""] * (width - len(last))
    parts = [[row[i] for row in (*upper, last) if row[i]] for i in range(width)]
    return [": ".join(dict.fromkeys(names)) for names in parts]


def _fill_across(row: list[str], number: int, merged) -> None:
    """Gives covered cells the text of the merged cell; where none is merged, of the left.

    Names may also be centred across cells that stay apart, and text knows no merged cells.
    """
    here = [
        (left, right)
        for (top, left), (bottom, right) in merged or ()
        if top <= number <= bottom and left < right and left < len(row)
    ]
    if here:
        for left, right in here:
            for column in range(left + 1, min(right + 1, len(row))):
                row[column] = row[column] or row[left]
        return
    text = ""
    for column, cell in enumerate(row):
        text = cell or text
        row[column] = text


class _Shaper:
    """Applies the steps of one layout to the rows below one header."""

    def __init__(self, source, layout, titles, header, number, sheet) -> None:
        self.source, self.layout, self.titles, self.sheet = source, layout, titles, sheet
        self.header_row = number
        self.header = [
            _renamed(name, layout.rename) or f"column {column_letters(place)}"
            for place, name in enumerate(header, start=1)
        ]
        self.unnamed = {place for place, name in enumerate(header) if not name}
        self.width = len(header)
        self.facts = [_beside(titles, column, label) for column, label in layout.beside]

    def table(self, rows: Numbered) -> Table:
        rows = self._body(rows)
        if self.layout.block:
            rows = self._from_block(rows)
        if self.layout.across:
            groups = self._period_columns(self.layout.across)
            header, rows = self._unpivoted(self.layout.across, groups, rows)
        else:
            header = self.header
        if self.layout.spread:
            header, rows = spread(header, rows, self.layout.spread)
        header += [column for column, _ in self.layout.beside]
        facts = self.facts
        if facts:
            rows = ((number, row + facts) for number, row in rows)
        named = dict(zip((column for column, _ in self.layout.beside), facts, strict=True))
        return Table(header, rows, self.header_row, self.sheet, named)

    def _body(self, rows: Numbered) -> Numbered:
        """The rows of the table, cleaned; shorter than the header only where the layout says so."""
        layout, short = self.layout, 0
        down = [self._place(name) for name in layout.fill_down]
        last = dict.fromkeys(down, "")
        for number, raw in rows:
            row = _cleaned(raw, layout.empty)
            if layout.until and _ends(row, layout.until):
                return
            if not any(row):
                continue
            if layout.short_rows:
                short = short or len(row)
                if len(row) == short and short < self.width:
                    row += [""] * (self.width - short)
            elif self.source.kind != "csv" and len(row) < self.width:
                row += [""] * (self.width - len(row))
            for place in down:
                if place < len(row):
                    last[place] = row[place] = row[place] or last[place]
            yield number, row

    def _place(self, name: str) -> int:
        found, missing = locate(self.header, [name])
        if missing:
            raise ColumnsMissing(explain_missing(self.header, missing, self.header_row))
        return found[name]

    def _from_block(self, rows: Numbered) -> Numbered:
        """The rows after the one that names the block; it names columns that have no name yet."""
        for number, row in rows:
            if len(locate_quietly(row, self.layout.block)) == len(self.layout.block):
                for place in self.unnamed:
                    if place < len(row) and row[place]:
                        self.header[place] = row[place]
                self.header_row = number
                return rows
        raise ColumnsMissing(
            "The table has no part with the columns " + ", ".join(self.layout.block) + ".",
            ITS_HEADER_WAS_FOUND,
        )

    def _period_columns(self, across: Across) -> dict[str, list[tuple[int, str]]]:
        """For each period the columns that belong to it, with the rest of their names."""
        groups: dict[str, list[tuple[int, str]]] = {}
        texts = self._row_of_periods(across)
        for place, text in enumerate(texts):
            if text is not None and (place not in self.unnamed or not across.above):
                name = self.header[place] if across.above else across.value
                groups.setdefault(text, []).append((place, name))
        if not groups:
            raise ColumnsMissing("No column of the header says which period it stands for.")
        return groups

    def _row_of_periods(self, across: Across) -> list[str | None]:
        """The period of each column as ISO, from the nearest row that says any."""
        levels = range(1 if across.above else 0, across.above + 1)
        for level in levels:
            if level >= len(self.titles):
                break
            row = self.titles[-1 - level]
            found = [_period(cell, across.formats, across.covers) for cell in row]
            if any(found):
                found += [None] * (self.width - len(found))
                if across.above:  # a date stands over the first of its columns
                    for place in range(1, len(found)):
                        found[place] = found[place] or found[place - 1]
                return found
        return []

    def _unpivoted(self, across: Across, groups, rows: Numbered) -> tuple[list[str], Numbered]:
        """One row for each period; what does not stand under a period is repeated."""
        taken = {place for columns in groups.values() for place, _ in columns}
        kept = list(range(min(taken)))
        names = list(dict.fromkeys(name for columns in groups.values() for _, name in columns))
        combined = [self._combination(each, kept) for each in self.layout.combine]
        made = {loose(name) for name in self.layout.made}
        header = [self.header[place] for place in kept]
        header = [f"{name} as given" if loose(name) in made else name for name in header]
        header += [each.into for each in self.layout.combine] + [across.into, *names]
        order = [
            (period, [{n: p for p, n in columns}.get(name) for name in names])
            for period, columns in groups.items()
        ]

        def spread() -> Numbered:
            for number, row in rows:
                if len(row) < self.width:
                    row += [""] * (self.width - len(row))
                if self.layout.without_numbers and not any(_is_figure(row[p]) for p in taken):
                    continue
                start = [row[place] for place in kept]
                start += [_last_text(row, places, each) for each, places in combined]
                for period, places in order:
                    yield number, [*start, period, *("" if p is None else row[p] for p in places)]

        return header, spread()

    def _combination(self, each: Combine, kept: list[int]) -> tuple[Combine, list[int]]:
        return each, kept if each.before_periods else [self._place(name) for name in each.columns]


def _renamed(name: str, rename: Sequence[tuple[str, str]]) -> str:
    plain = normalise(name)
    return next((new for pattern, new in rename if fnmatchcase(plain, pattern)), name)


def _is_figure(text: str) -> bool:
    """Whether the cell says something in a column of figures: anything but nothing."""
    return bool(text)


def _last_text(row: list[str], places: list[int], each: Combine) -> str:
    texts = (row[place] for place in reversed(places) if row[place])
    if each.like:
        texts = (t for t in texts if any(fnmatchcase(t.casefold(), p) for p in each.like))
    text = next(texts, "")
    return TRAILING_NOTE.sub("", text).strip() if each.trim_notes else text


def _ends(row: list[str], patterns: Sequence[str]) -> bool:
    first = next((cell for cell in row if cell), "").casefold()
    return any(fnmatchcase(first, pattern) for pattern in patterns)


def _beside(titles: list[list[str]], column: str, label: str) -> str:
    """The text to the right of a label in the title rows. Raises ColumnsMissing."""
    for row in titles:
        for place, cell in enumerate(row[:-1]):
            if loose(cell) == loose(label):
                text = next((c for c in row[place + 1 :] if c), "")
                if text:
                    return text
    for cell in chain(*titles):  # or both stand in one cell
        if cell.casefold().startswith(label.casefold()) and cell[len(label) :].strip(" :"):
            return cell[len(label) :].strip(" :")
    raise ColumnsMissing(
        f"We looked above the table for “{label}” and what stands beside it.", ITS_HEADER_WAS_FOUND
    )


def _period(text: str, formats: Sequence[str], covers: str = "") -> str | None:
    if not text or len(text) > 40:
        return None
    try:
        return parse_period(text, formats, covers=covers).first.isoformat()
    except NotAPeriod:
        return None
