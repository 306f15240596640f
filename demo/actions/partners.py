"""Creates who takes part: places, organisations with their names, partnerships, leaders."""

from demo.actions.rows import Rows
from demo.content import Demonstration
from demo.content import Organisation as OrganisationContent
from demo.content import Partnership as PartnershipContent
from partners.models import (
    Leader,
    Organisation,
    OrganisationName,
    PartnerMembership,
    Partnership,
    Place,
    Purpose,
)


def create(content: Demonstration, rows: Rows) -> None:
    """Adds every place, organisation and partnership of the demonstration."""
    for place in content.places:
        rows.places[place.slug] = Place.objects.create(
            slug=place.slug, name=place.name, gss_code=place.gss_code
        )
    for organisation in content.organisations:
        rows.organisations[organisation.slug] = _organisation(organisation, rows)
    for partnership in content.partnerships:
        _partnership(partnership, rows)


def _organisation(content: OrganisationContent, rows: Rows) -> Organisation:
    """Successors stand first in the content, so that they exist when they are named."""
    organisation = Organisation.objects.create(
        slug=content.slug,
        name=content.name,
        kind=content.kind,
        ods_code=content.ods_code,
        opened_on=content.opened_on,
        closed_on=content.closed_on,
        successor=rows.organisations[content.successor] if content.successor else None,
        summary=content.summary,
        description=content.description,
    )
    names = [(name.name, name.valid_from, name.valid_to) for name in content.names]
    OrganisationName.objects.bulk_create(
        OrganisationName(organisation=organisation, name=name, valid_from=start, valid_to=end)
        for name, start, end in names or [(content.name, content.opened_on, content.closed_on)]
    )
    return organisation


def _partnership(content: PartnershipContent, rows: Rows) -> None:
    partnership = Partnership.objects.create(
        slug=content.slug,
        name=content.name,
        short_name=content.short_name,
        strapline=content.strapline,
        about=content.about,
        starts_on=content.starts_on,
        ends_on=content.ends_on,
        predecessor=rows.partnerships[content.predecessor] if content.predecessor else None,
        is_demonstration=True,
    )
    rows.partnerships[content.slug] = partnership
    partnership.places.set(rows.places.values())
    for order, purpose in enumerate(content.purposes):
        rows.purposes[content.slug, purpose.slug] = Purpose.objects.create(
            partnership=partnership,
            slug=purpose.slug,
            name=purpose.name,
            description=purpose.description,
            order=order,
        )
    for member in content.members:
        membership = PartnerMembership.objects.create(
            partnership=partnership,
            organisation=rows.organisations[member.organisation],
            capacity=member.capacity,
            joined_on=member.joined_on,
            left_on=member.left_on,
        )
        membership.places.set(rows.places_of(member.places) or rows.places.values())
    _leaders(content, partnership, rows)


def _leaders(content: PartnershipContent, partnership: Partnership, rows: Rows) -> None:
    Leader.objects.bulk_create(
        Leader(
            partnership=partnership,
            organisation=rows.organisations[leader.organisation] if leader.organisation else None,
            name=leader.name,
            role=leader.role,
            from_date=leader.from_date,
            to_date=leader.to_date,
            order=order,
        )
        for order, leader in enumerate(content.leaders)
    )
