"""When somebody changes how they sign in, whoever else may be signed in as them is put out.

A new password does this by itself: sessions hold a mark of the password they began with.
"""

from typing import Any

from allauth.mfa import signals
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.actions import sessions
from accounts.models import User


@receiver(signals.authenticator_added, dispatch_uid="end sessions after a new second step")
@receiver(signals.authenticator_removed, dispatch_uid="end sessions after a lost second step")
@receiver(signals.authenticator_reset, dispatch_uid="end sessions after new recovery codes")
def end_other_sessions(request: HttpRequest, user: User, **kwargs: Any) -> None:
    sessions.end_others(by=user, here=request.session.session_key)
