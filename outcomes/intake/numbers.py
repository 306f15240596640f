"""What a cell says about a number: its value, a reason why there is none, or what is wrong. Pure.

Only the digits 0 to 9 count as digits: Python itself would take `1_000`, `１２` and `NaN`.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

NUMBER = re.compile(r"(?:\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.\d{1,4})?", re.ASCII)
LONG_DECIMALS = re.compile(r"(?:\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.\d{1,20})?", re.ASCII)
TAG = re.compile(r"<[^<>]{0,400}>")
SPACES = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\ufeff": ""})
# What statistical offices put behind a number: revised, provisional, estimated, a note.
FLAGGED = re.compile(r"(.*\d)\s*\[(?:[befpru]|note \d+(?:, \d+)*)\]", re.IGNORECASE)
FOUR_PLACES = Decimal("0.0001")
STATUSES = frozenset({"not_applicable", "not_collected", "late", "suppressed"})
ZERO, LEAVE_OUT = "zero", "leave_out"

EMPTY = "This cell is empty. Write 0 if there were none."
NEGATIVE = "This number is negative. It must be 0 or more."
NOT_A_NUMBER = "This is not a number. Use the digits 0 to 9 only."


@dataclass(frozen=True, slots=True)
class Absent:
    """A cell without a number that says why: one of STATUSES, or `leave_out`."""

    status: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell, in plain English."""

    message: str


Value = int | Decimal | Absent | Fault


@dataclass(frozen=True)
class NumberRules:
    """How the files of a profile write numbers.

    `marks` says what a sign means that stands where a number is expected: a status, `zero`, or
    `leave_out`; an empty text is the mark of an empty cell. `percent` allows a % sign after the
    number. `rounds` rounds more than four decimals, which are refused otherwise.
    """

    marks: dict[str, str] = field(default_factory=dict)
    percent: bool = False
    rounds: bool = False

    def __post_init__(self) -> None:
        unknown = sorted(set(self.marks.values()) - STATUSES - {ZERO, LEAVE_OUT})
        if unknown:
            raise ValueError(f"A mark cannot mean “{unknown[0]}”.")
        object.__setattr__(self, "marks", {k.casefold(): v for k, v in self.marks.items()})

    def parse(self, raw: str) -> Value:
        """The value of a cell. Counts come as int, so that most need no Decimal."""
        text = raw.translate(SPACES).strip() if raw else ""
        if self.marks:
            sign = TAG.sub("", text).strip().casefold() if "<" in text else text.casefold()
            if sign.startswith("[") and sign.endswith("]"):  # “[c]”, as official tables write “c”
                sign = sign[1:-1]
            meaning = self.marks.get(sign)
            if meaning:
                return 0 if meaning == ZERO else Absent(meaning)
        if self.percent and text.endswith("%"):
            text = text[:-1].rstrip()
        if text.isascii() and text.isdigit() and len(text) <= 9:
            return int(text)
        if NUMBER.fullmatch(text):
            return Decimal(text.replace(",", ""))
        if self.rounds and LONG_DECIMALS.fullmatch(text):
            return Decimal(text.replace(",", "")).quantize(FOUR_PLACES)
        if flagged := FLAGGED.fullmatch(text):
            return self.parse(flagged[1])
        return Fault(_what_is_wrong(text))


def parse_number(text: str) -> tuple[Decimal | None, str]:
    """The number a cell holds by the plainest rules, or None and what is wrong with it."""
    value = NumberRules().parse(text)
    if isinstance(value, Fault):
        return None, value.message
    return (None, EMPTY) if isinstance(value, Absent) else (Decimal(value), "")


def _what_is_wrong(text: str) -> str:
    if not text:
        return EMPTY
    if found := re.fullmatch(r"([=#])\(([A-Z]{1,4}\d+)\)", text):
        if found[1] == "=":
            return (
                f"Cell {found[2]} holds a formula whose result was not saved. Open the file in a "
                "spreadsheet program, save it, and send it again."
            )
        return f"Cell {found[2]} shows an error of the spreadsheet. Put the number right first."
    if text.startswith("="):
        return "This is a formula. Write the number itself."
    if text.startswith("#"):
        return "This is an error of the spreadsheet. Put the number right first."
    if text[0] in "-−" and LONG_DECIMALS.fullmatch(text[1:].strip()):
        return NEGATIVE
    if text.endswith("%"):
        return "This is a percentage. Send the numbers it was worked out from."
    if re.fullmatch(r"\d+(?:\.\d+)?e[+-]?\d+", text, re.ASCII | re.IGNORECASE):
        return "This number is written with an exponent. Write all of its digits."
    if LONG_DECIMALS.fullmatch(text):
        return "This number is too long: at most 4 decimals are kept. Round it."
    if text.isascii() and text.replace(",", "").replace(".", "").isdigit():
        return "This number is too long, or its commas or decimals are not where we expect."
    return NOT_A_NUMBER
