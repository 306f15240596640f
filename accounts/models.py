import uuid

import pghistory
import pgtrigger
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").lower())


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What they may do follows from their staff memberships."""

    record_name = "Person"

    uuid = models.UUIDField(
        default=uuid.uuid4, db_default=RandomUUID(), editable=False, unique=True
    )
    email = models.EmailField("e-mail address", unique=True)
    full_name = models.CharField("name", max_length=120)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0]

    @property
    def is_staff(self) -> bool:
        """Asked for by libraries; the portal itself never uses it to open a door."""
        return self.is_superuser


class SecurityEvent(models.Model):
    """Something that happened at the doors of the portal: a sign-in, a refusal. Append-only."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", "Signed in"
        SIGNED_OUT = "signed_out", "Signed out"
        SIGN_IN_FAILED = "sign_in_failed", "Sign-in failed"
        SECOND_STEP_FAILED = "second_step_failed", "Second step failed"
        SECOND_STEP_ADDED = "second_step_added", "Second step added"
        SECOND_STEP_REMOVED = "second_step_removed", "Second step removed"
        RECOVERY_CODE_USED = "recovery_code_used", "Recovery code used"
        RECOVERY_CODES_RENEWED = "codes_renewed", "Recovery codes renewed"
        PASSWORD_CHANGED = "password_changed", "Password changed"
        PASSWORD_RESET = "password_reset", "Password reset"
        SESSIONS_ENDED = "sessions_ended", "Sessions ended"
        REFUSED = "refused", "Refused"

    kind = models.CharField(max_length=20, choices=Kind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="security_events"
    )
    at = models.DateTimeField(default=timezone.now, db_index=True)
    address = models.GenericIPAddressField("IP address", null=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = [
            pgtrigger.Protect(
                name="security_event_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.user}"


# What the sign-in packages keep of a person is recorded, too, without its secrets.

STEP_WORDS = {
    "totp": "authenticator app",
    "webauthn": "passkey",
    "recovery_codes": "recovery codes",
}


@pghistory.track(exclude=["data", "last_used_at"], obj_field=None)
class TrackedAuthenticator(Authenticator):
    record_name = "Second step"
    record_words = STEP_WORDS  # in place of the package's

    class Meta:
        proxy = True

    def __str__(self) -> str:
        return f"{STEP_WORDS[self.type].capitalize()} of {self.user}"


@pghistory.track(obj_field=None)
class TrackedEmailAddress(EmailAddress):
    record_name = "E-mail address"

    class Meta:
        proxy = True


@pghistory.track(exclude=["extra_data", "last_login"], obj_field=None)
class TrackedSocialAccount(SocialAccount):
    record_name = "Single sign-on"

    class Meta:
        proxy = True

    def __str__(self) -> str:
        return f"{self.user} at {self.provider}"
