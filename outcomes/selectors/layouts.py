"""Which kinds of files a collection can read, and what is known when a new kind is set up."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.permissions import Permission
from outcomes.intake.answers import Facts
from outcomes.intake.known import KnownProfile, adopt, known_profiles
from outcomes.models import Category, Collection, ImportProfile, Upload
from partners.models import Organisation, Place

TEMPLATE = "portal-template"
KNOWN = "known:"  # before the key of a profile that no collection has adopted yet


def in_force(collection: Collection, organisation: Organisation | None) -> QuerySet[ImportProfile]:
    """The layouts that read files of the organisation: its own and those for everybody."""
    whose = Q(organisation=None)
    if organisation:
        whose |= Q(organisation=organisation)
    return collection.import_profiles.filter(whose, retired_at=None)


def for_user(user: Any, collection: Collection) -> QuerySet[ImportProfile]:
    """The layouts the user may see: everybody's, and those of their own organisations."""
    mine = Organisation.objects.for_user(user, Permission.SUBMISSION_VIEW)
    whose = Q(organisation=None) | Q(organisation__in=mine)
    return (
        collection.import_profiles.filter(whose, retired_at=None)
        .select_related("organisation", "made_by")
        .order_by("organisation__name", "name")
    )


def to_read(upload: Upload) -> list[dict[str, Any]]:
    """Every layout the file may have, as the reader wants them."""
    collection, organisation = upload.collection, upload.organisation
    own = [{"id": p.pk, "mapping": p.mapping} for p in in_force(collection, organisation)]
    return own + _known(collection, organisation)


def _known(collection: Collection, organisation: Organisation | None) -> list[dict[str, Any]]:
    """National files, for those measures of the collection that bear their names, and our own."""
    slugs = list(collection.measures.values_list("slug", flat=True))
    dropped = collection.import_profiles.filter(
        Q(organisation=None) | Q(organisation=organisation), retired_at__isnull=False
    )
    retired = set(dropped.values_list("name", flat=True))  # by these people, not by other partners
    places = place_names(collection)
    found = []
    for profile in known_profiles():
        wanted = {name: name for name in profile.measures if name in slugs}
        is_ours = profile.key == TEMPLATE
        whose = code_of(organisation) if organisation else ""
        lacks_owner = bool(profile.asks) and not whose
        if profile.name in retired or lacks_owner or not (wanted or is_ours):
            continue
        mapping = profile.mapping if is_ours else _adopted(profile, wanted, whose, places)
        found.append({"id": KNOWN + profile.key, "mapping": mapping, "known": not is_ours})
    return found


def _adopted(
    profile: KnownProfile, measures: dict[str, str], whose: str, places: list[str]
) -> dict[str, Any]:
    only = places if "place" in profile.mapping else []
    return adopt(profile, measures=measures, organisation=whose, places=only)


def code_of(organisation: Organisation) -> str:
    """What stands for the organisation in files."""
    return organisation.ods_code or organisation.slug


def places_of(collection: Collection) -> QuerySet[Place]:
    return collection.partnership.places.order_by("name")


def place_names(collection: Collection) -> list[str]:
    """Everything a borough of the partnership may be called in a file."""
    rows = places_of(collection).values_list("name", "gss_code", "slug")
    return [name for row in rows for name in row if name]


def facts(collection: Collection, organisation: Organisation | None) -> Facts:
    groups: dict[str, dict[str, str]] = {}
    for category in Category.objects.all():
        groups.setdefault(category.scheme, {})[category.name.casefold()] = category.slug
    return Facts(
        ours=code_of(organisation) if organisation else "",
        frequency=collection.frequency,
        measures=[measure.slug for measure in collection.measures.all()],
        places=place_names(collection),
        groups=groups,
    )
