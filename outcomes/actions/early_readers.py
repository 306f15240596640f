"""Named people who may read a release up to 24 hours before everybody else."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.authorization import require
from accounts.models import User
from accounts.permissions import Permission
from outcomes.actions import releases
from outcomes.actions.conflict import Conflict
from outcomes.models import EarlyReader, Release


@transaction.atomic
def name(*, release: Release, user: User, capacity: str, by: Any) -> EarlyReader:
    """Lets somebody read it early. Who approves the release approves this, too."""
    require(by=by, permission=Permission.RELEASE_PLAN, at=None)
    row = releases.locked(release, Release.State.PLANNED)
    if row.early_readers.filter(user=user).exists():
        raise Conflict(f"{user} may read it already.")
    row.makers.add(by)
    return row.early_readers.create(user=user, capacity=capacity.strip(), named_by=by)


@transaction.atomic
def remove(*, reader: EarlyReader, by: Any) -> None:
    """Takes it back; that needs nobody's approval."""
    require(by=by, permission=Permission.RELEASE_PLAN, at=None)
    row = releases.locked(reader.release, Release.State.PLANNED, Release.State.SCHEDULED)
    row.early_readers.filter(pk=reader.pk).delete()


def note_reading(*, reader: EarlyReader) -> None:
    """Remembers when somebody first read it."""
    EarlyReader.objects.filter(pk=reader.pk, first_read_at=None).update(
        first_read_at=timezone.now()
    )
