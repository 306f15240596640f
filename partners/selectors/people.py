"""Who is here: what the pages about people show, each viewer only what is theirs to see."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.authorization import holds, organisation_ids
from accounts.models import User
from accounts.permissions import Permission
from accounts.roles import ADMINISTRATOR, APPROVER, ORGANISATION_ROLES, PARTNERSHIP_ROLES
from partners.models import Invitation, Organisation, StaffMembership

PAGE = 50
WHOLE, NOBODY = "The whole partnership", "No role"


@dataclass
class Entry:
    """A person under the heading of one place, with their roles there."""

    group: str
    person: Any
    roles: list[str] = field(default_factory=list)


def visible_people(viewer: Any) -> "QuerySet[User]":
    """Everybody, or the people of the viewer's own organisations; each with their second step."""
    ids = organisation_ids(viewer, Permission.PEOPLE_VIEW)
    people = User.objects.all()
    if ids is not None:
        here = StaffMembership.objects.filter(user=OuterRef("pk"), organisation_id__in=ids)
        people = people.filter(Exists(here))
    second_step = Authenticator.objects.filter(user=OuterRef("pk")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    return people.annotate(has_second_step=Exists(second_step))


def visible_organisations(viewer: Any) -> "QuerySet[Organisation]":
    """For the filter of the list: those with people the viewer may see."""
    visible = Organisation.objects.for_user(viewer, Permission.PEOPLE_VIEW)
    return visible.filter(staff__isnull=False).distinct()


def people_page(
    viewer: Any, *, organisation: Organisation | None, words: str, number: Any
) -> dict[str, Any]:
    """One page of the list, in groups: first the partnership's people, then place by place."""
    memberships = StaffMembership.objects.for_user(viewer, Permission.PEOPLE_VIEW)
    people = visible_people(viewer)
    if organisation:
        memberships = memberships.filter(organisation=organisation)
    if words:
        people = people.filter(Q(full_name__icontains=words) | Q(email__icontains=words))
        memberships = memberships.filter(user__in=people.values("pk"))
    places: dict[tuple[str, int], list[str]] = defaultdict(list)
    rows = memberships.select_related("organisation", "user").order_by(
        "organisation__name", "user__full_name", "user__email", "role"
    )
    for row in rows:
        group = row.organisation.name if row.organisation else WHOLE
        places[group, row.user_id].append(row.role_name)
    keys = sorted(places, key=lambda key: key[0] != WHOLE)  # stable: names stay in order
    if not organisation:
        without = people.filter(staff_memberships__isnull=True).order_by("full_name", "email")
        keys += [(NOBODY, pk) for pk in without.values_list("pk", flat=True)]
    page: Page = Paginator(keys, PAGE).get_page(number)
    found = people.in_bulk([pk for _, pk in page.object_list])
    entries = [Entry(g, found[pk], places.get((g, pk), [])) for g, pk in page.object_list]
    return {"page_obj": page, "groups": _grouped(entries), "count": len({pk for _, pk in keys})}


def _grouped(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append(entry)
    return list(groups.items())


def person_page(viewer: Any, person: User) -> dict[str, Any]:
    """One person with the roles the viewer may see, and what the viewer may do here."""
    memberships = person.staff_memberships.for_user(viewer, Permission.PEOPLE_VIEW)
    return {
        "person": person,
        "memberships": memberships.select_related("organisation", "partnership"),
        "may_manage": holds(viewer, Permission.PEOPLE_MANAGE, at=None),
        "is_self": viewer.pk == person.pk,
    }


def open_invitations(viewer: Any) -> "QuerySet[Invitation]":
    """Sent and not yet used, the newest first; those that have expired are among them."""
    return (
        Invitation.objects.open()
        .for_user(viewer, Permission.PEOPLE_VIEW)
        .select_related("organisation", "partnership", "invited_by")
    )


def invitation_of(mark: str) -> Invitation | None:
    """The invitation with a token of that fingerprint, open or not; None when there is none."""
    with_names = Invitation.objects.select_related("organisation", "partnership", "invited_by")
    return with_names.filter(token_hash=mark).first()


def person_at(email: str) -> User | None:
    return User.objects.filter(email=email).first()


def places_to_give_roles(viewer: Any) -> "QuerySet[Organisation]":
    """Where the viewer may give somebody a role today."""
    return Organisation.objects.for_user(viewer, Permission.PEOPLE_INVITE).partners_today()


def roles_to_give(viewer: Any) -> list[str]:
    if holds(viewer, Permission.PEOPLE_INVITE, at=None):
        return ORGANISATION_ROLES + PARTNERSHIP_ROLES
    return ORGANISATION_ROLES


def role_to_remove(viewer: Any, uuid: UUID) -> "QuerySet[StaffMembership]":
    visible = StaffMembership.objects.for_user(viewer, Permission.PEOPLE_VIEW)
    return visible.select_related("user", "organisation", "partnership").filter(uuid=uuid)


def whom_to_ask(user: Any, *, approvers_can_help: bool) -> list[dict[str, Any]]:
    """For the page that refuses: administrators and, where they can give the role that is missing,
    approvers of the person's own organisations. Visitors are told no names."""
    if not getattr(user, "is_authenticated", False):
        return []
    own = user.staff_memberships.in_force().exclude(organisation=None).values("organisation_id")
    if not approvers_can_help:
        own = own.none()
    helpers = (
        StaffMembership.objects.filter(
            Q(role=APPROVER.slug, organisation_id__in=own) | Q(role=ADMINISTRATOR.slug),
            user__is_active=True,
        )
        .exclude(user=user)
        .select_related("user", "organisation")
        .order_by("organisation__name", "user__full_name")
    )
    groups: dict[str, list[User]] = {}
    for helper in helpers:
        place = helper.organisation
        heading = f"Approvers at {place}" if place else "Administrators of the portal"
        groups.setdefault(heading, []).append(helper.user)
    return [{"heading": heading, "people": people} for heading, people in groups.items()]
