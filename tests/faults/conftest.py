"""One portal of its own for all tests of faults: they stop services that other tests rely on."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from slic_portal import embedded
from tests.faults.portal import Portal, running, wait_until
from tests.journeys.portal import free_port


@pytest.fixture(scope="package")
def portal(django_db_setup) -> Iterator[Portal]:
    schema = urlsplit(os.environ["DATABASE_URL"])
    schema = schema._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(prefix="slic-") as name:
        Path(name).chmod(0o755)
        for service in embedded.SERVICES:
            patch.setenv(service, "")  # its own, beside those of the test run
        with running(Path(name), schema, free_port()) as portal:
            yield portal


@pytest.fixture(autouse=True)
def all_runs(portal) -> None:
    """Each test begins with every process running and nothing returned."""
    for name in ("web", "relay", "worker"):
        if name not in portal.processes:
            portal.start(name)
    wait_until(lambda: portal.forget() or True, "PostgreSQL answers")
