"""What a Series holds: the shape of its points and its summary, as stored in JSON.

Pages, reports and downloads read these keys and nothing else; all numbers a person sees are
formatted once, here, when the Series is built.
"""

from typing import Literal, TypedDict

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
