"""Creates what partners sent: returns, their numbers, and the releases they came out in."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify

from demo import schedule
from demo.actions.rows import Rows
from demo.content import Collection as CollectionContent
from demo.content import Demonstration
from demo.figures import Figure, figures
from outcomes.models import Observation, Release, Submission
from outcomes.periods import add_working_days, due_on, label, latest_ended, shift, span

ENTERED, SUBMITTED, APPROVED = time(8, 0), time(8, 10), time(9, 0)
PLANNED, AGREED, PUBLISHED = time(9, 10), time(9, 20), time(9, 30)
BATCH = 5000


def create(content: Demonstration, rows: Rows, today: date) -> None:
    """Adds every return since the first month; the last month's late ones are due.

    What was sent is published at the end: a published submission takes no more observations.
    """
    submissions = Submission.objects.bulk_create(_submissions(content, rows, today), BATCH)
    sent = [s for s in submissions if s.state == Submission.State.APPROVED]
    Observation.objects.bulk_create(_observations(content, rows, sent), BATCH)
    _publish(content, rows, today)
    _announce(content, rows, today)


def _submissions(content: Demonstration, rows: Rows, today: date) -> Iterator[Submission]:
    illustrative = {measure.slug for measure in content.measures if measure.pattern}
    newest = latest_ended(today, "month")
    out = schedule.last_published(today)
    for collection in content.collections:
        has_numbers = illustrative.issuperset(collection.measures)
        first = content.data_from if has_numbers else newest
        for organisation in collection.organisations:
            for period in span(first, newest, "month"):
                late = period == newest and organisation in collection.late
                sent = has_numbers and period <= out and not late
                yield _submission(collection, organisation, period, rows, today, sent=sent)


def _submission(
    collection: CollectionContent,
    organisation: str,
    period: date,
    rows: Rows,
    today: date,
    *,
    sent: bool,
) -> Submission:
    submission = Submission(
        collection=rows.collections[collection.slug],
        organisation=rows.organisations[organisation],
        period=period,
        due_on=due_on(period, "month", schedule.DUE_WORKING_DAYS),
    )
    if sent:
        day = schedule.sent_on(period, today)
        contributor = rows.people["contributor", organisation]
        submission.state = Submission.State.APPROVED
        submission.entered_at, submission.entered_by = _moment(day, ENTERED), contributor
        submission.submitted_at, submission.submitted_by = _moment(day, SUBMITTED), contributor
        submission.first_sent_at = submission.submitted_at
        submission.approved_at = _moment(day, APPROVED)
        submission.approved_by = rows.people["approver", organisation]
    return submission


def _observations(
    content: Demonstration, rows: Rows, submissions: list[Submission]
) -> Iterator[Observation]:
    measures = {measure.slug: measure for measure in content.measures}
    collections = {collection.slug: collection for collection in content.collections}
    for submission in submissions:
        collection = collections[submission.collection.slug]
        for slug in collection.measures:
            drawn = figures(
                measures[slug], measures, submission.organisation.slug, submission.period
            )
            for figure in drawn:
                yield _observation(figure, submission, slug, rows)


def _observation(figure: Figure, submission: Submission, measure: str, rows: Rows) -> Observation:
    status = Observation.Status
    row = rows.measures[measure]
    return Observation(
        submission=submission,
        measure=row,
        organisation=submission.organisation,
        place=rows.places[figure.place] if figure.place else None,
        category=rows.categories[figure.group] if figure.group else None,
        period=submission.period,
        numerator=figure.numerator,
        denominator=figure.denominator,
        status=status.VALUE if figure.numerator else status.ZERO,
        proportion=row.kind == row.Kind.PROPORTION,
    )


def _publish(content: Demonstration, rows: Rows, today: date) -> None:
    for plan in schedule.releases(content, today):
        out = _moment(plan.published_on, PUBLISHED)
        release = Release.objects.create(
            partnership=rows.partnerships[plan.partnership],
            slug=slugify(plan.title),
            title=plan.title,
            note="Illustrative figures, made for the demonstration.",
            due_at=out,
            state=Release.State.PUBLISHED,
            planned_at=_moment(plan.published_on, PLANNED),
            planned_by=rows.people["analyst", None],
            approved_at=_moment(plan.published_on, AGREED),
            approved_by=rows.colleagues["analyst", None],
            published_at=out,
            published_by=rows.colleagues["analyst", None],
            software_version=settings.SOFTWARE_VERSION,
        )
        release.collections.set(rows.collections.values())
        Submission.objects.filter(
            state=Submission.State.APPROVED, period__range=(plan.first, plan.last)
        ).update(state=Submission.State.RELEASED, release=release)


def _announce(content: Demonstration, rows: Rows, today: date) -> None:
    """The next release, of the month that is still to come."""
    month = shift(schedule.last_published(today), "month", 1)
    day = add_working_days(max(today, due_on(month, "month", schedule.DUE_WORKING_DAYS)), 1)
    title = f"Figures for {label(month, 'month')}"
    planner = rows.people["analyst", None]
    release = Release.objects.create(
        partnership=rows.partnerships[content.current.slug],
        slug=slugify(title),
        title=title,
        due_at=_moment(day, PUBLISHED),
        planned_at=_moment(today, PLANNED),
        planned_by=planner,
    )
    release.collections.set(rows.collections.values())
    release.makers.add(planner)


def _moment(day: date, at: time) -> Any:
    return datetime.combine(day, at, tzinfo=timezone.get_default_timezone())
