from datetime import timedelta

from django.utils import timezone

from jobs.models import Heartbeat


def heartbeat_age(name: str = "beat") -> timedelta | None:
    """How long ago the scheduler last ticked; None when it never did."""
    at = Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()
    return timezone.now() - at if at else None
