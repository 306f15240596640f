"""The Celery application. Messages carry only the id of a Job row; PostgreSQL is the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slic_portal.settings")

app = Celery("slic_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
