"""A partnership of 17 hospitals with 12 measures, and files that bring all their figures."""

import contextlib
import csv
import io
import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, product

from django.db import connection

from accounts.models import User
from demo.profiles import PORTAL_LAYOUT
from outcomes.models import Category, Collection, ImportProfile, Measure
from outcomes.periods import shift
from partners.models import (
    Organisation,
    OrganisationKind,
    PartnerMembership,
    Partnership,
    Place,
    StaffMembership,
)

HOSPITALS, MEASURES, GROUPS, PLACES = 17, 12, 7, 8
START = date(2018, 4, 1)


@dataclass(frozen=True)
class World:
    partnership: Partnership
    organisations: list[Organisation]
    measures: list[Measure]
    groups: list[Category]
    places: list[Place]
    collection: Collection
    sender: User
    approver: User


@contextlib.contextmanager
def own_database() -> Iterator[None]:
    """A migrated database beside the one of the environment; dropped at the end."""
    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"bench_{uuid.uuid4().hex[:8]}"  # nobody's
    connection.creation.create_test_db(verbosity=0)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def make_world() -> World:
    partnership = Partnership.objects.create(
        slug="bench", name="Bench", short_name="Bench", strapline="", about="", starts_on=START
    )
    organisations = [make_hospital(number) for number in range(HOSPITALS)]
    for each in organisations:
        PartnerMembership.objects.create(
            partnership=partnership, organisation=each, joined_on=START
        )
    groups = [
        Category.objects.create(scheme="age", slug=f"band-{n}", name=f"Band {n}", order=n)
        for n in range(GROUPS)
    ]
    places = [
        Place.objects.create(slug=f"borough-{n}", name=f"Borough {n}", gss_code=f"E0900099{n}")
        for n in range(PLACES)
    ]
    measures = [make_measure(partnership, organisations[0], n) for n in range(MEASURES)]
    collection = make_collection(partnership, measures, organisations)
    sender, approver = (make_analyst(partnership, name) for name in ("sender", "approver"))
    for each in organisations:
        StaffMembership.objects.create(user=approver, role="approver", organisation=each)
    return World(partnership, organisations, measures, groups, places, collection, sender, approver)


def make_hospital(number: int) -> Organisation:
    return Organisation.objects.create(
        slug=f"hospital-{number}",
        name=f"Hospital {number}",
        ods_code=f"R{number:02}",
        kind=OrganisationKind.FOUNDATION_TRUST,
    )


def make_elsewhere(world: World) -> Collection:
    """Where organisations of a partnership that has ended once sent the same measures."""
    partnership, _ = Partnership.objects.get_or_create(
        slug="elsewhere",
        defaults={
            "name": "Elsewhere",
            "short_name": "Elsewhere",
            "strapline": "",
            "about": "",
            "starts_on": START - timedelta(days=365),
            "ends_on": START - timedelta(days=1),
        },
    )
    collection, _ = Collection.objects.get_or_create(
        slug="elsewhere",
        defaults={
            "partnership": partnership,
            "name": "Elsewhere",
            "accepts_from": START,
            "asks_from": START,
            "asks_to": START,
        },
    )
    collection.measures.set(world.measures)
    return collection


def make_measure(partnership: Partnership, owner: Organisation, number: int) -> Measure:
    return Measure.objects.create(
        version=1,
        partnership=partnership,
        slug=f"measure-{number}",
        name=f"Measure {number}: seen in time",
        description="How many people were seen in time.",
        kind=Measure.Kind.PROPORTION,
        numerator_label=f"people seen in time at clinic {number}",
        denominator_label=f"people who came to clinic {number}",
        multiplier=100,
        unit="%",
        sentence_subject="of people were seen in time",
        decimals=1,
        direction=Measure.Direction.INCREASE,
        source="Bench",
        owner=owner,
        order=number,
    )


def make_collection(
    partnership: Partnership, measures: list[Measure], organisations: list[Organisation]
) -> Collection:
    collection = Collection.objects.create(
        partnership=partnership, slug="bench", name="Bench", accepts_from=START, asks_from=START
    )
    collection.measures.set(measures)
    collection.organisations.set(organisations)
    ImportProfile.objects.create(
        collection=collection,
        name=PORTAL_LAYOUT.name,
        header=list(PORTAL_LAYOUT.header),
        mapping=PORTAL_LAYOUT.mapping,
    )
    return collection


def make_analyst(partnership: Partnership, name: str) -> User:
    user = User.objects.create_user(f"{name}@example.org", full_name=name)
    StaffMembership.objects.create(user=user, role="analyst", partnership=partnership)
    return user


def make_file(world: World, rows: int, places: Sequence[str] = ("",)) -> bytes:
    """A CSV file in the portal's own layout: totals and age groups, month by month.

    `places` are codes of boroughs; an empty one stands for all together.
    """
    chance = random.Random(20161122)  # noqa: S311 (figures, not secrets)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(PORTAL_LAYOUT.header)
    groups = ["", *(f"{group.scheme}:{group.slug}" for group in world.groups)]
    periods = (shift(START, "month", step) for step in range(rows))
    cells = product(world.organisations, places, groups, world.measures)
    every = list(cells)
    lines = ((period, *cell) for period in periods for cell in every)
    for period, organisation, place, group, measure in islice(lines, rows):
        whole = chance.randrange(4_000, 6_000) if group else chance.randrange(30_000, 40_000)
        seen = whole * chance.randrange(75, 95) // 100
        line = [period, organisation.ods_code, place, group, measure.slug, seen, whole]
        writer.writerow(line)
    return text.getvalue().encode()
