"""One cell of the grid: what was typed, and the figure it means; and a row to add to the grid."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import forms

from design_system import fields
from outcomes.actions import entry
from outcomes.digits import exact_text, plain_text
from outcomes.forms.words import no_details_of_people
from outcomes.intake.numbers import Fault, NumberRules
from outcomes.models import Category, Measure, Observation
from outcomes.selectors.grid import Cell
from partners.models import Place

Status = Observation.Status
RULES = NumberRules()
NUMBER = {
    "inputmode": "decimal",
    "autocomplete": "off",
    "enterkeyhint": "next",
    "class": "portal-cell__number",
}
TYPED: dict[str, Any] = {
    "required": False,
    "max_length": 60,
    "error_messages": {"max_length": "This is too long for a number."},
}
OUT_OF_NOTHING = "This cannot be counted out of 0. Check both numbers."
PART_ABOVE_WHOLE = "This is larger than the whole it is a part of ({whole})."
NOT_WHOLE = "This must be a whole number."


class CellForm(forms.Form):
    """Numbers stay text until they are read, so that a wrong one comes back as it was typed.

    After `is_valid`, `figure` is what to keep, or None when the cell was left empty. What is
    filled in halfway is kept as unfinished, and so is a row that was added and has no figure yet.
    The status wins over the numbers: without JavaScript nothing else clears them.
    """

    numerator = fields.CharField(**TYPED, widget=forms.TextInput(NUMBER))
    denominator = fields.CharField(**TYPED, widget=forms.TextInput(NUMBER))
    status = fields.SelectField(label="What it is", required=False)
    note = fields.CharField(
        label="Note for readers",
        required=False,
        max_length=500,
        validators=[no_details_of_people],
        error_messages={"max_length": "Use at most 500 characters for the note."},
        widget=forms.TextInput({"autocomplete": "off", "enterkeyhint": "next"}),
    )
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, cell: Cell, data: Any = None) -> None:
        super().__init__(data, prefix=cell.key, initial=_initial(cell))
        self.cell = cell
        self.figure: dict[str, Any] | None = None
        self.fields["status"].choices = _choices(cell)
        self.fields["numerator"].label = _capital(cell.measure.numerator_label)
        if cell.measure.has_denominator:
            self.fields["denominator"].label = _capital(cell.measure.denominator_label)
        else:
            del self.fields["denominator"]
        for field in self.fields.values():
            field.widget.attrs["aria-describedby"] = f"cell-{cell.key}-past cell-{cell.key}-outcome"

    @property
    def is_touched(self) -> bool:
        """Whether it says something else than the page gave out, whatever is stored by now."""
        if not self.is_valid():
            return True
        typed = Observation(**self.figure) if self.figure else None
        return entry.fingerprint(typed) != self.cleaned_data["seen"]

    def clean_status(self) -> str:
        return self.cleaned_data["status"] or Status.VALUE

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        status = typed.get("status")
        if not status or self.errors:
            return typed
        note = typed["note"]
        if status not in entry.WITH_NUMBER:
            self.figure = _figure(None, None, status, note)
        elif status == Status.VALUE and not typed["numerator"] and not typed.get("denominator"):
            if note or not self.cell.is_asked:
                self.figure = _figure(None, None, Status.UNFINISHED, note)
        else:
            self._read_numbers(typed, note)
        return typed

    def _read_numbers(self, typed: dict[str, Any], note: str) -> None:
        measure = self.cell.measure
        is_zero = typed["status"] == Status.ZERO
        numerator = Decimal(0) if is_zero else self._number("numerator", typed["numerator"])
        denominator = None
        if measure.has_denominator:
            denominator = self._number("denominator", typed["denominator"])
        if self.errors:
            return
        if numerator is None or (measure.has_denominator and denominator is None):
            self.figure = _figure(numerator, denominator, Status.UNFINISHED, note)
            return
        if problem := _problem(measure, numerator, denominator):
            self.add_error("numerator", problem)
            return
        status = Status.VALUE if numerator else Status.ZERO
        self.figure = _figure(numerator, denominator, status, note)

    def _number(self, name: str, text: str) -> Decimal | None:
        if not text:
            return None
        value = RULES.parse(text)
        if isinstance(value, Fault):
            self.add_error(name, value.message)
            return None
        number = Decimal(value)  # type: ignore[arg-type]  # without marks nothing is absent
        if _is_protected(self.cell.measure) and number != number.to_integral_value():
            self.add_error(name, NOT_WHOLE)
            return None
        return number


def _problem(measure: Measure, numerator: Decimal, denominator: Decimal | None) -> str:
    """Why the two numbers cannot both be right; empty when they can."""
    if denominator is None or numerator <= denominator:
        return ""
    if measure.kind == Measure.Kind.PROPORTION:
        return PART_ABOVE_WHOLE.format(whole=exact_text(denominator))
    return "" if denominator else OUT_OF_NOTHING


class RowForm(forms.Form):
    """A row that the grid does not have yet; after `is_valid`, `cell` is what it asks for."""

    measure = fields.ModelSelectField(
        Measure.objects.none(),
        label="Measure",
        to_field_name="slug",
        empty_label=None,
        error_messages={"required": "Choose what the row is about."},
    )
    place = fields.ModelSelectField(
        Place.objects.none(),
        label="Borough",
        to_field_name="slug",
        empty_label="All together",
        required=False,
    )
    group = fields.SelectField(label="Group of people", required=False)

    def __init__(self, data: Any, *, measures: Any, places: Iterable[Place]) -> None:
        super().__init__(data, prefix="row")
        self.fields["measure"].queryset = measures
        self.fields["place"].queryset = Place.objects.filter(pk__in=[place.pk for place in places])
        self.groups = {f"{group.scheme}:{group.slug}": group for group in Category.objects.all()}
        self.fields["group"].choices = [("", "Everybody"), *self._by_scheme()]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "Choose one that is in the list."

    def _by_scheme(self) -> list[tuple[str, list[tuple[str, str]]]]:
        groups = groupby(self.groups.items(), key=lambda item: item[1].get_scheme_display())
        return [(name, [(key, group.name) for key, group in rows]) for name, rows in groups]

    @property
    def cell(self) -> Cell:
        chosen = self.cleaned_data
        group = self.groups.get(chosen["group"])
        return Cell(chosen["measure"], chosen["place"], group, None, is_asked=False)


def _is_protected(measure: Measure) -> bool:
    """Small numbers are hidden and others rounded: that is only defined for counts."""
    return measure.disclosure == Measure.Disclosure.SUPPRESS_AND_ROUND


def _figure(
    numerator: Decimal | None, denominator: Decimal | None, status: str, note: str
) -> dict[str, Any]:
    return {
        "numerator": numerator,
        "denominator": denominator,
        "status": str(status),
        "note": note,
    }


def _initial(cell: Cell) -> dict[str, str]:
    stored = cell.stored
    if stored is None:
        return {"status": Status.VALUE.value, "seen": entry.NOTHING}
    return {
        "numerator": plain_text(stored.numerator),
        "denominator": plain_text(stored.denominator),
        "status": Status.VALUE.value if stored.is_unfinished else stored.status,
        "note": stored.note,
        "seen": entry.fingerprint(stored),
    }


def _choices(cell: Cell) -> list[tuple[str, str]]:
    """Only a source can hide its figure, so that is offered where one did."""
    hidden = cell.stored is not None and cell.stored.status == Status.SUPPRESSED
    left_out = {Status.UNFINISHED} if hidden else {Status.UNFINISHED, Status.SUPPRESSED}
    return [(s.value, s.label) for s in Status if s not in left_out]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
