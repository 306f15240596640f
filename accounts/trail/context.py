"""Who is acting: written beside every change by triggers in the database."""

from typing import Any

import pghistory
from django.http import HttpRequest

from accounts.roles import ROLES

LONGEST = 300  # characters of a path or reason; the row itself holds a longer reason in full


def of_request(request: HttpRequest) -> dict[str, Any]:
    """Where a change comes from, and who makes it with which roles at this moment.

    Names and roles are kept as words, because both change later and the record must not.
    """
    return {
        "path": request.path[:LONGEST],
        "method": request.method,
        **of_person(request.user),
    }


def note_page(request: HttpRequest) -> None:
    """Notes the page of the form itself, beside what the rest of the request changes."""
    pghistory.context(path=request.path[:LONGEST])


def of_person(user: Any) -> dict[str, Any]:
    if not user.is_authenticated:
        return {}
    return {"user": user.pk, "name": str(user), "roles": roles_in_words(user)}


def roles_in_words(user: Any) -> str:
    """For example “Analyst; Approver at King’s College Hospital”."""
    held = user.staff_memberships.in_force().select_related("organisation").order_by("role", "pk")
    return "; ".join(
        ROLES[one.role].name + (f" at {one.organisation}" if one.organisation else "")
        for one in held
    )


def because(reason: str) -> pghistory.context:
    """Says why the changes inside are made: `with because(reason): …`.

    The reason stays with the request or job to its end, as all of it serves the same purpose.
    """
    return pghistory.context(reason=reason.strip()[:LONGEST])
