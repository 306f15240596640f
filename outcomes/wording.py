"""The words that explain a figure: its table, how it was made, how people are protected."""

from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst

from design_system.templatetags.nhs import moment
from outcomes.digits import exact_text
from outcomes.models import Measure, Release, Series, Target
from outcomes.periods import label
from outcomes.series import Point, with_unit
from outcomes.statistics.disclosure import DEFAULT_RULE


def numbers_columns(measure: Measure) -> list[dict]:
    """The columns of the table beside the chart, as the table component takes them."""
    counted = [measure.numerator_label]
    if measure.has_denominator:
        counted.append(measure.denominator_label)
    return [
        {"label": "Period"},
        *({"label": capfirst(name), "numeric": True} for name in counted),
        {"label": f"Value ({measure.unit})", "numeric": True},
        *([{"label": "Twelve months up to then", "numeric": True}] if measure.is_count else []),
        {"label": "Average", "numeric": True},
        {"label": "Expected range", "numeric": True},
        {"label": "What is unusual"},
        {"label": "Organisations reported", "numeric": True},
    ]


def numbers_rows(measure: Measure, points: list[Point]) -> list[list[str]]:
    """The rows for those columns, newest first."""
    return [_numbers_row(measure, point) for point in reversed(points)]


def _numbers_row(measure: Measure, point: Point) -> list[str]:
    counted = [point["numerator_text"]]
    if measure.has_denominator:
        counted.append(point["denominator_text"])
    has_range = point["lower_text"] and point["upper_text"]
    restart = "The expected range starts afresh." if point["rebase"] else ""
    return [
        point["label"],
        *counted,
        point["text"],
        *([point["year_total_text"]] if measure.is_count else []),
        point["mean_text"],
        f"{point['lower_text']} to {point['upper_text']}" if has_range else "",
        " ".join(filter(None, [_sentence(point["signal"]), restart])),
        f"{point['reported']} of {point['expected']}" if point["expected"] else "",
    ]


def _sentence(words: str) -> str:
    return f"{capfirst(words)}." if words and words[-1] != "." else words


def formula(measure: Measure) -> str:
    """How the value is worked out, in words."""
    top, bottom = capfirst(measure.numerator_label), measure.denominator_label
    if not measure.has_denominator:
        return f"{top}, added up over everybody who reported."
    times = f", times {measure.multiplier:,}" if measure.multiplier != 1 else ""
    return f"{top}, divided by {bottom}{times}. Both are added up first."


def disclosure(measure: Measure, *, is_public: bool) -> str:
    """How people are protected from being recognised in this edition."""
    if not is_public:
        return (
            "The board sees exact numbers, also those that are hidden on the public pages. Do not "
            "pass small numbers on."
        )
    if measure.disclosure == Measure.Disclosure.EXACT:
        return f"Exact numbers are shown. {measure.disclosure_reason}".strip()
    rule, lowest = DEFAULT_RULE, 0 if measure.sensitive else 1
    return (
        f"Numbers from {lowest} to {rule.threshold} are hidden and all others are rounded to the "
        f"nearest {rule.base}, so that nobody can be recognised. Sometimes one more number is "
        "hidden, so that the first cannot be worked out. A hidden number is shown as “hidden”."
    )


def method(measure: Measure, series: Series | None, release: Release | None) -> list[dict]:
    """How the figure was made, as rows of a summary list; what does not apply is left out."""
    rows = [
        ("What it tells you", measure.description),
        ("Why it matters", measure.rationale),
        ("What is counted", capfirst(measure.numerator_label)),
        ("Out of", capfirst(measure.denominator_label)),
        ("How it is worked out", formula(measure)),
        ("What is better", measure.get_direction_display()),
        ("Target", "; ".join(_target(target, measure.unit) for target in measure.agreed_targets)),
        ("How often", measure.get_frequency_display()),
        ("Where the numbers come from", measure.source),
        ("Who looks after it", measure.owner.name),
        ("Take care", measure.caveats),
        ("New expected range from", _rebases(measure)),
        ("Published in", _release(release)),
        ("Worked out", _built(series, release)),
        ("Definition", f"Version {measure.version}"),
        ("Next review", day_text(measure.next_review_on) if measure.next_review_on else ""),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def target_value(target: Target, unit: str) -> str:
    return with_unit(exact_text(target.value), unit)


def _target(target: Target, unit: str) -> str:
    until = f" until {day_text(target.to_date)}" if target.to_date else ""
    source = f" ({target.source})" if target.source else ""
    return f"{target_value(target, unit)} from {day_text(target.from_date)}{until}{source}"


def _rebases(measure: Measure) -> str:
    return "; ".join(
        f"{label(rebase.period, measure.frequency)}: {rebase.reason}"
        for rebase in measure.agreed_rebases
    )


def _release(release: Release | None) -> str:
    if release is None or release.published_at is None:
        return ""
    return f"{release.title}, {day_text(timezone.localtime(release.published_at).date())}"


def _built(series: Series | None, release: Release | None) -> str:
    if series is None:
        return ""
    built = timezone.localtime(series.built_at)
    version = (release and release.software_version) or settings.SOFTWARE_VERSION
    return f"{moment(built)}, by version {version} of this portal"


def day_text(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
