"""The Celery application. Messages carry only the id of a Job row; PostgreSQL is the truth."""

import os

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slic_portal.settings")

app = Celery("slic_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.beat_init.connect
def tick_at_once(**event: object) -> None:
    """The first tick does not wait a minute: the portal is ready, and catches up, at once."""
    app.send_task("jobs.tick")
