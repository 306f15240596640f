"""What a planned release holds, what stands in its way, and what was seen of it."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from jobs.models import Job
from outcomes.models import Flag, Hold, Measure, Release, Submission
from outcomes.models.submissions import State
from outcomes.periods import is_working_day, label
from outcomes.selectors import returns
from outcomes.selectors.measures import not_agreed

USUAL_TIME = time(9, 30)
NAMED = 5  # returns or measures that one line of the checklist names


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist: what was looked at, what was found, and what helps."""

    name: str
    found: tuple[str, ...]
    done: bool
    blocking: bool = True
    cure: str = ""
    href: str = ""

    @property
    def blocks(self) -> bool:
        return self.blocking and not self.done

    @property
    def status(self) -> str:
        if self.done:
            return "Done"
        return "To do first" if self.blocking else "Please look"


def releases(*states: str) -> QuerySet[Release]:
    """Releases in these states with how many returns they hold, and of which periods."""
    return (
        Release.objects.filter(state__in=states)
        .annotate(
            returns=Count("submissions"),
            first=Min("submissions__period"),
            last=Max("submissions__period"),
        )
        .order_by(F("published_at").desc(nulls_first=True), "due_at", "-id")
    )


def to_approve(user: Any) -> QuerySet[Release]:
    """Planned releases with returns in them that the user had no hand in."""
    planned = Release.objects.filter(state=Release.State.PLANNED, submissions__isnull=False)
    return planned.exclude(makers=user).select_related("planned_by").order_by("due_at").distinct()


def may_hold(release: Release) -> QuerySet[Submission]:
    """The approved returns of its collections that wait in no other release."""
    free = Q(release=None) | Q(release=release)
    return (
        Submission.objects.filter(free, state=State.APPROVED)
        .filter(collection__releases=release)
        .select_related("collection", "organisation")
        .order_by("collection__name", "organisation__name", "-period", "pk")
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """The approved returns of one organisation to one collection, and which of them are in it."""

    collection: str
    organisation: str
    submissions: tuple[Submission, ...]
    held: frozenset[UUID]

    @property
    def count(self) -> int:
        return len(self.held)


def to_choose(release: Release, held: set[UUID]) -> list[Choice]:
    """What it may hold, by collection and organisation."""
    groups: dict[tuple[str, str], list[Submission]] = {}
    for one in may_hold(release):
        groups.setdefault((one.collection.name, one.organisation.name), []).append(one)
    return [
        Choice(*names, tuple(found), frozenset({one.uuid for one in found} & held))
        for names, found in groups.items()
    ]


def left_out(release: Release) -> QuerySet[Submission]:
    return may_hold(release).filter(release=None)


def measures(release: Release) -> QuerySet[Measure]:
    """The measures that its collections ask for."""
    return Measure.objects.filter(collections__releases=release).distinct()


def contents(release: Release) -> str:
    """The fingerprint of what a rehearsal depends on: returns, measures, what is published."""
    seen = release.submissions.order_by("pk").values_list("uuid", "approved_at")
    versions = measures(release).order_by("pk").values_list("pk", "version")
    published = Release.objects.exclude(published_at=None).aggregate(
        count=Count("pk"), withdrawn=Max("ended_at")
    )
    return _sha(release.pk, release.reissued, list(seen), list(versions), published)


def fingerprint(release: Release) -> str:
    """What somebody saw when they decided: changes whenever the plan or its returns do."""
    return _sha(
        str(release.state),
        release.title,
        release.note,
        release.due_at,
        release.returned_reason,
        list(release.collections.order_by("pk").values_list("pk", flat=True)),
        list(release.early_readers.order_by("user").values_list("user", "capacity")),
        contents(release),
    )


def _sha(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def is_rehearsed(release: Release) -> bool:
    """Whether the portal has looked at what publishing it, as it is now, would give away."""
    rehearsal = getattr(release, "rehearsal", None)
    return rehearsal is not None and rehearsal.of == contents(release)


def rehearsals(release: Release) -> QuerySet[Job]:
    return Job.objects.filter(kind="outcomes.rehearse_release", key__startswith=str(release.uuid))


def builds(release: Release) -> QuerySet[Job]:
    """The jobs that build the series of the release."""
    return Job.objects.filter(kind="outcomes.build_series", key__endswith=f":{release.uuid}")


def checklist(release: Release) -> list[Check]:
    """Everything that is looked at before a release is approved, what blocks it first."""
    found = [
        _returns(release),
        _disclosure(release),
        _measures(release),
        _note(release),
        _questions(release),
        _hold(release),
        _corrections(release),
        _completeness(release),
        _left_out(release),
        _day(release),
    ]
    return sorted(found, key=lambda check: (not check.blocks, check.done))


def blocking(release: Release) -> list[str]:
    """What keeps it from being published, in sentences."""
    return [sentence for check in checklist(release) if check.blocks for sentence in check.found]


def _url(name: str, release: Release) -> str:
    return reverse(f"outcomes:{name}", args=[release.uuid])


def _named(sentences: Iterable[str]) -> tuple[str, ...]:
    """The first of them, and how many more there are."""
    listed = list(sentences)
    more = len(listed) - NAMED
    return (*listed[:NAMED], f"And {more} more.") if more > 0 else tuple(listed)


def _returns(release: Release) -> Check:
    count = release.submissions.count()
    if not count:
        words = "It holds no approved return yet, so there is nothing to publish."
        return Check(
            "Approved returns", (words,), done=False,
            cure="Choose what it holds", href=_url("release-contents", release),
        )  # fmt: skip
    words = f"It holds {count} return{'s' if count > 1 else ''}, all approved."
    return Check("Approved returns", (words,), done=True)


def _disclosure(release: Release) -> Check:
    name = "Nobody can be recognised"
    if not release.submissions.exists():
        return Check(name, ("There is nothing to look at yet.",), done=True)
    if not is_rehearsed(release):
        words = "The portal is still looking at whom these figures could give away."
        return Check(name, (words,), done=False)
    problems = release.rehearsal.problems
    if not problems:
        words = "The portal went through all figures, also together with what is published."
        return Check(name, (words,), done=True)
    found = [f"{one['measure']}: {words}" for one in problems for words in one["problems"]]
    return Check(
        name, _named(found), done=False,
        cure="Take these returns out, or publish whole periods again",
        href=_url("release-contents", release),
    )  # fmt: skip


def _measures(release: Release) -> Check:
    open_ones = not_agreed(measures(release))
    if not open_ones:
        return Check("Measures agreed", ("All of its measures are agreed.",), done=True)
    return Check(
        "Measures agreed", _named(f"{one} is not agreed, or is retired." for one in open_ones),
        done=False, cure=f"Look at {open_ones[0]}", href=open_ones[0].get_board_url(),
    )  # fmt: skip


def _note(release: Release) -> Check:
    if release.note:
        return Check("Note for readers", ("The note is written.",), done=True)
    return Check(
        "Note for readers", ("Readers are told nothing yet about these figures.",), done=False,
        cure="Write the note", href=_url("release-change", release),
    )  # fmt: skip


def _questions(release: Release) -> Check:
    flags = Flag.objects.open().filter(submission__release=release)
    flags = flags.select_related("submission__collection", "submission__organisation")
    first = flags.first()
    if first is None:
        return Check("Questions answered", ("No question about its figures is open.",), done=True)
    return Check(
        "Questions answered", _named(f"{flag.submission}: {flag.message}" for flag in flags),
        done=False, cure="Look at the return", href=first.submission.get_absolute_url(),
    )  # fmt: skip


def _hold(release: Release) -> Check:
    day = max(timezone.localdate(release.due_at), timezone.localdate())
    hold = Hold.objects.on(day).first()
    if hold is None:
        return Check("No hold on publishing", ("Figures may be published that day.",), done=True)
    until = f"{hold.last_day.day} {hold.last_day:%B %Y}"
    return Check(
        "No hold on publishing", (f"Nothing is published until {until}: {hold.reason}.",),
        done=False, cure="Choose a later day", href=_url("release-change", release),
    )  # fmt: skip


def _corrections(release: Release) -> Check:
    corrections = release.submissions.filter(version__gt=1)
    corrections = corrections.select_related("collection", "organisation")
    if not corrections:
        words = "It corrects nothing that is published."
        return Check("Corrections explained", (words,), done=True, blocking=False)
    found = (f"{one}: {one.correction_reason}" for one in corrections)
    return Check("Corrections explained", _named(found), done=True, blocking=False)


def _completeness(release: Release) -> Check:
    missing = list(_missing(release))
    if not missing:
        words = "All partners who were asked are in it, or were published before."
        return Check("All partners", (words,), done=True, blocking=False)
    return Check(
        "All partners", _named(missing), done=False, blocking=False,
        cure="See who to ask", href=reverse("outcomes:progress"),
    )  # fmt: skip


def _missing(release: Release) -> Iterator[str]:
    """Who was asked for the periods of the release and is not in it."""
    held = set(release.submissions.values_list("collection", "period"))
    absent = (
        Submission.objects.latest_version()
        .filter(collection__releases=release, version=1, period__gte=F("collection__asks_from"))
        .exclude(state=State.RELEASED)
        .exclude(release=release)
        .select_related("collection", "organisation")
        .order_by("-period", "organisation__name")
    )
    for one in absent:
        if (one.collection_id, one.period) in held:
            state = one.get_state_display().lower()
            period = label(one.period, one.collection.frequency)
            yield f"{one.organisation}, {period}, {one.collection}: {state}."


def _left_out(release: Release) -> Check:
    count = left_out(release).count()
    if not count:
        words = "Every approved return of its collections is in it."
        return Check("Nothing forgotten", (words,), done=True, blocking=False)
    words = f"{count} approved return{'s' if count > 1 else ''} of its collections would stay out."
    return Check(
        "Nothing forgotten", (words,), done=False, blocking=False,
        cure="Choose what it holds", href=_url("release-contents", release),
    )  # fmt: skip


def _day(release: Release) -> Check:
    change = {"cure": "Change the day", "href": _url("release-change", release)}
    if release.due_at is None:
        words = "It is published as soon as it is approved; readers were not told of a day."
        return Check("Day and time", (words,), done=True, blocking=False)
    if release.state == Release.State.SCHEDULED:
        return Check("Day and time", ("They were approved, too.",), done=True, blocking=False)
    due = timezone.localtime(release.due_at)
    if release.due_at < timezone.now():
        words = "Its time has passed. Once approved, it is published at once."
        return Check("Day and time", (words,), done=False, blocking=False, **change)
    if due.time() != USUAL_TIME or not is_working_day(due.date()):
        words = "Readers expect figures at 9:30am on a working day."
        return Check("Day and time", (words,), done=False, blocking=False, **change)
    return Check("Day and time", ("A working day at 9:30am.",), done=True, blocking=False)


def waiting(release: Release) -> list[returns.Waiting]:
    """What it holds, as one line for each collection and organisation."""
    return returns.summed_up(release.submissions.all())
