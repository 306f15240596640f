"""Numbers as they were given."""

from decimal import Decimal

import pytest

from outcomes.digits import exact_text, plain_text


@pytest.mark.parametrize(
    ("number", "text"), [("1E+3", "1,000"), ("0.5000", "0.5"), ("100", "100"), ("0.0", "0")]
)
def test_numbers_keep_their_digits_and_lose_idle_zeros(number, text):
    assert exact_text(Decimal(number)) == text
    assert plain_text(Decimal(number)) == text.replace(",", "")
    assert exact_text(None) == plain_text(None) == ""
