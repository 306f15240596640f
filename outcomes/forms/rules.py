"""The form of a rule between figures: a few terms on each side, in rows."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms

from design_system import fields
from outcomes.models import Rule
from outcomes.models.collections import Operator, Weight, WhenMissing

ROWS = range(1, 5)
SIDES = {"left": "The left side", "right": "The right side"}
PLUS, MINUS = "plus", "minus"


class RuleForm(forms.Form):
    """`figures` are the choices of a term: “measure:part” and what it is called."""

    operator = fields.ChoiceField(
        label="How must the two sides compare?",
        choices=[(value, f"The left side {words} the right side") for value, words in
                 Operator.choices],
    )  # fmt: skip
    number = fields.DecimalField(
        label="A number to add to the right side",
        help_text="You can leave this empty.",
        width=10,
        required=False,
    )
    when_missing = fields.ChoiceField(label="If a figure is missing", choices=WhenMissing.choices)
    weight = fields.ChoiceField(label="If the rule is broken, it", choices=Weight.choices)
    sentence = fields.Textarea(
        label="What should the sender read then?",
        help_text="Say what is wrong and what to do.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what the sender should read"},
    )

    def __init__(self, *args: Any, figures: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for side in SIDES:
            for row in ROWS:
                for name, field in _term_fields(figures):
                    self.fields[f"{side}_{row}_{name}"] = field

    def sides(self) -> Iterator[dict[str, Any]]:
        """For the page: each side with its rows of fields; most rules need no more than two."""
        names = ("sign", "factor", "figure")
        for side, words in SIDES.items():
            rows = [{n: self[f"{side}_{row}_{n}"] for n in names} for row in ROWS]
            used = any(row["figure"].value() for row in rows[2:])
            yield {"name": side, "words": words, "rows": rows[:2], "more": rows[2:], "used": used}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        number = cleaned.pop("number", None)
        for side in SIDES:
            cleaned[side] = [term for row in ROWS if (term := _term(cleaned, f"{side}_{row}_"))]
        if number is not None:
            cleaned["right"].append({"number": _plain(number)})
        if not self.errors:
            if not cleaned["left"]:
                self.add_error("left_1_figure", "Select at least one figure for the left side.")
            if not cleaned["right"]:
                self.add_error("right_1_figure", "Select a figure for the right side, or a number.")
        return cleaned

    @staticmethod
    def initial_of(rule: Rule) -> dict[str, Any]:
        """What the form shows of a rule."""
        shown = {
            name: getattr(rule, name) for name in ("operator", "when_missing", "weight", "sentence")
        }
        for side in SIDES:
            terms = [term for term in getattr(rule, side) if "measure" in term]
            for row, term in zip(ROWS, terms, strict=False):
                factor = Decimal(str(term.get("factor", 1)))
                shown |= {
                    f"{side}_{row}_sign": MINUS if factor < 0 else PLUS,
                    f"{side}_{row}_factor": abs(factor),
                    f"{side}_{row}_figure": f"{term['measure']}:{term.get('part', 'numerator')}",
                }
        numbers = [Decimal(str(term["number"])) for term in rule.right if "number" in term]
        return shown | ({"number": sum(numbers)} if numbers else {})


def _term_fields(figures: list[tuple[str, str]]) -> Iterator[tuple[str, forms.Field]]:
    signs = [(PLUS, "Add"), (MINUS, "Take away")]
    yield "sign", fields.SelectField(label="Add or take away", choices=signs, required=False)
    yield (
        "factor",
        fields.DecimalField(
            label="Times", initial=1, min_value=0, max_digits=10, width=5, required=False
        ),
    )
    choices = [("", "None"), *figures]
    yield "figure", fields.SelectField(label="Figure", choices=choices, required=False)


def _term(cleaned: dict[str, Any], prefix: str) -> dict[str, Any] | None:
    sign, factor, figure = (cleaned.pop(prefix + n, None) for n in ("sign", "factor", "figure"))
    if not figure:
        return None
    measure, _, part = figure.partition(":")
    factor = Decimal(1) if factor is None else factor
    return {
        "measure": measure,
        "part": part,
        "factor": _plain(-factor if sign == MINUS else factor),
    }


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
