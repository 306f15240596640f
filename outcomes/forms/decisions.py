"""The forms by which people send returns."""

from typing import Any

from django import forms

from design_system import fields
from outcomes.forms.words import no_details_of_people

LONGEST_REASON = 2000
TOO_LONG = f"Use at most {LONGEST_REASON:,} characters for the reason."


class SubmitForm(forms.Form):
    """Sends what was read for approval. `seen` binds the decision to what was on the page."""

    seen = forms.CharField(widget=forms.HiddenInput)
    correction_reason = fields.Textarea(
        label="Why do these figures need a correction?",
        help_text="Some of these months are already published. The reason is shown with them.",
        max_length=LONGEST_REASON,
        validators=[no_details_of_people],
        error_messages={
            "required": "Say why the published figures need a correction.",
            "max_length": TOO_LONG,
        },
    )

    def __init__(self, *args: Any, corrections: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not corrections:
            del self.fields["correction_reason"]
