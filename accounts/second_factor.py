"""The second step of signing in: everybody has one, and its secrets are encrypted at rest."""

from datetime import timedelta

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import SecurityEvent

# Set by accounts.single_sign_on when the provider proves that it asked for two steps.
STRONG_SINGLE_SIGN_ON = "strong_single_sign_on"  # in the session
STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes only stand in
# Finding and installing an app takes longer than the five minutes that other changes are given.
TIME_TO_SET_UP = timedelta(minutes=30)
AFTER_SET_UP = "page_after_second_step"
# Whoever gets so far knows the password; five guesses in five minutes are many in a year.
MOST_WRONG_CODES = 50


def steps_of(user):
    """The authenticator app and the passkeys of the person."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=STEPS)


def has_second_step(request: HttpRequest) -> bool:
    """Whether the signed-in person has a second step here, or used one at their own organisation.

    Asks the database once per request. The answer is not kept in the session, where it would
    outlive a step that was taken away.
    """
    if not hasattr(request, "has_second_step"):
        strong = request.session.get(STRONG_SINGLE_SIGN_ON) is True
        request.has_second_step = strong or steps_of(request.user).exists()  # type: ignore[attr-defined]
    return request.has_second_step  # type: ignore[attr-defined]


def is_setting_up(request: HttpRequest) -> bool:
    """Whether somebody who has just signed in is about to set up their first second step.

    They showed their password, or opened their invitation, moments ago: no need to ask again.
    """
    user = request.user
    if not user.is_authenticated or not user.last_login or has_second_step(request):
        return False
    return timezone.now() - user.last_login < TIME_TO_SET_UP


def has_failed_too_often(user) -> bool:
    """Whether too many codes were wrong in a row within a day, since the person last signed in."""
    recent = user.security_events.filter(at__gt=timezone.now() - timedelta(days=1))
    came_in = recent.filter(kind=SecurityEvent.Kind.SIGNED_IN).aggregate(last=Max("at"))["last"]
    wrong = recent.filter(kind=SecurityEvent.Kind.SECOND_STEP_FAILED)
    if came_in:
        wrong = wrong.filter(at__gt=came_in)
    return wrong.count() >= MOST_WRONG_CODES


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is wrong or was used already. Wait for the next one and "
        "try again",
        "too_many_codes": "Too many codes were wrong. Somebody may know your password. Use a "
        "passkey, try again tomorrow, or ask an administrator of your partnership",
        "used_code": "That code was used already. Wait for the next one",
        "incorrect_recovery_code": "That recovery code is wrong or was used already. Try another "
        "one",
        "incorrect_passkey": "The passkey did not work. Try again, or choose another way",
        "cannot_delete_authenticator": "This is your only second step, so it cannot be removed. "
        "Add another one first",
    }

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _keys().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last second step stays; it can be replaced."""
        return steps_of(authenticator.user).exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {number + 1}" if number else "My passkey"


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.MFA_ENCRYPTION_KEYS])
