"""The step by which a release becomes public. A rehearsal takes it, too, and undoes it."""

from datetime import datetime
from typing import Any

from django.conf import settings

from outcomes.actions import corrections
from outcomes.models import Release
from outcomes.models.submissions import State


def make_public(*, release: Release, at: datetime, by: Any) -> None:
    """Publishes what the release holds. Its row is locked, and who may was asked before."""
    release.submissions.update(state=State.RELEASED)
    corrections.note(release=release)
    release.state, release.published_at, release.published_by = Release.State.PUBLISHED, at, by
    release.software_version = settings.SOFTWARE_VERSION
    release.save()
