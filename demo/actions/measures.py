"""Creates what is counted: groups of people, measures with targets, and collections."""

from datetime import date

from django.utils import timezone

from demo.actions.rows import Rows
from demo.content import Collection as CollectionContent
from demo.content import Demonstration
from demo.content import Measure as MeasureContent
from demo.groups import GROUPS
from demo.schedule import DUE_WORKING_DAYS
from outcomes.models import (
    Category,
    Collection,
    ImportProfile,
    Measure,
    MeasureVersion,
    Rebase,
    Rule,
    Target,
)
from outcomes.models.collections import Operator, Weight
from outcomes.models.definitions import DEFINED
from outcomes.periods import latest_ended


def create(content: Demonstration, rows: Rows, today: date) -> None:
    """Adds every measure and collection of the demonstration."""
    for scheme, groups in GROUPS.items():
        for order, (slug, name) in enumerate(groups):
            rows.categories[scheme, slug] = Category.objects.create(
                scheme=scheme, slug=slug, name=name, order=order
            )
    for order, measure in enumerate(content.measures):
        rows.measures[measure.slug] = _measure(measure, order, rows, today)
    for collection in content.collections:
        rows.collections[collection.slug] = _collection(collection, rows, today)


def _measure(content: MeasureContent, order: int, rows: Rows, today: date) -> Measure:
    measure = Measure.objects.create(
        partnership=rows.partnerships[content.partnership],
        programme=rows.programmes[content.programme] if content.programme else None,
        slug=content.slug,
        name=content.name,
        description=content.description,
        caveats=content.caveats,
        kind=content.kind,
        numerator_label=content.numerator_label,
        denominator_label=content.denominator_label,
        multiplier=content.multiplier,
        unit=content.unit,
        sentence_subject=content.sentence_subject,
        decimals=content.decimals,
        direction=content.direction,
        source=content.source,
        owner=rows.organisations[content.owner],
        next_review_on=date(today.year + 1, 4, 1),
        about_people=content.about_people,
        disclosure=content.disclosure,
        disclosure_reason=content.disclosure_reason,
        order=order,
        version=1,
    )
    MeasureVersion.objects.create(
        measure=measure,
        number=1,
        state=MeasureVersion.State.AGREED,
        reason="The first definition.",
        agreed_at=timezone.now(),
        **{name: getattr(measure, name) for name in DEFINED},
    )
    measure.purposes.set(rows.purposes_of(content.purposes))
    _targets_and_rebases(content, measure, rows)
    return measure


def _targets_and_rebases(content: MeasureContent, measure: Measure, rows: Rows) -> None:
    Target.objects.bulk_create(
        Target(
            measure=measure,
            value=target.value,
            from_date=target.from_date,
            to_date=target.to_date,
            source=target.source,
            agreed_at=timezone.now(),
            agreed_by=rows.people["analyst", None],
        )
        for target in content.targets
    )
    Rebase.objects.bulk_create(
        Rebase(
            measure=measure,
            period=rebase.period,
            reason=rebase.reason,
            agreed_at=timezone.now(),
            agreed_by=rows.people["analyst", None],
        )
        for rebase in content.rebases
    )


def _collection(content: CollectionContent, rows: Rows, today: date) -> Collection:
    collection = Collection.objects.create(
        partnership=rows.partnerships[content.partnership],
        slug=content.slug,
        name=content.name,
        guidance=content.guidance,
        due_working_days=DUE_WORKING_DAYS,
        accepts_from=content.accepts_from,
        asks_from=content.asks_from or latest_ended(today, "month"),
    )
    collection.measures.set(rows.measures[slug] for slug in content.measures)
    collection.organisations.set(rows.organisations[slug] for slug in content.organisations)
    Rule.objects.bulk_create(
        Rule(
            collection=collection,
            sentence=rule.sentence,
            left=[{"measure": rule.measure, "part": "denominator", "factor": 1}],
            operator=Operator.EQUAL,
            right=[{"measure": rule.count, "part": "numerator", "factor": 1}],
            weight=Weight.MAY,
        )
        for rule in content.rules
    )
    ImportProfile.objects.bulk_create(
        ImportProfile(
            collection=collection,
            name=profile.name,
            header=list(profile.header),
            mapping=profile.mapping,
        )
        for profile in content.profiles
    )
    return collection
