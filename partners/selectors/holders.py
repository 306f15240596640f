"""Who holds a permission, the other way round: from the permission to the people."""

from collections import defaultdict

from accounts.models import User
from accounts.permissions import Permission
from accounts.roles import ORGANISATION_ROLES, ROLES
from partners.models import StaffMembership


def people_with(permission: Permission) -> dict[int, list[User]]:
    """Active people who hold the permission by a role at an organisation, by its id."""
    roles = [slug for slug in ORGANISATION_ROLES if permission in ROLES[slug].permissions]
    held = (
        StaffMembership.objects.in_force()
        .filter(role__in=roles, user__is_active=True)
        .select_related("user")
        .order_by("user__full_name", "user__email")
    )
    found: dict[int, dict[User, None]] = defaultdict(dict)  # in order, each once
    for membership in held:
        if membership.organisation_id is not None:
            found[membership.organisation_id][membership.user] = None
    return {place: list(people) for place, people in found.items()}
