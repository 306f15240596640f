"""The words that say how one figure was made, for everybody."""

from django.utils import timezone
from django.utils.text import capfirst

from outcomes.models import Measure, PublishedMeasure, Rebase, Series
from outcomes.models.published import SOURCE
from outcomes.periods import label
from outcomes.series import Point, with_unit
from outcomes.statistics.disclosure import Hidden
from outcomes.wording import day_text, formula

TOO_FEW = (
    "So few people are counted here, or left out of the count, that somebody could recognise them."
)
SMALL_TOTAL = "It is part of a total that is so small that somebody could recognise the people."
OTHERS = "With it, readers could work out another number that is hidden."
# A reader may know which of these it was, but not which number was hidden to protect which.
WHY_HIDDEN = {
    Hidden.PRIMARY: TOO_FEW,
    Hidden.COMPLEMENT: TOO_FEW,
    Hidden.CLASS: TOO_FEW,
    Hidden.TOTAL: SMALL_TOTAL,
    Hidden.DOMINANCE: OTHERS,
    Hidden.SECONDARY: OTHERS,
    Hidden.MARGIN: OTHERS,
    Hidden.MERGED: OTHERS,
    Hidden.WITHHELD: OTHERS,
    SOURCE: "An organisation hid it before it sent us its figures.",
}


def why_hidden(rule: str) -> str:
    """Why a number is hidden; empty for one that is shown."""
    return WHY_HIDDEN[rule] if rule else ""


def calculation(measure: Measure, point: Point) -> str:
    """The formula with the numbers put in; empty where there is nothing to put in."""
    counted, out_of = point["numerator_text"], point["denominator_text"]
    if point["status"] != "value" or not counted or (not out_of and measure.multiplier == 1):
        return ""
    divided = f" ÷ {out_of}" if measure.has_denominator else ""
    times = f" × {measure.multiplier:,}" if measure.multiplier != 1 else ""
    return f"{counted}{divided}{times} = {with_unit(point['text'], measure.unit)}"


def numbers(measure: Measure, point: Point) -> list[dict[str, str]]:
    """What was counted, and out of what."""
    not_shown = "not shown" if point["status"] == "value" else point["text"]
    rows = [(capfirst(measure.numerator_label), point["numerator_text"] or not_shown)]
    if measure.has_denominator:
        rows.append((capfirst(measure.denominator_label), point["denominator_text"] or not_shown))
    rows.append(("How it is worked out", calculation(measure, point) or formula(measure)))
    if point["expected"]:
        reported = f"{point['reported']} of {point['expected']}"
        rows.append(("Organisations that reported", reported))
    return _rows(rows)


def expected_range(
    measure: Measure, series: Series, point: Point, rebase: Rebase | None
) -> list[dict[str, str]]:
    """The facts of the chart about this figure; none about one that is not shown."""
    if not point["mean_text"] or point["status"] != "value":
        return []
    lower, upper = (with_unit(point[key], measure.unit) for key in ("lower_text", "upper_text"))
    since = rebase and f"{label(rebase.period, measure.frequency)}: {rebase.reason}"
    return _rows(
        [
            ("Average", with_unit(point["mean_text"], measure.unit)),
            ("Expected range", f"{lower} to {upper}" if lower and upper else ""),
            ("Worked out afresh from", since or ""),
            ("Numbers in the chart", str(series.summary["points"])),
            ("What is unusual", capfirst(point["signal"]) or "Nothing"),
        ]
    )


def protection(settings: PublishedMeasure) -> str:
    """How people were protected in the release."""
    if not settings.is_protected:
        return f"Exact numbers are shown. {settings.disclosure_reason}".strip()
    low = 0 if settings.sensitive else 1
    return (
        f"Numbers from {low} to {settings.threshold} were hidden and all others rounded to the "
        f"nearest {settings.base}. What you see was worked out from the rounded numbers."
    )


def built(series: Series, settings: PublishedMeasure | None) -> list[dict[str, str]]:
    """When the page was made, and by which version of the portal."""
    at = timezone.localtime(series.built_at)
    return _rows(
        [
            ("Version of this portal", settings.software_version if settings else ""),
            ("Chart and table last changed", day_text(at.date())),
        ]
    )


def _rows(pairs: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in pairs if value]
