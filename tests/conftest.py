"""Fixtures for all tests. Everything runs on the real PostgreSQL and Redis."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings

from jobs import tasks
from jobs.models import Job

SHARED = Path(django_settings.BASE_DIR).parent / "shared"


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
