"""What stands in addresses beside slugs and uuids."""

from datetime import date


class DayConverter:
    """A day such as 2026-10-01; one that does not exist is no address."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)
