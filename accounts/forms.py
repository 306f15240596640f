"""The sign-in packages' forms, with the portal's words and with hints for password managers."""

from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html

from accounts.second_factor import has_failed_too_often

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
LOST_PHONE = "recovery-code"


class SignInForm(LoginForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SecondStepMixin(forms.Form):
    """Asks for a code of the app; on the page for people without their phone, for another one."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.lost_phone = context.request.GET.get("with") == LOST_PHONE
        field = self.fields["code"]
        field.width, field.label_size = 10, ""
        if self.lost_phone:
            field.label = "Recovery code"
            field.help_text = "12 digits, such as 123456789012. Each code works once."
            field.widget.attrs = {"autocomplete": "off", "inputmode": "numeric"}
            field.width = 20
        else:
            field.label = "Code"
            field.help_text = "The 6 digits that your authenticator app shows now."
            field.widget.attrs = dict(CODE)

    def clean_code(self) -> str:
        if has_failed_too_often(self.user):
            raise get_adapter().validation_error("too_many_codes")
        try:
            return super().clean_code()
        except ValidationError as error:
            if error.code == "incorrect_code":
                raise get_adapter().validation_error(self._what_is_wrong()) from error
            raise

    def _what_is_wrong(self) -> str:
        if self.lost_phone:
            return "incorrect_recovery_code"
        app = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.TOTP).first()
        typed = self.cleaned_data["code"]
        right = app is not None and validate_totp_code(decrypt(app.data["secret"]), typed)
        return "used_code" if right else "incorrect_code"

    def save(self) -> None:
        super().save()
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            codes = Authenticator.objects.get(pk=self.authenticator.pk).wrap()
            tell_how_many_are_left(len(codes.get_unused_codes()))


class SecondStepForm(SecondStepMixin, AuthenticateForm):
    pass


class SecondStepAgainForm(SecondStepMixin, ReauthenticateForm):
    pass


def tell_how_many_are_left(count: int) -> None:
    left = {0: "None is left", 1: "1 is left"}.get(count, f"{count} are left")
    sentence = (
        "You used a recovery code. {}. If your phone is lost or new, "
        '<a href="{}">set up your app on the phone you have now</a>.'
    )
    messages.warning(context.request, format_html(sentence, left, reverse("mfa_index")))


class AuthenticatorAppForm(ActivateTOTPForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = "Code"
        field.help_text = "The 6 digits that the app shows now."
        field.widget.attrs = dict(CODE)
        field.width, field.label_size = 10, ""

    @property
    def grouped_secret(self) -> str:
        """The key in groups of four, which are easier to type."""
        return " ".join(self.secret[i : i + 4] for i in range(0, len(self.secret), 4))


def _name_a_passkey(field: forms.Field) -> None:
    field.label = "Name"
    field.help_text = "So that you know it again, such as “Work laptop”."
    field.max_length = 60
    field.widget.attrs = {"autocomplete": "off", "maxlength": "60"}
    field.width = 20


class PasskeyForm(AddWebAuthnForm):
    passwordless = None  # every passkey of the portal can be used without the password

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _name_a_passkey(self.fields["name"])

    def clean(self) -> dict:
        try:
            return super().clean()
        except (AttributeError, LookupError, TypeError, ValueError, ValidationError) as error:
            raise get_adapter().validation_error("incorrect_passkey") from error


class PasskeyProofMixin(forms.Form):
    """Speaks of a passkey when the proof is wrong; the package would speak of a code."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except ValidationError as error:
            if error.code != "incorrect_code":
                raise
            raise get_adapter().validation_error("incorrect_passkey") from error
        except (AttributeError, LookupError, TypeError, ValueError) as error:  # no browser sent it
            raise get_adapter().validation_error("incorrect_passkey") from error


class PasskeySignInForm(PasskeyProofMixin, LoginWebAuthnForm):
    pass


class PasskeySecondStepForm(PasskeyProofMixin, AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(PasskeyProofMixin, ReauthenticateWebAuthnForm):
    pass


class PasskeyNameForm(EditWebAuthnForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _name_a_passkey(self.fields["name"])
