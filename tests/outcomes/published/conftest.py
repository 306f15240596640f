"""One measure of people, and releases of its figures, of April 2016 unless a test says more."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from outcomes.actions import series
from outcomes.models import Collection, Measure, Observation, Release, Submission
from outcomes.models.submissions import State
from partners.models import Place

APRIL = date(2016, 4, 1)
NOW = timezone.now()


@pytest.fixture
def measure(world):
    return Measure.objects.create(
        version=1,
        partnership=world.partnership, slug="people", name="People helped", kind="count",
        numerator_label="people", unit="people", sentence_subject="were helped",
        direction="increase", source="Test", owner=world.rj1,
    )  # fmt: skip


@pytest.fixture
def collection(world, measure):
    return collection_of(world, measure, "councils")


def collection_of(world, measure, slug):
    collection = Collection.objects.create(
        partnership=world.partnership, slug=slug, name=slug, accepts_from=APRIL, asks_from=APRIL
    )
    collection.measures.add(measure)
    return collection


@pytest.fixture
def release(world):
    """Publishes figures of April: (organisation, place, category, numerator, denominator)."""
    days = iter(range(1, 20))

    def approve(collection, measure, *rows, version=1, period=APRIL):
        when = datetime(2016, 6, next(days), tzinfo=UTC)
        found = {}
        for organisation, place, category, numerator, *more in rows:
            submission = found.setdefault(
                organisation,
                Submission(
                    collection=collection, organisation=organisation, period=period, due_on=period,
                    version=version, correction_reason="Counted again" if version > 1 else "",
                ),
            )  # fmt: skip
            submission.save()
            Observation.objects.create(
                submission=submission, measure=measure, organisation=organisation, period=period,
                place=place, category=category, numerator=numerator,
                denominator=more[0] if more else None,
                status="suppressed" if numerator is None else "value",
            )  # fmt: skip
        sender, approver = world.person("rjz.contributor"), world.person("rjz.approver")
        Submission.objects.filter(pk__in=[s.pk for s in found.values()]).update(
            state=State.APPROVED, entered_at=when, entered_by=sender,
            submitted_at=when, submitted_by=sender, approved_at=when, approved_by=approver,
        )  # fmt: skip
        return Submission.objects.filter(pk__in=[s.pk for s in found.values()])

    def release(collection, measure, *rows, **of_returns):
        approved = approve(collection, measure, *rows, **of_returns)
        out = Release.objects.create(
            partnership=world.partnership, slug=f"figures-{approved[0].pk}", title="Figures",
            state="published",
            published_at=approved[0].approved_at, published_by=world.person("analyst"),
        )  # fmt: skip
        approved.update(state=State.RELEASED, release=out)
        for edition in ("public", "board"):
            series.build(measure=measure, edition=edition)

    release.approve = approve
    return release


def withdraw(release):
    release.state, release.ended_at, release.ended_by = "withdrawn", NOW, release.published_by
    release.end_reason = "The numbers were those of another year."
    release.save()


@pytest.fixture
def boroughs(db):
    return [
        Place.objects.get_or_create(slug=slug, defaults={"name": slug, "gss_code": code})[0]
        for slug, code in [("southwark", "E09000028"), ("lambeth", "E09000022")]
    ]
