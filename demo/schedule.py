"""When the months of a demonstration were sent and published, seen from a given today. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from demo.content import Demonstration
from outcomes.periods import add_working_days, due_on, label, last_day, latest_ended, shift, span

MONTHLY_RELEASES = 12
DUE_WORKING_DAYS = 15


@dataclass(frozen=True, slots=True)
class Plan:
    """A release: whose it is, its months (both included) and the day it came out."""

    partnership: str
    title: str
    first: date
    last: date
    published_on: date


def last_published(today: date) -> date:
    """The latest month that is out: the last one that ended, once a working day has passed."""
    month = latest_ended(today, "month")
    is_out = _working_day_before(today) > last_day(month, "month")
    return month if is_out else shift(month, "month", -1)


def published_on(month: date, today: date) -> date:
    """The working day after the return was due; the last month may come out early."""
    planned = add_working_days(due_on(month, "month", DUE_WORKING_DAYS), 1)
    return min(planned, _working_day_before(today))


def sent_on(month: date, today: date) -> date:
    """The day a month was sent and approved: before it came out, after the month ended."""
    out = published_on(month, today)
    before = _working_day_before(out)
    return before if before > last_day(month, "month") else out


def releases(content: Demonstration, today: date) -> Iterator[Plan]:
    """One release for each past partnership, one for older months, then one a month for a year."""
    first, end = content.data_from, last_published(today)
    for partnership in content.partnerships:
        if partnership.ends_on:
            last = latest_ended(partnership.ends_on + timedelta(days=1), "month")
            yield _plan(partnership.slug, first, last, today)
            first = shift(last, "month", 1)
    monthly = max(first, shift(end, "month", 1 - MONTHLY_RELEASES))
    if first < monthly:
        yield _plan(content.current.slug, first, shift(monthly, "month", -1), today)
    for month in span(monthly, end, "month"):
        yield _plan(content.current.slug, month, month, today)


def _plan(partnership: str, first: date, last: date, today: date) -> Plan:
    months = label(last, "month")
    if first != last:
        months = f"{label(first, 'month')} to {months}"
    return Plan(partnership, f"Figures for {months}", first, last, published_on(last, today))


def _working_day_before(day: date) -> date:
    day -= timedelta(days=1)
    while add_working_days(day - timedelta(days=1), 1) != day:
        day -= timedelta(days=1)
    return day
