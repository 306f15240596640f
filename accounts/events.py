"""What happens at the doors: kept as SecurityEvent rows and told to the log `portal.security`.

The packages' own signals tell of it. No row and no line holds a password, a code, or an address
that belongs to nobody here.
"""

import logging
import re
from datetime import timedelta
from typing import Any

import pghistory
from allauth.account import signals as account_signals
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import DatabaseError, transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import STEP_WORDS, SecurityEvent, User
from accounts.trail import context

logger = logging.getLogger("portal.security")
Kind = SecurityEvent.Kind
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
REFUSALS_A_MINUTE = 60  # of one person; further ones are only told to the log
METHODS = {"password": "password", "mfa": "second step", "socialaccount": "single sign-on"}


def one_line(text: str, longest: int = 300) -> str:
    """The text without line breaks and other control characters, so that it forges no log line."""
    return CONTROL_CHARACTERS.sub(" ", text)[:longest]


def record(
    kind: SecurityEvent.Kind, *, user: Any, request: HttpRequest | None, detail: str = ""
) -> None:
    """Tells the log and writes the row.

    The log comes first and the row may fail: a full disk must not lock everybody out, and no
    attacker gains by it, because the line in the log stands.
    """
    address = _address(request)
    _log(kind, user, request, address, detail)
    try:
        with transaction.atomic():
            SecurityEvent.objects.create(
                kind=kind, user=user, address=address, detail=one_line(detail)
            )
    except DatabaseError:
        logger.exception("The event “%s” was not written.", kind)


def record_refusal(request: HttpRequest) -> None:
    """Somebody signed in was refused a page: each page once a minute, and no flood of rows."""
    path = one_line(request.path)
    user: Any = request.user
    recent = SecurityEvent.objects.filter(
        user=user, kind=Kind.REFUSED, at__gt=timezone.now() - timedelta(minutes=1)
    )
    known = list(recent.values_list("detail", flat=True)[:REFUSALS_A_MINUTE])
    if path in known or len(known) == REFUSALS_A_MINUTE:
        _log(Kind.REFUSED, user, request, _address(request), path)
    else:
        record(Kind.REFUSED, user=user, request=request, detail=path)


def _log(
    kind: SecurityEvent.Kind,
    user: Any,
    request: HttpRequest | None,
    address: str | None,
    detail: str,
) -> None:
    meta = request.META if request is not None else {}
    logger.info(
        'event=%s user=%s address=%s path="%s" detail="%s" agent="%s"',
        kind.value,
        user.pk if user else "-",
        address or "-",
        one_line(request.path if request is not None else "").replace('"', "'"),
        one_line(detail).replace('"', "'"),
        one_line(meta.get("HTTP_USER_AGENT", "")).replace('"', "'"),
    )


def _address(request: HttpRequest | None) -> str | None:
    """Where the request came from, as the limits on sign-in see it; None where it is unknown."""
    if request is None:
        return None
    try:
        return get_adapter(request).get_client_ip(request)
    except (PermissionDenied, ImproperlyConfigured):
        return None


@receiver(user_logged_in, dispatch_uid="record sign-in")
def signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    methods = [_method(one) for one in get_authentication_records(request, user)]
    record(Kind.SIGNED_IN, user=user, request=request, detail=", ".join(dict.fromkeys(methods)))
    pghistory.context(**context.of_person(user))  # what the request still changes is theirs


def _method(record: dict[str, Any]) -> str:
    known = METHODS.get(record["method"], record["method"])
    return STEP_WORDS.get(record.get("type", ""), known)


@receiver(user_logged_out, dispatch_uid="record sign-out")
def signed_out(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(Kind.SIGNED_OUT, user=user, request=request)


@receiver(user_login_failed, dispatch_uid="record failed sign-in")
def sign_in_failed(
    credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """What was typed is never kept: people type passwords into the wrong field."""
    email = str(credentials.get("email") or "").replace("\x00", "")
    user = User.objects.filter(email=email.lower()).first()
    record(
        Kind.SIGN_IN_FAILED, user=user, request=request, detail="" if user else "unknown address"
    )


@receiver(mfa_signals.authentication_failed, dispatch_uid="record failed second step")
def second_step_failed(
    request: HttpRequest, user: User, reauthentication: bool = False, **kwargs: Any
) -> None:
    detail = "when asked again" if reauthentication else "at sign-in"
    record(Kind.SECOND_STEP_FAILED, user=user, request=request, detail=detail)


@receiver(mfa_signals.authenticator_used, dispatch_uid="record used recovery code")
def recovery_code_used(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record(Kind.RECOVERY_CODE_USED, user=user, request=request)


@receiver(mfa_signals.authenticator_added, dispatch_uid="record added second step")
def second_step_added(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    detail = STEP_WORDS[authenticator.type]
    record(Kind.SECOND_STEP_ADDED, user=user, request=request, detail=detail)


@receiver(mfa_signals.authenticator_removed, dispatch_uid="record removed second step")
def second_step_removed(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    detail = STEP_WORDS[authenticator.type]
    record(Kind.SECOND_STEP_REMOVED, user=user, request=request, detail=detail)


@receiver(mfa_signals.authenticator_reset, dispatch_uid="record new recovery codes")
def recovery_codes_renewed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    record(Kind.RECOVERY_CODES_RENEWED, user=user, request=request)


@receiver(account_signals.password_changed, dispatch_uid="record changed password")
@receiver(account_signals.password_set, dispatch_uid="record first password")
def password_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    record(Kind.PASSWORD_CHANGED, user=user, request=request)


@receiver(account_signals.password_reset, dispatch_uid="record reset password")
def password_reset(request: HttpRequest, user: User, **kwargs: Any) -> None:
    record(Kind.PASSWORD_RESET, user=user, request=request)
