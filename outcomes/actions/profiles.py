"""How one kind of file is read: made by whoever first sends it, kept for the next."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.authorization import require
from accounts.permissions import Permission
from outcomes.actions import uploads
from outcomes.intake.profiles import Mapping as Profile
from outcomes.models import ImportProfile, Upload
from partners.models import Organisation

LONGEST_NAME = 120


class NameTaken(Exception):  # noqa: N818 (what happened)
    """Somebody gave a layout of the same people this name at the same moment."""

    def __init__(self) -> None:
        super().__init__("Another layout has this name. Choose a different one.")


@contextmanager
def _name_of_its_own() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise NameTaken from error


@transaction.atomic
def save(*, upload: Upload, name: str, mapping: Mapping[str, Any], by: Any) -> ImportProfile:
    """Keeps what the columns of the file mean and has the file checked again with it.

    A contributor's layout reads the files of their own organisation, an analyst's those of all.
    One that the file was read with, and that belongs to the same people, is changed. Raises
    NameTaken.
    """
    organisation = upload.organisation
    _require(organisation, by)
    profile = changeable(upload)
    header = [column[:LONGEST_NAME] for column in Profile.from_json(mapping).header]
    values = {"name": name, "mapping": dict(mapping), "header": header}
    if profile is None:
        profile = ImportProfile(collection=upload.collection, organisation=organisation, made_by=by)
    for field, value in values.items():
        setattr(profile, field, value)
    with _name_of_its_own():
        profile.save()
    uploads.check_again(upload=upload, by=by)
    return profile


def changeable(upload: Upload) -> ImportProfile | None:
    """The layout the file was read with, if it was made on screen and for the same people."""
    profile = upload.profile
    if profile is None or profile.retired_at or "answers" not in profile.mapping:
        return None
    return profile if profile.organisation_id == upload.organisation_id else None


def rename(*, profile: ImportProfile, name: str, by: Any) -> None:
    """Raises NameTaken."""
    _require(profile.organisation, by)
    profile.name = name
    with _name_of_its_own():
        profile.save(update_fields=["name"])


@transaction.atomic
def drop(*, profile: ImportProfile, by: Any) -> bool:
    """Reads no more files with the layout; says whether it is gone, or kept for old files' sake."""
    _require(profile.organisation, by)
    if Upload.objects.filter(profile=profile).exists() or profile.made_by_id is None:
        profile.retired_at = timezone.now()  # without it, a known one would come back by itself
        profile.save(update_fields=["retired_at"])
        return False
    profile.delete()
    return True


def may_change(user: Any, profile: ImportProfile) -> bool:
    if profile.organisation_id is None:
        return user.has_perm(Permission.COLLECTION_MANAGE)
    return user.has_perm(Permission.SUBMISSION_SEND, profile)


def _require(organisation: Organisation | None, by: Any) -> None:
    if organisation is None:
        require(by=by, permission=Permission.COLLECTION_MANAGE, at=None)
    else:
        require(by=by, permission=Permission.SUBMISSION_SEND, at=organisation.pk)
