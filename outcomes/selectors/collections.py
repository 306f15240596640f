"""What analysts see of collections: their next dates, their rules in words, their exceptions."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils import timezone

from outcomes import rulebook
from outcomes.models import Collection, Measure, Rule
from outcomes.periods import (
    add_working_days,
    due_on,
    first_not_past,
    label,
    latest_ended,
    shift,
    span,
)
from partners.models import Organisation

MOST_PERIODS = 36  # to choose from


@dataclass(frozen=True, slots=True)
class Dates:
    """The real days of the next return of a collection."""

    period: str
    due_on: date
    reminders: list[date]
    closes_on: date | None
    ends: bool  # whether it is the last one


def collections() -> QuerySet[Collection]:
    """All collections with how many measures and organisations each has."""
    return Collection.objects.annotate(
        measure_count=Count("measures", distinct=True),
        organisation_count=Count("organisations", distinct=True),
    ).order_by("name")  # counting forgets the model's own order


def next_dates(collection: Collection, today: date | None = None) -> Dates | None:
    """When the next return falls due; None when the collection has asked for its last one.

    The collection need not be stored: only its own fields are looked at.
    """
    frequency, days = collection.frequency, collection.due_working_days
    period = first_not_past(today or timezone.localdate(), frequency, days)
    period = max(period, collection.asks_from)
    if collection.asks_to and period > collection.asks_to:
        return None
    due = due_on(period, frequency, days)
    return Dates(
        period=label(period, frequency),
        due_on=due,
        reminders=[add_working_days(due, day) for day in sorted(collection.reminder_days)],
        closes_on=collection.closes_on(period),
        ends=period == collection.asks_to,
    )


def periods_for_exceptions(collection: Collection) -> list[tuple[str, str]]:
    """The periods that have ended and may be sent, the newest first, as choices of a form."""
    frequency = collection.frequency
    last = latest_ended(timezone.localdate(), frequency)
    first = max(collection.accepts_from, shift(last, frequency, 1 - MOST_PERIODS))
    periods = reversed(list(span(first, last, frequency)))
    return [(period.isoformat(), label(period, frequency)) for period in periods]


def measures_to_ask() -> QuerySet[Measure]:
    return Measure.objects.in_use().select_related("programme")


def organisations_to_ask(collection: Collection | None = None) -> QuerySet[Organisation]:
    """Those that may be asked today, and those the collection asks already."""
    today = Organisation.objects.partners_today()
    if collection is None:
        return today
    return Organisation.objects.filter(pk__in=today.values("pk")) | Organisation.objects.filter(
        pk__in=collection.organisations.values("pk")
    )


def names_of_figures(measures: QuerySet[Measure]) -> dict[tuple[str, str], str]:
    """What each (measure, part) is called; with its measure where two parts share a name."""
    labels = {(m.slug, "numerator"): (m, m.numerator_label) for m in measures}
    labels |= {(m.slug, "denominator"): (m, m.denominator_label) for m in measures}
    said = [text for _, text in labels.values()]
    return {
        key: text if said.count(text) == 1 else f"{text} ({measure})"
        for key, (measure, text) in labels.items()
        if text
    }


def rule_in_words(rule: Rule, names: dict[tuple[str, str], str]) -> str:
    """The rule as people say it; names its measures by slug when they were renamed since."""
    try:
        comparison = rulebook.read(rule.left, rule.operator, rule.right, rule.when_missing)
    except rulebook.RuleError as error:
        return f"This rule cannot be read. {error}"
    return f"{comparison.sentence(names)}."


def rules_in_words(collection: Collection) -> list[tuple[Rule, str]]:
    names = names_of_figures(collection.measures.all())
    return [(rule, rule_in_words(rule, names)) for rule in collection.rules.all()]
