import logging
from collections.abc import Iterable
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.http import HttpResponse

from outcomes.models import Upload
from reports.models import Report
from tests.access.doors import FIRST, REFUSALS, SET_UP, Doors

# Who comes and goes, and what was tried, is written down whatever the answer was.
NOTED = ("django_session", "usersessions_usersession", "accounts_securityevent")


@pytest.fixture(scope="module")
def doors(django_db_setup, django_db_blocker, tmp_path_factory):
    """One world for all tests of a module: making it for each of them would take minutes."""
    folder = str(tmp_path_factory.mktemp("private"))
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        for storage in (_storage(Upload, "file"), _storage(Report, "pdf")):
            patch.setattr(storage, "_location", folder)
            for cached in ("base_location", "location"):
                vars(storage).pop(cached, None)
        yield Doors()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def no_log():
    """Thousands of refusals with a trace each would be written for nobody."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def _storage(model, field: str):
    return model._meta.get_field(field).storage


@pytest.fixture
def knock(doors):
    """Uses an address as a person would and takes back what it did; answers as the table does.

    Reading and refusals change nothing, whoever comes.
    """

    def knock(who: str, way: str, path: str, data: dict | None = None, **options) -> str:
        client = doors.client(who, **options)
        with transaction.atomic(), _writes() as written:
            answer = _answer(client, who, way, path, data)
            transaction.set_rollback(True)
        if way != "POST" or answer in REFUSALS:
            assert written == [], f"{way} {path} as {who}: {answer}"
        return answer

    return knock


@pytest.fixture
def blank_refusals(monkeypatch):
    """The pages that refuse without their words, which take most of the time; others read them."""
    monkeypatch.setattr("design_system.views.render", _blank)


@pytest.fixture
def knock_at_all(doors, blank_refusals):
    """As `knock`, in one browser at many addresses one after the other, each of which refuses."""

    def knock_at_all(who: str, way: str, paths: Iterable[str]) -> list[str]:
        client = doors.client(who)
        with transaction.atomic(), _writes() as written:
            answers = [_answer(client, who, way, path) for path in paths]
            transaction.set_rollback(True)
        assert written == [], f"{way} as {who}"
        return answers

    return knock_at_all


def _blank(request, template: str, context=None, *, status: int = 200) -> HttpResponse:
    return HttpResponse(status=status)


def _answer(client, who: str, way: str, path: str, data: dict | None = None) -> str:
    response = client.post(path, data or {}) if way == "POST" else client.generic(way, path)
    for _ in response:  # a file is only closed when it was read
        pass
    return _in_words(response, who)


def _in_words(response, who: str) -> str:
    """The status, or the word of the table for those who have to do something else first."""
    url = response.headers.get("Location", "")
    if url == SET_UP:  # everybody changes their second step there
        return "set up" if who == "No second step" else "302"
    fitting = [prefix for prefix in FIRST if url.startswith(prefix)]
    return FIRST[max(fitting, key=len)] if fitting else str(response.status_code)


@contextmanager
def _writes():
    """The statements that changed something, but for the notes of who comes and goes."""
    written: list[str] = []

    def watch(execute, sql, params, many, context):
        words = sql.split(maxsplit=3)
        if words[0].upper() in ("INSERT", "UPDATE", "DELETE", "COPY", "MERGE", "TRUNCATE"):
            table = words[1 if words[0].upper() in ("UPDATE", "COPY") else 2].strip('"')
            if table not in NOTED:
                written.append(f"{words[0]} {table}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written
