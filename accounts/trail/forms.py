from django import forms

from accounts.trail.sources import Filters, kind_name, kinds

NO_DATE = "Enter a real date, such as 31/3/2026"


def kind_choices() -> list[tuple[str, str]]:
    named = sorted((kind_name(kind), kind) for kind in kinds())
    return [("", "Everything"), *((kind, name) for name, kind in named)]


class FiltersForm(forms.Form):
    """What somebody looks for in the record; sent by GET, so that it can be kept as a bookmark."""

    person = forms.CharField(
        label="Who did it",
        required=False,
        max_length=120,
        help_text="A name or an e-mail address, or a part of it.",
    )
    kind = forms.ChoiceField(label="What it was done to", required=False, choices=kind_choices)
    from_day = forms.DateField(
        label="First day",
        required=False,
        help_text="For example, 31/3/2026.",
        error_messages={"invalid": NO_DATE},
    )
    to_day = forms.DateField(label="Last day", required=False, error_messages={"invalid": NO_DATE})
    words = forms.CharField(
        label="Words",
        required=False,
        max_length=100,
        help_text="In the reason, the address of the page, or what it was done to.",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, width in (("person", 30), ("from_day", 10), ("to_day", 10), ("words", 30)):
            setattr(self.fields[name], "width", width)  # noqa: B010 (the field's template asks)

    def clean(self) -> dict:
        values = super().clean() or {}
        first, last = values.get("from_day"), values.get("to_day")
        if first and last and last < first:
            self.add_error("to_day", "The last day must not be before the first")
        return values

    def filters(self) -> Filters:
        """The filters of a valid form."""
        return Filters(**self.cleaned_data)
