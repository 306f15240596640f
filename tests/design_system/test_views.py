"""Error pages help on, the gallery is for staff, and sign-in speaks plain English."""

import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override

from design_system import views
from tests.design_system.conftest import Page

CATALOGUE = settings.BASE_DIR / "design_system/locale/en_GB/LC_MESSAGES/django.po"


def quoted(block: str, keyword: str) -> str:
    """The text after a keyword of a catalogue entry, which may run over several lines."""
    lines = re.search(rf'^{re.escape(keyword)} ((?:".*"\n?)+)', block, re.M)
    parts = re.findall(r'"(.*)"', lines[1]) if lines else []
    return "".join(parts).replace(r"\n", "\n").replace(r"\"", '"')


def catalogue_blocks() -> list[str]:
    return [b for b in CATALOGUE.read_text().split("\n\n") if quoted(b, "msgid")]


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages_have_one_heading_and_a_way_on_without_any_context(name):
    page = Page(render_to_string(f"{name}.html"))
    assert len(page.all("h1")) == 1
    assert page.all("a", href="/")
    assert not page.all("form")


def test_servererror_needs_no_database():
    # Without the django_db mark any query fails this test.
    response = views.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Sorry, something went wrong" in response.content.decode()


@pytest.mark.django_db
def test_csrffailure_is_a_403_that_keeps_the_reason_to_itself(client):
    request = RequestFactory().post("/")
    request.user = SimpleNamespace(is_authenticated=False)
    response = views.csrf_failure(request, reason="Referer checking failed")
    assert response.status_code == 403
    text = response.content.decode()
    assert "Your form was not sent" in text
    assert "Referer" not in text


def gallery_response(*held: str):
    request = RequestFactory().get("/design-system/")
    request.user = SimpleNamespace(is_authenticated=True, has_perms=set(held).issuperset)
    return views.Gallery.as_view()(request)


def test_gallery_is_for_members_of_staff_only():
    assert gallery_response("gallery.view").status_code == 200
    with pytest.raises(PermissionDenied):
        gallery_response("board.view")


def failing(request):
    """The page for it, as Django asks for it while the database is away."""
    try:
        raise OperationalError("the server closed the connection")
    except OperationalError:
        return views.server_error(request)


def test_form_that_came_while_the_database_was_away_can_be_sent_again():
    typed = {"csrfmiddlewaretoken": "abc", "note": "“Two” <days>", "status": ["value", "late"]}
    answer = failing(RequestFactory().post("/work/?page=2", typed))
    assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store, private")
    page = Page(answer.content.decode())
    assert page.one("form", method="post")["action"] == "/work/?page=2"
    hidden = [(field["name"], field["value"]) for field in page.all("input", type="hidden")]
    assert hidden == [("csrfmiddlewaretoken", "abc"), ("note", "“Two” <days>"),
                      ("status", "value"), ("status", "late")]  # fmt: skip


def test_secrets_and_files_are_not_kept_while_the_database_is_away():
    request = RequestFactory()
    for typed in ({"password": "x"}, {"mfa-code": "1"}, {"file": SimpleUploadedFile("a", b"1")}):
        assert "<form" not in failing(request.post("/", typed)).content.decode()


@pytest.mark.django_db
def test_gallery_sends_strangers_to_sign_in(client):
    response = client.get(reverse("design_system:gallery"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.django_db
def test_login_looks_like_the_portal_and_offers_no_sign_up(client):
    page = Page(client.get(reverse("account_login")).content.decode())
    assert len(page.all("main")) == 1
    assert page.one("input", name="login")["class"] == "nhsuk-input"
    assert page.one("input", name="password")["type"] == "password"
    assert not page.all("a", href=reverse("account_signup"))
    assert "Only people who were invited can sign in" in page.text


@pytest.mark.django_db
def test_login_with_nothing_filled_in_lists_both_fields(client):
    page = Page(client.post(reverse("account_login"), {}).content.decode())
    assert "Error: Sign in" in page.text
    for name in ("login", "password"):
        assert page.all("a", href=f"#id_{name}")
        assert f"id_{name}" in page.ids


@pytest.mark.django_db
def test_signup_is_closed(client):
    page = Page(client.get(reverse("account_signup")).content.decode())
    assert "Accounts are by invitation" in page.text
    assert not page.all("input", type="password")


@pytest.mark.parametrize("block", catalogue_blocks(), ids=lambda b: quoted(b, "msgid")[:40])
def test_catalogue_as_compiled_says_what_its_source_says(block):
    with override("en-gb"):
        if plural := quoted(block, "msgid_plural"):
            assert ngettext(quoted(block, "msgid"), plural, 2) == quoted(block, "msgstr[1]")
        else:
            assert gettext(quoted(block, "msgid")) == quoted(block, "msgstr")
