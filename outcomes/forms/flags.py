"""The answers to what was noticed in returns, as they come from the page."""

from collections.abc import Mapping
from dataclasses import dataclass

TYPED, SEEN = "answer-", "value-"
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What was typed beside one flag, and the value of the figure as it stood on the page."""

    text: str
    seen: str


def read_answers(posted: Mapping[str, str]) -> dict[int, Answer]:
    """The answers by flag, also those left empty; whatever is not an answer is left out."""
    return {
        int(key): Answer(posted[name].strip(), posted.get(f"{SEEN}{key}", ""))
        for name in posted
        if (key := name.removeprefix(TYPED)) != name
        and key.isascii()
        and key.isdigit()
        and len(key) < 20  # Python reads no number of thousands of digits
        and int(key) <= LARGEST_KEY
    }
