from django.utils import timezone

from jobs.models import Heartbeat


def beat(*, name: str = "beat") -> None:
    """Notes that the scheduler is alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now()})
