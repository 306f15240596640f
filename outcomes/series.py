"""What a Series holds: the shape of its points and its summary, as stored in JSON.

Pages, reports and downloads read these keys and nothing else; all numbers a person sees are
formatted once, here, when the Series is built.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, Protocol, TypedDict

from outcomes.periods import MONTHS, label, shift, span
from outcomes.statistics.signals import PACKAGE_RULES, Rules, SpecialCause
from outcomes.statistics.spc import XmRChart, XmRPoint, xmr

if TYPE_CHECKING:
    from outcomes.models import Measure

Status = Literal["value", "suppressed", "missing"]


class Point(TypedDict):
    """One period of a series. Numbers are in the measure's unit; texts are ready to be shown."""

    period: str  # ISO date of the first day
    label: str  # “October 2026”
    status: Status
    numerator: float | None
    denominator: float | None
    value: float | None
    numerator_text: str
    denominator_text: str
    text: str  # the value as shown, without unit; “hidden” or “no data” otherwise
    mean: float | None
    lower: float | None  # lower process limit
    upper: float | None
    mean_text: str
    lower_text: str
    upper_text: str
    point_type: str  # common_cause, special_cause_improvement, …
    signal: str  # what is unusual, in plain English; empty otherwise
    rebase: bool  # the expected range starts afresh here
    year_total: float | None  # counts: this period and those before it that make up a year
    year_total_text: str
    reported: int  # organisations that reported
    expected: int  # organisations that were asked


class Summary(TypedDict):
    """The latest state of a series, in words and numbers."""

    status: Literal["value", "suppressed", "missing", "empty"]
    period: str
    period_label: str
    value: float | None
    text: str  # “84.1%”, “1,234 people”
    year_ago_text: str
    year_total_text: str
    target: float | None
    target_text: str
    target_met: bool | None
    variation: str  # name of the icon; empty without data
    variation_meaning: str
    assurance: str  # name of the icon; empty without target
    assurance_meaning: str
    sentence: str  # for citizens
    board_sentence: str
    chart_text: str  # what the chart shows, for people who cannot see it
    reported: int
    expected: int
    provisional: bool
    points: int
    short: bool  # too few points for a reliable expected range
    inequalities: list["Inequality"]  # of the whole: how far the most and least deprived lie apart


class Inequality(TypedDict):
    """What a page says of the groups of one scheme: rows of a summary list."""

    scheme: str
    rows: list[dict[str, str]]  # key, value


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of one period before it is shown: sums over what was reported.

    numerator and denominator are None where nothing may be or can be shown.
    """

    numerator: Fraction | None
    denominator: Fraction | None
    suppressed: bool = False
    decimals: int | None = None  # at most this many, where small numbers are protected
    reported: int = 0
    expected: int = 0
    sources: frozenset[int] = frozenset()  # the organisations that reported
    mean: Fraction | None = None  # shown though its numerator is not: how much it was in all

    @property
    def is_partial(self) -> bool:
        """Whether somebody who was asked has yet to report."""
        return self.reported < self.expected


NOTHING = Cell(None, None)


@dataclass(frozen=True, slots=True)
class Definition:
    """What the building of a series needs to know of its measure."""

    frequency: str
    has_denominator: bool
    is_count: bool
    multiplier: int
    unit: str
    decimals: int
    direction: str
    subject: str
    rebases: tuple[date, ...] = ()
    target: float | None = None
    screen_outliers: bool = True
    rules: Rules = PACKAGE_RULES

    @classmethod
    def of(cls, measure: "Measure", on: date | None = None) -> "Definition":
        """The definition of a measure, with the target in force on that day."""
        target = measure.target_on(on) if on else None
        return cls(
            frequency=measure.frequency,
            has_denominator=measure.has_denominator,
            is_count=measure.is_count,
            multiplier=measure.multiplier,
            unit=measure.unit,
            decimals=measure.decimals,
            direction=measure.direction,
            subject=measure.sentence_subject,
            rebases=tuple(rebase.period for rebase in measure.agreed_rebases),
            target=None if target is None else float(target),
            screen_outliers=measure.screen_outliers,
            rules=Rules(
                trend_length=measure.signal_length,
                run_length=measure.signal_length,
                two_of_three_counts_outside=measure.two_of_three_counts_outside,
            ),
        )


HIDDEN_TEXT, MISSING_TEXT = "hidden", "no data"
MOST_HIDDEN = 5  # with more than one in so many hidden there is no average and no expected range


def build_points(
    cells: Mapping[date, Cell], definition: Definition
) -> tuple[list[Point], XmRChart]:
    """The points of a series, gaps included, from the first period to the last, and its chart.

    `cells` holds at least one period. Limits are worked out on the values as they may be shown.
    """
    periods = list(span(min(cells), max(cells), definition.frequency))
    known = [cells.get(period, NOTHING) for period in periods]
    values = [value_of(cell, definition) for cell in known]
    # What some partners have yet to report is shown, but not compared with what is whole.
    compared = [None if c.is_partial else v for c, v in zip(known, values, strict=True)]
    if _mostly_hidden(known):
        compared = [None] * len(compared)
    chart = xmr(
        compared,
        dates=periods,
        improvement_direction=definition.direction,
        target=definition.target,
        rebase=definition.rebases,
        screen_outliers=definition.screen_outliers,
        screen_to_zero=False,
        rules=definition.rules,
    )
    totals = _year_totals(known, definition)
    columns = zip(periods, known, values, chart.points, totals, strict=True)
    return [_point(*column, definition) for column in columns], chart


def _mostly_hidden(cells: Sequence[Cell]) -> bool:
    """Whether an average of those that are shown would mislead: hidden ones are all small."""
    hidden = sum(cell.suppressed for cell in cells)
    shown = sum(cell.numerator is not None for cell in cells)
    return hidden * MOST_HIDDEN > hidden + shown


class Formula(Protocol):
    """How a value follows from a numerator and a denominator; measures and definitions know."""

    @property
    def has_denominator(self) -> bool: ...
    @property
    def multiplier(self) -> int: ...


def value_of(cell: Cell, definition: Formula) -> float | None:
    """The value in the measure's unit, rounded once, at the end, to the nearest double."""
    if cell.mean is not None:
        return float(cell.mean)
    if cell.suppressed or cell.numerator is None:
        return None
    if not definition.has_denominator:
        return float(cell.numerator * definition.multiplier)
    if not cell.denominator:
        return None
    return float(cell.numerator * definition.multiplier / cell.denominator)


def _year_totals(cells: Sequence[Cell], definition: Definition) -> list[float | None]:
    """For counts: the sum of a year's periods up to each one; None unless all are known."""
    length = 12 // MONTHS[definition.frequency]
    known = [None if c.suppressed or c.is_partial else c.numerator for c in cells]
    totals: list[float | None] = []
    for end in range(1, len(known) + 1):
        year = known[end - length : end] if end >= length else []
        complete = definition.is_count and year and None not in year
        totals.append(float(sum(n for n in year if n is not None)) if complete else None)
    return totals


def _point(
    period: date,
    cell: Cell,
    value: float | None,
    facts: XmRPoint,
    year_total: float | None,
    definition: Definition,
) -> Point:
    status: Status = (
        "suppressed" if cell.suppressed else "value" if value is not None else "missing"
    )
    decimals = min(d for d in (definition.decimals, cell.decimals) if d is not None)
    counted = HIDDEN_TEXT if cell.suppressed else count_text(cell.numerator)
    shown = {"suppressed": HIDDEN_TEXT, "missing": MISSING_TEXT}.get(status)
    return {
        "period": period.isoformat(),
        "label": label(period, definition.frequency),
        "status": status,
        "numerator": _number(cell.numerator),
        "denominator": _number(cell.denominator),
        "value": value,
        "numerator_text": counted,
        "denominator_text": count_text(cell.denominator),
        "text": shown or number_text(value, decimals),
        "mean": facts.mean,
        "lower": facts.lower_process_limit,
        "upper": facts.upper_process_limit,
        "mean_text": number_text(facts.mean, definition.decimals),
        "lower_text": number_text(facts.lower_process_limit, definition.decimals),
        "upper_text": number_text(facts.upper_process_limit, definition.decimals),
        "point_type": str(facts.point_type),
        "signal": signal_words(facts.special_cause_type, definition.rules),
        "rebase": period in definition.rebases,
        "year_total": year_total,
        "year_total_text": count_text(year_total),
        "reported": cell.reported,
        "expected": cell.expected,
    }


SIGNAL_WORDS = {
    SpecialCause.ABOVE_LIMIT: "higher than expected",
    SpecialCause.BELOW_LIMIT: "lower than expected",
    SpecialCause.TREND_UP: "rising {trend} times in a row",
    SpecialCause.TREND_DOWN: "falling {trend} times in a row",
    SpecialCause.TWO_OF_THREE_ABOVE: "two of three close to the upper limit",
    SpecialCause.TWO_OF_THREE_BELOW: "two of three close to the lower limit",
    SpecialCause.RUN_ABOVE: "{run} in a row above average",
    SpecialCause.RUN_BELOW: "{run} in a row below average",
    SpecialCause.COMMON: "",
}
NUMBERS = {6: "six", 7: "seven"}


def signal_words(cause: SpecialCause, rules: Rules) -> str:
    """What is unusual about a point, in plain English; empty where nothing is."""
    return SIGNAL_WORDS[cause].format(
        trend=NUMBERS[rules.trend_length], run=NUMBERS[rules.run_length]
    )


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def number_text(value: float | None, decimals: int) -> str:
    """A number as shown: thousands apart, that many decimals, never “-0”; empty when unknown."""
    if value is None:
        return ""
    text = f"{value:,.{decimals}f}"
    return text.removeprefix("-") if not text.strip("-0.,") else text


def count_text(count: Fraction | float | None) -> str:
    """What was counted, with all of its digits: people are whole, pounds and days need not be."""
    if count is None:
        return ""
    text = number_text(float(count), 4)
    return text.rstrip("0").rstrip(".")


def with_unit(text: str, unit: str) -> str:
    """The number with its unit: “84.1%”, “£1,234”, “251 people”; words are left alone."""
    if not text or not text[-1].isdigit():
        return text
    if unit == "%":
        return f"{text}%"
    if unit == "£":
        return f"£{text}"
    return f"{text} {unit}".strip()


def year_ago(points: Sequence[Point], frequency: str) -> Point | None:
    """The point a year before the last one."""
    last = date.fromisoformat(points[-1]["period"])
    wanted = shift(last, frequency, -12 // MONTHS[frequency]).isoformat()
    return next((p for p in points if p["period"] == wanted), None)
