"""Requests nobody sends by accident get a plain refusal, never a fault of the server."""

import pytest

from tests.partners.factories import make_partnership, make_user
from tests.people import sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/work/", "/accounts/login/"])
def test_request_for_another_host_is_refused_on_a_page_of_ours(client, path):
    response = client.get(path, HTTP_HOST="evil.example")
    assert response.status_code == 400
    assert "could not read your request" in response.content.decode()
    assert "evil.example" not in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/programmes/?borough=%00",
        "/work/?page=%00",
        "/accounts/login/?next=%00",
        "/board/reports/?page=99999999999999999999",
        "/board/reports/?page=%00",
        "/work/releases/?page=-1",
        "/measures/%00/",
        "/%ff%fe/",
        "/cms/login/?next=%00",
    ],
)
def test_strange_address_is_no_fault_of_the_server(client, path):
    make_partnership()
    client.force_login(make_user("analyst"))
    assert client.get(path).status_code in (200, 302, 403, 404)


def test_strange_value_of_a_form_is_no_fault_of_the_server(client):
    make_partnership()
    sign_in(client, make_user("analyst"))
    assert client.post("/board/reports/new/", {"schedule": "\0"}).status_code == 404
    assert client.post("/work/releases/new/", {"title": "\0", "seen": "\0"}).status_code == 200
    assert client.post("/accounts/logout/", {"next": "//evil.example"}).url == "/"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_other_methods_change_nothing(client, method):
    make_partnership()
    client.force_login(make_user("analyst"))
    for path in ("/", "/work/", "/measures/", "/board/", "/work/releases/"):
        assert client.generic(method, path).status_code == 405
