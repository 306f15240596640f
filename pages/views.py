"""The front door of the portal and that of the editor."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from wagtail.models import Site
from wagtail.views import serve

from pages.models import HomePage


@method_decorator(login_not_required, name="dispatch")
class Home(View):
    """The home page; before an editor has made one, a plain page that says so."""

    def get(self, request: HttpRequest) -> HttpResponse:
        site = Site.find_for_request(request)
        if site is not None and site.root_page.specific_class is HomePage:
            return serve(request, "")
        return render(request, "pages/start.html")


@method_decorator(login_not_required, name="dispatch")
class EditorSignIn(View):
    """Where the editor sends whom it turns away: to the portal's own sign-in, or to a plain no."""

    def get(self, request: HttpRequest) -> HttpResponse:
        editor = reverse("wagtailadmin_home")
        if request.user.is_anonymous:
            return redirect_to_login(editor)
        if request.user.has_perm("wagtailadmin.access_admin"):
            return redirect(editor)
        raise PermissionDenied
