"""The forms about people and their access."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import ORGANISATION_ROLES, ROLES
from design_system import fields
from partners.models import Invitation, Organisation


class PeopleFilterForm(forms.Form):
    """Narrows the list of people."""

    organisation = fields.ModelSelectField(
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        label="Organisation",
        empty_label="All",
        required=False,
    )
    words = fields.CharField(label="Name or e-mail address", required=False, max_length=100)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class RoleForm(forms.Form):
    """A role and where it counts. Who may give roles at one organisation only is not asked."""

    role = fields.ChoiceField(
        label="Role", error_messages={"required": "Select the role they will have."}
    )
    organisation = fields.ModelSelectField(
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        label="Organisation",
        help_text="Only for contributors and approvers. Other roles are for the whole partnership.",
        empty_label="None: the whole partnership",
        required=False,
    )

    def __init__(
        self, *args: Any, roles: list[str], organisations: QuerySet[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(slug, ROLES[slug].name) for slug in roles]
        self.fields["role"].choice_hints = {slug: ROLES[slug].sentence for slug in roles}
        self.only = None
        if roles == ORGANISATION_ROLES:
            self._only_at(list(organisations[:2]))
        self.fields.get("organisation", forms.ModelChoiceField(None)).queryset = organisations

    def _only_at(self, places: list[Organisation]) -> None:
        """For those whose own power is at organisations: where there is one, it is not asked."""
        if len(places) == 1:
            self.only = places[0]
            del self.fields["organisation"]
        else:
            self.fields["organisation"].help_text = ""
            self.fields["organisation"].empty_label = "Choose one"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        place = cleaned["organisation"] = self.only or cleaned.get("organisation")
        if "role" in cleaned and "organisation" not in self.errors:
            if cleaned["role"] in ORGANISATION_ROLES and not place:
                self.add_error("organisation", "Select the organisation for this role.")
            if cleaned["role"] not in ORGANISATION_ROLES and place:
                self.add_error(
                    "organisation",
                    "This role is for the whole partnership, so select no organisation.",
                )
        return cleaned


class InvitationForm(RoleForm):
    """Whom to invite, to what."""

    email = fields.EmailField(
        label="E-mail address",
        help_text="The invitation goes to this address, and only works for it.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ["email", "role", "organisation"]


class ReasonForm(forms.Form):
    """Why access ends."""

    reason = fields.Textarea(
        label="Why?",
        help_text="Others will read this in the record of changes.",
        max_length=500,
        error_messages={"required": "Say why, so that others can understand it later."},
    )


class CloseForm(ReasonForm):
    """The day on which an organisation closes, and what comes after it."""

    closed_on = fields.DateField(
        label="When does it close?",
        help_text="From this day on its people have no access. For example, 31 3 2027.",
        error_messages={"required": "Enter the day on which it closes"},
    )
    successor = fields.ModelSelectField(
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        label="Which organisation takes over?",
        help_text="People do not move there by themselves. You can leave this empty.",
        empty_label="None",
        required=False,
    )
    field_order = ["closed_on", "successor", "reason"]

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = organisations


class AcceptForm(forms.Form):
    """A new person's name and password; the address stands in the invitation."""

    full_name = fields.CharField(
        label="Your full name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    password = fields.PasswordField(
        label="Your new password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(
        self, *args: Any, invitation: Invitation, with_password: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        if not with_password:
            del self.fields["password"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if password := cleaned.get("password"):
            person = User(email=self.invitation.email, full_name=cleaned.get("full_name", ""))
            try:
                validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned
