"""Roles as data: what each kind of person may do, in one sentence and one set of permissions."""

from dataclasses import dataclass
from enum import StrEnum

from accounts.permissions import Permission


class Scope(StrEnum):
    ORGANISATION = "organisation"
    PARTNERSHIP = "partnership"


@dataclass(frozen=True)
class Role:
    """What a kind of person may do, either in one organisation or across the partnership."""

    slug: str
    name: str
    sentence: str
    scope: Scope
    permissions: frozenset[Permission]


def _role(slug: str, name: str, sentence: str, scope: Scope, *permissions: Permission) -> Role:
    everyone = {Permission.GALLERY_VIEW}
    return Role(slug, name, sentence, scope, frozenset({*permissions, *everyone}))


CONTRIBUTOR = _role(
    "contributor",
    "Contributor",
    "Sends the returns of their own organisation and sees what happened to them.",
    Scope.ORGANISATION,
    Permission.SUBMISSION_VIEW,
    Permission.SUBMISSION_SEND,
)
APPROVER = _role(
    "approver",
    "Approver",
    "Checks the returns of their own organisation, approves them or sends them back, and invites "
    "its people.",
    Scope.ORGANISATION,
    Permission.SUBMISSION_VIEW,
    Permission.SUBMISSION_APPROVE,
    Permission.PEOPLE_VIEW,
    Permission.PEOPLE_INVITE,
)
ANALYST = _role(
    "analyst",
    "Analyst",
    "Looks after measures and returns for all partners, and plans and approves what is published.",
    Scope.PARTNERSHIP,
    Permission.SUBMISSION_VIEW,
    Permission.SUBMISSION_SEND_FOR_ALL,
    Permission.COLLECTION_MANAGE,
    Permission.MEASURE_DEFINE,
    Permission.MEASURE_AGREE,
    Permission.RELEASE_PLAN,
    Permission.RELEASE_APPROVE,
    Permission.RELEASE_WITHDRAW,
    Permission.RELEASE_HOLD,
    Permission.BOARD_VIEW,
    Permission.REPORT_CREATE,
)
EDITOR = _role(
    "editor",
    "Editor",
    "Writes and publishes news, statements and the pages about programmes and partners.",
    Scope.PARTNERSHIP,
    Permission.CONTENT_EDIT,
)
BOARD_MEMBER = _role(
    "board_member",
    "Board member",
    "Sees the scorecard and reads the board's reports.",
    Scope.PARTNERSHIP,
    Permission.BOARD_VIEW,
)
ADMINISTRATOR = _role(
    "administrator",
    "Administrator",
    "Looks after people and their roles, and keeps the portal safe.",
    Scope.PARTNERSHIP,
    Permission.BOARD_VIEW,
    Permission.RELEASE_HOLD,
    Permission.PEOPLE_VIEW,
    Permission.PEOPLE_INVITE,
    Permission.PEOPLE_MANAGE,
    Permission.ORGANISATION_CLOSE,
    Permission.TRAIL_VIEW,
)

ROLES: dict[str, Role] = {
    role.slug: role
    for role in (CONTRIBUTOR, APPROVER, ANALYST, EDITOR, BOARD_MEMBER, ADMINISTRATOR)
}
ROLE_CHOICES = [(role.slug, role.name) for role in ROLES.values()]
ORGANISATION_ROLES = [role.slug for role in ROLES.values() if role.scope == Scope.ORGANISATION]
PARTNERSHIP_ROLES = [role.slug for role in ROLES.values() if role.scope == Scope.PARTNERSHIP]
