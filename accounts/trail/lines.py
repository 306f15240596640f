"""What a person reads: lines of the record in plain words, made for the rows of one page only."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Field, Model, OuterRef, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from pghistory.models import Event

from accounts.models import SecurityEvent
from accounts.trail.sources import SECURITY, Key, event_models, kind_name, own_fields, tracked

VERBS = {"insert": "Added", "update": "Changed", "delete": "Removed"}
UNTOLD = {"id", "uuid"}  # numbers that say nothing to people
# Never recorded in the first place; should one ever be, it is not shown either.
SECRET = {"password", "token", "token_hash", "secret", "data", "session_key"}
LONGEST = 300


@dataclass(frozen=True)
class Change:
    field: str
    before: str | datetime
    after: str | datetime


@dataclass(frozen=True)
class Line:
    """One change: when, who, what and why; `where` is for administrators."""

    when: datetime
    who: str
    roles: str
    verb: str
    kind: str
    name: str
    changes: list[Change] = field(default_factory=list)
    has_before: bool = True
    reason: str = ""
    where: str = ""
    at_the_door: bool = False  # a security event, not a change


Related = dict[tuple[type[Model], Any], Model]


def lines(keys: Iterable[Key], *, hidden: frozenset[str] = frozenset()) -> list[Line]:
    """The lines of those keys in their order; `hidden` names fields that are not told.

    The number of queries follows the number of kinds on the page, not the number of lines.
    """
    keys = list(keys)
    numbers: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        numbers[key.kind].append(key.number)
    security = SecurityEvent.objects.select_related("user").in_bulk(numbers.pop(SECURITY, []))
    events, earlier = _load(numbers)
    related = _related([*events.values(), *earlier.values()])
    return [
        _security_line(security[key.number])
        if key.kind == SECURITY
        else _line(key, events[key.kind, key.number], earlier, related, hidden)
        for key in keys
    ]


Loaded = dict[tuple[str, int], Event]


def _load(numbers: dict[str, list[int]]) -> tuple[Loaded, Loaded]:
    """The rows of each kind, and for each change the row before it of the same thing."""
    events: Loaded = {}
    earlier: Loaded = {}
    for kind, wanted in numbers.items():
        model = event_models()[kind]
        rows = model.objects.in_bulk(wanted)
        events |= {(kind, number): row for number, row in rows.items()}
        changed = [number for number, row in rows.items() if row.pgh_label == "update"]
        befores = dict(_numbers_before(model, changed))
        found = model.objects.in_bulk(set(befores.values()))
        earlier |= {(kind, number): found[before] for number, before in befores.items()}
    return events, earlier


def _numbers_before(model: type[Event], changed: list[int]) -> Iterable[tuple[int, int]]:
    """For each change the number of the row before it of the same thing, where there is one.

    Sorting by a sum keeps PostgreSQL from walking back through the rows of all other things.
    """
    same = "pgh_obj_id" if hasattr(model, "pgh_obj") else "id"
    before = (
        model.objects.filter(**{same: OuterRef(same)}, pgh_id__lt=OuterRef("pgh_id"))
        .order_by((F("pgh_id") + 0).desc())
        .values("pgh_id")[:1]
    )
    rows = model.objects.filter(pk__in=changed).annotate(before=Subquery(before))
    return rows.exclude(before=None).values_list("pk", "before")


def _related(events: Iterable[Event]) -> Related:
    """Everything the rows point to: for each kind of thing one query."""
    wanted: dict[type[Model], set[Any]] = defaultdict(set)
    for event in events:
        for one in own_fields(type(event)):
            if one.related_model and (pk := getattr(event, one.attname)) is not None:
                wanted[one.related_model].add(pk)
    return {
        (model, pk): thing
        for model, pks in wanted.items()
        for pk, thing in _in_bulk(model, pks).items()
    }


def _in_bulk(model: type[Model], pks: set[Any]) -> dict[Any, Model]:
    """The things with what their own names are made of."""
    known = {tracked(event) for event in event_models().values()}
    names = [f.name for f in model._meta.fields if f.related_model in known]
    return model._base_manager.select_related(*names).in_bulk(pks)


def _line(
    key: Key, event: Event, earlier: Loaded, related: Related, hidden: frozenset[str]
) -> Line:
    context = getattr(event, "pgh_context", None) or {}
    before = earlier.get((key.kind, key.number))
    return Line(
        when=key.when,
        who=_who(context),
        roles=context.get("roles", ""),
        verb=VERBS.get(event.pgh_label, event.pgh_label),
        kind=kind_name(key.kind),
        name=_name(event, related),
        changes=_changes(event, before, related, hidden),
        has_before=event.pgh_label != "update" or before is not None,
        reason=context.get("reason", ""),
        where=context.get("path", "") or context.get("job", ""),
    )


def _who(context: dict[str, Any]) -> str:
    if "job" in context:
        name = context.get("name")
        return f"a background job for {name}" if name else "a background job"
    if "command" in context:
        return f"somebody on the server, with “{context['command']}”"
    if context.get("name"):
        return context["name"]
    return "somebody not signed in" if context.get("path") else "the portal itself"


def _name(event: Event, related: Related) -> str:
    """What the thing was called at that moment, made from the row as it was."""
    model = tracked(type(event))
    values = {f.attname: getattr(event, f.attname) for f in own_fields(type(event))}
    thing = model(**values)
    for one in own_fields(type(event)):
        if one.related_model and values[one.attname] is not None:
            other = related.get((one.related_model, values[one.attname]))
            thing._state.fields_cache[one.name] = other or one.related_model()
    return str(thing)


def _changes(
    event: Event, before: Event | None, related: Related, hidden: frozenset[str]
) -> list[Change]:
    """What differs from before; for what was added, everything it said."""
    if event.pgh_label == "delete" or (event.pgh_label == "update" and before is None):
        return []
    since = before if event.pgh_label == "update" else None
    changes = []
    for one in own_fields(type(event)):
        now = getattr(event, one.attname)
        then = getattr(since, one.attname) if since else None
        if one.name in UNTOLD | hidden or now == then or (since is None and now in ("", [], {})):
            continue
        if one.name in SECRET:
            changes.append(Change(_label(one), "hidden", "hidden"))
        else:
            was = in_words(one, then, related) if since else ""
            changes.append(Change(_label(one), was, in_words(one, now, related)))
    return changes


def _label(one: Field) -> str:
    name = str(one.verbose_name)
    return name[:1].upper() + name[1:]


def in_words(one: Field, value: Any, related: Related) -> str | datetime:
    """A value as people write it; a reference by the name of what it refers to.

    How times are written is for the page to say.
    """
    if value is None or value in ("", [], {}):
        return "empty"
    if one.related_model:
        return str(related.get((one.related_model, value)) or "something that is gone")
    if one.choices:
        thing = getattr(one.model, "pgh_tracked_model", None)
        own_words = getattr(thing, "record_words", {})
        return str(own_words.get(value) or dict(one.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return timezone.localtime(value)
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _security_line(event: SecurityEvent) -> Line:
    return Line(
        when=event.at,
        who=str(event.user) if event.user else "somebody unknown",
        roles="",
        verb=event.get_kind_display(),
        kind=kind_name(SECURITY),
        name=event.detail,
        at_the_door=True,
        where=f"from the address {event.address}" if event.address else "",
    )
