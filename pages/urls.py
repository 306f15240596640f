from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import RedirectView

from pages import views

# All but the first take the place of Wagtail's own pages, so they carry its names and must come
# before it: people sign in and change their password on the portal's pages only.
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("cms/login/", views.EditorSignIn.as_view(), name="wagtailadmin_login"),
    path(
        "cms/account/",
        RedirectView.as_view(pattern_name="account_change_password"),
        name="wagtailadmin_account",
    ),
    path(
        "_util/login/",
        login_not_required(RedirectView.as_view(pattern_name="account_login", query_string=True)),
        name="wagtailcore_login",
    ),
]
