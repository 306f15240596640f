"""Numbers as they were given: all of their digits, and no others. Pure."""

from decimal import Decimal


def exact_text(number: Decimal | None) -> str:
    """As people read it: “1,234.5”; empty when there is none."""
    return "" if number is None else _without_idle_zeros(f"{number:,f}")


def plain_text(number: Decimal | None) -> str:
    """As programs read it: “1234.5”; empty when there is none."""
    return "" if number is None else _without_idle_zeros(f"{number:f}")


def _without_idle_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
