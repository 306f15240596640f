"""Pages of the sign-in packages that the portal answers in its own way, and “Your account”."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import PasswordSetView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.internal.flows.add import redirect_if_add_not_allowed
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import FormView, TemplateView

from accounts.models import User
from accounts.second_factor import AFTER_SET_UP, steps_of


class Account(TemplateView):
    """What people look after themselves: password, second step, sessions, single sign-on."""

    template_name = "account/account.html"
    extra_context = {"page_title": "Your account"}


class EmailAddress(TemplateView):
    """Shows the address; only administrators change it, and the old address is told."""

    template_name = "account/email.html"
    extra_context = {"page_title": "Your e-mail address"}


class PasswordSet(PasswordSetView):
    """A first password for people with single sign-on, once they have a second step here.

    Without one, whoever learnt the password could set up a second step of their own.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not steps_of(request.user).exists():
            messages.info(request, "Set up a second step here before you choose a password.")
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)


@method_decorator(redirect_if_add_not_allowed, name="dispatch")
class AuthenticatorApp(ActivateTOTPView):
    """Sets up an authenticator app; the one before, if any, stops working in the same moment."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return FormView.dispatch(self, request, *args, **kwargs)  # whether there is one or not

    @transaction.atomic
    def form_valid(self, form) -> HttpResponse:
        _lock(self.request)
        apps = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.TOTP)
        apps.delete()
        response = super().form_valid(form)
        apps.get().wrap().validate_code(form.cleaned_data["code"])  # this code is used up
        _note_second_step(self.request, Authenticator.Type.TOTP)
        return response


class AuthenticatorAppRemove(DeactivateTOTPView):
    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _lock(request)
        return super().post(request, *args, **kwargs)


class PasskeyAdd(AddWebAuthnView):
    """Adds a passkey that opens the portal without the password, as it proves two things itself."""

    def get_context_data(self, **kwargs: Any) -> dict:
        context = super().get_context_data(**kwargs)
        options = webauthn.begin_registration(self.request.user, passwordless=True)
        return {**context, "form": kwargs.get("form", context["form"]),
                "js_data": {"creation_options": options}}  # fmt: skip

    @transaction.atomic
    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        _note_second_step(self.request, Authenticator.Type.WEBAUTHN)
        return response


class PasskeyRemove(RemoveWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict:
        can_delete = get_adapter().can_delete_authenticator(self.object)
        return super().get_context_data(can_delete=can_delete, **kwargs)

    @transaction.atomic
    def form_valid(self, form) -> HttpResponse:
        _lock(self.request)
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return super().form_valid(form)


class RecoveryCodes(ViewRecoveryCodesView):
    """Shows new codes once; then leads on to where the person wanted to go."""

    def get_context_data(self, **kwargs: Any) -> dict:
        context = super().get_context_data(**kwargs)
        page = self.request.session.pop(AFTER_SET_UP, None)
        return {**context, "continue_href": page or reverse("mfa_index")}


def _lock(request: HttpRequest) -> None:
    """One change of second steps at a time for each person, so that the last one stays."""
    User.objects.select_for_update().get(pk=request.user.pk)


def _note_second_step(request: HttpRequest, step: Authenticator.Type) -> None:
    """The person has just used the new step, so nothing asks for it again at once."""
    record_authentication(request, request.user, "mfa", type=step.value, reauthenticated=True)
