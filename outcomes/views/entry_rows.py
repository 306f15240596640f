"""Cells of the grid as pages show them: what was typed in each, and what came of saving it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from design_system.forms import ListedError
from design_system.templatetags.nhs import time_of_day
from outcomes.actions import entry
from outcomes.forms.entry import CellForm
from outcomes.models import Observation
from outcomes.selectors.grid import Cell

JUST_NOW = timedelta(minutes=1)


@dataclass
class Row:
    """One cell as the page shows it: its form, and what came of saving it."""

    form: CellForm
    outcome: str = ""  # saved, problem or conflict
    problems: tuple[str, ...] = ()
    overtaken: entry.Overtaken | None = None
    news: tuple[str, str] = ("", "")  # now, and later

    @property
    def cell(self) -> Cell:
        return self.form.cell

    @property
    def seen(self) -> str:
        """What the person has before their eyes: it stays while nothing new was shown to them."""
        if self.outcome in ("problem", "conflict"):
            return self.form["seen"].value() or ""
        return entry.fingerprint(self.cell.stored)

    @property
    def typed(self) -> str:
        """What the person typed, in the words of the page."""
        figure = self.form.figure
        if figure is None:
            return "nothing"
        return Observation(**figure).as_text

    @property
    def stored_seen(self) -> str:
        return entry.fingerprint(self.overtaken.stored) if self.overtaken else ""


def news(cell: Cell, who: str, when: datetime) -> tuple[str, str]:
    """What somebody else did to the cell: as it is said now, and as it is said later."""
    what = f"{who} saved {cell.stored.as_text}" if cell.stored else f"{who} cleared this figure"
    at = f"{what} at {time_of_day(timezone.localtime(when))}"
    return (f"{what}, just now" if timezone.now() - when < JUST_NOW else at), at


def keys_in(data: Iterable[str]) -> list[str]:
    """The names of the cells that a page has sent."""
    return [name.removesuffix("-seen") for name in data if name.endswith("-seen")]


def summary(rows: Iterable[Row]) -> str:
    """What came of saving them all; empty when there was nothing to save."""
    saved = [row for row in rows if row.outcome == "saved"]
    if not saved:
        return ""
    said = f"Saved: {len(saved)} figure{'s'[: len(saved) != 1]}."
    if half := sum(bool(row.cell.unfinished) for row in saved):
        said += f" {half} of them {'is' if half == 1 else 'are'} unfinished."
    return said


def problems(form: CellForm) -> Iterator[str]:
    """What is wrong, beside the cell; where it has two numbers, each is named."""
    two = "denominator" in form.fields
    for name, found in form.errors.items():
        label = f"{form.fields[name].label}: " if two and name in form.fields else ""
        yield from (f"{label}{message}" for message in found)


def not_saved(rows: Iterable[Row]) -> Iterator[dict[str, str]]:
    """What was typed and could not be saved, for a page that shows no fields any more."""
    for row in rows:
        if row.problems:
            words = (row.form[name].data for name in ("numerator", "denominator", "note")
                     if name in row.form.fields)  # fmt: skip
            yield {"key": row.cell.name, "value": " / ".join(filter(None, words))}


def errors(rows: Iterable[Row]) -> Iterator[ListedError]:
    """The same for the summary at the top of the page."""
    for row in rows:
        target = f"#id_{row.cell.key}-numerator"
        for problem in row.problems:
            yield ListedError(f"{row.cell.name}: {problem}", target)
        if row.overtaken:
            yield ListedError(
                f"{row.cell.name}: somebody else has changed it.", f"#cell-{row.cell.key}"
            )
