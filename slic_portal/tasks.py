"""What the wiring has to do by itself; apps do their own work in their own `tasks.py`."""

from accounts.actions import sessions
from jobs.registry import on_tick


@on_tick
def clear_sessions() -> None:
    """Takes away sessions that are over. Nobody gets in by them; this keeps the table small."""
    sessions.clear()
