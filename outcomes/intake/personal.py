"""Finds what is likely to be about a single person: it must never be sent. Pure.

NHS numbers are known by their check digit, postcodes by their shape, names and dates of birth by
the heading of their column. One in eleven other numbers of ten digits passes the check digit, so
the sentence says “looks like”.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from outcomes.intake.names import loose
from outcomes.intake.readers.archives import column_letters

MOST_FOUND = 20
MOST_REMEMBERED = 50_000
TEN_DIGITS = re.compile(r"(?<![\d.,/-])(\d{3})([ -]?)(\d{3})\2(\d{4})(?![\d.,/-])", re.ASCII)
POSTCODE = re.compile(
    r"(?:GIR 0AA|(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY]))"
    r" ?\d[ABD-HJLNP-UW-Z]{2})",
    re.ASCII,
)
SHORTEST_SUSPECT = 6
NHS_NUMBER, POST, NAME, BIRTH, CONTACT = (
    "NHS number", "postcode", "name of a person", "date of birth", "contact of a person",
)  # fmt: skip
HEADINGS = {
    NHS_NUMBER: "nhs number, nhs no, nhs num, nhsnumber, patient nhs number, patient id, "
    "hospital number, national insurance number, ni number",
    NAME: "surname, last name, family name, forename, forenames, first name, given name, "
    "middle name, full name, patient, patient name, client name, service user name, resident name, "
    "person name, child name, pupil name, carer name, staff name, employee name, next of kin",
    BIRTH: "date of birth, dob, d.o.b., birth date, birthdate, patient dob, client dob",
    POST: "postcode, post code, postal code, zip code, patient postcode, home postcode",
    CONTACT: "home address, patient address, address line 1, mobile, mobile number, phone, "
    "phone number, telephone number, email, e-mail, email address, e-mail address",
}
KINDS = {loose(name): kind for kind, names in HEADINGS.items() for name in names.split(",")}


@dataclass(frozen=True, slots=True)
class Finding:
    """Where something looks like a detail of a person. What stood there is not repeated."""

    row: int
    column: str
    kind: str


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the right check digit (modulus 11)."""
    if len(set(digits)) == 1:
        return False
    total = sum(int(digits[place]) * (10 - place) for place in range(9))
    return 11 - total % 11 == (int(digits[9]) or 11)


def kind_of(text: str) -> str:
    """What a text looks like: an NHS number, a postcode, or nothing of the kind (empty)."""
    if len(text) < SHORTEST_SUSPECT:
        return ""
    for found in TEN_DIGITS.finditer(text):
        if is_nhs_number(found[1] + found[3] + found[4]):
            return NHS_NUMBER
    return POST if POSTCODE.fullmatch(text.strip().upper()) else ""


def in_header(
    header: Sequence[str], row: int = 1, *, allowed: Collection[str] = ()
) -> list[Finding]:
    """Columns whose heading says that they are about single persons, but for those allowed."""
    innocent = {loose(name) for name in allowed}
    found = ((name, KINDS.get(loose(name))) for name in header if loose(name) not in innocent)
    return [Finding(row, " ".join(name.split())[:60], kind) for name, kind in found if kind]


class Watch:
    """Lets rows pass and remembers where they look personal."""

    def __init__(self, header: Sequence[str], *, allowed: Collection[str] = ()) -> None:
        self.header = header
        innocent = {loose(name) for name in allowed}
        self.innocent = {place for place, name in enumerate(header) if loose(name) in innocent}
        self.findings: list[Finding] = []

    def rows(self, numbered: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
        harmless: set[str] = set()
        for number, row in numbered:
            if not harmless.issuperset(row):
                if len(harmless) > MOST_REMEMBERED:
                    harmless.clear()
                for place, text in enumerate(row):
                    if text in harmless or place in self.innocent:
                        continue
                    kind = kind_of(text)
                    if not kind:
                        harmless.add(text)
                    elif len(self.findings) < MOST_FOUND:
                        self.findings.append(Finding(number, self._name(place), kind))
            yield number, row

    def _name(self, place: int) -> str:
        """The heading of a column, or its letter where a detail stands in place of a heading."""
        name = " ".join(self.header[place].split())[:60] if place < len(self.header) else ""
        return name if name and not kind_of(name) else column_letters(place + 1)


def refusal(findings: Sequence[Finding]) -> str:
    """The sentence that refuses a file because of what was found in it."""
    by_kind: dict[tuple[str, str], int] = {}
    for each in findings:
        by_kind.setdefault((each.column, each.kind), each.row)
    places = [
        f"column “{column}” (row {row}) looks like a {kind}"
        if kind != NHS_NUMBER
        else f"column “{column}” (row {row}) looks like an {kind}"
        for (column, kind), row in list(by_kind.items())[:5]
    ]
    return (
        "This file looks as if it holds details of single people, which must never be sent: "
        f"{'; '.join(places)}. Take these columns out and send the file again. If they are not "
        "about people, ask the analyst."
    )
