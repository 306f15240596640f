"""Periods: a month, quarter or year, named by its first day. Financial years start on 1 April."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import holidays

MONTHS = {"month": 1, "quarter": 3, "year": 12}


def start_of(day: date, frequency: str) -> date:
    """The first day of the period that holds the day; quarters and years follow 1 April."""
    if frequency == "month":
        return day.replace(day=1)
    if frequency == "quarter":
        return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)


def shift(period: date, frequency: str, steps: int) -> date:
    """The period that many steps later (or earlier, when negative)."""
    months = period.year * 12 + period.month - 1 + steps * MONTHS[frequency]
    return date(months // 12, months % 12 + 1, 1)


def last_day(period: date, frequency: str) -> date:
    return shift(period, frequency, 1) - timedelta(days=1)


def span(first: date, last: date, frequency: str) -> Iterator[date]:
    """Each period from the first to the last, both included."""
    while first <= last:
        yield first
        first = shift(first, frequency, 1)


def label(period: date, frequency: str) -> str:
    """How people say it: “October 2026”, “July to September 2026” or “2026/27”."""
    if frequency == "month":
        return f"{period:%B %Y}"
    if frequency == "quarter":
        return f"{period:%B} to {last_day(period, frequency):%B %Y}"
    return f"{period.year}/{(period.year + 1) % 100:02d}"


def latest_ended(today: date, frequency: str) -> date:
    """The last period that is over on that day."""
    return shift(start_of(today, frequency), frequency, -1)


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.UK(subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Neither a weekend nor a bank holiday in England."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The day that is `count` English working days after the given one; before it, if negative."""
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        if is_working_day(day):
            count -= step.days
    return day


def due_on(period: date, frequency: str, working_days: int) -> date:
    """When the return for a period is due: that many working days after the period ends."""
    return add_working_days(last_day(period, frequency), working_days)


def first_not_past(today: date, frequency: str, working_days: int) -> date:
    """The first period for which that many working days after its end have not passed yet."""
    first = shift(latest_ended(today, frequency), frequency, 1)
    while due_on(before := shift(first, frequency, -1), frequency, working_days) >= today:
        first = before
    return first
