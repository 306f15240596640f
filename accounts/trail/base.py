"""What every table of the record has beyond pghistory's own (the setting PGHISTORY_BASE_MODEL)."""

import pghistory.models
from django.db import models


class Event(pghistory.models.Event):
    """One change of one row; found by its time, because the record is read newest first."""

    pgh_created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        abstract = True
