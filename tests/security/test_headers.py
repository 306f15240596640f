"""The headers of every response: each door, each kind of error, redirects, files, static files."""

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.urls import include, path

from slic_portal import headers
from tests.partners.factories import make_partnership
from tests.people import make_person, sign_in
from tests.security.responses import faults_of

pytestmark = pytest.mark.django_db
HTTPS = {"secure": True}


def fault(request):
    raise RuntimeError("a secret in a trace")


def database_away(request):
    raise OperationalError("the password of the database")


def refuse(request):
    from django.core.exceptions import PermissionDenied

    raise PermissionDenied("inner words")


urlpatterns = [
    path("fault/", fault),
    path("away/", database_away),
    path("refused/", refuse),
    path("", include("slic_portal.urls")),
]
handler400 = "design_system.views.bad_request"
handler403 = "design_system.views.permission_denied"
handler404 = "design_system.views.page_not_found"
handler500 = "design_system.views.server_error"


@pytest.fixture(autouse=True)
def fresh_rate_limits():
    cache.clear()


@pytest.fixture
def https(settings):
    """As in production, behind HTTPS."""
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("status", "address", "options"),
    [
        (404, "/nowhere/", HTTPS),
        (404, "/static/nothing.css", HTTPS),
        (400, "/", {**HTTPS, "HTTP_HOST": "evil.example"}),
        (405, "/measures/", {**HTTPS, "method": "POST"}),
        (302, "/work/", HTTPS),
        (301, "/work", HTTPS),
        (500, "/fault/", HTTPS),
        (503, "/away/", HTTPS),
        (403, "/refused/", HTTPS),
        (200, "/robots.txt", HTTPS),
        (200, "/.well-known/security.txt", HTTPS),
        (200, "/health/live", HTTPS),
    ],
)
@pytest.mark.urls(__name__)
def test_errors_and_redirects_have_their_headers(https, settings, status, address, options):
    from django.contrib.auth.decorators import login_not_required

    for view in (fault, database_away, refuse):
        login_not_required(view)
    make_partnership()
    call = getattr(https, options.get("method", "GET").lower())
    response = call(address, **{k: v for k, v in options.items() if k != "method"})
    assert response.status_code == status
    assert faults_of(response) == []
    assert "max-age=31536000; includeSubDomains" in response["Strict-Transport-Security"]
    for secret in ("secret in a trace", "Traceback", "password of the database", "inner words"):
        assert secret not in response.content.decode()


def test_plain_http_is_sent_to_https_with_headers(settings, client):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/measures/")
    assert (response.status_code, response.url) == (301, "https://testserver/measures/")
    assert faults_of(response) == []
    assert "Strict-Transport-Security" not in response.headers  # only HTTPS may say so


def test_too_many_requests_has_its_headers_and_says_when(https, settings):
    settings.LIMITS = {**settings.LIMITS, "download": "0/m/ip"}
    make_partnership()
    response = https.get("/measures/any/data.csv", secure=True)
    assert response.status_code == 429
    assert faults_of(response) == []
    assert 0 < int(response["Retry-After"]) <= 60
    assert "Please wait a little" in response.content.decode()


def test_form_without_its_code_has_its_headers():
    make_partnership()
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {})
    assert response.status_code == 403
    assert faults_of(response) == []


def test_static_files_have_their_headers(settings, tmp_path):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "portal.css").write_text("body {}")
    settings.STATIC_ROOT = tmp_path / "files"
    response = Client().get("/static/portal.css")
    assert (response.status_code, b"".join(response)) == (200, b"body {}")
    assert response["Content-Type"].startswith("text/css")
    assert faults_of(response) == []
    assert Client().get("/static/").status_code == 404, "folders are not listed"
    assert Client().get("/static/../manage.py").status_code == 404
    assert Client().get("/.git/config").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/accounts/login/", "/accounts/password/reset/", "/work/", "/invitation/", "/invitation/x/"],
)
def test_private_pages_are_kept_nowhere_even_for_strangers(client, address):
    make_partnership()
    response = client.get(address)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_public_pages_may_be_found_but_not_by_those_signed_in(client):
    make_partnership()
    assert "X-Robots-Tag" not in client.get("/measures/").headers
    sign_in(client, make_person("ann@example.org"))
    response = client.get("/measures/")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_passkeys_are_allowed_for_the_portal_itself():
    assert "publickey-credentials-get=(self)" in headers.ALWAYS["Permissions-Policy"]
    assert "publickey-credentials-create=(self)" in headers.ALWAYS["Permissions-Policy"]


def test_editor_has_its_own_policy_and_nobody_else():
    from django.conf import settings

    strict = settings.CONTENT_SECURITY_POLICY
    assert "EXCLUDE_URL_PREFIXES" not in strict
    assert strict["DIRECTIVES"]["style-src"] == ["'self'"]
    assert strict["DIRECTIVES"]["script-src"] == ["'self'"]
    assert "unsafe-eval" not in str(headers.EDITOR_POLICY)
    assert headers.EDITOR_POLICY["form-action"] == ["'self'"]


def test_page_that_needs_a_script_in_it_gets_a_nonce_of_its_own(rf):
    from csp.middleware import CSPMiddleware
    from django.http import HttpResponse

    nonces = []

    def view(request):
        nonces.append(str(request.csp_nonce))
        return HttpResponse(f'<script nonce="{nonces[-1]}"></script>')

    for _ in range(2):
        policy = CSPMiddleware(view)(rf.get("/"))["Content-Security-Policy"]
        assert policy  # the nonce is in it only where the policy names NONCE
    assert nonces[0] != nonces[1]


def test_cookies_are_bound_and_hidden(client, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    make_partnership()
    make_person("ann@example.org", "lantern-orchard-river-bench")
    client.get("/accounts/login/", secure=True)
    form = {"login": "ann@example.org", "password": "lantern-orchard-river-bench"}
    client.post("/accounts/login/", form, secure=True)
    assert set(client.cookies) >= {"sessionid", "csrftoken"}
    for name, cookie in client.cookies.items():
        assert cookie["secure"], name
        assert cookie["samesite"] == "Lax", name
        assert cookie["path"] == "/", name
        assert not cookie["domain"], name
    assert client.cookies["sessionid"]["httponly"]
