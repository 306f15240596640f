"""The forms by which analysts define measures, review them and let their range start afresh."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from design_system import fields
from outcomes.models import MeasureVersion
from outcomes.models.definitions import DEFINED, Frequency, MeasureDefinition
from partners.models import Organisation
from programmes.models import Programme

Kind, Direction = MeasureDefinition.Kind, MeasureDefinition.Direction
Disclosure = MeasureDefinition.Disclosure
MULTIPLIERS = [(1, "1"), (100, "100, as for %"), (1_000, "1,000"), (10_000, "10,000"),
               (100_000, "100,000")]  # fmt: skip
KIND_HINTS = {
    Kind.COUNT: "How many, such as people helped. Months are added up to a year.",
    Kind.PROPORTION: "How many of all, such as people seen within 4 hours.",
    Kind.RATE: "How many for so many people, such as falls for 1,000 people.",
    Kind.MEAN: "How much on average, such as days in hospital.",
    Kind.MONEY: "How many pounds.",
}
YES_NO = [("True", "Yes"), ("False", "No")]


class YesNoField(fields.ChoiceField):
    """Yes or no, as two radio buttons; the value is a bool."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, choices=YES_NO, **kwargs)

    def clean(self, value: Any) -> bool:
        return super().clean(str(value)) == "True"

    def prepare_value(self, value: Any) -> str:
        return str(value)


class MeasureForm(forms.Form):
    """All that a definition says, and what is new in it."""

    name = fields.CharField(label="Name", max_length=160)
    description = fields.Textarea(label="What does it tell you?", help_text="In plain English.")
    rationale = fields.Textarea(label="Why is it worth knowing?", required=False)
    caveats = fields.Textarea(
        label="What must readers take care of?",
        help_text="Such as who is not counted, or what changed over time.",
        required=False,
    )
    programme = fields.ModelSelectField(
        queryset=Programme.objects.none(),
        to_field_name="slug",
        label="Programme",
        empty_label="Across all programmes",
        required=False,
    )
    owner = fields.ModelSelectField(
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        label="Who looks after it?",
        empty_label="Choose one",
    )
    source = fields.CharField(label="Where do the numbers come from?", max_length=200)
    next_review_on = fields.DateField(
        label="When is the definition looked at again?",
        help_text="For example, 1 4 2027.",
        error_messages={"required": "Enter the day of the next review."},
    )
    kind = fields.ChoiceField(
        label="What kind of measure is it?", choices=Kind.choices, choice_hints=KIND_HINTS
    )
    numerator_label = fields.CharField(
        label="What is counted (numerator)?",
        help_text="Such as “people seen within 4 hours”.",
        max_length=160,
    )
    denominator_label = fields.CharField(
        label="Out of what (denominator)?",
        help_text="Such as “all people who came”. Leave it empty for a count and for money.",
        max_length=160,
        required=False,
    )
    multiplier = fields.SelectField(
        label="Times what?",
        help_text="100 makes a percentage of it; 1,000 makes falls for 1,000 people.",
        choices=MULTIPLIERS,
    )
    unit = fields.CharField(
        label="Unit", help_text="Said after the number, such as % or people.", max_length=80
    )
    decimals = fields.IntegerField(label="How many decimals?", min_value=0, max_value=4, width=2)
    sentence_subject = fields.CharField(
        label="How does the sentence go on after the number?",
        help_text="“In May 2026, 84% …”: such as “of people were seen within 4 hours”.",
        max_length=160,
    )
    direction = fields.ChoiceField(label="What is better?", choices=Direction.choices)
    frequency = fields.ChoiceField(label="How often?", choices=Frequency.choices)
    about_people = YesNoField(label="Is it about people?")
    disclosure = fields.ChoiceField(
        label="How are people protected?",
        choices=Disclosure.choices,
        choice_hints={Disclosure.EXACT: "Needs a reason, if it is about people."},
    )
    disclosure_reason = fields.CharField(
        label="Why may exact numbers be shown?", max_length=300, required=False
    )
    sensitive = YesNoField(
        label="Would it harm somebody to know that nobody, or everybody, is concerned?",
        help_text="Then 0 and 100% are hidden like small numbers.",
    )
    ask_about_change = fields.IntegerField(
        label="Ask the sender when a figure changes by more than",
        help_text="Since the last period. Empty: never ask.",
        min_value=1,
        max_value=1000,
        width=4,
        suffix="%",
        required=False,
    )
    screen_outliers = YesNoField(
        label="Leave unusually large steps out of the expected range?",
        help_text="Yes keeps the range narrow after a single jump.",
    )
    two_of_three_counts_outside = YesNoField(
        label="Do points outside the range count towards two of three close to its edge?",
        help_text="Yes is the rule of Making Data Count since late 2023.",
    )
    signal_length = fields.ChoiceField(
        label="How many points in a row make a trend or a run?",
        choices=[(7, "Seven"), (6, "Six")],
    )
    reason = fields.Textarea(
        label="What is new in this version, and why?",
        help_text="Readers of the definition see it.",
        max_length=2000,
    )

    def __init__(
        self,
        *args: Any,
        programmes: QuerySet[Programme],
        organisations: QuerySet[Organisation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes
        self.fields["owner"].queryset = organisations

    def clean_multiplier(self) -> int:
        return int(self.cleaned_data["multiplier"])

    def clean_signal_length(self) -> int:
        return int(self.cleaned_data["signal_length"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        counted = cleaned.get("kind") in (Kind.COUNT, Kind.MONEY)
        denominator = cleaned.get("denominator_label")
        if counted and denominator:
            self.add_error("denominator_label", "A count and money have no denominator. Clear it.")
        if cleaned.get("kind") and not counted and not denominator:
            self.add_error("denominator_label", "Say out of what it is counted.")
        exact = cleaned.get("disclosure") == Disclosure.EXACT
        if exact and cleaned.get("about_people") and not cleaned.get("disclosure_reason"):
            self.add_error("disclosure_reason", "Say why exact numbers about people may be shown.")
        if exact and cleaned.get("sensitive"):
            self.add_error("disclosure", "Numbers that could harm somebody cannot be exact.")
        return cleaned

    @staticmethod
    def initial_of(defined: MeasureDefinition) -> dict[str, Any]:
        """What the form shows of a definition."""
        shown = {name: getattr(defined, name) for name in DEFINED}
        shown["programme"] = defined.programme and defined.programme.slug
        shown["owner"] = defined.owner.slug
        if isinstance(defined, MeasureVersion):
            shown["reason"] = defined.reason
        return shown


class SeenForm(forms.Form):
    """A decision, bound to the words that were on the page."""

    seen = forms.CharField(widget=forms.HiddenInput)


class AnswerForm(SeenForm):
    answer = fields.Textarea(
        label="What should be changed?",
        help_text="The people who wrote it read this.",
        max_length=2000,
        error_messages={"required": "Say what should be changed."},
    )


class RetireForm(forms.Form):
    reason = fields.Textarea(
        label="Why is it no longer used?",
        help_text="Readers see this on its page.",
        max_length=300,
        error_messages={"required": "Say why it is no longer used."},
    )


class ReviewForm(forms.Form):
    next_review_on = fields.DateField(
        label="When is it looked at again?",
        help_text="For example, 1 4 2028.",
        error_messages={"required": "Enter the day of the next review."},
    )
    note = fields.Textarea(
        label="What did you look at?",
        help_text="Kept in the record of changes.",
        max_length=300,
        error_messages={"required": "Say what you looked at."},
    )


class TargetForm(forms.Form):
    value = fields.DecimalField(
        label="What is the target?",
        max_digits=14,
        decimal_places=4,
        width=10,
        error_messages={"required": "Enter the target."},
    )
    from_date = fields.DateField(
        label="From which day?",
        help_text="For example, 1 4 2027.",
        error_messages={"required": "Enter the first day of the target."},
    )
    to_date = fields.DateField(
        label="Until which day?", help_text="Leave it empty if there is no end.", required=False
    )
    source = fields.CharField(
        label="Who set it?",
        help_text="Readers see this, such as “NHS constitution standard”.",
        max_length=160,
        error_messages={"required": "Say who set the target."},
    )

    def __init__(self, *args: Any, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].help_text = f"In the unit of the measure: {unit}."


class RebaseForm(forms.Form):
    period = fields.DateField(
        label="From when?",
        help_text="Any day in the first period of the new range, such as 1 4 2026.",
        error_messages={"required": "Enter a day in the first period of the new range."},
    )
    reason = fields.CharField(
        label="What changed?",
        help_text="Readers see this, such as “A second ward opened”.",
        max_length=200,
        error_messages={"required": "Say what changed."},
    )

    def clean_period(self) -> date:
        period = self.cleaned_data["period"]
        if period > date.today():
            raise ValidationError("That day is still to come. Choose one that has begun.")
        return period
