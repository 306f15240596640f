from typing import Any

from django import forms
from django.db.models import QuerySet

from design_system import fields
from partners.models import Place


class ProgrammeFilterForm(forms.Form):
    """Narrows the list of programmes down to one borough."""

    borough = fields.ModelSelectField(
        Place.objects.none(),
        label="Where do you need help?",
        empty_label="Anywhere",
        to_field_name="slug",
        required=False,
        error_messages={"invalid_choice": "Select a borough from the list"},
    )

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["borough"].queryset = places  # type: ignore[attr-defined]
