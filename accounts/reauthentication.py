"""Before acts that would do the most harm in wrong hands, people show again who they are."""

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest, HttpResponse


def signed_in_recently(request: HttpRequest) -> bool:
    """Whether password, second step or single sign-on were shown in the last five minutes."""
    records = get_authentication_records(request, request.user)
    newest = max((record["at"] for record in records), default=0)
    return time.time() - newest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


class RecentSignIn:
    """A view that asks who it is again, and afterwards goes on with what was sent.

    Stands after PermissionRequired, so that only those are asked who may go on.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not signed_in_recently(request):
            raise ReauthenticationRequired()
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
