"""People for tests: signed up, with a second step, as everybody has who uses the portal."""

import time
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import encrypt
from django.test import Client

from accounts.models import User

TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_person(
    email: str, password: str | None = None, *, second_factor: bool = True, **fields: Any
) -> User:
    """Somebody with a known address; `second_factor=False` for one who has yet to set it up."""
    fields.setdefault("full_name", email.split("@")[0])
    user = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if second_factor:
        enrol(user)
    return user


def enrol(user: User) -> Authenticator:
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(TOTP_SECRET)}
    )


def code(secret: str = TOTP_SECRET) -> str:
    """What the person's authenticator app shows now."""
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def sign_in(client: Client, user: User, *, ago: float = 0) -> None:
    """Signs in as the forms do: with a note of when password and second step were shown."""
    client.force_login(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": method, "at": time.time() - ago, "reauthenticated": True}
        for method in ("password", "mfa")
    ]
    session["account_authentication_methods_user"] = user_id_to_str(user)
    session.save()
