"""The forms by which people send files."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from design_system import fields
from partners.models import Organisation

EXTENSIONS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsb", ".ods")
MEGABYTE = 1024 * 1024


class UploadForm(forms.Form):
    """A file with figures; people who answer for several organisations say for which."""

    organisation = fields.ModelSelectField(
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        label="Organisation",
        empty_label="Choose one",
        error_messages={"required": "Choose the organisation whose figures these are."},
    )
    file = fields.FileField(
        label="Your file",
        help_text="CSV, TSV, TXT, XLSX, XLS, XLSB or ODS, of at most 100 MB.",
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
                "The file must be a CSV or text file, or a spreadsheet (XLSX, XLS, XLSB or ODS). "
                "Save it as one of these and try again."
            )
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                f"The file must be smaller than {settings.UPLOAD_MAX_BYTES // MEGABYTE} MB."
            )
        return file
