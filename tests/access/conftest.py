import pytest
from django.db import transaction

from outcomes.models import Upload
from reports.models import Report
from tests.access.doors import Doors

WORDS = {
    "/accounts/2fa/": "set up",
    "/accounts/reauthenticate/?next=": "again",
    "/accounts/2fa/reauthenticate/?next=": "again",
}
SIGN_IN = ("/accounts/login/?next=", "/cms/login/?next=")  # the second leads to the first


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


def _storage(model, field: str):
    return model._meta.get_field(field).storage


@pytest.fixture
def knock(doors):
    """Uses an address as a person would and takes back what it did; answers as the table does."""

    def knock(who: str, way: str, path: str, data: dict | None = None, **options) -> str:
        client = doors.client(who, **options)
        with transaction.atomic():
            response = client.get(path) if way == "GET" else client.post(path, data or {})
            for _ in response:  # a file is only closed when it was read
                pass
            transaction.set_rollback(True)
        return _in_words(response)

    return knock


def _in_words(response) -> str:
    """The status, or the word of the table for those who have to do something else first."""
    if response.status_code != 302:
        return str(response.status_code)
    if response.url.startswith(SIGN_IN):
        return "in"
    fitting = [prefix for prefix in WORDS if response.url.startswith(prefix)]
    return WORDS[max(fitting, key=len)] if fitting else "302"
