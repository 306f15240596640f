"""Small builders for the tests of who, what and pages; every value can be given."""

import secrets
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import ORGANISATION_ROLES
from outcomes.models import Measure, Series
from partners.actions.invitations import fingerprint
from partners.models import (
    Invitation,
    Organisation,
    OrganisationName,
    PartnerMembership,
    Partnership,
    Place,
    StaffMembership,
)
from programmes.models import Programme
from tests.people import make_person


def make_partnership(slug: str = "together", **fields: Any) -> Partnership:
    given = {
        "name": slug.title(),
        "short_name": slug.title(),
        "strapline": "Better care, closer to home.",
        "about": "We plan care together.",
        "starts_on": date(2016, 4, 1),
    }
    return Partnership.objects.create(slug=slug, **{**given, **fields})


def make_organisation(slug: str, **fields: Any) -> Organisation:
    given = {"name": slug.title(), "kind": "foundation_trust"}
    return Organisation.objects.create(slug=slug, **{**given, **fields})


def make_membership(
    partnership: Partnership, organisation: Organisation, **fields: Any
) -> PartnerMembership:
    given = {"joined_on": partnership.starts_on, **fields}
    return PartnerMembership.objects.create(
        partnership=partnership, organisation=organisation, **given
    )


def make_name(organisation: Organisation, name: str, start: date | None, end: date | None) -> None:
    OrganisationName.objects.create(
        organisation=organisation, name=name, valid_from=start, valid_to=end
    )


def make_place(name: str = "Lambeth", code: str = "E09000022") -> Place:
    return Place.objects.create(slug=name.lower(), name=name, gss_code=code)


def make_programme(slug: str = "at-home", *, places: list[Place] = (), **fields: Any) -> Programme:
    given = {
        "name": slug.title(),
        "summary": "Care in your own home.",
        "description": "Nurses visit you.",
        "audience": "People who would otherwise stay in hospital.",
        "how_to_get_it": "Ask your GP.",
        "starts_on": date(2013, 4, 1),
    }
    if "partnership" not in fields:
        fields["partnership"] = Partnership.objects.first() or make_partnership()
    if "lead" not in fields:
        fields["lead"] = Organisation.objects.first() or make_organisation("lead")
    programme = Programme.objects.create(slug=slug, **{**given, **fields})
    programme.places.set(places)
    return programme


def make_measure(programme: Programme, slug: str = "people-supported", **fields: Any) -> Measure:
    given = {
        "name": "People supported at home",
        "description": "How many people were looked after at home.",
        "kind": "count",
        "numerator_label": "people supported",
        "unit": "people",
        "sentence_subject": "people were supported",
        "direction": "increase",
        "source": "Test",
        "version": 1,
    }
    return Measure.objects.create(
        slug=slug,
        programme=programme,
        partnership=programme.partnership,
        owner=programme.lead,
        **{**given, **fields},
    )


def make_point(period: str, label: str, **fields: Any) -> dict[str, Any]:
    given = {"status": "value", "text": "250", "year_total": 3010.0, "year_total_text": "3,010"}
    return {"period": period, "label": label, **given, **fields}


def make_series(measure: Measure, points: list[dict[str, Any]], **fields: Any) -> Series:
    last = points[-1]
    summary = {
        "status": last["status"],
        "period": last["period"],
        "period_label": last["label"],
        "text": f"{last['text']} people",
        "sentence": f"In {last['label']}, {last['text']} people were supported.",
        "variation": "common_cause",
        "assurance": "",
    }
    given = {"edition": "public", "points": points, "summary": summary, "content_hash": "x"}
    return Series.objects.create(measure=measure, **{**given, **fields})


def make_invitation(token: str | None = None, **fields: Any) -> Invitation:
    """An open invitation whose link holds the token; to somebody new unless told."""
    given = {"email": "new@example.org", "role": "contributor"}
    if "partnership" not in fields and "organisation" not in fields:
        fields["organisation"] = Organisation.objects.first()
    return Invitation.objects.create(
        token_hash=fingerprint(token or secrets.token_urlsafe()),
        expires_at=timezone.now() + Invitation.LIFETIME,
        **{**given, **fields},
    )


def make_user(role: str, **fields: Any) -> User:
    user = make_person(f"{role}@example.org", full_name="Kim Example", **fields)
    scope: dict[str, Any] = {"partnership": Partnership.objects.first()}
    if role in ORGANISATION_ROLES:
        scope = {"organisation": Organisation.objects.first()}
    StaffMembership.objects.create(user=user, role=role, **scope)
    return user
