"""What people write in their own words: reasons, notes, answers and questions."""

from django.core.exceptions import ValidationError

from outcomes.intake import personal


def no_details_of_people(text: str) -> None:
    """A validator for fields with words. Raises ValidationError."""
    if why := personal.why_not(text):
        raise ValidationError(why)
