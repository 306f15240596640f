"""The examples that the gallery shows: each component in its usual, long and empty states."""

from typing import Any


def examples() -> dict[str, Any]:
    """Template context of the gallery."""
    return {}
