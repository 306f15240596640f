"""Form fields that carry their NHS look: declare one, write `{{ form.name.as_field_group }}`.

Each is Django's own field plus the few words the look needs: `width` in characters (2, 3, 4, 5, 10,
20 or 30), `prefix` and `suffix` beside the control, `label_size` (s, m, l or xl), and for choices
`choice_hints`, a sentence below a choice by its value. The hint is Django's `help_text`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from design_system import widgets


class Look:
    """The words a field's look needs; mixed into each field below, before Django's field.

    A required field left empty says "Enter …" with its own label, so that the sentence is clear in
    the error summary too; `verb` is the word it begins with. `error_messages` still wins.
    """

    verb = "Enter"

    def __init__(
        self,
        *args: Any,
        width: int | None = None,
        prefix: str = "",
        suffix: str = "",
        label_size: str = "",
        choice_hints: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        if label := str(kwargs.get("label") or ""):
            required = _asking_for(label, self.verb)
            kwargs["error_messages"] = {
                "required": required,
                **(kwargs.get("error_messages") or {}),
            }
        super().__init__(*args, **kwargs)
        self.width = width
        self.prefix = prefix
        self.suffix = suffix
        self.label_size = label_size
        self.choice_hints = dict(choice_hints or {})


def _asking_for(label: str, verb: str) -> str:
    """The sentence that asks for what was left empty: "Enter your name"."""
    if label.endswith("?"):
        return f"Answer the question: {label}"
    is_abbreviation = label[:2].isalpha() and label[:2].isupper()  # such as "NHS number"
    return f"{verb} {label if is_abbreviation else label[:1].lower() + label[1:]}"


class CharField(Look, forms.CharField):
    """One line of text."""

    template_name = "design_system/forms/input.html"


class EmailField(Look, forms.EmailField):
    """An e-mail address; the browser may offer the person's own."""

    template_name = "design_system/forms/input.html"
    widget = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})


class PasswordField(Look, forms.CharField):
    """A password, with a button to show it where JavaScript runs; never sent back to the page."""

    template_name = "design_system/forms/password.html"
    widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, strip=False, **kwargs)


class IntegerField(Look, forms.IntegerField):
    """A whole number, typed as text so that a wrong one comes back as it was typed."""

    template_name = "design_system/forms/input.html"
    widget = forms.TextInput(attrs={"inputmode": "numeric"})


class DecimalField(Look, forms.DecimalField):
    """A number with decimals, typed as text so that a wrong one comes back as it was typed."""

    template_name = "design_system/forms/input.html"
    widget = forms.TextInput(attrs={"inputmode": "decimal"})


class Textarea(Look, forms.CharField):
    """Several lines of text."""

    template_name = "design_system/forms/input.html"
    widget = forms.Textarea(attrs={"rows": 5})


class SelectField(Look, forms.ChoiceField):
    """One choice of many, as a drop-down list. Prefer ChoiceField for up to ten choices."""

    verb = "Select"
    template_name = "design_system/forms/input.html"


class ChoiceField(Look, forms.ChoiceField):
    """One choice of a few, as radio buttons."""

    verb = "Select"
    template_name = "design_system/forms/choices.html"
    widget = forms.RadioSelect


class ModelSelectField(Look, forms.ModelChoiceField):
    """One row of a queryset, as a drop-down list."""

    verb = "Select"
    template_name = "design_system/forms/input.html"


class MultipleChoiceField(Look, forms.MultipleChoiceField):
    """Any number of choices, as checkboxes."""

    verb = "Select"
    template_name = "design_system/forms/choices.html"
    widget = forms.CheckboxSelectMultiple


class ModelMultipleChoiceField(Look, forms.ModelMultipleChoiceField):
    """Any number of rows of a queryset, as checkboxes."""

    verb = "Select"
    template_name = "design_system/forms/choices.html"
    widget = forms.CheckboxSelectMultiple


class BooleanField(Look, forms.BooleanField):
    """Yes or nothing, as one checkbox."""

    verb = "Tick to say:"
    template_name = "design_system/forms/checkbox.html"


class FileField(Look, forms.FileField):
    """A file from the person's computer."""

    verb = "Choose"
    template_name = "design_system/forms/file.html"
    widget = forms.FileInput


class DateField(Look, forms.Field):
    """A day, typed as day, month and year; the value is a `datetime.date` or None."""

    template_name = "design_system/forms/date.html"
    widget = widgets.DateInput
    default_error_messages = {
        "required": "Enter the date",
        "missing": "The date must include a %(parts)s",
        "invalid": "Enter a real date, such as 31 3 2016",
    }

    def to_python(self, value: Any) -> date | None:
        """The date typed; ValidationError says which parts are missing, or that it is not real."""
        if value is None or isinstance(value, date):
            return value
        missing = [name for name, part in zip(widgets.DATE_PARTS, value, strict=True) if not part]
        if len(missing) == len(widgets.DATE_PARTS):
            return None
        if missing:
            raise ValidationError(
                self.error_messages["missing"],
                code="missing",
                params={"parts": " and a ".join(missing)},
            )
        try:
            day, month, year = (int(part) for part in value)
            return date(year, month, day)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another day was typed; what is not a date counts as a change."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True
