"""A plugin of pytest for running in several processes: `make test` starts one for each core.

Each process has a database (pytest-django sees to it) and a part of Redis of its own. Tests that
share something slow to make, such as a running portal, stay together; these groups come first, so
that no process is left with a long one at the end.
"""

import os

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/journeys", "tests/faults", "tests/access/test_doors.py")  # the slowest first
FIRST_PART = 8  # of the 16 parts of Redis; the journeys' portal has 7, benchmarks have 6

if process := os.environ.get("PYTEST_XDIST_WORKER"):  # before any settings are read
    part = FIRST_PART + int(process.removeprefix("gw"))
    os.environ["REDIS_URL"] = os.environ["REDIS_URL"].rsplit("/", 1)[0] + f"/{part}"


def group_of(test: str) -> str:
    """What must run in one process: a slow folder, or the module of the test."""
    return next((slow for slow in TOGETHER if test.startswith(slow)), test.split("::")[0])


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    slowest = {name: place for place, name in enumerate(TOGETHER)}
    items.sort(key=lambda item: slowest.get(group_of(item.nodeid), len(TOGETHER)))


class Together(LoadScopeScheduling):
    """Hands whole groups to processes as they become free."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Together:
    return Together(config, log)
