"""From resolved cells to draft submissions and their observations, set-wise, in one transaction."""

from datetime import date
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.text import Truncator

from outcomes.intake.checking import parameters
from outcomes.models import Flag, Observation, Submission, Upload
from outcomes.models.flags import value_of
from outcomes.models.submissions import State
from outcomes.periods import due_on

# Which measures the file brings for whom and when: few rows, with statistics, so that the planner
# never goes through all cells for each figure that is there already.
BROUGHT = """
    DROP TABLE IF EXISTS brought;
    CREATE TEMPORARY TABLE brought ON COMMIT DROP AS
    SELECT DISTINCT organisation_id, period, measure_id FROM resolved WHERE mine;
    ANALYZE brought
"""

PERIODS = """
    SELECT DISTINCT organisation_id, period FROM brought ORDER BY period, organisation_id
"""

# What this file brings anew for a period replaces what the draft held of the same measures.
CLEAR = """
    DELETE FROM outcomes_observation o
     USING outcomes_submission s
     WHERE o.submission_id = s.id AND s.upload_id = %(upload)s
       AND EXISTS (SELECT FROM brought c
                    WHERE c.organisation_id = o.organisation_id
                      AND c.period = o.period AND c.measure_id = o.measure_id)
"""

# What the draft keeps of an earlier file stands in no row of this one. It is stored anew, because
# the record would tell of a change in place, and nobody changed the figure.
KEEP = """
    WITH kept AS (
        DELETE FROM outcomes_observation o
         USING outcomes_submission s
         WHERE o.submission_id = s.id AND s.upload_id = %(upload)s AND o.source_row IS NOT NULL
        RETURNING o.*)
    INSERT INTO outcomes_observation (submission_id, measure_id, organisation_id, place_id,
        category_id, period, numerator, denominator, status, proportion, note, typed_by_id,
        typed_at, source_row)
    SELECT submission_id, measure_id, organisation_id, place_id, category_id, period, numerator,
           denominator, status, proportion, note, typed_by_id, typed_at, NULL
      FROM kept
"""

# Which return a cell goes into, with statistics, so that the planner joins the cells by hash.
FILLED = """
    DROP TABLE IF EXISTS filled;
    CREATE TEMPORARY TABLE filled ON COMMIT DROP AS
    SELECT s.id, o.code AS organisation, s.period
      FROM outcomes_submission s
      JOIN code_of_organisation o ON o.id = s.organisation_id
     WHERE s.upload_id = %(upload)s;
    ANALYZE filled
"""

INSERT = """
    INSERT INTO outcomes_observation (submission_id, measure_id, organisation_id, place_id,
        category_id, period, numerator, denominator, status, proportion, source_row)
    SELECT f.id, c.measure_id, c.organisation_id, c.place_id, c.category_id, c.period,
           c.numerator, CASE WHEN c.denominator_label <> '' THEN c.denominator END,
           CASE WHEN c.numerator IS NULL THEN c.status
                WHEN c.numerator = 0 THEN 'zero' ELSE 'value' END,
           c.measure_kind = 'proportion', c.row
      FROM resolved c
      JOIN filled f USING (organisation, period)
     WHERE c.mine
"""

# Whoever brings figures into a draft may not approve them, whoever brings more later. That is who
# sent the file, and who had it checked again: perhaps with columns that mean something else now.
REMEMBER = """
    INSERT INTO outcomes_submission_makers (submission_id, user_id)
    SELECT s.id, m.id
      FROM outcomes_submission s CROSS JOIN unnest(%(makers)s::bigint[]) AS m (id)
     WHERE s.upload_id = %(upload)s
        ON CONFLICT DO NOTHING
"""

# A correction starts from what was published, less the measures that the file brings anew for the
# period. What is carried over stands in no row of this file.
CARRY_OVER = """
    INSERT INTO outcomes_observation (submission_id, measure_id, organisation_id, place_id,
        category_id, period, numerator, denominator, status, proportion, note, typed_by_id,
        typed_at, source_row)
    SELECT n.id, o.measure_id, o.organisation_id, o.place_id, o.category_id, o.period,
           o.numerator, o.denominator, o.status, o.proportion, o.note, o.typed_by_id,
           o.typed_at, NULL
      FROM outcomes_submission n
      JOIN outcomes_submission b ON b.collection_id = n.collection_id
       AND b.organisation_id = n.organisation_id AND b.period = n.period
       AND b.version = n.version - 1
      JOIN outcomes_observation o ON o.submission_id = b.id
     WHERE n.id = ANY(%(created)s)
       AND NOT EXISTS (SELECT FROM brought c
                        WHERE c.organisation_id = o.organisation_id
                          AND c.period = o.period AND c.measure_id = o.measure_id)
"""


# What somebody else typed into these drafts and the file takes the place of.
TYPED = """
    SELECT o.id
      FROM outcomes_observation o
      JOIN outcomes_submission s ON s.id = o.submission_id
      JOIN brought c ON c.organisation_id = o.organisation_id AND c.period = o.period
       AND c.measure_id = o.measure_id
     WHERE s.upload_id = %(upload)s AND o.typed_by_id <> %(sender)s
"""
MOST_NAMED, LONGEST_MESSAGE = 5, 500


class Overtaken(Exception):  # noqa: N818 (what happened, not a programming error)
    """Somebody sent or approved a return while the file was checked: it must be checked again."""


def load(upload: Upload, asked_by: int | None = None) -> int:
    """Stores the resolved cells as drafts of the upload; returns how many submissions it fills.

    `asked_by` is who had the file checked; they made the figures together with who sent it.

    Raises Overtaken when a return has left the hands of its sender since the cells were checked.
    """
    with connection.cursor() as cursor:
        cursor.execute(BROUGHT)
        cursor.execute(PERIODS)
        wanted = cursor.fetchall()
    created = _prepare(upload, wanted)
    makers = list({upload.received_by_id, asked_by or upload.received_by_id})
    with connection.cursor() as cursor:
        values = parameters(upload) | {"created": created, "makers": makers}
        values["sender"] = upload.received_by_id
        typed = _typed_by_others(cursor, values)
        cursor.execute(CLEAR, values)
        cursor.execute(KEEP, values)
        if created:
            cursor.execute(CARRY_OVER, values)
        cursor.execute(FILLED, values)
        cursor.execute(INSERT, values)
        cursor.execute(REMEMBER, values)
    _tell_what_was_replaced(upload, typed)
    return len(wanted)


def _typed_by_others(cursor: CursorWrapper, values: dict[str, Any]) -> list[Observation]:
    cursor.execute(TYPED, values)
    found = Observation.objects.filter(pk__in=[pk for (pk,) in cursor.fetchall()])
    named = found.select_related("measure", "place", "category", "typed_by")
    return list(named.order_by("submission", "measure__order", "place", "category"))


def _tell_what_was_replaced(upload: Upload, typed: list[Observation]) -> None:
    """Asks the sender, for each return, about figures of colleagues that are others now."""
    changed: dict[int, list[tuple[Observation, str]]] = {}
    for before in typed:
        same = ("submission_id", "measure_id", "place_id", "category_id")
        now = Observation.objects.filter(**{name: getattr(before, name) for name in same}).first()
        if (new := _as_words(now)) != _as_words(before):
            changed.setdefault(before.submission_id, []).append((before, new))
    for submission_id, cells in changed.items():
        Flag.objects.update_or_create(
            submission_id=submission_id,
            kind=Flag.Kind.REPLACED,
            defaults={
                "value": str(upload.uuid),
                "message": _what_was_replaced(cells),
                "answer": "",
                "answered_at": None,
                "answered_by": None,
            },
        )


def _what_was_replaced(cells: list[tuple[Observation, str]]) -> str:
    """Who typed what, and what stands there now."""
    people = " and ".join(dict.fromkeys(str(before.typed_by) for before, _ in cells))
    each = [
        f"{', '.join(str(part) for part in (b.measure, b.place, b.category) if part)}: "
        f"{_as_words(b)} is now {new}"
        for b, new in cells[:MOST_NAMED]
    ]
    more = f"; and {len(cells) - MOST_NAMED} more" if len(cells) > MOST_NAMED else ""
    figures = f"{len(cells)} figure{'s'[: len(cells) != 1]}"
    said = f"The file replaced {figures} that {people} typed. {'; '.join(each)}{more}."
    return Truncator(said).chars(LONGEST_MESSAGE)


def _as_words(figure: Observation | None) -> str:
    if figure is None:
        return "nothing"
    said = value_of(figure.numerator, figure.denominator, figure.status)
    return said.replace("/", " of ").replace("_", " ")


def _prepare(upload: Upload, wanted: list[tuple]) -> list[int]:
    """Makes a draft of this upload for each organisation and period; returns ids of corrections."""
    existing = {
        (s.organisation_id, s.period): s
        for s in Submission.objects.filter(
            collection=upload.collection,
            organisation__in={organisation for organisation, _ in wanted},
            period__in={period for _, period in wanted},
        )
        .latest_version()
        .order_by("pk")  # as those who approve and publish, so that nobody waits in a circle
        .select_for_update(of=("self",))
    }
    collection = upload.collection
    due = {
        period: due_on(period, collection.frequency, collection.due_working_days)
        for period in {period for _, period in wanted}
    }
    reused, fresh = [], []
    for organisation_id, period in wanted:
        submission = existing.get((organisation_id, period))
        if submission and submission.state in (State.SUBMITTED, State.APPROVED):
            raise Overtaken(f"{submission} was {submission.state} while its file was checked.")
        if submission and submission.state != State.RELEASED:
            reused.append(submission.pk)
        else:
            version, due_day = 1, due[period]
            if submission:
                version, due_day = submission.version + 1, submission.due_on
            fresh.append(_draft(upload, organisation_id, period, version, due_day))
    Submission.objects.filter(pk__in=reused).update(
        state=State.DRAFT,
        upload=upload,
        entered_at=timezone.now(),
        entered_by=upload.received_by,
        submitted_at=None,
        submitted_by=None,
    )
    created = Submission.objects.bulk_create(fresh)
    return [submission.pk for submission in created if submission.is_correction]


def _draft(
    upload: Upload, organisation_id: int, period: date, version: int, due: date
) -> Submission:
    return Submission(
        collection=upload.collection,
        organisation_id=organisation_id,
        period=period,
        version=version,
        state=State.DRAFT,
        due_on=due,
        upload=upload,
        entered_at=timezone.now(),
        entered_by=upload.received_by,
    )
