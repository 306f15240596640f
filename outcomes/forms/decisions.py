"""The forms by which people send, approve and publish returns."""

from typing import Any

from django import forms

from design_system import fields


class SubmitForm(forms.Form):
    """Sends what was read for approval. `seen` binds the decision to what was on the page."""

    seen = forms.CharField(widget=forms.HiddenInput)
    correction_reason = fields.Textarea(
        label="Why do these figures need a correction?",
        help_text="Some of these months are already published. The reason is shown with them.",
        error_messages={"required": "Say why the published figures need a correction."},
    )

    def __init__(self, *args: Any, corrections: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not corrections:
            del self.fields["correction_reason"]


class ApprovalForm(forms.Form):
    """Approve, or send back with a reason."""

    APPROVE, RETURN = "approve", "return"

    seen = forms.CharField(widget=forms.HiddenInput)
    decision = fields.ChoiceField(
        label="Are these figures right?",
        choices=[(APPROVE, "Yes, approve them"), (RETURN, "No, send them back")],
        error_messages={"required": "Say whether the figures are right."},
    )
    reason = fields.Textarea(
        label="If you send them back: what needs to change?",
        help_text="The person who sent the figures will read this.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == self.RETURN and not (cleaned.get("reason") or "").strip():
            self.add_error("reason", "Say what needs to change, so that it can be put right.")
        return cleaned


class ReleaseForm(forms.Form):
    """Names a release. `seen` binds the decision to the list on the page."""

    seen = forms.CharField(widget=forms.HiddenInput)
    title = fields.CharField(
        label="Title of the release",
        max_length=160,
        error_messages={
            "required": "Give the release a title, such as “Figures for October 2026”."
        },
    )
    note = fields.Textarea(
        label="Note for readers",
        help_text="Anything people should know about these figures. You can leave this empty.",
        required=False,
    )
