"""Returns with figures, made directly, for tests of what is noticed in them."""

from datetime import date

from django.utils import timezone

from outcomes.models import Measure, Observation, Submission
from outcomes.periods import shift

OCTOBER = date(2026, 10, 1)


def make_count(world, slug="referrals", **more) -> Measure:
    """A plain count of the collection."""
    fields = {
        "name": slug.capitalize(),
        "kind": Measure.Kind.COUNT,
        "numerator_label": "people referred",
        "unit": "people",
        "direction": Measure.Direction.NEUTRAL,
        "owner": world.rj1,
    } | more
    measure = Measure.objects.create(partnership=world.partnership, slug=slug, version=1, **fields)
    world.collection.measures.add(measure)
    return measure


def make_draft(world, period=OCTOBER, organisation=None, version=1) -> Submission:
    return Submission.objects.create(
        collection=world.collection,
        organisation=organisation or world.rj1,
        period=period,
        version=version,
        state=Submission.State.DRAFT,
        due_on=period,
        entered_at=timezone.now(),
        entered_by=world.person("rj1.contributor"),
    )


def put(submission, measure, numerator, denominator=None, **part) -> Observation:
    """Writes one figure of the return, over what stood there."""
    status = part.pop("status", "zero" if numerator == 0 else "value")
    cell, _ = Observation.objects.update_or_create(
        submission=submission,
        measure=measure,
        place=part.get("place"),
        category=part.get("category"),
        defaults={
            "organisation": submission.organisation,
            "period": submission.period,
            "numerator": numerator,
            "denominator": denominator,
            "status": status,
            "proportion": measure.kind == Measure.Kind.PROPORTION,
        },
    )
    cell.refresh_from_db()  # numbers as the database keeps them
    return cell


def make_agreed(world, measure, numbers, until=OCTOBER, **part) -> list[Submission]:
    """Approved returns of the months before, the last number for the month before `until`."""
    made = []
    for back, number in enumerate(reversed(numbers), 1):
        period = shift(until, "month", -back)
        submission = Submission.objects.filter(period=period, organisation=world.rj1).first()
        submission = submission or make_draft(world, period)
        numerator, denominator = number if isinstance(number, tuple) else (number, None)
        if number is not None:
            put(submission, measure, numerator, denominator, **part)
        made.append(submission)
    agree(world, made)
    return made


def agree(world, submissions) -> None:
    Submission.objects.filter(pk__in=[s.pk for s in submissions]).update(
        state=Submission.State.APPROVED,
        submitted_at=timezone.now(),
        submitted_by=world.person("rj1.contributor"),
        approved_at=timezone.now(),
        approved_by=world.person("rj1.approver"),
    )
