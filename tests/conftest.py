"""Fixtures for all tests. Everything runs on the real PostgreSQL and Redis."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from jobs import tasks
from jobs.models import Job

NEVER = "never_emptied"  # see accounts/trail/never_emptied.py
SHARED = Path(django_settings.BASE_DIR).parent / "shared"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """After tests that commit all tables are emptied, which the record does not let happen."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [NEVER])
        for (table,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {NEVER}")


@pytest.fixture(autouse=True)
def quick_and_apart(settings, tmp_path):
    """Each test keeps its files apart, and finds static files where they are written."""
    storages = {name: dict(spec) for name, spec in settings.STORAGES.items()}
    storages["private"]["OPTIONS"] = {"location": tmp_path / "private", "base_url": None}
    storages["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = storages
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()  # the server of static files warns where none were collected
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def shared() -> Path:
    """The folder of real data beside the project; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("The folder ../shared is not beside the project, so this test was left out.")
    return SHARED


@pytest.fixture
def run_jobs():
    """Does the waiting jobs here and now, as a worker would; returns how many."""

    def run() -> int:
        done = 0
        while job := Job.objects.publishable().first():
            tasks.run(str(job.id))
            done += 1
        return done

    return run
