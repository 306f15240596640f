"""Loads a whole demonstration into an empty portal, in one transaction or not at all."""

from datetime import date

from django.db import connection, transaction

from demo import schedule
from demo.actions import measures, partners, people, programmes, returns
from demo.actions.rows import Rows
from demo.content import Demonstration
from outcomes.actions import series
from pages.actions import site
from partners.models import Partnership
from reports.actions import reports
from reports.models import ReportSchedule


class NotEmpty(Exception):  # noqa: N818 (a sentence for people)
    """The portal already holds a partnership; the message says what to do."""


@transaction.atomic
def load(*, content: Demonstration, today: date, keys: people.Secrets = people.PUBLIC) -> None:
    """Creates every row, builds every series, and makes the first pages and the first report.

    Everybody in it signs in with the `keys`. Raises NotEmpty where a partnership exists.
    """
    _be_patient()
    create(content=content, today=today, keys=keys)
    series.build_all()
    current = Partnership.objects.get(slug=content.current.slug)
    site.create_pages(partnership=current, home=content.home, statements=content.statements)
    board_report = ReportSchedule.objects.create(
        partnership=current, slug="monthly-board-report", name="Monthly board report"
    )
    # Last, because its file stands outside the transaction.
    reports.make_now(schedule=board_report, period=schedule.last_published(today))


@transaction.atomic
def create(*, content: Demonstration, today: date, keys: people.Secrets = people.PUBLIC) -> Rows:
    """Creates every row that is not derived from others. Raises NotEmpty."""
    existing = Partnership.objects.current()
    if existing:
        raise NotEmpty(
            f"This portal already holds “{existing}”, and one portal serves one line of "
            "partnerships. To load another demonstration, start over: make reset, then "
            f"make run DEMO={content.slug}"
        )
    rows = Rows()
    partners.create(content, rows)
    people.create(content, rows, keys)
    programmes.create(content, rows)
    measures.create(content, rows, today)
    returns.create(content, rows, today)
    _count_rows()
    return rows


def _count_rows() -> None:
    """Lets PostgreSQL plan for rows that no other transaction has seen yet."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE outcomes_submission, outcomes_observation")


def _be_patient() -> None:
    """A web request may not hold the database for long; loading a demonstration may."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
