from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts import browsers
from accounts.authorization import has_permission
from accounts.permissions import Permission
from accounts.reauthentication import signed_in_recently
from accounts.second_factor import is_setting_up

# Where people begin, by the first of these permissions they hold.
FIRST_PAGES = (
    (Permission.SUBMISSION_VIEW, "outcomes:work"),
    (Permission.PEOPLE_MANAGE, "partners:person-list"),
    (Permission.BOARD_VIEW, "outcomes:scorecard"),
    (Permission.CONTENT_EDIT, "wagtailadmin_home"),
)


class AccountAdapter(DefaultAccountAdapter):
    """The portal's sign-in policy."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs themselves up: people are invited."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The person's first page; a safe `next` comes before it."""
        names = [
            name for permission, name in FIRST_PAGES if has_permission(request.user, permission)
        ]
        return reverse(names[0] if names else "accounts:account")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """“Recently” means the same everywhere; the first set-up follows the sign-in directly."""
        if signed_in_recently(self.request) or is_setting_up(self.request):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail names the portal and its address, and browsers in words that no stranger chose."""
        own = {
            "portal_url": settings.PORTAL_URL,
            "browser": browsers.in_words(context.get("user_agent", "")),
        }
        super().send_mail(template_prefix, email, context | own)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """No link for people who sign in at their own organisation: it would bypass that."""
        if user.has_usable_password() or not user.socialaccount_set.exists():
            super().send_password_reset_mail(user, email, context)
        else:
            self.send_mail("account/email/no_password_to_reset", email, {"user": user})
