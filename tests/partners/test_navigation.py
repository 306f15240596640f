"""The header leads everybody exactly where they may go."""

import pytest

from partners.context_processors import navigation
from tests.partners.factories import make_user

pytestmark = pytest.mark.django_db
PUBLIC = {"Home", "Find help", "Does it work?", "Who we are", "Priorities"}
LINKS = {
    "contributor": {"My work"},
    "approver": {"My work", "People"},
    "analyst": {"My work", "Board"},
    "editor": {"Edit pages"},
    "board_member": {"Board"},
    "administrator": {"Board", "People", "Record"},
}


def links(rf, user) -> set[str]:
    request = rf.get("/")
    request.user = user
    return {link["label"] for link in navigation(request)} - PUBLIC


@pytest.mark.parametrize(("role", "expected"), LINKS.items())
def test_header_holds_exactly_the_links_of_the_role(town, rf, role, expected):
    assert links(rf, make_user(role)) == expected


def test_header_of_somebody_without_a_role_is_that_of_a_visitor(town, rf):
    assert links(rf, town.add("nobody")) == set()
