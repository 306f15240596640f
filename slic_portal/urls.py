"""Every address of the portal. Public pages opt out of sign-in; everything else asks for it."""

from csp.decorators import csp
from django.contrib.auth.decorators import login_not_required, permission_required
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from accounts.permissions import Permission
from slic_portal import health, well_known
from slic_portal.headers import EDITOR_POLICY

# Wagtail asks for its own group; the portal first asks for the role that goes with it.
editors_only = permission_required(Permission.CONTENT_EDIT, raise_exception=True)

editor_urls = decorate_urlpatterns(wagtailadmin_urls.urlpatterns, editors_only)

urlpatterns = [
    path(".well-known/security.txt", well_known.security_txt, name="security-txt"),
    path("robots.txt", well_known.robots_txt, name="robots-txt"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("accounts/", include("accounts.urls")),  # first: some of its pages replace the package's
    path("accounts/", include("accounts.package_urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("partners.urls")),
    path("", include("programmes.urls")),
    path("", include("outcomes.urls")),
    path("board/reports/", include("reports.urls")),
    path("design-system/", include("design_system.urls")),
    # Before the editor: it uses the portal's own sign-in and account pages.
    path("", include("pages.urls")),
    path("cms/", include(decorate_urlpatterns(editor_urls, csp(EDITOR_POLICY)))),
    path("", include(decorate_urlpatterns(wagtail_urls.urlpatterns, login_not_required))),
]
handler400 = "design_system.views.bad_request"
handler403 = "design_system.views.permission_denied"
handler404 = "design_system.views.page_not_found"
handler429 = "design_system.views.too_many_requests"  # allauth looks for it here
handler500 = "design_system.views.server_error"
