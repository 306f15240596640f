"""Publishing: approved submissions become public together, once, and never change again."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.authorization import require
from accounts.permissions import Permission
from outcomes.actions import series
from outcomes.actions.conflict import Conflict
from outcomes.actions.submissions import fingerprint
from outcomes.models import Release, Submission
from outcomes.models.submissions import State
from partners.models import Partnership


@transaction.atomic
def publish(
    *,
    partnership: Partnership,
    title: str,
    note: str = "",
    submissions: Iterable[Submission],
    seen: str,
    by: Any,
) -> Release:
    """Publishes approved submissions as one release and asks for their series to be built."""
    require(by=by, permission=Permission.RELEASE_PUBLISH, at=None)
    rows = list(
        Submission.objects.select_for_update(of=("self",))
        .filter(pk__in=[s.pk for s in submissions])
        .order_by("pk")
    )
    if not rows:
        raise Conflict("There is nothing to publish: no approved return is waiting.")
    if any(s.state != State.APPROVED for s in rows) or fingerprint(rows) != seen:
        raise Conflict("What waits to be published has changed. Look at the list again.")
    release = Release.objects.create(
        partnership=partnership,
        title=title.strip(),
        note=note.strip(),
        state=Release.State.PUBLISHED,
        published_at=timezone.now(),
        published_by=by,
        software_version=settings.SOFTWARE_VERSION,
    )
    Submission.objects.filter(pk__in=[s.pk for s in rows]).update(
        state=State.RELEASED, release=release
    )
    series.request_public(release=release, by=by)
    return release
