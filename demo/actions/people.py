"""Creates the people who can sign in to a demonstration, and tells who they are."""

import base64
import secrets
import time
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt, encrypt
from django.contrib.auth.hashers import make_password

from accounts.models import User
from accounts.roles import ROLES
from demo.actions.rows import Rows
from demo.content import Demonstration
from pages.actions import editors
from partners.models import Partnership, StaffMembership

# Known to everybody on purpose: it opens demonstrations in development only, on one's own machine.
PASSPHRASE = "lantern-orchard-river-bench"  # noqa: S105
DOMAIN = "example.org"  # reserved: its mail reaches nobody
# The same for everybody, too: an authenticator app that is given it shows their second step.
AUTHENTICATOR_KEY = "DEMODEMODEMODEMODEMODEMODEMODEMO"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What all people of a demonstration sign in with."""

    passphrase: str
    authenticator_key: str


PUBLIC = Secrets(PASSPHRASE, AUTHENTICATOR_KEY)


def fresh_secrets() -> Secrets:
    """For a demonstration that others can reach; nothing keeps them in a readable form."""
    key = base64.b32encode(secrets.token_bytes(20)).decode()
    return Secrets(secrets.token_urlsafe(18), key)


@dataclass(frozen=True, slots=True)
class SignIn:
    name: str
    role: str
    scope: str
    email: str


def create(content: Demonstration, rows: Rows, keys: Secrets) -> None:
    """Adds every person with one role; the key in `rows.people` is role and organisation.

    A second one of the same kind, who approves what the first has made, is in `rows.colleagues`.
    """
    password = make_password(keys.passphrase)  # slow by design, so made once
    for person in content.people:
        user = User.objects.create(email=person.email, full_name=person.name, password=password)
        EmailAddress.objects.create(user=user, email=person.email, verified=True, primary=True)
        Authenticator.objects.create(
            user=user,
            type=Authenticator.Type.TOTP,
            data={"secret": encrypt(keys.authenticator_key)},
        )
        at_organisation = person.organisation is not None
        StaffMembership.objects.create(
            user=user,
            role=person.role,
            organisation=rows.organisations[person.organisation] if person.organisation else None,
            partnership=None if at_organisation else rows.partnerships[content.current.slug],
        )
        if person.role == "editor":
            editors.grant(user=user)
        key = person.role, person.organisation
        (rows.colleagues if key in rows.people else rows.people)[key] = user


def code_now() -> str:
    """What an authenticator app with the demonstration's key shows now."""
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(AUTHENTICATOR_KEY, counter))


def code_of(user: User) -> str:
    """The code for somebody of a demonstration who still has its key; empty for others."""
    if not user.email.endswith(f"@{DOMAIN}"):
        return ""
    if not Partnership.objects.filter(is_demonstration=True).exists():
        return ""
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    shared = app is not None and decrypt(app.data["secret"]) == AUTHENTICATOR_KEY
    return code_now() if shared else ""


def sign_ins() -> list[SignIn]:
    """The demonstration's people as the database has them; none where no demonstration is."""
    if not Partnership.objects.filter(is_demonstration=True).exists():
        return []
    memberships = (
        StaffMembership.objects.filter(user__email__endswith=f"@{DOMAIN}", user__is_active=True)
        .select_related("user", "organisation", "partnership")
        .order_by("pk")
    )
    return [
        SignIn(
            name=membership.user.full_name,
            role=ROLES[membership.role].name,
            scope=str(membership.organisation or membership.partnership),
            email=membership.user.email,
        )
        for membership in memberships
    ]
