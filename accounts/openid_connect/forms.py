from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.forms import DisconnectForm as AllauthDisconnectForm
from allauth.socialaccount.signals import social_account_removed
from django.contrib import messages

from accounts.single_sign_on import name_of


class DisconnectForm(AllauthDisconnectForm):
    """Also takes an account whose provider is no longer in the settings."""

    @property
    def connected(self) -> list[dict[str, Any]]:
        """Each connected account with its provider's name, for the page."""
        return [
            {"pk": account.pk, "name": name_of(account), "label": account.extra_data.get("label")}
            for account in self.accounts.order_by("pk")
        ]

    def save(self) -> None:
        account = self.cleaned_data["account"]
        name = name_of(account)
        account.delete()
        social_account_removed.send(type(account), request=self.request, socialaccount=account)
        get_account_adapter(self.request).add_message(
            self.request, messages.INFO, "socialaccount/messages/account_disconnected.txt"
        )
        get_adapter().send_notification_mail(
            "socialaccount/email/account_disconnected",
            self.request.user,
            context={"account": account, "provider": name},
        )
