"""Two partners and the people who look after them."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from accounts.models import User
from partners.models import Organisation, Partnership, StaffMembership
from tests.partners.factories import make_membership, make_organisation, make_partnership
from tests.people import make_person, sign_in


@dataclass
class Town:
    """An administrator, and at each trust an approver and a contributor."""

    partnership: Partnership
    oak: Organisation
    elm: Organisation
    people: dict[str, User] = field(default_factory=dict)

    def person(self, name: str) -> User:
        """Read afresh, as each request does: what a user may do is kept on the object."""
        return User.objects.get(pk=self.people[name].pk)

    def add(self, name: str, role: str | None = None, **place) -> User:
        user = make_person(f"{name}@example.org", full_name=name.title())
        if role:
            StaffMembership.objects.create(user=user, role=role, **place)
        self.people[name] = user
        return user

    def role(self, name: str) -> StaffMembership:
        return self.people[name].staff_memberships.get()


@pytest.fixture
def town(db) -> Town:
    partnership = make_partnership()
    oak, elm = make_organisation("oak"), make_organisation("elm")
    for organisation in (oak, elm):
        make_membership(partnership, organisation, joined_on=date(2016, 4, 1))
    town = Town(partnership, oak, elm)
    town.add("ada", "administrator", partnership=partnership)
    for trust in (oak, elm):
        for role in ("approver", "contributor"):
            town.add(f"{trust.slug}.{role}", role, organisation=trust)
    return town


@pytest.fixture
def signed_in(client, town):
    """A browser in which somebody of the town is signed in."""

    def signed_in(name: str, *, ago: float = 0):
        sign_in(client, town.people[name], ago=ago)
        return client

    return signed_in
