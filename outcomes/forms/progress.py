"""Narrows the pages about who has sent what."""

from django import forms

from design_system import fields
from outcomes.models import Collection


class ProgressForm(forms.Form):
    collection = fields.ModelSelectField(
        queryset=Collection.objects.all(),
        to_field_name="slug",
        label="Collection",
        empty_label="All",
        required=False,
    )
    months = fields.SelectField(
        label="Returns due in",
        choices=[
            ("3", "the last 3 months"),
            ("12", "the last 12 months"),
            ("36", "the last 3 years"),
        ],
        required=False,
    )

    def chosen(self) -> dict:
        """What to narrow to; a year of everything where nothing sensible was chosen."""
        cleaned = self.cleaned_data if self.is_valid() else {}
        return {
            "collection": cleaned.get("collection"),
            "months": cleaned.get("months") or "12",
        }
