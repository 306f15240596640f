"""The screen on which somebody says what the columns of a file mean, and the name of a layout."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from design_system import fields
from outcomes.intake.answers import (
    ABOVE,
    ACROSS,
    BESIDE,
    CATEGORIES,
    FIGURES,
    FILTERS,
    MARKS,
    OURS,
    PLACE,
    Facts,
    NotAnExpression,
    terms,
    to_mapping,
)
from outcomes.intake.readers.archives import column_letters
from outcomes.intake.seen import Preview, Seen, likely_header, preview
from outcomes.models import Measure
from outcomes.models.measures import CategoryScheme
from partners.models import Place

Choices = list[tuple[str, Any]]
LONGEST_LABEL = 60
MOST_HEADER_ROWS = 3
FORMATS = [
    ("month", "April 2026, Apr-26 or 2026-04"),
    ("%Y-%m-%d", "2026-04-01, or real dates of a spreadsheet"),
    ("%d/%m/%Y", "01/04/2026 (day first)"),
    ("%d-%b-%Y", "01-Apr-2026"),
    ("%d %B %Y", "1 April 2026"),
    ("%Y%m%d", "20260401"),
    ("quarter", "Q1 2026/27 or 2026/27 Q1"),
    ("financial year", "2026/27"),
    ("months", "April to June 2026"),
    ("excel", "46113 (a date as a number of days)"),
]
MEANINGS = [
    ("", "A mistake in the file"),
    ("zero", "None: it counts as 0"),
    ("suppressed", "Hidden because the number is small"),
    ("not_collected", "Not collected"),
    ("not_applicable", "Not applicable"),
    ("late", "Late"),
    ("leave_out", "Nothing: leave it out"),
]
USUAL_MEANINGS = {"*": "suppressed", "c": "suppressed", "..": "not_collected",
                  "z": "not_applicable", "x": "not_collected", ":": "not_collected"}  # fmt: skip
HOWS = [("like", "says"), ("not_like", "does not say"), ("filled", "is filled in")]
NO_SUCH_COLUMN = "There is no column %(letter)s. The last one is %(last)s."


class ProfileNameForm(forms.Form):
    """The name by which people know a layout."""

    name = fields.CharField(
        label="Name of this layout",
        max_length=120,
        error_messages={"required": "Enter a name for this layout"},
    )

    def __init__(self, *args: Any, taken: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = {name.casefold() for name in taken}

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if name.casefold() in self.taken:
            raise forms.ValidationError("Another layout has this name. Choose a different one.")
        return name


class ColumnsForm(ProfileNameForm):
    """What the columns of the rows seen mean. Its answers become a mapping."""

    name = fields.CharField(
        label="Name of this layout",
        max_length=120,
        help_text="We use it to tell you how a file was read, such as “Ward system, monthly”.",
        error_messages={"required": "Enter a name for this layout"},
    )
    header_row = fields.IntegerField(
        label="Which row holds the names of the columns?",
        width=3,
        min_value=1,
        error_messages={"invalid": "Enter the number of the row."},
    )

    def __init__(
        self,
        *args: Any,
        seen: Seen,
        facts: Facts,
        measures: list[Measure],
        places: list[Place],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seen, self.facts, self.measures = seen, facts, measures
        if len(seen.sheet_names) > 1:
            names = [(name, name) for name in seen.sheet_names]
            self._add("sheet", fields.SelectField(label="Which sheet?", choices=names), seen.sheet)
        self._add(
            "header_rows",
            fields.SelectField(
                label="How many rows do the names fill?",
                choices=[(str(n), str(n)) for n in range(1, MOST_HEADER_ROWS + 1)],
                help_text="Where names stand in several rows, give the last one above.",
            ),
            "1",
        )
        self.fields["header_row"].initial = likely_header(seen.rows_seen)
        self.columns = self._columns()
        self._ask_who_and_when(places)
        self._ask_about_groups()
        self.measure_keys = [f"measure_{place}" for place in range(len(measures))]
        for key, measure in zip(self.measure_keys, measures, strict=True):
            self._ask_about_measure(key, measure)
        self._ask_which_rows()
        self.order_fields([name for name in self.fields if name != "name"] + ["name"])

    def _add(self, name: str, field: forms.Field, initial: Any = "") -> None:
        field.initial = initial
        self.fields[name] = field

    def _said(self, name: str, default: int) -> int:
        """A small number as it was typed, before anything is checked."""
        text = str(self.data.get(name) or self.initial.get(name) or default)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else default

    def _columns(self) -> Choices:
        rows = len(self.seen.rows_seen)
        row = self._said("header_row", self.fields["header_row"].initial)
        names = self.seen.names(min(max(row, 1), rows), self._said("header_rows", 1))
        letters = [column_letters(place) for place in range(1, len(names) + 1)]
        return [
            (letter, f"{letter}: {name[:LONGEST_LABEL]}")
            for letter, name in zip(letters, names, strict=True)
        ]

    def _column(self, label: str, *before: Any, required: bool = False, **more: Any):
        """A choice of a column, after choices of another kind."""
        empty = [("", "Choose")] if required else []
        choices = [*empty, *before, ("A column of the file", self.columns)]
        return fields.SelectField(label=label, choices=choices, required=required, **more)

    def _ask_who_and_when(self, places: list[Place]) -> None:
        frequency = self.facts.frequency
        self._add("period", self._column(
            "Where does the period stand?",
            ("Not in a column of its own", [
                (ACROSS, "Each column is a period"),
                (ABOVE, "Periods stand in the row above the names"),
                (BESIDE, "Above the table, beside a word"),
            ]),
            required=True,
        ))  # fmt: skip
        self._add("period_label", fields.CharField(
            label="Which word stands beside it?", required=False, max_length=80, width=20,
            help_text="Only if the period stands above the table, such as “Period:”.",
        ))  # fmt: skip
        self._add("period_format", fields.SelectField(
            label="How are periods written?", choices=FORMATS,
        ), "month")  # fmt: skip
        self._add("period_covers", fields.BooleanField(
            label=f"A date stands for the whole {frequency} it lies in", required=False,
        ), initial=False)  # fmt: skip
        ours = [(OURS, "All rows are ours")] if self.facts.ours else []
        self._add(
            "organisation",
            self._column("Which organisation is a row about?", *ours, required=not ours),
            OURS if ours else "",
        )
        self.fields["organisation"].required = True
        whole = [("", "The figures are not split by borough")]
        fixed = [(PLACE + place.slug, f"All rows are about {place.name}") for place in places]
        self._add("place", self._column("Which borough is a row about?", *whole, *fixed))
        self._add("only_our_places", fields.BooleanField(
            label="Leave out the rows of other areas", required=False,
        ), initial=False)  # fmt: skip

    def _ask_about_groups(self) -> None:
        both = [("", "The column says both, such as age:65-to-74")]
        for place in range(CATEGORIES):
            label = "Which group of people is a row about?" if not place else "And which other?"
            none = [("", "The figures are not split by group" if not place else "None")]
            self._add(f"category_{place}", self._column(label, *none))
            self._add(f"category_{place}_scheme", fields.SelectField(
                label="Which kind of group is it?", choices=CategoryScheme.choices + both,
                required=False,
            ), CategoryScheme.AGE)  # fmt: skip
        self._add("category_total", fields.CharField(
            label="Which words mean everybody?", required=False, max_length=200,
            help_text="With commas between them, such as: persons, all ages",
        ))  # fmt: skip

    def _ask_about_measure(self, key: str, measure: Measure) -> None:
        none = [("", "The file does not have it")]
        across = [(FIGURES, "The figures under the periods")]
        parts = [("numerator", measure.numerator_label)]
        parts += [("denominator", measure.denominator_label)] if measure.has_denominator else []
        for part, label in parts:
            name = f"{key}_{part}"
            self._add(name, self._column(label[:1].upper() + label[1:], *none, *across))
            self._add(f"{name}_more", fields.CharField(
                label=f"Add or take away other columns: {label}", required=False, max_length=100,
                width=10, help_text="By their letters, such as + E − F",
            ))  # fmt: skip
        self._add(f"{key}_where", self._column(
            "Only the rows where this column", ("", "Use all rows"),
        ))  # fmt: skip
        self._add(f"{key}_where_words", fields.CharField(
            label="says one of these words", required=False, max_length=200,
            help_text="With commas between them, written as in the file.",
        ))  # fmt: skip

    def _ask_which_rows(self) -> None:
        for place in range(FILTERS):
            label = "Use only rows where this column" if not place else "and this column"
            self._add(f"filter_{place}", self._column(label, ("", "Use all rows")))
            self._add(f"filter_{place}_how", fields.SelectField(label="How", choices=HOWS), "like")
            self._add(f"filter_{place}_words", fields.CharField(
                label="These words", required=False, max_length=200,
                help_text="With commas between them; * stands for any letters.",
            ))  # fmt: skip
        self._add("without_numbers", fields.BooleanField(
            label="Leave out rows without any figure, such as headings and footnotes",
            required=False,
        ), initial=False)  # fmt: skip
        for place, mark in enumerate(MARKS):
            said = f"A cell with “{mark}” means" if mark else "An empty cell means"
            self._add(f"mark_{place}", fields.SelectField(
                label=said, choices=MEANINGS, required=False,
            ), USUAL_MEANINGS.get(mark, ""))  # fmt: skip

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if (answers.get("header_row") or 0) > len(self.seen.rows_seen):
            last = len(self.seen.rows_seen)
            self.add_error("header_row", f"Enter a row from 1 to {last}: we see no further.")
        if answers.get("period") == BESIDE and not answers.get("period_label"):
            self.add_error("period_label", "Enter the word beside which the period stands")
        for key in self.measure_keys:
            self._check_measure(answers, key)
        if not any(answers.get(f"{key}_numerator") for key in self.measure_keys):
            message = "Say in which column the figures stand, for at least one measure."
            self.add_error(f"{self.measure_keys[0]}_numerator", message)
        for place in range(FILTERS):
            self._check_words(answers, f"filter_{place}", answers.get(f"filter_{place}_how"))
        return answers

    def clean_header_rows(self) -> int:
        return int(self.cleaned_data["header_rows"])

    def _check_measure(self, answers: dict[str, Any], key: str) -> None:
        numerator, denominator = f"{key}_numerator", f"{key}_denominator"
        if answers.get(numerator) and denominator in self.fields and not answers.get(denominator):
            label = self.fields[denominator].label
            self.add_error(denominator, f"Say in which column this stands: {label}")
        across = answers.get("period") in (ACROSS, ABOVE)
        for name in (numerator, denominator):
            if answers.get(name) == FIGURES and not across:
                self.add_error(name, "Choose a column: here the columns are not periods.")
        last = self.columns[-1][0]
        for name in (f"{numerator}_more", f"{denominator}_more"):
            try:
                named = terms(answers.get(name) or "")
            except NotAnExpression:
                self.add_error(name, "Write letters of columns with + or − before each: + E − F")
                continue
            for _, letter in named:
                if letter not in dict(self.columns):
                    said = NO_SUCH_COLUMN % {"letter": letter, "last": last}
                    self.add_error(name, said)
        self._check_words(answers, f"{key}_where", "")

    def _check_words(self, answers: dict[str, Any], name: str, how: str | None) -> None:
        words = (answers.get(f"{name}_words") or "").replace(",", "").strip()
        if answers.get(name) and how != "filled" and not words:
            self.add_error(f"{name}_words", "Enter the words to look for, or use all rows")

    # The parts of the screen; those that are seldom needed are closed until something stands there.

    @property
    def groups_part(self) -> dict[str, Any]:
        return self._part("category_")

    @property
    def rows_part(self) -> dict[str, Any]:
        return self._part("filter_", "without_numbers")

    @property
    def marks_part(self) -> dict[str, Any]:
        return self._part("mark_")

    @property
    def measure_parts(self) -> list[tuple[Measure, list[forms.BoundField], dict[str, Any]]]:
        found = []
        for key, measure in zip(self.measure_keys, self.measures, strict=True):
            main = [f"{key}_numerator", f"{key}_denominator"]
            shown = [self[name] for name in main if name in self.fields]
            found.append((measure, shown, self._part(f"{key}_", leave_out=main)))
        return found

    def _part(self, *starts: str, leave_out: Sequence[str] = ()) -> dict[str, Any]:
        names = [n for n in self.fields if n.startswith(starts) and n not in leave_out]
        bound = [self[name] for name in names]
        said = [f for f in bound if str(f.value() or "") != str(f.field.initial or "")]
        return {"fields": bound, "is_open": bool(said) or any(f.errors for f in bound)}

    def as_answers(self) -> dict[str, Any]:
        """What was said, as it can be kept and shown again."""
        return {k: v for k, v in self.cleaned_data.items() if k not in ("name", "sheet")}

    def as_mapping(self) -> dict[str, Any]:
        return to_mapping(self.as_answers(), self.seen, self.facts)

    def as_preview(self) -> Preview | None:
        """What the rows seen become; None while anything is missing."""
        return preview(self.seen, self.as_mapping()) if self.is_valid() else None
