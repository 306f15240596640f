"""The forms by which analysts say what partners are asked for."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from design_system import fields
from outcomes.forms.words import no_details_of_people
from outcomes.models import Collection, Measure
from outcomes.models.measures import Frequency
from outcomes.periods import start_of
from partners.models import Organisation

MOST_WORKING_DAYS = 250  # a year
# What the dates of a collection follow from, and what its form shows as it is.
DATED = ("frequency", "due_working_days", "reminder_days", "closing_working_days", "asks_from",
         "asks_to")  # fmt: skip
OWN = ("name", "guidance", "frequency", "due_working_days", "closing_working_days", "accepts_from",
       "asks_from", "asks_to")  # fmt: skip


class DaysField(fields.CharField):
    """Several numbers of working days, typed as “1, 5”; the value is a sorted list."""

    def to_python(self, value: Any) -> list[int]:
        parts = str(value or "").replace(" and ", ",").replace(";", ",").split(",")
        try:
            days = sorted({int(part) for part in parts if part.strip()})
        except ValueError:
            days = [-1]
        if any(not 0 <= day <= MOST_WORKING_DAYS for day in days):
            raise ValidationError("Enter numbers of working days with commas, such as 1, 5.")
        return days  # type: ignore[return-value]

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value


class CollectionForm(forms.Form):
    """What is asked, of whom, how often and by when."""

    name = fields.CharField(
        label="Name",
        max_length=120,
        error_messages={"required": "Give the collection a name."},
    )
    guidance = fields.Textarea(
        label="What should they send?",
        help_text="In plain English. They read this when they type or send figures.",
        required=False,
    )
    frequency = fields.ChoiceField(label="How often?", choices=Frequency.choices)
    measures = fields.ModelMultipleChoiceField(
        queryset=Measure.objects.none(),
        to_field_name="slug",
        label="Measures",
        error_messages={"required": "Choose at least one measure."},
    )
    organisations = fields.ModelMultipleChoiceField(
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        label="Organisations",
        error_messages={"required": "Choose at least one organisation."},
    )
    due_working_days = fields.IntegerField(
        label="How many working days after the end of the period are figures due?",
        help_text="Weekends and bank holidays in England do not count.",
        min_value=0,
        max_value=MOST_WORKING_DAYS,
        width=3,
        suffix="working days",
    )
    remind_before = DaysField(
        label="Remind people how many working days before that?",
        help_text="With commas, such as 5, 1. 0 is the due day itself. Empty: no reminder before.",
        width=10,
        required=False,
    )
    remind_after = DaysField(
        label="Remind people how many working days after that, while figures are missing?",
        help_text="With commas, such as 1, 5. Empty: no reminder after.",
        width=10,
        required=False,
    )
    closing_working_days = fields.IntegerField(
        label="After how many working days does a period close?",
        help_text=(
            "Counted from the end of the period. Then partners cannot send its first figures "
            "unless you make an exception. Empty: it never closes."
        ),
        min_value=0,
        max_value=MOST_WORKING_DAYS,
        width=3,
        suffix="working days",
        required=False,
    )
    asks_from = fields.DateField(
        label="From when do you ask for figures?",
        help_text="Any day in the first period you ask for, such as 1 10 2026.",
        error_messages={"required": "Enter a day in the first period you ask for"},
    )
    asks_to = fields.DateField(
        label="Until when?",
        help_text="Any day in the last period you ask for. Empty: until you say so.",
        required=False,
    )
    accepts_from = fields.DateField(
        label="From when may they send figures unasked?",
        help_text="For figures of the past. Empty: from the first period you ask for.",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        measures: QuerySet[Measure],
        organisations: QuerySet[Organisation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measures"].queryset = measures
        self.fields["measures"].choice_hints = {m.slug: _hint(m) for m in measures}
        self.fields["organisations"].queryset = organisations

    def for_dates(self) -> None:
        """Dates follow from neither the name nor what is asked of whom."""
        for name in ("name", "measures", "organisations"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["reminder_days"] = sorted(
            {-day for day in cleaned.pop("remind_before", None) or []}
            | set(cleaned.pop("remind_after", None) or [])
        )
        cleaned["accepts_from"] = cleaned.get("accepts_from") or cleaned.get("asks_from")
        self._check_measures(cleaned)
        self._check_days(cleaned)
        return cleaned

    def _check_measures(self, cleaned: dict[str, Any]) -> None:
        frequency = cleaned.get("frequency")
        for measure in cleaned.get("measures") or []:
            if frequency and measure.frequency != frequency:
                words = measure.get_frequency_display().lower()
                wanted = Frequency(frequency).label.lower()
                self.add_error(
                    "measures",
                    f"“{measure}” is a {words} measure, so it cannot be in a {wanted} collection.",
                )

    def _check_days(self, cleaned: dict[str, Any]) -> None:
        due, closing = cleaned.get("due_working_days"), cleaned.get("closing_working_days")
        if due is not None and closing is not None and closing < due:
            self.add_error("closing_working_days", "A period cannot close before it is due.")
        frequency = cleaned.get("frequency")
        asks_from, asks_to = (cleaned.get(name) for name in ("asks_from", "asks_to"))
        if not frequency or not asks_from:
            return
        if asks_to and asks_to < start_of(asks_from, frequency):
            self.add_error("asks_to", "The last period must not be before the first one.")
        if cleaned["accepts_from"] > asks_from:
            self.add_error("accepts_from", "This must not be after the first period you ask for.")

    def collection(self) -> Collection | None:
        """A collection as typed, for its dates; None while they cannot be worked out."""
        cleaned = getattr(self, "cleaned_data", None) or {}
        known = {name: value for name, value in cleaned.items() if name in DATED}
        if self.errors or set(known) != set(DATED):
            return None
        for name in ("asks_from", "asks_to"):
            known[name] = known[name] and start_of(known[name], known["frequency"])
        return Collection(**known)

    @staticmethod
    def initial_of(collection: Collection) -> dict[str, Any]:
        """What the form shows of a collection."""
        days = collection.reminder_days
        return {name: getattr(collection, name) for name in OWN} | {
            "measures": [measure.slug for measure in collection.measures.all()],
            "organisations": [place.slug for place in collection.organisations.all()],
            "remind_before": sorted((-day for day in days if day <= 0), reverse=True),
            "remind_after": sorted(day for day in days if day > 0),
        }


def _hint(measure: Measure) -> str:
    parts = [measure.get_frequency_display()]
    if measure.programme:
        parts.append(str(measure.programme))
    return ", ".join(parts)


class ExtensionForm(forms.Form):
    """Who may send which period until when, and why."""

    organisation = fields.ModelSelectField(
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        label="Organisation",
        empty_label="Choose one",
        error_messages={"required": "Choose the organisation that may send later."},
    )
    period = fields.SelectField(
        label="Period", error_messages={"required": "Choose the period that they may send."}
    )
    until = fields.DateField(
        label="Until when may they send it?",
        help_text="The last day on which we take the figures, such as 31 3 2027.",
        error_messages={"required": "Enter the last day on which we take the figures"},
    )
    reason = fields.Textarea(
        label="Why?",
        help_text="Others will read this in the record of changes.",
        max_length=300,
        validators=[no_details_of_people],
        error_messages={"required": "Say why they may send later."},
    )

    def __init__(
        self,
        *args: Any,
        organisations: QuerySet[Organisation],
        periods: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["period"].choices = [("", "Choose one"), *periods]

    def clean_period(self) -> date:
        return date.fromisoformat(self.cleaned_data["period"])

    def clean_until(self) -> date:
        until = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise ValidationError("That day has passed. Choose today or a later day.")
        return until
