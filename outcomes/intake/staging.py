"""The cells of one file in temporary tables: as they were read, and with their codes resolved.

`resolved` is what checks and loading read. It is a view: the cells are written once, what each
code means is looked up once for each code, and a statement pays only for the joins it needs.
"""

from pathlib import Path

from django.db import connection

from outcomes.models import Upload

# The largest file's cells are sorted and hashed in memory, whatever the server gives to others.
PREPARE = """
    SET LOCAL work_mem = '64MB';
    DROP TABLE IF EXISTS staged, code_of_organisation, code_of_place, code_of_category,
        code_of_measure CASCADE;
    CREATE TEMPORARY TABLE staged (
        row integer, organisation text, place text, category text, period date, measure text,
        numerator numeric(16, 4), denominator numeric(16, 4), status text
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE code_of_organisation (
        code text PRIMARY KEY, id bigint, name text, mine boolean, opened_on date, closed_on date,
        successor text
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE code_of_place (
        code text PRIMARY KEY, id bigint, valid_from date, valid_to date
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE code_of_category (code text PRIMARY KEY, id bigint) ON COMMIT DROP;
    CREATE TEMPORARY TABLE code_of_measure (
        code text PRIMARY KEY, id bigint, kind text, protected boolean, numerator_label text,
        denominator_label text, collected boolean
    ) ON COMMIT DROP;
    CREATE TEMPORARY VIEW resolved AS
    SELECT s.row, s.organisation, s.place, s.category, s.period, s.measure, s.numerator,
           s.denominator, s.status,
           o.id AS organisation_id, o.name AS organisation_name, coalesce(o.mine, false) AS mine,
           o.opened_on, o.closed_on, o.successor,
           p.id AS place_id, p.valid_from, p.valid_to, c.id AS category_id,
           m.id AS measure_id, m.kind AS measure_kind, coalesce(m.protected, false) AS protected,
           coalesce(m.numerator_label, '') AS numerator_label,
           coalesce(m.denominator_label, '') AS denominator_label,
           coalesce(m.collected, false) AS collected
      FROM staged s
      LEFT JOIN code_of_organisation o ON o.code = s.organisation
      LEFT JOIN code_of_place p ON p.code = s.place
      LEFT JOIN code_of_category c ON c.code = s.category
      LEFT JOIN code_of_measure m ON m.code = s.measure
"""

COPY_CELLS = """
    COPY staged (row, organisation, place, category, period, measure, numerator, denominator,
                 status)
    FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL (organisation, place, category, measure))
"""

# `mine`: the cell belongs to whom the upload is for. An analyst's file for all partners may hold
# rows of organisations that are not asked; these are counted and left out.
LOOK_UP = """
    INSERT INTO code_of_organisation
    SELECT DISTINCT ON (s.code) s.code, o.id, o.name,
           CASE WHEN %(organisation)s::bigint IS NULL THEN a.organisation_id IS NOT NULL
                ELSE o.id IS NOT DISTINCT FROM %(organisation)s END,
           o.opened_on, o.closed_on, n.name || coalesce(' (' || n.ods_code || ')', '')
      FROM (SELECT DISTINCT organisation AS code FROM staged) s
      LEFT JOIN partners_organisation o
        ON o.ods_code = s.code OR (o.ods_code IS NULL AND o.slug = lower(s.code))
      LEFT JOIN partners_organisation n ON n.id = o.successor_id
      LEFT JOIN outcomes_collection_organisations a
        ON a.organisation_id = o.id AND a.collection_id = %(collection)s
     ORDER BY s.code, o.id;
    INSERT INTO code_of_place
    SELECT DISTINCT ON (s.code) s.code, p.id, p.valid_from, p.valid_to
      FROM (SELECT DISTINCT place AS code FROM staged WHERE place <> '') s
      JOIN partners_place p ON s.code IN (p.gss_code, p.slug, p.name)
     ORDER BY s.code, p.id;
    INSERT INTO code_of_category
    SELECT s.code, c.id
      FROM (SELECT DISTINCT category AS code FROM staged WHERE category <> '') s
      JOIN outcomes_category c ON s.code = c.scheme || ':' || c.slug;
    INSERT INTO code_of_measure
    SELECT s.code, m.id, m.kind, m.disclosure = 'suppress_and_round', m.numerator_label,
           m.denominator_label, a.id IS NOT NULL
      FROM (SELECT DISTINCT measure AS code FROM staged) s
      JOIN outcomes_measure m ON m.slug = s.code
      LEFT JOIN outcomes_collection_measures a
        ON a.measure_id = m.id AND a.collection_id = %(collection)s;
    ANALYZE staged, code_of_organisation, code_of_place, code_of_category, code_of_measure
"""


def stage(upload: Upload, cells: Path) -> None:
    """Copies the cells into the database and resolves their codes. Needs an open transaction."""
    values = {"organisation": upload.organisation_id, "collection": upload.collection_id}
    with connection.cursor() as cursor:
        cursor.execute(PREPARE)
        with cells.open(encoding="utf-8") as file:
            cursor.copy_expert(COPY_CELLS, file)
        cursor.execute(LOOK_UP, values)
