"""The words in which a demonstration is written down: plain values, no database.

Rows name each other by slug. `demo.actions` turns a Demonstration into rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Curve = tuple[tuple[date, float], ...]  # points in time, joined by straight lines
Shares = dict[tuple[str, str | None], float]  # by organisation and place


@dataclass(frozen=True)
class Purpose:
    slug: str
    name: str
    description: str


@dataclass(frozen=True)
class Place:
    slug: str
    name: str
    gss_code: str


@dataclass(frozen=True)
class Name:
    """A name an organisation bore; an empty day means that the range is open there."""

    name: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Organisation:
    """A partner; without `names` its one name holds for as long as it is open."""

    slug: str
    name: str
    kind: str
    summary: str
    ods_code: str | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    successor: str | None = None
    description: str = ""
    names: tuple[Name, ...] = ()


@dataclass(frozen=True)
class Membership:
    """An organisation's time in a partnership; no places means all of them."""

    organisation: str
    joined_on: date
    left_on: date | None = None
    capacity: str = "member"
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leader:
    name: str
    role: str
    organisation: str | None = None
    from_date: date | None = None
    to_date: date | None = None


@dataclass(frozen=True)
class Priority:
    horizon: str
    name: str
    description: str
    purpose: str
    programmes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Partnership:
    slug: str
    name: str
    short_name: str
    strapline: str
    about: str
    starts_on: date
    purposes: tuple[Purpose, ...]
    members: tuple[Membership, ...]
    ends_on: date | None = None
    predecessor: str | None = None
    priorities: tuple[Priority, ...] = ()
    leaders: tuple[Leader, ...] = ()


@dataclass(frozen=True)
class Milestone:
    name: str
    due_on: date
    reached_on: date | None = None


@dataclass(frozen=True)
class Handover:
    decision: str
    evidence: str
    decided_on: date


@dataclass(frozen=True)
class Programme:
    """`purposes` are pairs of partnership and purpose: a programme may outlive a partnership."""

    slug: str
    partnership: str
    name: str
    summary: str
    description: str
    audience: str
    how_to_get_it: str
    lead: str
    partners: tuple[str, ...]
    places: tuple[str, ...]
    purposes: tuple[tuple[str, str], ...]
    starts_on: date
    ends_on: date | None = None
    milestones: tuple[Milestone, ...] = ()
    handover: Handover | None = None


@dataclass(frozen=True)
class Group:
    """A group of people: its share of all, and how much its level differs from that of all."""

    slug: str
    share: float
    level: float = 1.0


@dataclass(frozen=True)
class Pattern:
    """How the illustrative numbers of a measure come about.

    volume: the whole partnership's expected denominator in a month (for a count: the count).
    level: the expected numerator per unit of the denominator; unused for a count.
    shares: who reports, and for which place, with their share of the volume; the place is None
    where a measure is not told apart by borough.
    steady: the denominator is a population, which neither season nor chance moves.
    whole: the count measure whose numbers are this measure's denominators.
    winter: how much more there is in January than on average (0.1 is a tenth more).
    pandemic: how much of the usual was left in April 2020.
    noise: how much chance adds to a figure beyond counting, as a share of it.
    """

    volume: Curve
    shares: Shares
    level: Curve = ()
    steady: bool = False
    whole: str = ""
    winter: float = 0.0
    pandemic: float = 1.0
    noise: float = 0.03
    groups: Mapping[str, tuple[Group, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Target:
    value: float
    from_date: date
    to_date: date | None = None
    source: str = "Illustrative"


@dataclass(frozen=True)
class Rebase:
    period: date
    reason: str


@dataclass(frozen=True)
class Measure:
    """Without a pattern there are no illustrative numbers: partners bring the real ones."""

    slug: str
    partnership: str
    name: str
    description: str
    kind: str
    numerator_label: str
    unit: str
    sentence_subject: str
    direction: str
    owner: str
    purposes: tuple[tuple[str, str], ...]
    programme: str | None = None
    denominator_label: str = ""
    multiplier: int = 1
    decimals: int = 0
    caveats: str = ""
    source: str = "Illustrative"
    about_people: bool = True
    disclosure: str = "suppress_and_round"
    disclosure_reason: str = ""
    targets: tuple[Target, ...] = ()
    rebases: tuple[Rebase, ...] = ()
    pattern: Pattern | None = None


@dataclass(frozen=True)
class Profile:
    name: str
    header: tuple[str, ...]
    mapping: Mapping[str, Any]


@dataclass(frozen=True)
class SameCount:
    """A rule of a collection: the whole that one measure is a part of is what another counts."""

    measure: str
    count: str
    sentence: str


@dataclass(frozen=True)
class Collection:
    """Without asks_from, partners are asked for the last ended month on the day of loading."""

    slug: str
    partnership: str
    name: str
    guidance: str
    measures: tuple[str, ...]
    organisations: tuple[str, ...]
    accepts_from: date
    asks_from: date | None = None
    profiles: tuple[Profile, ...] = ()
    late: tuple[str, ...] = ()  # who has not answered for the last month yet
    rules: tuple[SameCount, ...] = ()


@dataclass(frozen=True)
class Person:
    """Somebody invented who can sign in, with a role at an organisation or the partnership."""

    name: str
    email: str
    role: str
    organisation: str | None = None


@dataclass(frozen=True)
class Demonstration:
    """`data_from`: the first month with numbers. Partnerships run from the oldest on."""

    slug: str
    name: str
    data_from: date
    partnerships: tuple[Partnership, ...]
    places: tuple[Place, ...]
    organisations: tuple[Organisation, ...]
    programmes: tuple[Programme, ...]
    measures: tuple[Measure, ...]
    collections: tuple[Collection, ...]
    people: tuple[Person, ...]
    home: Mapping[str, Any]  # as pages.actions.site.create_pages takes it
    statements: tuple[Mapping[str, Any], ...]

    @property
    def current(self) -> Partnership:
        return self.partnerships[-1]
