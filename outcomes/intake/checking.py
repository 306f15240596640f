"""From staged cells to problems or observations, set-wise in the database: all problems at once.

`resolve` turns the codes in the file into rows of the portal, once, in a table that lives as long
as the transaction. Each check is one statement whose sentence stands beside the SQL that finds it.
"""

from pathlib import Path

from django.db import connection
from django.utils import timezone

from outcomes.intake.mapping import Mapping
from outcomes.models import Upload
from outcomes.periods import latest_ended

COPY_CELLS = """
    COPY resolved_source (row, organisation, place, category, period, measure, numerator,
                          denominator, status) FROM STDIN WITH (FORMAT csv)
"""

STAGING = """
    DROP TABLE IF EXISTS resolved_source, resolved;
    CREATE TEMPORARY TABLE resolved_source (
        row integer, organisation text, place text, category text, period date, measure text,
        numerator numeric, denominator numeric, status text
    ) ON COMMIT DROP
"""

# `mine`: the cell belongs to whom the upload is for. An analyst's file for all partners may hold
# rows of organisations that are not asked; these are counted and left out.
RESOLVE = """
    CREATE TEMPORARY TABLE resolved ON COMMIT DROP AS
    SELECT s.row, s.organisation, coalesce(s.place, '') AS place,
           coalesce(s.category, '') AS category, s.period, coalesce(s.measure, '') AS measure,
           s.numerator, s.denominator, s.status,
           o.id AS organisation_id, o.name AS organisation_name,
           p.id AS place_id, k.id AS category_id, m.id AS measure_id, m.kind AS measure_kind,
           m.disclosure = 'suppress_and_round' AS protected,
           coalesce(m.numerator_label, '') AS numerator_label,
           coalesce(m.denominator_label, '') AS denominator_label,
           cm.id IS NOT NULL AS collected,
           CASE WHEN %(organisation)s::bigint IS NULL THEN a.organisation_id IS NOT NULL
                ELSE o.id IS NOT DISTINCT FROM %(organisation)s END AS mine
      FROM resolved_source s
      LEFT JOIN partners_organisation o
        ON o.ods_code = s.organisation OR (o.ods_code IS NULL AND o.slug = lower(s.organisation))
      LEFT JOIN outcomes_collection_organisations a
        ON a.organisation_id = o.id AND a.collection_id = %(collection)s
      LEFT JOIN partners_place p ON s.place IN (p.gss_code, p.slug, p.name)
      LEFT JOIN outcomes_category k ON s.category = k.scheme || ':' || k.slug
      LEFT JOIN outcomes_measure m ON m.slug = s.measure
      LEFT JOIN outcomes_collection_measures cm
        ON cm.measure_id = m.id AND cm.collection_id = %(collection)s
"""

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
CHECKS = [
    """
    SELECT DISTINCT %(upload)s::bigint, row, %(period_column)s, to_char(period, 'YYYY-MM-DD'),
           'This is not the first day of a period of this collection.'
      FROM resolved
     WHERE mine AND period <> (
           date_trunc(%(frequency)s, period - interval '3 months') + interval '3 months')::date
    """,
    """
    SELECT DISTINCT %(upload)s::bigint, row, %(period_column)s, to_char(period, 'YYYY-MM-DD'),
           CASE WHEN period < %(first)s
                THEN 'This collection starts with ' || %(first_label)s || '.'
                ELSE 'This period has not ended yet.' END
      FROM resolved WHERE mine AND (period < %(first)s OR period > %(last)s)
    """,
    """
    SELECT DISTINCT %(upload)s::bigint, row, %(measure_column)s, measure,
           'This is not a measure of this collection.'
      FROM resolved WHERE mine AND NOT collected
    """,
    """
    SELECT DISTINCT %(upload)s::bigint, row, %(place_column)s, place,
           'This is not a borough we know.'
      FROM resolved WHERE mine AND place <> '' AND place_id IS NULL
    """,
    """
    SELECT DISTINCT %(upload)s::bigint, row, %(category_column)s, category,
           'This is not a group we know. Write it as scheme:group, such as age:65-to-74.'
      FROM resolved WHERE mine AND category <> '' AND category_id IS NULL
    """,
    """
    SELECT %(upload)s::bigint, row, denominator_label, '', 'This number is missing.'
      FROM resolved
     WHERE mine AND collected AND denominator_label <> '' AND denominator IS NULL
       AND numerator IS NOT NULL
    """,
    """
    SELECT %(upload)s::bigint, row, numerator_label, trim_scale(numerator)::text,
           'This is larger than the whole it is a part of (' || trim_scale(denominator) || ').'
      FROM resolved WHERE mine AND measure_kind = 'proportion' AND numerator > denominator
    """,
    # Small numbers are hidden and others rounded: that is only defined for counts.
    """
    SELECT DISTINCT %(upload)s::bigint, row, numerator_label, trim_scale(numerator)::text,
           'This must be a whole number.'
      FROM resolved WHERE mine AND collected AND protected AND numerator <> trunc(numerator)
    """,
    """
    SELECT DISTINCT %(upload)s::bigint, row, denominator_label, trim_scale(denominator)::text,
           'This must be a whole number.'
      FROM resolved
     WHERE mine AND collected AND protected AND denominator_label <> ''
       AND denominator <> trunc(denominator)
    """,
    """
    SELECT %(upload)s::bigint, row, '', '',
           'This row gives the same figure as row ' || first || '. Keep one of them.'
      FROM (SELECT row, mine, min(row) OVER same AS first FROM resolved
            WINDOW same AS (PARTITION BY organisation, coalesce(place_id::text, place), category,
                                         period, measure)) cell
     WHERE mine AND row > first
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


def stage(upload: Upload, cells: Path) -> None:
    """Copies the cells into the database and resolves their codes. Needs an open transaction."""
    with connection.cursor() as cursor:
        cursor.execute(STAGING)
        with cells.open(encoding="utf-8") as file:
            cursor.copy_expert(COPY_CELLS, file)
        cursor.execute(RESOLVE, parameters(upload))


def check(upload: Upload) -> None:
    """Notes every problem of the staged cells."""
    values = parameters(upload)
    with connection.cursor() as cursor:
        if upload.organisation_id:
            cursor.execute(NOTE.format(found=NOT_YOURS), values)
        for statement in CHECKS:
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
