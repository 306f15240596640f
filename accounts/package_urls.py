"""Addresses of the sign-in packages that the portal answers itself; they keep their names."""

from allauth.mfa.base.views import IndexView
from django.urls import path

from accounts import second_factor_views as views
from accounts import session_views

urlpatterns = [
    path("email/", views.EmailAddress.as_view(), name="account_email"),
    path("password/set/", views.PasswordSet.as_view(), name="account_set_password"),
    path("sessions/", session_views.SessionList.as_view(), name="usersessions_list"),
    path("2fa/totp/activate/", views.AuthenticatorApp.as_view(), name="mfa_activate_totp"),
    path(
        "2fa/totp/deactivate/", views.AuthenticatorAppRemove.as_view(), name="mfa_deactivate_totp"
    ),
    path("2fa/recovery-codes/", views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("2fa/webauthn/", IndexView.as_view(), name="mfa_list_webauthn"),  # all steps on one page
    path("2fa/webauthn/add/", views.PasskeyAdd.as_view(), name="mfa_add_webauthn"),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/",
        views.PasskeyRemove.as_view(),
        name="mfa_remove_webauthn",
    ),
]
