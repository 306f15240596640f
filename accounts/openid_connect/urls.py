"""Addresses of single sign-on; django-allauth places them under its own."""

from django.urls import path

from accounts.openid_connect import views

urlpatterns = [
    path("oidc/<slug:provider_id>/login/", views.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", views.callback, name="openid_connect_callback"),
    path(
        "oidc/<slug:provider_id>/again/", views.reauthenticate, name="openid_connect_reauthenticate"
    ),
]
