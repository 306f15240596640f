"""What a text says about a period: its first and last day. Pure.

A profile names the ways its files write periods: a pattern of `strptime`, one of the words of
`WORDS`, or `excel` and `excel month` for days written as a number. ISO dates are always understood,
because real date cells come as such.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T][\d:.]+)?", re.ASCII)
DAY_ZERO = date(1899, 12, 30)
DAY_ZERO_1904 = date(1904, 1, 1)
FIRST_SURE_SERIAL = 61  # Excel believes in 29 February 1900; before that day serials are off
FIRST_YEAR, LAST_YEAR = 1900, 2999


@dataclass(frozen=True, slots=True)
class Span:
    """A period by its first and last day."""

    first: date
    last: date


class NotAPeriod(ValueError):  # noqa: N818 (what happened)
    """The text is not a period in any of the ways tried."""


def parse_period(
    text: str, formats: Sequence[str] = (), *, covers: str = "", starts_1904: bool = False
) -> Span:
    """The period the text says. Raises NotAPeriod.

    `covers` (day, month, quarter, year) widens a date to the period it stands for: a bed return
    dated 1 September is that of July to September. Years start in April.
    """
    text = " ".join(text.split())
    span = _iso(text)
    for form in formats:
        if span:
            break
        if form in ("excel", "excel month"):
            span = _serial(text, starts_1904)
            if span and form == "excel month":  # other numbers are seldom the first of a month
                first = span.first
                span = _months(first.year, first.month, 1) if first.day == 1 else None
        elif form in WORDS:
            span = WORDS[form](text)
        else:
            span = _pattern(text, form)
    if span is None or not FIRST_YEAR <= span.first.year <= span.last.year <= LAST_YEAR:
        raise NotAPeriod(text)
    return _widen(span, covers) if covers else span


def _iso(text: str) -> Span | None:
    found = ISO.fullmatch(text)
    return _day(*map(int, found.groups())) if found else None


def _day(year: int, month: int, day: int) -> Span | None:
    try:
        return Span(date(year, month, day), date(year, month, day))
    except ValueError:
        return None


def _pattern(text: str, form: str) -> Span | None:
    if not text.isascii():
        return None
    try:
        first = datetime.strptime(text, form).date()
    except ValueError:
        return None
    return _months(first.year, first.month, 1) if "%d" not in form else Span(first, first)


def _serial(text: str, starts_1904: bool) -> Span | None:
    if not re.fullmatch(r"\d{1,6}", text, re.ASCII):
        return None
    days = int(text)
    if starts_1904:
        day = DAY_ZERO_1904 + timedelta(days)
    elif days >= FIRST_SURE_SERIAL:
        day = DAY_ZERO + timedelta(days)
    else:
        return None
    return Span(day, day)


def _months(year: int, month: int, count: int) -> Span | None:
    """`count` months from the first of this one."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return None
    end = year * 12 + month - 1 + count - 1
    last_year, last_month = divmod(end, 12)
    return Span(
        date(year, month, 1),
        date(last_year, last_month + 1, monthrange(last_year, last_month + 1)[1]),
    )


def _month_number(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in MONTHS else 0


def _month(text: str) -> Span | None:
    """April 2025, Apr-25, APR 2025, 2025-04, 04/2025."""
    if found := re.fullmatch(r"([A-Za-z]{3,9})\.?[ \-/]?(\d{4}|\d\d)", text, re.ASCII):
        name = found[1].lower()
        number = _month_number(name)
        full = date(2000, number, 1).strftime("%B").lower() if number else ""
        if not full.startswith(name) and name != "sept":
            return None
        return _months(_full_year(found[2]), number, 1)
    if found := re.fullmatch(r"(\d{4})[-/ ]?(\d\d)", text, re.ASCII):
        return _months(int(found[1]), int(found[2]), 1)
    if found := re.fullmatch(r"(\d\d?)[-/](\d{4})", text, re.ASCII):
        return _months(int(found[2]), int(found[1]), 1)
    return None


def _noted_month(text: str) -> Span | None:
    """A month with the mark of a footnote or a word behind it: Jan-203 is January 2020."""
    found = re.fullmatch(
        r"([A-Za-z]{3,9}\.?[ \-/]?(?:\d\d|\d{4}))"
        r"\s*(?:\d|[¹²³⁰⁴-⁹]+|\*|-? ?\(?(?:provisional|revised|final|p|r)\)?|\[[^\[\]]{1,20}\])",
        text,
        re.IGNORECASE,
    )
    return _month(found[1]) if found else None


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text) - (100 if int(text) > 79 else 0)


def _months_between(text: str) -> Span | None:
    """Jan-Mar 2019, Oct to Dec 2018, Aug 2009 - Jul 2012; without a year of its own, the first
    month is the last before the second.
    """
    if found := re.fullmatch(r"([A-Za-z]{3,9}) (\d{4}) ?[-–] ?([A-Za-z]{3,9}) (\d{4})", text):
        begin, end = _month_number(found[1]), _month_number(found[3])
        count = (int(found[4]) - int(found[2])) * 12 + end - begin + 1
        return _months(int(found[2]), begin, count) if begin and end and 0 < count < 241 else None
    found = re.fullmatch(r"([A-Za-z]{3,9}) ?(?:-|–|to) ?([A-Za-z]{3,9}) (\d{4})", text)
    if not found or not (start := _month_number(found[1])) or not (end := _month_number(found[2])):
        return None
    year = int(found[3]) - (start > end)
    return _months(year, start, (end - start) % 12 + 1)


def _quarter(text: str) -> Span | None:
    """Q1 2019/20 and 2019/20 Q1 start in April; 2019 Q1 and Q1 2019 in January."""
    found = re.fullmatch(
        r"(?:Q([1-4])[ \-]?)?(\d{4})(?:([/-])(\d{4}|\d\d))?(?:[ \-]?Q([1-4]))?", text
    )
    if not found or bool(found[1]) == bool(found[5]):
        return None
    year, quarter = int(found[2]), int(found[1] or found[5])
    if found[4]:
        return _months(*_quarter_of_financial_year(year, quarter), 3)
    return _months(year, quarter * 3 - 2, 3)


def _quarter_of_financial_year(year: int, quarter: int) -> tuple[int, int]:
    month = quarter * 3 + 1
    return (year + 1, 1) if month > 12 else (year, month)


def _calendar_year(text: str) -> Span | None:
    return _months(int(text), 1, 12) if re.fullmatch(r"\d{4}", text, re.ASCII) else None


def _financial_year(text: str) -> Span | None:
    """2013/14, 2013-14, 2013/2014: the second year must follow the first."""
    found = re.fullmatch(r"(\d{4})[/-](\d{4}|\d\d)", text, re.ASCII)
    if not found or (int(found[1]) + 1) % 10 ** len(found[2]) != int(found[2]):
        return None
    return _months(int(found[1]), 4, 12)


def _years(text: str) -> Span | None:
    """2018 - 20, 2018-2020; of financial years 2018/19 - 20/21."""
    if found := re.fullmatch(r"(\d{4})/(\d\d) ?[-–] ?(?:(\d\d|\d{4})/)(\d\d)", text, re.ASCII):
        first, last = int(found[1]), int(found[3]) % 100
        count = (last - first) % 100 + 1
        follows = (first + 1) % 100 == int(found[2]) and (last + 1) % 100 == int(found[4])
        return _months(first, 4, 12 * count) if follows and count <= 20 else None
    if found := re.fullmatch(r"(\d{4}) ?[-–] ?(\d{4}|\d\d)", text, re.ASCII):
        count = (int(found[2]) - int(found[1])) % 100 + 1
        return _months(int(found[1]), 1, 12 * count) if 2 <= count <= 20 else None
    return None


WORDS: dict[str, Callable[[str], Span | None]] = {
    "month": _month,
    "noted month": _noted_month,
    "months": _months_between,
    "quarter": _quarter,
    "year": _calendar_year,
    "financial year": _financial_year,
    "years": _years,
}


def _widen(span: Span, covers: str) -> Span:
    """The month, quarter or financial year in which the first day lies."""
    year, month = span.first.year, span.first.month
    if covers == "month":
        wide = _months(year, month, 1)
    elif covers == "quarter":
        wide = _months(year, (month - 1) // 3 * 3 + 1, 3)
    elif covers == "year":
        wide = _months(year - (month < 4), 4, 12)
    else:
        wide = span
    return wide or span
