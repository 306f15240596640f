"""Addresses of the portal's own account pages; they come before those of the sign-in package."""

from django.urls import path

from accounts import second_factor_views, session_views
from accounts.limits import limited
from accounts.trail import views as trail

app_name = "accounts"
urlpatterns = [
    path("", second_factor_views.Account.as_view(), name="account"),
    path("session/", session_views.Session.as_view(), name="session"),
    path("signed-in/", session_views.SignedIn.as_view(), name="signed-in"),
    path("sessions/end/", session_views.SessionEnd.as_view(), name="session-end"),
    path("go-on/", session_views.GoOn.as_view(), name="go-on"),
    path("record/", limited("search")(trail.Trail.as_view()), name="trail"),
    path("record/data.csv", limited("download")(trail.TrailCsv.as_view()), name="trail-csv"),
]
