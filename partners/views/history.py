"""What happened to a person or an organisation, for those who look after people."""

from functools import cached_property
from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from accounts.models import User
from accounts.permissions import Permission
from accounts.trail import selectors as trail
from accounts.trail.sources import about
from accounts.views import PermissionRequired
from partners.models import (
    Invitation,
    Organisation,
    OrganisationName,
    PartnerMembership,
    StaffMembership,
)


class HistoryPage(PermissionRequired, TemplateView):
    """A page of the record about one object."""

    permission_required = Permission.PEOPLE_MANAGE
    template_name = "accounts/history.html"

    def get_permission_object(self) -> None:
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cut = {name: self.request.GET.get(name) for name in ("before", "after")}
        return super().get_context_data(**kwargs) | {
            "page_title": f"History: {self.object}",
            "object": self.object,
            "back": self.back,
            "history": trail.history(self.sources(), **cut),
        }


class PersonHistory(HistoryPage):
    """A person's account, roles and invitation, and what happened when they signed in."""

    @cached_property
    def object(self) -> User:
        return get_object_or_404(User, uuid=self.kwargs["uuid"])

    @property
    def back(self) -> str:
        return reverse("partners:person-detail", args=[self.object.uuid])

    def sources(self) -> list:
        person = self.object
        return [
            *trail.of_account(person),
            trail.at_the_door(person),
            about(StaffMembership, Q(user_id=person.pk)),
            about(Invitation, Q(email=person.email) | Q(accepted_by_id=person.pk)),
        ]


class OrganisationHistory(HistoryPage):
    """An organisation with its names and memberships, and who had which role there."""

    @cached_property
    def object(self) -> Organisation:
        return get_object_or_404(Organisation, slug=self.kwargs["slug"])

    @property
    def back(self) -> str:
        return f"{reverse('partners:person-list')}?organisation={self.object.slug}"

    def sources(self) -> list:
        own = Q(organisation_id=self.object.pk)
        belonging = (OrganisationName, PartnerMembership, StaffMembership, Invitation)
        return [trail.of(self.object), *(about(model, own) for model in belonging)]
