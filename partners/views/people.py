"""Who is here, and what may they do? For administrators, and approvers at their organisation."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.generic import FormView, TemplateView

from accounts.models import User
from accounts.permissions import Permission
from accounts.reauthentication import RecentSignIn
from accounts.roles import ORGANISATION_ROLES
from accounts.views import PermissionRequired
from partners.actions import invitations, organisations, staff
from partners.actions.staff import Refused
from partners.forms import CloseForm, InvitationForm, PeopleFilterForm, ReasonForm, RoleForm
from partners.models import Organisation, Partnership, StaffMembership
from partners.selectors import people

PEOPLE = {"label": "People", "href": "/people/"}


class PeoplePage(PermissionRequired):
    """For those who may see people; which of them, the selectors say."""

    permission_required = Permission.PEOPLE_VIEW

    def get_permission_object(self) -> None:
        return None  # held anywhere; another organisation's people are not found

    @cached_property
    def person(self) -> User:
        return get_object_or_404(people.visible_people(self.request.user), uuid=self.kwargs["uuid"])


class Act(PeoplePage, RecentSignIn, FormView):
    """A form that does something to people's access; what is refused is said above the form."""

    button = "Save"
    done = "Saved."

    def act(self, **fields: Any) -> None:
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.act(**form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        return reverse("partners:person-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(button=self.button, breadcrumb=self.breadcrumb(), **kwargs)

    def breadcrumb(self) -> list[dict[str, str]]:
        return [PEOPLE]


class PersonList(PeoplePage, TemplateView):
    template_name = "partners/person_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        viewer = self.request.user
        visible = people.visible_organisations(viewer)
        form = PeopleFilterForm(self.request.GET, organisations=visible)
        chosen = form.cleaned_data if form.is_valid() else {}
        organisation = chosen.get("organisation")
        found = people.people_page(
            viewer,
            organisation=organisation,
            words=chosen.get("words", ""),
            number=self.request.GET.get("page"),
        )
        may_close = viewer.has_perm(Permission.ORGANISATION_CLOSE)
        return super().get_context_data(
            page_title="People",
            filter_form=form,
            is_filtered=any(chosen.values()),
            organisation=organisation,
            may_close=may_close and organisation and not organisation.has_closed,
            waiting=people.open_invitations(viewer).count(),
            **found,
            **kwargs,
        )


class PersonDetail(PeoplePage, TemplateView):
    template_name = "partners/person_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = people.person_page(self.request.user, self.person)
        return super().get_context_data(
            page_title=str(self.person), breadcrumb=[PEOPLE], **page, **kwargs
        )


class InvitationList(PeoplePage, TemplateView):
    template_name = "partners/invitation_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = people.open_invitations(self.request.user)
        page = Paginator(waiting, people.PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page_title="Open invitations", breadcrumb=[PEOPLE], page_obj=page, **kwargs
        )


class GivesRole(Act):
    """A form that gives somebody a role, as far as the viewer may give one."""

    permission_required = Permission.PEOPLE_INVITE

    def get_form_kwargs(self) -> dict[str, Any]:
        viewer = self.request.user
        return super().get_form_kwargs() | {
            "roles": people.roles_to_give(viewer),
            "organisations": people.places_to_give_roles(viewer),
        }

    @staticmethod
    def place(role: str, organisation: Organisation | None) -> dict[str, Any]:
        if role in ORGANISATION_ROLES:
            return {"organisation": organisation}
        return {"partnership": Partnership.objects.current()}


class InvitationCreate(GivesRole):
    form_class = InvitationForm
    template_name = "partners/invitation_create.html"
    extra_context = {"page_title": "Invite somebody"}
    button = "Send the invitation"
    done = "The invitation is on its way. It is good for 48 hours."

    def act(self, *, email: str, role: str, organisation: Organisation | None) -> None:
        place = self.place(role, organisation)
        invitations.invite(email=email, role=role, **place, by=self.request.user)

    def get_success_url(self) -> str:
        return reverse("partners:invitation-list")


class InvitationAct(PeoplePage, View):
    """One button beside an open invitation."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        visible = people.open_invitations(request.user)
        invitation = get_object_or_404(visible, uuid=kwargs["uuid"])
        try:
            messages.success(request, self.act(invitation))
        except Refused as refused:
            messages.warning(request, str(refused))
        return redirect("partners:invitation-list")

    def act(self, invitation: Any) -> str:
        raise NotImplementedError


class InvitationResend(InvitationAct):
    def act(self, invitation: Any) -> str:
        invitations.resend(invitation=invitation, by=self.request.user)
        return f"A new link is on its way to {invitation.email}. The old one no longer works."


class InvitationWithdraw(InvitationAct):
    def act(self, invitation: Any) -> str:
        invitations.withdraw(invitation=invitation, by=self.request.user)
        return f"The invitation to {invitation.email} is withdrawn. Its link no longer works."


class PersonAct(Act):
    """Something done to one person, on a page of its own that says what will happen."""

    def has_permission(self) -> bool:
        """Whoever may see no such person hears that before being asked who they are."""
        return super().has_permission() and bool(self.person)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.person, **kwargs)

    def get_success_url(self) -> str:
        return reverse("partners:person-detail", args=[self.person.uuid])

    def breadcrumb(self) -> list[dict[str, str]]:
        return [PEOPLE, {"label": str(self.person), "href": self.get_success_url()}]


class RoleCreate(GivesRole, PersonAct):
    form_class = RoleForm
    template_name = "partners/role_create.html"
    extra_context = {"page_title": "Add a role"}
    button = "Add the role"
    done = "The role is added, and counts from now on. We have told them by e-mail."

    def act(self, *, role: str, organisation: Organisation | None) -> None:
        place = self.place(role, organisation)
        staff.add_role(user=self.person, role=role, **place, by=self.request.user)


class RoleDelete(PersonAct):
    form_class = ReasonForm
    template_name = "partners/role_delete.html"
    extra_context = {"page_title": "Remove a role"}
    button = "Remove the role"
    done = "The role is removed. We have told them by e-mail."

    @cached_property
    def membership(self) -> StaffMembership:
        visible = people.role_to_remove(self.request.user, self.kwargs["uuid"])
        return get_object_or_404(visible)

    @cached_property
    def person(self) -> User:
        return self.membership.user

    def act(self, *, reason: str) -> None:
        staff.remove_role(membership=self.membership, reason=reason, by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(membership=self.membership, **kwargs)

    def get_success_url(self) -> str:
        still_visible = people.visible_people(self.request.user).filter(pk=self.person.pk).exists()
        return super().get_success_url() if still_visible else reverse("partners:person-list")


class PersonDeactivate(PersonAct):
    permission_required = Permission.PEOPLE_MANAGE
    form_class = ReasonForm
    template_name = "partners/person_deactivate.html"
    extra_context = {"page_title": "Deactivate somebody"}
    button = "Deactivate them"
    done = "They are deactivated and signed out everywhere. What they did stays."

    def act(self, *, reason: str) -> None:
        staff.deactivate(user=self.person, reason=reason, by=self.request.user)


class PersonReactivate(PersonAct):
    permission_required = Permission.PEOPLE_MANAGE
    form_class = forms.Form
    template_name = "partners/person_reactivate.html"
    extra_context = {"page_title": "Let somebody in again"}
    button = "Let them in again"
    done = "They can sign in again."

    def act(self) -> None:
        staff.reactivate(user=self.person, by=self.request.user)


class PersonResetSecondStep(PersonAct):
    permission_required = Permission.PEOPLE_MANAGE
    form_class = forms.Form
    template_name = "partners/person_reset_second_step.html"
    extra_context = {"page_title": "Reset the second step"}
    button = "Reset the second step"
    done = "The second step is reset. They set up a new one when they next sign in."

    def act(self) -> None:
        staff.reset_second_step(user=self.person, by=self.request.user)


class PersonEndSessions(PersonAct):
    permission_required = Permission.PEOPLE_MANAGE
    form_class = forms.Form
    template_name = "partners/person_end_sessions.html"
    extra_context = {"page_title": "Sign somebody out everywhere"}
    button = "Sign them out everywhere"
    done = "They are signed out on every computer."

    def act(self) -> None:
        staff.end_sessions(user=self.person, by=self.request.user)


class OrganisationClose(Act):
    permission_required = Permission.ORGANISATION_CLOSE
    form_class = CloseForm
    template_name = "partners/organisation_close.html"
    extra_context = {"page_title": "Close an organisation"}
    button = "Close the organisation"

    @cached_property
    def organisation(self) -> Organisation:
        return get_object_or_404(Organisation, slug=self.kwargs["slug"])

    def get_form_kwargs(self) -> dict[str, Any]:
        others = Organisation.objects.partners_today().exclude(pk=self.organisation.pk)
        return super().get_form_kwargs() | {"organisations": others}

    def act(self, **fields: Any) -> None:
        count = organisations.close(organisation=self.organisation, by=self.request.user, **fields)
        if fields["closed_on"] > timezone.localdate():
            self.done = f"{self.organisation} will close on the day you chose."
        else:
            self.done = f"{self.organisation} has closed. People who were deactivated: {count}."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(organisation=self.organisation, **kwargs)
