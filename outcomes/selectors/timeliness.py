"""How complete and how timely returns are: by organisation, by period, and who is to be asked.

A return counts once, whatever its versions: it was received when a version of it was first sent,
and on time when that was by the due day. Only what was asked for counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.authorization import holds
from accounts.models import User
from accounts.permissions import Permission
from outcomes.models import Collection, Observation, Submission
from outcomes.models.submissions import State
from outcomes.periods import label
from partners.models import Organisation
from partners.selectors.holders import people_with

ON_TIME, LATE, OVERDUE, NOT_DUE = "on time", "late", "overdue", "not due yet"
COLOURS = {ON_TIME: "#005eb8", LATE: "#41b6e6", OVERDUE: "#d5281b", NOT_DUE: "#d8dde0"}
MISSING_SHOWN = 3
DAYS = {"3": 92, "12": 366, "36": 1096}  # by number of months


@dataclass(frozen=True, slots=True)
class Return:
    """One organisation's answer for one period, as far as it has come."""

    collection: Collection
    organisation: Organisation
    period: date
    due_on: date
    sent_on: date | None
    with_data: bool
    state: str

    @property
    def period_label(self) -> str:
        return label(self.period, self.collection.frequency)


@dataclass(slots=True)
class Tally:
    """How many returns of one organisation, or of one period, have come how far."""

    name: str
    states: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COLOURS, 0))
    with_data: int = 0

    @property
    def expected(self) -> int:
        return sum(self.states.values())

    @property
    def received(self) -> int:
        return self.on_time + self.late

    @property
    def on_time(self) -> int:
        return self.states[ON_TIME]

    @property
    def late(self) -> int:
        return self.states[LATE]

    @property
    def overdue(self) -> int:
        return self.states[OVERDUE]

    @property
    def not_due(self) -> int:
        return self.states[NOT_DUE]

    @property
    def bars(self) -> list[dict[str, Any]]:
        """The parts of a bar from left to right, in percent of its length."""
        parts, start = [], 0.0
        for state, colour in COLOURS.items():
            width = 100 * self.states[state] / (self.expected or 1)
            if width:
                parts.append({"x": f"{start:.2f}", "width": f"{width:.2f}", "colour": colour})
            start += width
        return parts


@dataclass(frozen=True, slots=True)
class ToAsk:
    """An organisation that owes figures, which, and who sends them there."""

    organisation: Organisation
    missing: list[Submission]
    people: list[User]

    @property
    def shown(self) -> list[Submission]:
        return self.missing[:MISSING_SHOWN]

    @property
    def more(self) -> list[Submission]:
        return self.missing[MISSING_SHOWN:]

    @property
    def more_in_words(self) -> str:
        return f"{len(self.more)} more return{'s'[: len(self.more) != 1]}"


def returns(
    *, collection: Collection | None = None, months: str = "12", today: date | None = None
) -> list[Return]:
    """The returns asked for that fell due in the last months or are open, the newest first."""
    today = today or timezone.localdate()
    asked = Submission.objects.filter(
        period__gte=F("collection__asks_from"), due_on__gte=today - timedelta(days=DAYS[months])
    )
    if collection:
        asked = asked.filter(collection=collection)
    one = ("collection_id", "organisation_id", "period")
    rows = (
        asked.values(*one)
        .annotate(due=Min("due_on"), sent=Min(Coalesce("first_sent_at", "submitted_at")))
        .order_by("-period", "organisation__name", "collection__name")
    )
    # On its own, so that PostgreSQL looks into each return and not through every figure there is.
    figures = Observation.objects.filter(submission=OuterRef("pk"), numerator__isnull=False)
    was_sent = Q(first_sent_at__isnull=False) | Q(submitted_at__isnull=False)
    filled = set(asked.filter(was_sent, Exists(figures)).values_list(*one))
    collections = Collection.objects.in_bulk()
    organisations = Organisation.objects.in_bulk({row["organisation_id"] for row in rows})
    return [
        Return(
            collection=collections[row["collection_id"]],
            organisation=organisations[row["organisation_id"]],
            period=row["period"],
            due_on=row["due"],
            sent_on=(sent_on := row["sent"] and timezone.localdate(row["sent"])),
            with_data=tuple(row[name] for name in one) in filled,
            state=_state(row["due"], sent_on, today),
        )
        for row in rows
    ]


def _state(due: date, sent_on: date | None, today: date) -> str:
    if sent_on:
        return ON_TIME if sent_on <= due else LATE
    return OVERDUE if due < today else NOT_DUE


def total(rows: Iterable[Return]) -> Tally:
    return _tallies(rows, lambda row: "").get("", Tally(""))


def by_organisation(rows: Iterable[Return]) -> list[Tally]:
    """In order of their names."""
    return sorted(_tallies(rows, lambda row: row.organisation.name).values(), key=lambda t: t.name)


def by_period(rows: Iterable[Return]) -> list[Tally]:
    """The newest first, as the returns come."""
    return list(_tallies(rows, lambda row: row.period_label).values())


def _tallies(rows: Iterable[Return], name_of: Any) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for row in rows:
        tally = found.setdefault(name_of(row), Tally(name_of(row)))
        tally.states[row.state] += 1
        tally.with_data += row.with_data
    return found


def to_ask(viewer: Any, collection: Collection | None = None) -> list[ToAsk]:
    """Who owes figures that are overdue or were sent back, with names for who may see them."""
    owed = (
        Submission.objects.owed()
        .latest_version()
        .filter(Q(due_on__lt=timezone.localdate()) | Q(state=State.RETURNED))
        .filter(period__gte=F("collection__asks_from"))
        .select_related("collection", "organisation")
        .order_by("organisation__name", "collection__name", "period")
    )
    if collection:
        owed = owed.filter(collection=collection)
    missing: dict[Organisation, list[Submission]] = {}
    for submission in owed:
        missing.setdefault(submission.organisation, []).append(submission)
    senders = people_with(Permission.SUBMISSION_SEND) if may_see_people(viewer) else {}
    return [ToAsk(place, rows, senders.get(place.pk, [])) for place, rows in missing.items()]


def may_see_people(viewer: Any) -> bool:
    """Analysts, who have to ask them, and those who look after people."""
    return any(
        holds(viewer, permission, at=None)
        for permission in (Permission.COLLECTION_MANAGE, Permission.PEOPLE_VIEW)
    )
