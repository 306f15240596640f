"""Finds what is likely to be about a single person: it must never be sent. Pure.

NHS numbers are known by their check digit, postcodes by their shape, names and dates of birth by
the heading of their column. One in eleven other numbers of ten digits passes the check digit, so
the sentence says “looks like”. The postcode of an organisation may stay where the heading of its
column says that it is one.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from outcomes.intake.names import loose, normalise
from outcomes.intake.readers.archives import column_letters

MOST_FOUND = 20
MOST_REMEMBERED = 50_000
# No part of a longer number, of one with decimals, or of a date.
TEN_DIGITS = re.compile(
    r"(?<!\d)(?<!\d[.,/-])(\d{3})([ -]?)(\d{3})\2(\d{4})(?!\d|[.,/-]\d)", re.ASCII
)
POSTCODE = re.compile(
    r"(?:GIR 0AA|(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY]))"
    r" ?\d[ABD-HJLNP-UW-Z]{2})",
    re.ASCII,
)
# In a sentence only as it is properly written, since codes look much like it.
POSTCODE_IN_WORDS = re.compile(rf"\b(?:{POSTCODE.pattern.replace(' ?', ' ')})\b", re.ASCII)
BORN = re.compile(
    r"\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?)\W{0,3}\d{1,4}[ ./-]", re.ASCII | re.IGNORECASE
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
OF_ORGANISATIONS = re.compile(
    r"(?:organi[sz]ation|org|site|trust|practice|gp practice|surgery|provider|hospital|clinic|"
    r"pharmacy|care home|council|partner)s?['’]?s? (?:post ?code|pcode)s?"
)
KINDS = {loose(name): kind for kind, names in HEADINGS.items() for name in names.split(",")}


ASK = "If they are not about people, ask the analyst."
ORGANISATIONS_MAY = (
    "If they belong to organisations and not to people, say so in the name of the column, such as "
    "“Organisation postcode”."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Where something looks like a detail of a person. What stood there is not repeated.

    `place` names a part of the file other than the table: another sheet, or the notes on cells.
    """

    row: int
    column: str
    kind: str
    place: str = ""

    @property
    def where(self) -> str:
        cell = f"column “{self.column}” (row {self.row})" if self.row else "something"
        return f"{cell} in {self.place}" if self.place else cell


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


def in_words(text: str) -> str:
    """What a sentence seems to tell of a person: the kind, or nothing (empty)."""
    if any(is_nhs_number(each[1] + each[3] + each[4]) for each in TEN_DIGITS.finditer(text)):
        return NHS_NUMBER
    if POSTCODE_IN_WORDS.search(text):
        return POST
    return BIRTH if BORN.search(text) else ""


def why_not(text: str) -> str:
    """Why a text must not be kept, as a sentence; empty when nothing speaks against it."""
    kind = in_words(text)
    if not kind:
        return ""
    return (
        f"This seems to hold {'an' if kind == NHS_NUMBER else 'a'} {kind}. Never write details of "
        "single people here: take it out."
    )


def in_header(
    header: Sequence[str], row: int = 1, *, allowed: Collection[str] = ()
) -> list[Finding]:
    """Columns whose heading says that they are about single persons, but for those allowed."""
    innocent = {loose(name) for name in allowed}
    found = ((name, KINDS.get(loose(name))) for name in header if loose(name) not in innocent)
    return [Finding(row, " ".join(name.split())[:60], kind) for name, kind in found if kind]


def of_an_organisation(heading: str) -> bool:
    """Whether a heading says that its column holds the postcodes of organisations."""
    return bool(OF_ORGANISATIONS.fullmatch(normalise(heading.replace("_", " "))))


class Watch:
    """Lets rows pass and remembers where they look personal."""

    def __init__(self, header: Sequence[str], *, allowed: Collection[str] = ()) -> None:
        self.header = header
        innocent = {loose(name) for name in allowed}
        self.innocent = {place for place, name in enumerate(header) if loose(name) in innocent}
        self.sites = {place for place, name in enumerate(header) if of_an_organisation(name)}
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
                    elif kind == POST and place in self.sites:
                        continue
                    elif len(self.findings) < MOST_FOUND:
                        self.findings.append(Finding(number, self._name(place), kind))
            yield number, row

    def _name(self, place: int) -> str:
        """The heading of a column, or its letter where a detail stands in place of a heading."""
        name = " ".join(self.header[place].split())[:60] if place < len(self.header) else ""
        return name if name and not kind_of(name) else column_letters(place + 1)


def refusal(findings: Sequence[Finding]) -> str:
    """The sentence that refuses a file because of what was found in it."""
    first: dict[tuple[str, str, str], Finding] = {}
    for each in findings:
        first.setdefault((each.place, each.column, each.kind), each)
    places = [
        f"{each.where} looks like {'an' if each.kind == NHS_NUMBER else 'a'} {each.kind}"
        for each in list(first.values())[:5]
    ]
    kinds = {each.kind for each in findings}
    way_out = ORGANISATIONS_MAY if kinds <= {POST, CONTACT} else ASK
    return (
        "This file looks as if it holds details of single people, which must never be sent: "
        f"{'; '.join(places)}. Take this out and send the file again. {way_out}"
    )


def in_parts(parts: Mapping[str, tuple[int, int]]) -> list[Finding]:
    """Parts of a workbook with NHS numbers: most of their numbers of ten digits are such.

    `parts` has for each how many of these numbers carry the check digit, and how many there are.
    """
    return [
        Finding(0, "", NHS_NUMBER, part)
        for part, (passed, total) in parts.items()
        if passed and passed * 2 >= total
    ]


def nhs_numbers(texts: Iterable[str]) -> tuple[int, int]:
    """How many numbers of ten digits carry the check digit, and how many there are."""
    found = [each[1] + each[3] + each[4] for text in texts for each in TEN_DIGITS.finditer(text)]
    return sum(map(is_nhs_number, found)), len(found)
