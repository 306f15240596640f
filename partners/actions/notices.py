"""Mail of the portal to one person. The texts are in templates/<app>/mail/, subject in line one."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from partners.models import Partnership


def send(template: str, *, to: str, app: str = "partners", **context: Any) -> None:
    """Sends one text to one address, in the transaction of what it tells about."""
    partnership = Partnership.objects.current()
    portal = " ".join(partnership.name.split()) if partnership else "Partnership portal"
    context |= {"portal": portal, "portal_url": settings.PORTAL_URL}
    text = render_to_string(f"{app}/mail/{template}.txt", context)
    subject, _, body = text.strip().partition("\n")
    EmailMultiAlternatives(subject.strip(), body.strip() + "\n", to=[to]).send()
