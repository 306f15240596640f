"""A small partnership for tests: two trusts, one collection, one person for each role."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from accounts.models import User
from outcomes.actions import rehearsals, releases
from outcomes.models import Collection, ImportProfile, Measure, Release, Submission, Target
from outcomes.selectors import releases as read
from partners.models import (
    Organisation,
    OrganisationKind,
    PartnerMembership,
    Partnership,
    Place,
    StaffMembership,
)
from tests.people import make_person

AE_MAPPING = {
    "period": {"column": "period", "format": "%Y-%m-%d"},
    "organisation": {"column": "org_code"},
    "filters": [{"column": "type", "equals": ["1"]}],
    "measures": [
        {
            "measure": "ae-4-hour-performance",
            "numerator": {"add": ["attendances"], "subtract": ["breaches"]},
            "denominator": {"add": ["attendances"]},
        }
    ],
}
HEADER = "period,org_code,type,attendances,breaches,admissions"
GOOD = f"{HEADER}\n2016-04-01,RJ1,1,11554,1219,2910\n2016-05-01,RJ1,1,13263,1815,3154\n"


@dataclass
class World:
    """What tests need to know of the partnership."""

    partnership: Partnership
    rj1: Organisation
    rjz: Organisation
    measure: Measure
    collection: Collection
    people: dict[str, User] = field(default_factory=dict)

    def person(self, name: str) -> User:
        return self.people[name]

    def submissions(self, organisation: Organisation | None = None):
        return Submission.objects.filter(organisation=organisation or self.rj1).order_by("period")


def make_world() -> World:
    partnership = Partnership.objects.create(
        slug="slic", name="Test Partnership", short_name="Test", strapline="", about="",
        starts_on=date(2012, 1, 1),
    )  # fmt: skip
    rj1, rjz = (
        Organisation.objects.create(
            slug=code.lower(), name=name, ods_code=code, kind=OrganisationKind.FOUNDATION_TRUST
        )
        for code, name in [("RJ1", "Guy’s and St Thomas’"), ("RJZ", "King’s College Hospital")]
    )
    for organisation in (rj1, rjz):
        PartnerMembership.objects.create(
            partnership=partnership, organisation=organisation, joined_on=date(2012, 1, 1)
        )
    place = Place.objects.create(slug="southwark", name="Southwark", gss_code="E09000028")
    place.partnerships.add(partnership)
    measure = _measure(partnership, rj1)
    collection = _collection(partnership, measure, [rj1, rjz])
    world = World(partnership, rj1, rjz, measure, collection)
    for name, role, organisation in [
        ("rj1.contributor", "contributor", rj1),
        ("rj1.approver", "approver", rj1),
        ("rjz.contributor", "contributor", rjz),
        ("rjz.approver", "approver", rjz),
        ("analyst", "analyst", None),
        ("second.analyst", "analyst", None),
        ("board", "board_member", None),
        ("editor", "editor", None),
    ]:
        user = make_person(f"{name}@example.org")
        StaffMembership.objects.create(
            user=user,
            role=role,
            organisation=organisation,
            partnership=None if organisation else partnership,
        )
        world.people[name] = user
    return world


def _measure(partnership: Partnership, owner: Organisation) -> Measure:
    measure = Measure.objects.create(
        version=1,
        partnership=partnership,
        slug="ae-4-hour-performance",
        name="A&E: seen within 4 hours",
        description="How many people were seen within 4 hours.",
        kind=Measure.Kind.PROPORTION,
        numerator_label="attendances seen within 4 hours",
        denominator_label="attendances",
        multiplier=100,
        unit="%",
        sentence_subject="of people were seen within 4 hours",
        decimals=1,
        direction=Measure.Direction.INCREASE,
        source="NHS England",
        owner=owner,
        disclosure=Measure.Disclosure.EXACT,
        disclosure_reason="NHS England publishes these exact counts.",
    )
    Target.objects.create(
        measure=measure, value=95, from_date=date(2016, 4, 1), agreed_at=timezone.now()
    )
    return measure


def _collection(
    partnership: Partnership, measure: Measure, organisations: list[Organisation]
) -> Collection:
    collection = Collection.objects.create(
        partnership=partnership,
        slug="ae-waiting-times",
        name="A&E waiting times",
        accepts_from=date(2016, 4, 1),
        asks_from=date(2026, 9, 1),
    )
    collection.measures.add(measure)
    collection.organisations.set(organisations)
    ImportProfile.objects.create(
        collection=collection,
        name="Tidy A&E file",
        header=HEADER.split(","),
        mapping=AE_MAPPING,
    )
    return collection


def publish(world: World, submissions, title: str = "First", note: str = "As sent.") -> Release:
    """Publishes approved returns as people do: one plans, another approves, and a job does it."""
    rows = list(submissions)
    release = releases.plan(
        partnership=world.partnership, title=title, note=note,
        collections={row.collection for row in rows}, by=world.person("analyst"),
    )  # fmt: skip
    seen = read.fingerprint(release)
    releases.fill(release=release, submissions=rows, seen=seen, by=world.person("analyst"))
    rehearsals.rehearse(release=release)
    release = Release.objects.get(pk=release.pk)
    seen = read.fingerprint(release)
    releases.approve(release=release, seen=seen, by=world.person("second.analyst"))
    assert releases.publish(release=release)
    return Release.objects.get(pk=release.pk)
