"""The Celery application. Messages carry only the id of a Job row; PostgreSQL is the truth."""

import os
from datetime import date

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slic_portal.settings")

app = Celery("slic_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.worker_init.connect
def load_once(**event: object) -> None:
    """What each child of a worker would load again: bank holidays bring those of every country."""
    from outcomes.periods import add_working_days

    add_working_days(date.today(), 1)


@signals.beat_init.connect
def tick_at_once(**event: object) -> None:
    """The first tick does not wait a minute: the portal is ready, and catches up, at once."""
    app.send_task("jobs.tick")
