"""What has been created so far, by the slug the content uses."""

from dataclasses import dataclass, field

from accounts.models import User
from outcomes.models import Category, Collection, Measure
from partners.models import Organisation, Partnership, Place, Purpose
from programmes.models import Programme


@dataclass
class Rows:
    """Filled by one action after another, and read by those that follow."""

    places: dict[str, Place] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    partnerships: dict[str, Partnership] = field(default_factory=dict)
    purposes: dict[tuple[str, str], Purpose] = field(default_factory=dict)
    people: dict[tuple[str, str | None], User] = field(default_factory=dict)
    colleagues: dict[tuple[str, str | None], User] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)
    categories: dict[tuple[str, str], Category] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    collections: dict[str, Collection] = field(default_factory=dict)

    def places_of(self, slugs: tuple[str, ...]) -> list[Place]:
        return [self.places[slug] for slug in slugs]

    def purposes_of(self, slugs: tuple[tuple[str, str], ...]) -> list[Purpose]:
        return [self.purposes[slug] for slug in slugs]
