"""Where apps register the work they can do. Handlers live in each app's `tasks.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobs.models import Job


class Refused(Exception):  # noqa: N818 (a sentence for people, not a programming error)
    """The work cannot be done and trying again would not help; the message says why."""


@dataclass(frozen=True)
class Handler:
    run: Callable[["Job"], None]
    queue: str
    time_limit: int
    on_failure: Callable[["Job"], None] | None


HANDLERS: dict[str, Handler] = {}
ON_TICK: list[Callable[[], None]] = []


def handler(
    kind: str,
    *,
    queue: str = "default",
    time_limit: int = 90,
    on_failure: Callable[["Job"], None] | None = None,
) -> Callable[[Callable[["Job"], None]], Callable[["Job"], None]]:
    """Registers a function as the handler of a kind of job.

    `time_limit` is in seconds. `on_failure` is called in the transaction in which the job finally
    fails, so that the row it worked for can say so.
    """

    def register(run: Callable[["Job"], None]) -> Callable[["Job"], None]:
        if kind in HANDLERS:
            raise ValueError(f"Two handlers for jobs of kind {kind!r}.")
        HANDLERS[kind] = Handler(run, queue, time_limit, on_failure)
        return run

    return register


def on_tick(run: Callable[[], None]) -> Callable[[], None]:
    """Registers a function that is called every minute: quick, idempotent, asks the database."""
    ON_TICK.append(run)
    return run
