"""From staged cells to problems, set-wise in the database: all problems at once.

What can be wrong with one cell is a condition with its sentence (`OF_ONE_CELL`): one look over all
cells tells which of them occur, and only those are written out row by row. What can be wrong
between cells is one statement each (`CHECKS`).
"""

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from outcomes.intake.mapping import Mapping
from outcomes.intake.staging import stage as stage
from outcomes.models import Upload
from outcomes.periods import latest_ended


@dataclass(frozen=True, slots=True)
class Wrong:
    """What can be wrong with one cell, in SQL: when it is, where, and what to say."""

    when: str
    column: str
    value: str
    message: str

    @property
    def statement(self) -> str:
        shown = f"%(upload)s::bigint, row, {self.column}, {self.value}, {self.message}"
        return f"SELECT DISTINCT {shown} FROM resolved WHERE mine AND ({self.when})"  # noqa: S608


# A file may hold texts of any length; a problem shows where they begin.
NOTE = """
    INSERT INTO outcomes_problem (upload_id, row, "column", value, message)
    SELECT upload, row, left("column", 120), left(value, 200), message
      FROM ({found}) AS found (upload, row, "column", value, message)
"""

NOT_YOURS = """
    SELECT DISTINCT %(upload)s::bigint, row, %(organisation_column)s, organisation,
           CASE WHEN organisation_id IS NULL
                THEN 'This is not the code of an organisation we know.'
                ELSE 'This row belongs to ' || organisation_name
                     || '. Send only the rows of your own organisation.' END
      FROM resolved WHERE NOT mine
"""

# Only what belongs here is checked further. Years start in April; the three months that the first
# check takes away and adds again change nothing for months and quarters.
OF_ONE_CELL = [
    Wrong(
        """period <> (date_trunc(%(frequency)s, period - interval '3 months')
                      + interval '3 months')::date""",
        "%(period_column)s",
        "to_char(period, 'YYYY-MM-DD')",
        "'This is not the first day of a period of this collection.'",
    ),
    Wrong(
        "period < %(first)s",
        "%(period_column)s",
        "to_char(period, 'YYYY-MM-DD')",
        "'This collection starts with ' || %(first_label)s || '.'",
    ),
    Wrong(
        "period > %(last)s",
        "%(period_column)s",
        "to_char(period, 'YYYY-MM-DD')",
        "'This period has not ended yet.'",
    ),
    Wrong(
        "NOT collected",
        "%(measure_column)s",
        "measure",
        "'This is not a measure of this collection.'",
    ),
    Wrong(
        "place <> '' AND place_id IS NULL",
        "%(place_column)s",
        "place",
        "'This is not a borough we know.'",
    ),
    Wrong(
        "category <> '' AND category_id IS NULL",
        "%(category_column)s",
        "category",
        "'This is not a group we know. Write it as scheme:group, such as age:65-to-74.'",
    ),
    Wrong(
        """collected AND denominator_label <> '' AND denominator IS NULL
           AND numerator IS NOT NULL""",
        "denominator_label",
        "''",
        "'This number is missing.'",
    ),
    Wrong(
        "measure_kind = 'proportion' AND numerator > denominator",
        "numerator_label",
        "trim_scale(numerator)::text",
        "'This is larger than the whole it is a part of (' || trim_scale(denominator) || ').'",
    ),
    # Small numbers are hidden and others rounded: that is only defined for counts.
    Wrong(
        "collected AND protected AND numerator <> trunc(numerator)",
        "numerator_label",
        "trim_scale(numerator)::text",
        "'This must be a whole number.'",
    ),
    Wrong(
        "collected AND protected AND denominator_label <> '' AND denominator <> trunc(denominator)",
        "denominator_label",
        "trim_scale(denominator)::text",
        "'This must be a whole number.'",
    ),
]
_OCCUR = ", ".join(f"coalesce(bool_or({wrong.when}), false)" for wrong in OF_ONE_CELL)
LOOK = f"SELECT {_OCCUR} FROM resolved WHERE mine"  # noqa: S608 (words of this module only)

CHECKS = [
    """
    SELECT %(upload)s::bigint, row, '', '',
           'This row gives the same figure as row ' || first || '. Keep one of them.'
      FROM (SELECT organisation, coalesce(place_id::text, place) AS place, category, period,
                   measure, min(row) AS first
              FROM resolved WHERE mine GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1) twice
      JOIN (SELECT row, organisation, coalesce(place_id::text, place) AS place, category, period,
                   measure
              FROM resolved WHERE mine) cell
     USING (organisation, place, category, period, measure)
     WHERE row > first
    """,
    # Both would be added up, and everybody counted twice.
    """
    SELECT DISTINCT %(upload)s::bigint, whole.row, %(place_column)s, '',
           'Row ' || min(part.row) || ' gives the same figure for one borough. Give it for each '
           || 'borough or for all together, not both.'
      FROM resolved whole
      JOIN resolved part USING (organisation, period, measure, category)
     WHERE whole.mine AND whole.place = '' AND part.place <> ''
     GROUP BY whole.row
    """,
    """
    SELECT DISTINCT ON (s.id) %(upload)s::bigint, c.row, %(period_column)s,
           to_char(c.period, 'YYYY-MM-DD'),
           CASE s.state
                WHEN 'submitted' THEN 'The return for this period waits for approval. '
                                      || 'Ask your approver to send it back first.'
                ELSE 'The return for this period is approved and waits to be published. '
                     || 'Send the correction once it is.' END
      FROM resolved c
      JOIN outcomes_submission s ON s.collection_id = %(collection)s
       AND s.organisation_id = c.organisation_id AND s.period = c.period
     WHERE c.mine AND s.state IN ('submitted', 'approved')
     ORDER BY s.id, c.row
    """,
]

COUNT_OTHERS = "SELECT count(DISTINCT row) FROM resolved WHERE NOT mine"
COUNT_MINE = """
    SELECT count(DISTINCT row) FROM resolved r
     WHERE mine AND NOT EXISTS (
           SELECT FROM outcomes_problem p WHERE p.upload_id = %(upload)s AND p.row = r.row)
"""


def check(upload: Upload) -> None:
    """Notes every problem of the staged cells."""
    values = parameters(upload)
    with connection.cursor() as cursor:
        if upload.organisation_id:
            cursor.execute(NOTE.format(found=NOT_YOURS), values)
        cursor.execute(LOOK, values)
        occurs = zip(OF_ONE_CELL, cursor.fetchone(), strict=True)
        for statement in [wrong.statement for wrong, found in occurs if found] + CHECKS:
            cursor.execute(NOTE.format(found=statement), values)


def count_rows(upload: Upload) -> tuple[int, int]:
    """How many rows belong here and have no problem; how many are of organisations not asked."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_MINE, parameters(upload))
        accepted = cursor.fetchone()[0]
        cursor.execute(COUNT_OTHERS)
        return accepted, cursor.fetchone()[0]


def parameters(upload: Upload) -> dict:
    """The values every statement about the upload may use."""
    collection = upload.collection
    return {
        "upload": upload.pk,
        "collection": collection.pk,
        "organisation": upload.organisation_id,
        "frequency": collection.frequency,
        "first": collection.accepts_from,
        "first_label": f"{collection.accepts_from:%B %Y}",
        "last": latest_ended(timezone.localdate(), collection.frequency),
        **_columns(upload),
    }


def _columns(upload: Upload) -> dict[str, str]:
    """What the file itself calls the columns, so that people find them."""
    if upload.profile is None:
        return {}
    mapping = Mapping.from_json(upload.profile.mapping)
    return {
        "period_column": mapping.period,
        "organisation_column": mapping.organisation,
        "place_column": mapping.place,
        "category_column": mapping.category,
        "measure_column": mapping.measures[0].measure_column,
    }
