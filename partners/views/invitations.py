"""The way in: from the link in a mail to a person who is signed in."""

from functools import cached_property
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from accounts import single_sign_on
from accounts.models import User
from partners.actions import invitations
from partners.actions.staff import Refused
from partners.forms import AcceptForm
from partners.models import Invitation
from partners.selectors import people

MARK = "invitation"  # where the session keeps the token's fingerprint, never the token


@method_decorator([login_not_required, never_cache], name="dispatch")
class InvitationOpen(View):
    """Takes the secret out of the address; what follows links leaves no trace of it."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        request.session[MARK] = invitations.fingerprint(token)
        return redirect("partners:invitation-accept")


@method_decorator(
    [login_not_required, never_cache, sensitive_post_parameters("password")], name="dispatch"
)
class InvitationAccept(FormView):
    """Who invites whom to what; a new person gives a name and a password, a known one says yes."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.invitation is None:
            return self._end("This link does not lead to an invitation.", 404)
        if self.invitation.obstacle:
            return self._end(self.invitation.obstacle, 410)
        if self.known and not self.known.is_active:
            return self._end("The account with this address was closed.", 410)
        if request.user.is_authenticated and request.user != self.known:
            return render(request, "partners/invitation_other.html", self._context(), status=403)
        if self.known and not request.user.is_authenticated:
            return render(request, "partners/invitation_sign_in.html", self._context())
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def invitation(self) -> Invitation | None:
        return people.invitation_of(self.request.session.get(MARK, ""))

    @cached_property
    def known(self) -> User | None:
        return people.person_at(self.invitation.email)

    @cached_property
    def providers(self) -> dict[str, tuple[str, str]]:
        """Name and address of sign-in at each provider that new people may use instead."""
        return {slug: (name, url) for slug, name, url in single_sign_on.providers()}

    @property
    def provider(self) -> str | None:
        chosen = self.request.POST.get("provider")
        return chosen if chosen in self.providers else None

    def get_form_class(self) -> type[forms.Form]:
        return forms.Form if self.known else AcceptForm

    def get_form_kwargs(self) -> dict[str, Any]:
        own = {"invitation": self.invitation, "with_password": self.provider is None}
        return super().get_form_kwargs() | ({} if self.known else own)

    def get_template_names(self) -> list[str]:
        return [f"partners/invitation_{'join' if self.known else 'accept'}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**self._context(), **kwargs)

    def _context(self) -> dict[str, Any]:
        return {
            "invitation": self.invitation,
            "page_title": "Your invitation",
            "rules": password_validators_help_texts(),
            "providers": [(slug, name) for slug, (name, _) in self.providers.items()],
        }

    def _end(self, sentence: str, status: int) -> HttpResponse:
        context = {"page_title": sentence.rstrip("."), "invitation": self.invitation}
        return render(self.request, "partners/invitation_ended.html", context, status=status)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        fields = {"by": self.known} if self.known else dict(form.cleaned_data)
        try:
            person = invitations.accept(mark=self.request.session[MARK], **fields)
        except Refused as refused:
            return self._end(str(refused), 410)
        del self.request.session[MARK]
        if self.known:
            role, place = self.invitation.role_name, self._place()
            messages.success(self.request, f"You now have the role “{role}” at {place}.")
            return redirect(settings.LOGIN_REDIRECT_URL)
        return self._sign_in(person)

    def _place(self) -> Any:
        return self.invitation.organisation or self.invitation.partnership

    def _sign_in(self, person: User) -> HttpResponse:
        """Signed in as by password: a new session, and a note of how the person came in."""
        record_authentication(self.request, person, method="invitation")
        url = None
        if self.provider:
            url = f"{self.providers[self.provider][1]}?process=connect"
        login = Login(user=person, email=person.email, redirect_url=url)
        return perform_login(self.request, login)
