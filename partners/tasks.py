"""What this app does each minute: ask the database, call an action."""

from jobs.registry import on_tick
from partners.actions import organisations, staff


@on_tick
def deactivate_left_behind() -> None:
    organisations.deactivate_left_behind()


@on_tick
def deactivate_unfinished() -> None:
    staff.deactivate_unfinished()
