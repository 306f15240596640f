"""The one control that Django does not have: a date in three boxes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

DATE_PARTS = ("day", "month", "year")
DateTyped = tuple[str, str, str]


class DateInput(forms.Widget):
    """Day, month and year in three boxes named `<name>_day`, `<name>_month`, `<name>_year`."""

    nhs_kind = "date"
    use_fieldset = True
    template_name = "design_system/forms/date_boxes.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The three boxes as dicts of name, id, label, value and width for the template."""
        context = super().get_context(name, value, attrs)
        typed = _as_typed(value)
        base_id = context["widget"]["attrs"].get("id", f"id_{name}")
        context["invalid"] = "aria-invalid" in context["widget"]["attrs"]
        context["boxes"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{base_id}_{part}",
                "label": part.capitalize(),
                "value": text,
                "width": 4 if part == "year" else 2,
            }
            for part, text in zip(DATE_PARTS, typed, strict=True)
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> DateTyped:
        """What was typed in the three boxes, without spaces around it."""
        day, month, year = (str(data.get(f"{name}_{part}", "")).strip() for part in DATE_PARTS)
        return day, month, year

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether none of the boxes was sent at all."""
        return all(f"{name}_{part}" not in data for part in DATE_PARTS)

    def id_for_label(self, id_: str) -> str:
        """None: the three boxes have labels of their own, the group has a legend."""
        return ""


def _as_typed(value: Any) -> DateTyped:
    """A date, or what was typed, as three texts; empty texts for nothing."""
    if isinstance(value, date):
        return str(value.day), str(value.month), str(value.year)
    return value or ("", "", "")
