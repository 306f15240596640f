"""Who: the partnership, its purposes and places, its member organisations and their people."""

from partners.models.organisations import (
    Organisation,
    OrganisationKind,
    OrganisationName,
    PartnerMembership,
)
from partners.models.partnerships import Partnership, Place, Purpose
from partners.models.people import Invitation, Leader, StaffMembership

__all__ = [
    "Invitation",
    "Leader",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "PartnerMembership",
    "Partnership",
    "Place",
    "Purpose",
    "StaffMembership",
]
