"""The data dictionary: what each measure means, in words, as pages and files show it."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.text import capfirst

from outcomes import wording
from outcomes.models import CategoryScheme, Measure, Series
from outcomes.models.definitions import MeasureDefinition
from outcomes.models.releases import Edition

Fact = tuple[str, str]


def facts(defined: MeasureDefinition) -> list[Fact]:
    """All that a definition says, as (name of the fact, text); empty where it says nothing."""
    return [
        ("Name", defined.name),
        ("What it tells you", defined.description),
        ("Why it matters", defined.rationale),
        ("Take care", defined.caveats),
        ("Programme", str(defined.programme or "")),
        ("Kind of measure", defined.get_kind_display()),
        ("What is counted (numerator)", capfirst(defined.numerator_label)),
        ("Out of (denominator)", capfirst(defined.denominator_label)),
        ("How it is worked out", wording.formula(defined)),
        ("Unit", defined.unit),
        ("Decimals shown", str(defined.decimals)),
        ("In a sentence", f"… {defined.sentence_subject}"),
        ("What is better", defined.get_direction_display()),
        ("How often", defined.get_frequency_display()),
        ("Where the numbers come from", defined.source),
        ("Who looks after it", defined.owner.name),
        ("Next review", _day(defined.next_review_on)),
        ("About people", "Yes" if defined.about_people else "No"),
        ("How people are protected", wording.disclosure(defined, is_public=True)),
        ("How its chart is worked out", _chart(defined)),
        ("When senders are asked about a change", _asked(defined)),
    ]


def differences(before: MeasureDefinition, after: MeasureDefinition) -> list[tuple[str, str, str]]:
    """What two definitions say differently: (name of the fact, before, after)."""
    both = zip(facts(before), facts(after), strict=True)
    return [(name, old, new) for (name, old), (_, new) in both if old != new]


def _chart(defined: MeasureDefinition) -> str:
    number = {6: "Six", 7: "Seven"}[defined.signal_length]
    screening = "left out of" if defined.screen_outliers else "part of"
    outside = "count" if defined.two_of_three_counts_outside else "do not count"
    return (
        f"{number} points in a row make a trend or a run. Unusually large steps are {screening} "
        f"the expected range. Points outside it {outside} towards two of three close to its edge."
    )


def _asked(defined: MeasureDefinition) -> str:
    if defined.ask_about_change is None:
        return "Never"
    return f"When a figure changes by more than {defined.ask_about_change}%"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


# --- The dictionary as a file ---------------------------------------------------------------------


def listed() -> list[Measure]:
    """Every measure that was ever agreed, those in use first."""
    found = Measure.objects.ever_agreed().select_related("owner", "programme")
    return sorted(
        found.prefetch_related("targets", "rebases"), key=lambda m: m.retired_at is not None
    )


def status(measure: Measure) -> str:
    return "Agreed" if measure.is_in_use else "Retired"


def breakdowns() -> dict[int, list[str]]:
    """By which parts each measure is published, by its id."""
    parts = (
        Series.objects.filter(edition=Edition.PUBLIC)
        .values_list("measure", "organisation", "place", "category__scheme")
        .distinct()
    )
    found: dict[int, set[str]] = {}
    for measure, organisation, place, scheme in parts:
        names = found.setdefault(measure, set())
        if organisation:
            names.add("organisation")
        if place:
            names.add("place")
        if scheme:
            names.add(CategoryScheme(scheme).label.lower())
    return {measure: sorted(names) for measure, names in found.items()}


def rows(measures: Iterable[Measure]) -> Iterator[list[str]]:
    """The dictionary as a table: its header, then a line for each measure."""
    parts = breakdowns()
    for number, measure in enumerate(measures):
        told = facts(measure)
        if number == 0:
            yield ["Code", "Status", "Version", "Breakdowns", *(name for name, _ in told)]
        yield [
            measure.slug,
            status(measure),
            str(measure.version),
            ", ".join(parts.get(measure.pk, [])),
            *(text for _, text in told),
        ]
