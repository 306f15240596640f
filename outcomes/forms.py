"""The forms staff fill in."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from design_system import fields
from partners.models import Organisation

EXTENSIONS = (".csv", ".xlsx")
MEGABYTE = 1024 * 1024


class UploadForm(forms.Form):
    """A file with figures; people who answer for several organisations say for which."""

    organisation = fields.ModelSelectField(
        queryset=Organisation.objects.none(), label="Organisation", empty_label="Choose one"
    )
    file = fields.FileField(
        label="Your file",
        help_text="A CSV or XLSX file of at most 10 MB.",
        error_messages={
            "required": "Choose a file to send.",
            "empty": "The file is empty. Choose a file that has a header and rows.",
        },
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(organisations) > 1:
            self.fields["organisation"].queryset = organisations
        else:
            del self.fields["organisation"]

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(EXTENSIONS):
            raise forms.ValidationError(
                "The file must be a CSV or XLSX file. Save it as one of these and try again."
            )
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                f"The file must be smaller than {settings.UPLOAD_MAX_BYTES // MEGABYTE} MB."
            )
        return file


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
