"""What the pages about the partnership and its partners show."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from partners.models import (
    Leader,
    Organisation,
    OrganisationKind,
    PartnerMembership,
    Partnership,
)

Kind = tuple[str, list[PartnerMembership]]
HOME = {"label": "Home", "href": "/"}


@dataclass(frozen=True)
class Chapter:
    """One partnership of the line, and who came and went when it took over from the one before."""

    partnership: Partnership
    has_ended: bool
    is_current: bool
    joined: list[PartnerMembership] = field(default_factory=list)
    left: list[PartnerMembership] = field(default_factory=list)


def public_organisations() -> QuerySet[Organisation]:
    """The organisations that have a public page, each with its successor."""
    return Organisation.objects.live().select_related("successor")


def who_we_are(today: date | None = None) -> dict[str, Any]:
    """The page "Who we are": the current partnership, its line, its partners past and present."""
    today = today or timezone.localdate()
    partnerships = list(
        Partnership.objects.prefetch_related("purposes", "places").order_by("-starts_on")
    )
    started = [p for p in partnerships if p.starts_on <= today]
    if not partnerships:
        return {"current": None, "breadcrumb": [HOME]}
    current = (started or partnerships[-1:])[0]
    # A partnership that has ended is shown as it stood on its last day.
    day = min(today, current.ends_on or today)
    memberships = list(_public_memberships())
    present = [m for m in memberships if m.partnership_id == current.pk and _is_in(m, day)]
    return {
        "breadcrumb": [HOME],
        "current": current,
        "chapters": _chapters(partnerships, memberships, current, today),
        "kinds": _by_kind(present, PartnerMembership.Capacity.MEMBER),
        "supporters": [m for m in present if m.capacity == PartnerMembership.Capacity.SUPPORTER],
        "former": _former(memberships, present, day),
        "leaders": [leader for leader in _leaders(current) if _leads(leader, day)],
    }


def _public_memberships() -> QuerySet[PartnerMembership]:
    return (
        PartnerMembership.objects.filter(organisation__live=True)
        .select_related("organisation__successor")
        .prefetch_related("places", "organisation__names")
        .order_by("organisation__name", "-joined_on")
    )


def _leaders(partnership: Partnership) -> QuerySet[Leader]:
    return partnership.leaders.select_related("organisation")


def _leads(leader: Leader, day: date) -> bool:
    return (leader.from_date is None or leader.from_date <= day) and (
        leader.to_date is None or day <= leader.to_date
    )


def _is_in(membership: PartnerMembership, day: date) -> bool:
    """Whether the organisation exists and belongs to the partnership on that day."""
    closed_on = membership.organisation.closed_on
    return (
        membership.joined_on <= day
        and (membership.left_on is None or day <= membership.left_on)
        and (closed_on is None or day <= closed_on)
    )


def _by_kind(memberships: Iterable[PartnerMembership], capacity: str) -> list[Kind]:
    """Memberships of one capacity under the name of each kind that has any, in the usual order."""
    chosen = [m for m in memberships if m.capacity == capacity]
    groups = [
        (str(kind.label), [m for m in chosen if m.organisation.kind == kind])
        for kind in OrganisationKind
    ]
    return [(label, members) for label, members in groups if members]


def _former(
    memberships: list[PartnerMembership], present: list[PartnerMembership], day: date
) -> list[dict[str, Any]]:
    """Organisations that were partners once and are no longer, each once, with its last name."""
    here = {m.organisation_id for m in present}
    former: dict[int, dict[str, Any]] = {}
    for membership in memberships:  # the latest membership of an organisation comes first
        organisation = membership.organisation
        if organisation.pk in here or organisation.pk in former or membership.joined_on > day:
            continue
        last_day = membership.left_on or organisation.closed_on
        former[organisation.pk] = {
            "organisation": organisation,
            "name": organisation.name_on(last_day) if last_day else organisation.name,
            "last_day": last_day,
            "successor": organisation.successor,
        }
    return list(former.values())


def _chapters(
    partnerships: list[Partnership],
    memberships: list[PartnerMembership],
    current: Partnership,
    today: date,
) -> list[Chapter]:
    """The line of partnerships, newest first, with the members that changed at each start."""
    chapters = []
    for partnership in partnerships:
        before: dict[int, PartnerMembership] = {}
        if partnership.predecessor_id:
            before = _members(memberships, partnership.predecessor_id)
        after = _members(memberships, partnership.pk)
        changed = bool(before)
        chapters.append(
            Chapter(
                partnership=partnership,
                has_ended=partnership.ends_on is not None and partnership.ends_on < today,
                is_current=partnership == current,
                joined=[m for pk, m in after.items() if changed and pk not in before],
                left=[m for pk, m in before.items() if pk not in after],
            )
        )
    return chapters


def _members(
    memberships: list[PartnerMembership], partnership_id: int
) -> dict[int, PartnerMembership]:
    """Every organisation that ever took part in the partnership, by its id."""
    return {m.organisation_id: m for m in memberships if m.partnership_id == partnership_id}


def organisation_page(organisation: Organisation) -> dict[str, Any]:
    """The page of one organisation; a draft that was never saved has nothing around it yet."""
    parent = {"label": "Who we are", "href": reverse("partners:organisation-list")}
    context: dict[str, Any] = {"organisation": organisation, "breadcrumb": [HOME, parent]}
    if organisation.pk is None:
        return context | {"facts": _facts(organisation, [])}
    memberships = list(
        organisation.memberships.select_related("partnership")
        .prefetch_related("places")
        .order_by("-joined_on")
    )
    led = list(organisation.led_programmes.live())
    return context | {
        "facts": _facts(organisation, memberships),
        "names": [n for n in organisation.names.all() if n.name != organisation.name],
        "predecessors": list(organisation.predecessors.live()),
        "memberships": memberships,
        "led": led,
        "joined": [p for p in organisation.programmes.live() if p not in led],
    }


def _facts(
    organisation: Organisation, memberships: list[PartnerMembership]
) -> list[tuple[str, str]]:
    """What is known about an organisation, as pairs of a word and its value."""
    places: set[str] = {place.name for m in memberships for place in m.places.all()}
    facts = [
        ("Kind", organisation.get_kind_display()),
        ("NHS organisation code (ODS)", organisation.ods_code),
        ("Opened", _day(organisation.opened_on)),
        ("Closed", _day(organisation.closed_on)),
        ("Works in", ", ".join(sorted(places))),
    ]
    return [(key, value) for key, value in facts if value]


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
