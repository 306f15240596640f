"""Creates the people who can sign in to a demonstration, and tells who they are."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import User
from accounts.roles import ROLES
from demo.actions.rows import Rows
from demo.content import Demonstration
from pages.actions import editors
from partners.models import Partnership, StaffMembership

# Known to everybody on purpose: it opens demonstrations only, which hold no real person's data.
PASSPHRASE = "lantern-orchard-river-bench"  # noqa: S105
DOMAIN = "example.org"  # reserved: its mail reaches nobody


@dataclass(frozen=True, slots=True)
class SignIn:
    name: str
    role: str
    scope: str
    email: str


def create(content: Demonstration, rows: Rows) -> None:
    """Adds every person with one role; the key in `rows.people` is role and organisation."""
    password = make_password(PASSPHRASE)  # slow by design, so made once
    for person in content.people:
        user = User.objects.create(email=person.email, full_name=person.name, password=password)
        EmailAddress.objects.create(user=user, email=person.email, verified=True, primary=True)
        at_organisation = person.organisation is not None
        StaffMembership.objects.create(
            user=user,
            role=person.role,
            organisation=rows.organisations[person.organisation] if person.organisation else None,
            partnership=None if at_organisation else rows.partnerships[content.current.slug],
        )
        if person.role == "editor":
            editors.grant(user=user)
        rows.people[person.role, person.organisation] = user


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
