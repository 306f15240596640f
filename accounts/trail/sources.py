"""Where changes are found: one table for each kind of thing, read together newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import CharField, F, Model, Q, QuerySet, SmallIntegerField, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from pghistory.models import Event

from accounts.models import SecurityEvent, User

SECURITY = "accounts.securityevent"
NAMES = ("name", "title", "full_name", "email", "original_name")  # what people call a thing by
BEFORE = "before"  # the label of rows that only say what a thing was like before its first change
PAGE = 50


@cache
def event_models() -> dict[str, type[Event]]:
    """The table of the record for each kind of thing, by the label of its model."""
    found = [model for model in apps.get_models() if issubclass(model, Event)]
    by_label = {tracked(model)._meta.label_lower: model for model in found}
    return dict(sorted(by_label.items()))


def tracked(event: type[Event]) -> type[Model]:
    """The model whose changes a table of the record holds."""
    model: Any = event.pgh_tracked_model
    return model


@cache
def kinds() -> list[str]:
    """Every kind there is, in one order: it decides between lines of the same moment."""
    return sorted([*event_models(), SECURITY])


def kind_name(kind: str) -> str:
    """What people call such a thing, for example “Return”."""
    if kind == SECURITY:
        return "Sign-in and security"
    model = tracked(event_models()[kind])
    name = str(getattr(model, "record_name", model._meta.verbose_name))
    return name[:1].upper() + name[1:]


@dataclass(frozen=True)
class Key:
    """A line of the record: when, in which table, which row. Pages are cut at keys."""

    when: datetime
    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.when.astimezone(UTC).isoformat()}~{self.kind}~{self.number}"

    @classmethod
    def read(cls, text: str | None) -> "Key | None":
        """The key in an address; None for what is none."""
        try:
            when, kind, number = (text or "").split("~")
            moment = parse_datetime(when)
            if moment is None or moment.tzinfo is None or kind not in kinds():
                return None
            return cls(moment, kind, int(number) if len(number) < 19 else 0)
        except ValueError:
            return None


@dataclass(frozen=True)
class Filters:
    """What somebody looks for; every part may be left out."""

    person: str = ""
    kind: str = ""
    from_day: date | None = None
    to_day: date | None = None
    words: str = ""


@dataclass(frozen=True)
class Page:
    keys: list[Key]
    older: Key | None
    newer: Key | None


def matching(filters: Filters) -> list[tuple[str, QuerySet]]:
    """The rows that match, in each table that may hold some."""
    wanted = [filters.kind] if filters.kind else kinds()
    return [(kind, rows(kind).filter(_condition(kind, filters))) for kind in wanted]


def rows(kind: str) -> QuerySet:
    """The rows of one kind with `when`, so that all tables read alike."""
    if kind == SECURITY:
        return SecurityEvent.objects.annotate(when=F("at"))
    told = event_models()[kind].objects.exclude(pgh_label=BEFORE)
    return told.annotate(when=F("pgh_created_at"))


def _condition(kind: str, filters: Filters) -> Q:
    found = Q()
    if filters.from_day:
        found &= Q(when__gte=_midnight(filters.from_day))
    if filters.to_day:
        found &= Q(when__lt=_midnight(filters.to_day + timedelta(days=1)))
    if filters.person:
        found &= _by_person(kind, filters.person)
    for word in filters.words.split():
        found &= _with_word(kind, word)
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _by_person(kind: str, text: str) -> Q:
    """Acts of people called so today, or called so when they acted."""
    people = User.objects.filter(Q(full_name__icontains=text) | Q(email__icontains=text))
    if kind == SECURITY:
        return Q(user__in=people.values("pk"))
    today = people.values_list("pk", flat=True)[:1000]
    return Q(pgh_context__user__in=list(today)) | Q(pgh_context__name__icontains=text)


def _with_word(kind: str, word: str) -> Q:
    """Rows that say the word: in the reason, the address, the thing itself or what it names."""
    if kind == SECURITY:
        named = [key for key, label in SecurityEvent.Kind.choices if word.lower() in label.lower()]
        return Q(detail__icontains=word) | Q(kind__in=named)
    event = event_models()[kind]
    found = Q(pgh_context__reason__icontains=word) | Q(pgh_context__path__icontains=word)
    for field in own_fields(event):
        if field.related_model:
            found |= _named(field, word)
        elif field.choices:
            chosen = [key for key, label in field.flatchoices if word.lower() in str(label).lower()]
            found |= Q(**{f"{field.name}__in": chosen})
        elif isinstance(field, CharField | TextField):
            found |= Q(**{f"{field.name}__icontains": word})
    return found


def _named(field: Any, word: str) -> Q:
    names = [n for n in NAMES if n in {f.name for f in field.related_model._meta.fields}]
    if not names:
        return Q()
    called = Q()
    for name in names:
        called |= Q(**{f"{name}__icontains": word})
    things = field.related_model._base_manager.filter(called).values(field.target_field.attname)
    return Q(**{f"{field.attname}__in": things})


def own_fields(event: type[Event]) -> list[Any]:
    """The fields of the thing itself, without those of the record."""
    return [field for field in event._meta.fields if not field.name.startswith("pgh_")]


def about(model: type[Model], where: Q) -> tuple[str, QuerySet]:
    """The changes of those rows of a model whose record fits, for pages about one object."""
    kind = model._meta.label_lower
    return kind, rows(kind).filter(where)


def page(
    sources: Iterable[tuple[str, QuerySet]],
    *,
    before: Key | None = None,
    after: Key | None = None,
    size: int = PAGE,
) -> Page:
    """One page of all tables together, with one query and without counting anything.

    Each table gives at most a page of its newest rows, by the index on its time.
    """
    up = after is not None and before is None
    cut = after if up else before
    order = ["when", "rank", "row_number"] if up else ["-when", "-rank", "-row_number"]
    branches = [
        _numbered(kind, rows).filter(_beyond(kind, cut, up=up)).order_by(*order)[: size + 1]
        for kind, rows in sources
    ]
    first, *rest = (branch.values_list("when", "rank", "row_number") for branch in branches)
    rows = first.union(*rest, all=True).order_by(*order)[: size + 1] if rest else first
    keys = [Key(when, kinds()[rank], number) for when, rank, number in rows]
    more, keys = len(keys) > size, keys[:size]
    if up:
        keys.reverse()
    return Page(
        keys,
        older=keys[-1] if keys and (more or up) else None,
        newer=keys[0] if keys and (more if up else cut is not None) else None,
    )


def _numbered(kind: str, rows: QuerySet) -> QuerySet:
    rank = Value(kinds().index(kind), output_field=SmallIntegerField())
    return rows.annotate(rank=Cast(rank, SmallIntegerField()), row_number=F("pk"))


def _beyond(kind: str, cut: Key | None, *, up: bool) -> Q:
    """Rows on the far side of the cut, by time, then kind, then number."""
    if cut is None:
        return Q()
    side = "gt" if up else "lt"
    here, there = kinds().index(kind), kinds().index(cut.kind)
    if here == there:
        same = Q(when=cut.when, **{f"row_number__{side}": cut.number})
        return Q(**{f"when__{side}e": cut.when}) & (Q(**{f"when__{side}": cut.when}) | same)
    with_same_moment = here > there if up else here < there
    return Q(**{f"when__{side}{'e' if with_same_moment else ''}": cut.when})
