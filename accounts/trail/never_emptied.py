"""No table of the record can be emptied at one stroke: TRUNCATE passes by the triggers of rows.

Made after every `migrate`, for all tables whose rows are append-only, so that none is forgotten.
Whoever owns the tables can still take a trigger away; nobody empties one by mistake or unseen.
"""

from typing import Any

from django.db import connections

FUNCTION = """
CREATE OR REPLACE FUNCTION never_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The record of changes cannot be emptied: %', TG_TABLE_NAME;
END $$
"""
TRIGGERS = """
DO $$
DECLARE record regclass;
BEGIN
    FOR record IN
        SELECT tgrelid FROM pg_trigger WHERE tgname LIKE 'pgtrigger%append\\_only%'
        EXCEPT SELECT tgrelid FROM pg_trigger WHERE tgname = 'never_emptied'
    LOOP
        EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %s '
                       'FOR EACH STATEMENT EXECUTE FUNCTION never_emptied()', record);
    END LOOP;
END $$
"""


def protect(using: str = "default", **kwargs: Any) -> None:
    """Adds the trigger where it is missing."""
    with connections[using].cursor() as cursor:
        cursor.execute(FUNCTION)
        cursor.execute(TRIGGERS)
