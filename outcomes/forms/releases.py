"""The forms by which releases are planned, filled, approved and ended."""

import re
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from design_system import fields
from design_system.templatetags.nhs import time_of_day
from outcomes.forms.words import no_details_of_people
from outcomes.models import Collection, Release, Submission
from outcomes.periods import add_working_days
from outcomes.selectors.releases import USUAL_TIME

AT_ONCE, ON_A_DAY = "at_once", "on_a_day"
TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?")


class TimeField(fields.CharField):
    """A time of day, typed as “9:30am” or “14:00”; the value is a `datetime.time`."""

    default_error_messages = {"invalid": "Enter a time, such as 9:30am or 14:00."}

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return value or None
        found = TIME.fullmatch(str(value).strip().lower().replace("a.m.", "am"))
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        half = found[3] if found else None
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half or (found and not found[2]):  # “13pm”, or a bare “9”
            hour = 99
        try:
            return time(hour, minute)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        moment = datetime.combine(timezone.localdate(), value) if isinstance(value, time) else None
        return time_of_day(moment) if moment else value


class ReleaseForm(forms.Form):
    """What will be published and when; `seen` binds a change to what was on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    title = fields.CharField(
        label="Title of the release",
        help_text="Everybody reads it in the calendar of releases.",
        max_length=160,
        error_messages={
            "required": "Give the release a title, such as “Figures for October 2026”."
        },
    )
    collections = fields.ModelMultipleChoiceField(
        queryset=Collection.objects.none(),
        to_field_name="slug",
        label="What will it hold?",
        help_text="All approved returns of these collections are put into it. You can change that.",
        error_messages={"required": "Choose at least one collection."},
    )
    when = fields.ChoiceField(
        label="When is it published?",
        choices=[
            (ON_A_DAY, "On a day that readers know beforehand"),
            (AT_ONCE, "As soon as a second person has approved it"),
        ],
    )
    day = fields.DateField(label="On which day?", required=False)
    time = TimeField(
        label="At what time?",
        help_text="In London. Readers expect figures at 9:30am on a working day.",
        required=False,
        width=10,
    )
    note = fields.Textarea(
        label="Note for readers",
        help_text=(
            "What is new, and what people should know about these figures. You can write it later, "
            "but it is needed before the release is approved."
        ),
        required=False,
        validators=[no_details_of_people],
    )
    reissued = fields.BooleanField(
        label="It publishes whole periods again, as was planned and announced",
        help_text=(
            "Corrections of fewer than 8 people are published only in this way: otherwise readers "
            "could work out who was added."
        ),
        required=False,
    )

    def __init__(self, *args: Any, collections: QuerySet[Collection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["collections"].queryset = collections

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, at = cleaned.pop("day", None), cleaned.pop("time", None)
        cleaned["due_at"] = None
        if cleaned.pop("when", None) != ON_A_DAY or {"day", "time"} & set(self.errors):
            return cleaned
        if day is None:
            self.add_error("day", "Enter the day on which it is published.")
            return cleaned
        due = timezone.make_aware(datetime.combine(day, at or USUAL_TIME))
        if due <= timezone.now():
            self.add_error("day", "That time has passed. Choose a later one.")
        cleaned["due_at"] = due
        return cleaned

    @staticmethod
    def initial_of(release: Release | None, collections: QuerySet[Collection]) -> dict[str, Any]:
        """What the form shows of a release; of a new one the next working day at 9:30am."""
        if release is None:
            return {
                "when": ON_A_DAY,
                "day": add_working_days(timezone.localdate(), 1),
                "time": USUAL_TIME,
                "collections": [one.slug for one in collections],
            }
        due = release.due_at and timezone.localtime(release.due_at)
        return {
            "title": release.title,
            "note": release.note,
            "reissued": release.reissued,
            "when": ON_A_DAY if due else AT_ONCE,
            "day": due.date() if due else add_working_days(timezone.localdate(), 1),
            "time": due.time() if due else USUAL_TIME,
            "collections": [one.slug for one in release.collections.all()],
        }


class ContentsForm(forms.Form):
    """Which approved returns a release holds."""

    seen = forms.CharField(widget=forms.HiddenInput)
    submissions = forms.ModelMultipleChoiceField(
        queryset=Submission.objects.none(),
        to_field_name="uuid",
        required=False,
        error_messages={
            "invalid_choice": "One of these returns is in another release now. Look at the list."
        },
    )

    def __init__(self, *args: Any, submissions: QuerySet[Submission], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submissions"].queryset = submissions


class SeenForm(forms.Form):
    """Nothing but what was seen when the button was pressed."""

    seen = forms.CharField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why an approval is taken back, or a release is called off or withdrawn."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = fields.Textarea(
        label="Why?",
        max_length=2000,
        validators=[no_details_of_people],
        error_messages={"required": "Say why, in a sentence or two."},
    )

    def __init__(self, *args: Any, is_public: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_public:
            self.fields["reason"].help_text = "Everybody can read this on the page of the release."


class EarlyReaderForm(forms.Form):
    """Somebody who may read a release before everybody else."""

    user = fields.EmailField(
        label="Their e-mail address",
        help_text="Of somebody who can sign in to this portal.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    capacity = fields.CharField(
        label="In what capacity do they read it?",
        help_text="Such as “Chief executive, King’s College Hospital”. Everybody sees this later.",
        max_length=160,
    )

    def clean_user(self) -> User:
        email = self.cleaned_data["user"].strip().lower()
        found = User.objects.filter(email=email, is_active=True).first()
        if found is None:
            raise ValidationError(
                "Nobody with this address can sign in here. An administrator can invite them."
            )
        return found


class HoldForm(forms.Form):
    """Days on which nothing is published, and why."""

    first_day = fields.DateField(label="First day")
    last_day = fields.DateField(label="Last day")
    reason = fields.CharField(
        label="Why?",
        help_text="Such as “Local elections on 6 May 2027”. Everybody can read it.",
        max_length=200,
        error_messages={"required": "Say why nothing is published."},
    )

    def clean_last_day(self) -> Any:
        first, last = self.cleaned_data.get("first_day"), self.cleaned_data["last_day"]
        if last < timezone.localdate():
            raise ValidationError("That day has passed. Choose today or a later day.")
        if first and last < first:
            raise ValidationError("The last day must not be before the first one.")
        if first and last - first > timedelta(days=120):
            raise ValidationError("A hold lasts 120 days at most. Check the year.")
        return last
