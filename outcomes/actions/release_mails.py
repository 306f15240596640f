"""Mail about releases, in the transaction of what it tells about. It names no figure."""

from typing import Any

from outcomes.models import Release
from partners.actions import notices


def sent_back(*, release: Release, approver: Any) -> None:
    """Tells those who planned and approved a release that it has to be planned again."""
    people = {*release.makers.filter(is_active=True), *([approver] if approver else [])}
    for person in sorted(people, key=lambda one: one.pk):
        notices.send(
            "release_returned", app="outcomes", to=person.email, user=person, release=release
        )
