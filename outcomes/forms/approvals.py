"""The forms by which approvers decide on what waits for them."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from design_system import fields
from outcomes.forms.decisions import LONGEST_REASON, TOO_LONG
from outcomes.forms.words import no_details_of_people
from outcomes.intake import personal
from outcomes.models import Submission

APPROVE, RETURN, RETURN_MARKED = "approve", "return", "return_marked"
MOST_MARKS = 200
LONGEST_QUESTION = 500
ID = re.compile(r"[0-9]{1,18}")


class ApprovalForm(forms.Form):
    """Approve, or send back with a reason and questions about single figures.

    `seen` binds the decision to what was on the page. `marks` has the question about each marked
    figure by its id, gathered over all pages that were looked through: whoever writes a question
    marks the figure.
    """

    seen = forms.CharField(widget=forms.HiddenInput)
    decision = fields.ChoiceField(
        label="Are these figures right?",
        label_size="m",
        error_messages={"required": "Say whether the figures are right."},
    )
    reason = fields.Textarea(
        label="If you send them back: what needs to change?",
        help_text="The people who entered and sent the figures read this, here and by e-mail.",
        required=False,
        max_length=LONGEST_REASON,
        validators=[no_details_of_people],
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(
        self, *args: Any, returns: int, marks: Mapping[int, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.marks = marks or {}
        self.fields["decision"].choices = _choices(returns)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        decision, reason = cleaned.get("decision"), (cleaned.get("reason") or "").strip()
        if len(self.marks) > MOST_MARKS:
            self.add_error(None, f"Mark at most {MOST_MARKS} figures and say the rest in words.")
        if decision == APPROVE and self.marks:
            count = len(self.marks)
            self.add_error(
                "decision",
                f"You marked {count} figure{'s'[: count != 1]}. Send the figures back, or take the "
                "marks away before you approve them.",
            )
        for why in filter(None, map(personal.why_not, self.marks.values())):
            self.add_error(None, f"A question about a marked figure: {why}")
        if decision == RETURN_MARKED and not self.marks:
            self.add_error("decision", "Mark at least one figure, or send all the returns back.")
        if decision in (RETURN, RETURN_MARKED) and not reason and not self._says_enough():
            self.add_error("reason", "Say what needs to change, so that it can be put right.")
        return cleaned

    @property
    def reason_given(self) -> str:
        """The reason for all; where every marked figure has its own, a pointer to them."""
        return self.cleaned_data["reason"].strip() or "Please look at the figures that are marked."

    def _says_enough(self) -> bool:
        return bool(self.marks) and all(question for question in self.marks.values())


def _choices(returns: int) -> list[tuple[str, str]]:
    choices = [(APPROVE, "Yes, approve them")]
    if returns == 1:
        return [*choices, (RETURN, "No, send them back")]
    return [
        *choices,
        (RETURN, "No, send them all back"),
        (RETURN_MARKED, "Send back the returns with marked figures; the others keep waiting"),
    ]


def marks_of(data: QueryDict) -> dict[int, str]:
    """The question about each figure that was marked, by its id; empty where only a tick is."""
    marks = {int(pk): "" for pk in data.getlist("mark") if ID.fullmatch(pk)}
    for name, value in data.items():
        pk = name.removeprefix("why-")
        if pk != name and ID.fullmatch(pk) and (int(pk) in marks or value.strip()):
            marks[int(pk)] = value.strip()[:LONGEST_QUESTION]
    return marks


class TogetherForm(forms.Form):
    """Approves several returns; the value of each says which return, and what was seen of it."""

    ticked = forms.MultipleChoiceField(
        error_messages={
            "required": "Tick at least one return to approve.",
            "invalid_choice": "Some of these returns have changed since you opened this page, or "
            "somebody has decided on them. Look at them again.",
        }
    )

    def __init__(self, *args: Any, returns: Mapping[str, Submission], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ticked"].choices = list(returns.items())
