"""Who may do what. Roles live in the database as StaffMembership rows of the partners app."""

from typing import Any

import rules
from django.core.exceptions import PermissionDenied

from accounts.permissions import Permission
from accounts.roles import ROLES


def granted(user: Any) -> dict[Permission, set[int | None]]:
    """Each permission of the user with the organisation ids it holds for; None means all of them.

    Read once per request and user. Roles at an organisation that has closed grant nothing, and an
    inactive or anonymous user holds nothing.
    """
    if not getattr(user, "is_active", False) or not user.is_authenticated:
        return {}
    if not hasattr(user, "_granted"):
        grants: dict[Permission, set[int | None]] = {}
        roles = user.staff_memberships.in_force().values_list("role", "organisation_id")
        for role, organisation_id in roles:
            for permission in ROLES[role].permissions:
                grants.setdefault(permission, set()).add(organisation_id)
        user._granted = grants
    return user._granted


def has_permission(user: Any, permission: Permission) -> bool:
    """Whether the user holds the permission for any organisation at all."""
    return bool(granted(user).get(permission))


def holds(user: Any, permission: Permission, *, at: int | None) -> bool:
    """Whether the user holds the permission at the organisation with that id.

    `at=None` asks for the whole partnership: a role at one organisation is not enough.
    """
    held = granted(user).get(permission, set())
    return None in held or at in held


def require(*, by: Any, permission: Permission, at: int | None) -> None:
    """For actions: PermissionDenied unless `by` holds the permission at the organisation."""
    if not holds(by, permission, at=at):
        raise PermissionDenied(f"This needs the permission “{permission}”.")


def organisation_ids(user: Any, permission: Permission) -> set[int] | None:
    """The organisations the user holds the permission for; None means every organisation."""
    held = granted(user).get(permission, set())
    return None if None in held else {i for i in held if i is not None}


def may(permission: Permission) -> rules.predicates.Predicate:
    """A predicate: the user holds the permission for the object.

    Without an object: at any organisation. An object that belongs to an organisation names it as
    `organisation_id`; one that belongs to none (or whose id is None) is the partnership's.
    """

    @rules.predicate(name=f"may {permission}")
    def predicate(user: Any, obj: Any = None) -> bool:
        if obj is None:
            return has_permission(user, permission)
        return holds(user, permission, at=getattr(obj, "organisation_id", None))

    return predicate
