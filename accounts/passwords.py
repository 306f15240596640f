"""Passwords that somebody who knows the portal would try first."""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError

# The words of this place: what the portal, its partners and boroughs are called, and what people
# write when they are asked for a long password. docs/security.md shows the same groups.
PORTAL = "portal slic swl partnership partner partners care integrated collaborative outcomes"
NHS = "nhs nhsuk nhsengland trust hospital health council borough charity icb icp commissioner gp"
PLACES = (
    "southwark lambeth lewisham bexley bromley greenwich london south east west north thames "
    "croydon kingston merton richmond sutton wandsworth england britain guys thomas kings"
)
ROLES = "admin administrator analyst approver contributor editor board member user staff guest test"
WORDS = (
    "password passwort passphrase welcome letmein login signin secret changeme change please "
    "hello monkey dragon football sunshine princess iloveyou let me in my the is and for to new"
)
DATES = (
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter"
)
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "qazwsxedc")
WALKS = {
    row[start:end]
    for row in (*ROWS, *(row[::-1] for row in ROWS))
    for start in range(len(row))
    for end in range(start + 3, len(row) + 1)
}
GUESSABLE = WALKS.union(" ".join((PORTAL, NHS, PLACES, ROLES, WORDS, DATES)).split())
LONGEST = max(map(len, GUESSABLE))
LOOKALIKES = str.maketrans("013457@$", "oieastas")
ENOUGH = 200  # whoever writes so many letters has not chosen what others try first


class GuessableWordsValidator:
    """Refuses a password that is made of nothing but words and dates of this place.

    Digits, signs and the difference between P@ssw0rd and password do not count. Nor does it help to
    write one short piece again and again.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """ValidationError when somebody who knows the portal would try it early."""
        folded = unicodedata.normalize("NFKC", password).casefold()
        for text in (folded, folded.translate(LOOKALIKES)):
            letters = re.sub(r"[\W\d_]", "", text)[:ENOUGH]
            if not letters or _repeats(letters) or _nothing_but_these(letters):
                raise ValidationError(
                    "This password is easy to guess: it is made of words, names or dates that "
                    "others would try first, or of the same letters again and again. Put together "
                    "three words that have nothing to do with your work.",
                    code="password_guessable",
                )

    def get_help_text(self) -> str:
        """The hint under the field."""
        return (
            "Three words that have nothing to do with your work make a good password. Names of "
            "places, months and the partnership do not."
        )


def _repeats(letters: str) -> bool:
    """Whether it is one piece of at most six letters again and again."""
    return re.fullmatch(r"(.{1,6}?)\1{2,}", letters) is not None


def _nothing_but_these(letters: str) -> bool:
    """Whether it can be cut into words of the list; every cut is tried once."""
    cuts = {0}
    for start in range(len(letters)):
        if start in cuts:
            ends = range(start + 1, min(start + LONGEST, len(letters)) + 1)
            cuts.update(end for end in ends if letters[start:end] in GUESSABLE)
    return len(letters) in cuts
