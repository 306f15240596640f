"""A plugin of pytest for running in several processes: `make test` starts one for each core.

Each process has a database (pytest-django sees to it) and a part of Redis of its own. Tests that
share something slow to make, such as a running portal, stay together; these groups come first, so
that no process is left with a long one at the end.
"""

import os
from pathlib import Path

import pytest

TOGETHER = ("journeys", "faults", "access/test_doors.py")  # the slowest first
FIRST_PART = 8  # of the 16 parts of Redis; the journeys' portal has 7, benchmarks have 6

if process := os.environ.get("PYTEST_XDIST_WORKER"):  # before any settings are read
    part = FIRST_PART + int(process.removeprefix("gw"))
    os.environ["REDIS_URL"] = os.environ["REDIS_URL"].rsplit("/", 1)[0] + f"/{part}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items: list[pytest.Item]) -> None:
    """Names the group of each test: a slow folder, or its module."""
    tests = Path(__file__).parent

    def group(item: pytest.Item) -> str:
        module = item.path.relative_to(tests).as_posix()
        return next((slow for slow in TOGETHER if module.startswith(slow)), module)

    items.sort(key=lambda item: TOGETHER.index(g) if (g := group(item)) in TOGETHER else 99)
    for item in items:
        item.add_marker(pytest.mark.xdist_group(group(item)))
