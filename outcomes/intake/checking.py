"""From staged cells to problems, set-wise in the database: all problems at once.

What can be wrong with one cell is a condition with its sentence (`OF_ONE_CELL`): one look over all
cells tells which of them occur, and only those are written out row by row. What can be wrong
between cells is one statement each (`CHECKS`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from outcomes.intake.mapping import Mapping
from outcomes.models import Upload
from outcomes.periods import MONTHS, label, latest_ended
from outcomes.selectors import closing
from partners.models import Organisation, Place

MOST_NAMED = 5


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
                THEN 'This is not the code of an organisation we know. The code of yours is '
                     || %(organisation_code)s || '.'
                WHEN closed_on < period
                THEN 'This row belongs to ' || organisation_name || ', which closed on '
                     || to_char(closed_on, 'FMDD FMMonth YYYY')
                     || coalesce('. Its successor is ' || successor, '')
                     || '. Send only the rows of your own organisation.'
                ELSE 'This row belongs to ' || organisation_name
                     || '. Send only the rows of your own organisation.' END
      FROM resolved WHERE NOT mine
"""

LAST_DAY = "(period + make_interval(months => %(months)s) - interval '1 day')::date"

# Only what belongs here is checked further. Years start in April; the three months that the first
# check takes away and adds again change nothing for months and quarters.
OF_ONE_CELL = [
    Wrong(
        """period <> (date_trunc(%(frequency)s, period - interval '3 months')
                      + interval '3 months')::date""",
        "%(period_column)s",
        "to_char(period, 'YYYY-MM-DD')",
        """'This is not the first day of a period of this collection. Write the first day of a '
           || %(frequency)s || ', such as ' || %(last)s || '.'""",
    ),
    Wrong(
        "period < %(first)s",
        "%(period_column)s",
        "to_char(period, 'YYYY-MM-DD')",
        "'This collection starts with ' || %(first_label)s || '. Leave out what is earlier.'",
    ),
    Wrong(
        "period > %(last)s",
        "%(period_column)s",
        "to_char(period, 'YYYY-MM-DD')",
        "'This period has not ended yet. The latest you can send is ' || %(last_label)s || '.'",
    ),
    Wrong(
        "NOT collected",
        "%(measure_column)s",
        "measure",
        "'This is not a measure of this collection. Use one of these: ' || %(measures)s || '.'",
    ),
    Wrong(
        "place <> '' AND place_id IS NULL",
        "%(place_column)s",
        "place",
        "'This is not a borough we know. Write its name or its code' || %(place_example)s || '.'",
    ),
    Wrong(
        f"place_id IS NOT NULL AND (valid_to < period OR valid_from > {LAST_DAY})",
        "%(place_column)s",
        "place",
        """'In this period there was no borough with this code: it was used '
           || coalesce('from ' || to_char(valid_from, 'FMDD FMMonth YYYY') || ' ', '')
           || coalesce('to ' || to_char(valid_to, 'FMDD FMMonth YYYY'), 'on')
           || '. Use the code of the time.'""",
    ),
    # One that was open on at least one day of a period may report for it.
    Wrong(
        "closed_on < period",
        "%(organisation_column)s",
        "organisation",
        """organisation_name || ' closed on ' || to_char(closed_on, 'FMDD FMMonth YYYY')
           || coalesce('. From then on figures belong to its successor, ' || successor || '.',
                       ' and has no figures for later periods. Leave them out.')""",
    ),
    Wrong(
        f"opened_on > {LAST_DAY}",
        "%(organisation_column)s",
        "organisation",
        """organisation_name || ' opened on ' || to_char(opened_on, 'FMDD FMMonth YYYY')
           || ' and has no figures for earlier periods. Leave them out.'""",
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
        "'This number is missing. Give it, so that the result can be worked out.'",
    ),
    Wrong(
        "measure_kind = 'proportion' AND numerator > denominator",
        "numerator_label",
        "trim_scale(numerator)::text",
        """'This is larger than the whole it is a part of (' || trim_scale(denominator)
           || '). Check both numbers.'""",
    ),
    Wrong(
        """collected AND denominator_label <> '' AND measure_kind <> 'proportion'
           AND denominator = 0 AND numerator > 0""",
        "numerator_label",
        "trim_scale(numerator)::text",
        "'This cannot be counted out of 0. Check both numbers.'",
    ),
    # Small numbers are hidden and others rounded: that is only defined for counts.
    Wrong(
        "collected AND protected AND numerator <> trunc(numerator)",
        "numerator_label",
        "trim_scale(numerator)::text",
        "'This must be a whole number. Write it without decimals.'",
    ),
    Wrong(
        "collected AND protected AND denominator_label <> '' AND denominator <> trunc(denominator)",
        "denominator_label",
        "trim_scale(denominator)::text",
        "'This must be a whole number. Write it without decimals.'",
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
    SELECT %(upload)s::bigint, row, %(place_column)s, '',
           CASE WHEN unknown > 0
                THEN 'This is a total, and row ' || first || ' is one of its boroughs. Not every '
                     || 'borough has a number, so we cannot add them up. '
                WHEN numerator <> numerators
                THEN 'This total is ' || trim_scale(numerator) || ', but its boroughs (from row '
                     || first || ') add up to ' || trim_scale(numerators)
                     || '. Find out which is right. '
                WHEN denominator <> denominators
                THEN 'This total is out of ' || trim_scale(denominator) || ', but its boroughs '
                     || '(from row ' || first || ') add up to ' || trim_scale(denominators)
                     || '. Find out which is right. '
                ELSE 'This is the sum of its boroughs (from row ' || first || '). ' END
           || 'Send either the boroughs or the total, not both.'
      FROM (SELECT whole.row, whole.numerator, whole.denominator, min(part.row) AS first,
                   count(*) - count(part.numerator) AS unknown,
                   sum(part.numerator) AS numerators, sum(part.denominator) AS denominators
              FROM resolved whole
              JOIN resolved part USING (organisation, period, measure, category)
             WHERE whole.mine AND whole.place = '' AND part.place <> ''
               AND whole.numerator IS NOT NULL
             GROUP BY whole.row, whole.measure, whole.category, whole.numerator,
                      whole.denominator
            HAVING count(part.numerator) > 0) total
    """,
    # Once for each return. What was sent in time may be put right at any time.
    """
    SELECT DISTINCT ON (organisation_id, period) %(upload)s::bigint, row, %(period_column)s,
           to_char(period, 'YYYY-MM-DD'),
           'The closing day of this period has passed: figures are now taken from '
           || %(open_from_label)s || ' on. Ask the partnership’s analysts to open it again for '
           || 'you, or leave it out.'
      FROM resolved c
     WHERE mine AND period < %(open_from)s::date
       AND NOT EXISTS (SELECT FROM outcomes_extension e
                        WHERE e.collection_id = %(collection)s AND e.period = c.period
                          AND e.organisation_id = c.organisation_id AND e.until >= %(received_on)s)
       AND NOT EXISTS (SELECT FROM outcomes_submission s
                        WHERE s.collection_id = %(collection)s AND s.period = c.period
                          AND s.organisation_id = c.organisation_id
                          AND coalesce(s.first_sent_at, s.submitted_at) IS NOT NULL)
     ORDER BY organisation_id, period, row
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
    last = latest_ended(timezone.localdate(), collection.frequency)
    received_on = timezone.localdate(upload.received_at)  # however long it waited for its check
    late = closing.may_send_late(upload.received_by)
    open_from = None if late else closing.open_from(collection, received_on)
    return {
        "upload": upload.pk,
        "collection": collection.pk,
        "organisation": upload.organisation_id,
        "organisation_code": _code(upload.organisation),
        "frequency": collection.frequency,
        "months": MONTHS[collection.frequency],
        "first": collection.accepts_from,
        "first_label": label(collection.accepts_from, collection.frequency),
        "last": last,
        "last_label": label(last, collection.frequency),
        "open_from": open_from,
        "open_from_label": open_from and label(open_from, collection.frequency),
        "received_on": received_on,
        "measures": _some(collection.measures.values_list("slug", flat=True)),
        "place_example": _example(collection.partnership.places.first()),
        **_columns(upload),
    }


def _code(organisation: Organisation | None) -> str:
    return organisation.ods_code or organisation.slug if organisation else ""


def _some(names: Iterable[str]) -> str:
    """The first few names, and how many there are besides."""
    listed = list(names)
    more = f" and {len(listed) - MOST_NAMED} more" if len(listed) > MOST_NAMED else ""
    return ", ".join(listed[:MOST_NAMED]) + more


def _example(place: Place | None) -> str:
    return f", such as {place.name} or {place.gss_code}" if place else ""


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
