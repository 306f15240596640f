"""Who may do what. Roles live in the database as StaffMembership rows of the partners app."""

from typing import Any

import rules

from accounts.permissions import Permission
from accounts.roles import ROLES


def granted(user: Any) -> dict[Permission, set[int | None]]:
    """Each permission of the user with the organisation ids it holds for; None means all of them.

    Read once per request and user; an inactive or anonymous user holds nothing.
    """
    if not getattr(user, "is_active", False) or not user.is_authenticated:
        return {}
    if not hasattr(user, "_granted"):
        grants: dict[Permission, set[int | None]] = {}
        for role, organisation_id in user.staff_memberships.values_list("role", "organisation_id"):
            for permission in ROLES[role].permissions:
                grants.setdefault(permission, set()).add(organisation_id)
        user._granted = grants
    return user._granted


def has_permission(user: Any, permission: Permission, organisation_id: int | None = None) -> bool:
    """Whether the user holds the permission for this organisation, or, without one, anywhere."""
    held = granted(user).get(permission, set())
    if organisation_id is None:
        return bool(held)
    return None in held or organisation_id in held


def organisation_ids(user: Any, permission: Permission) -> set[int] | None:
    """The organisations the user holds the permission for; None means every organisation."""
    held = granted(user).get(permission, set())
    return None if None in held else {i for i in held if i is not None}


def may(permission: Permission) -> rules.predicates.Predicate:
    """A predicate: the user holds the permission for the object's organisation, if it has one."""

    @rules.predicate(name=f"may {permission}")
    def predicate(user: Any, obj: Any = None) -> bool:
        return has_permission(user, permission, getattr(obj, "organisation_id", None))

    return predicate
