"""What staff have to do: reads across returns, uploads and releases."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.permissions import Permission
from outcomes.aggregation import as_fraction
from outcomes.digits import exact_text
from outcomes.models import Collection, Observation, Problem, Submission, Upload
from outcomes.models.submissions import IN_HAND, State
from outcomes.periods import latest_ended
from outcomes.series import Cell, number_text, value_of, with_unit
from partners.models import Organisation

MOST_TEMPLATES = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """One observation as staff read it."""

    submission: Submission
    measure: str
    part: str
    numerator_text: str
    denominator_text: str
    value_text: str
    note: str
    row: int | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Returns of one organisation that wait for the same step."""

    collection: Collection
    organisation: Organisation
    count: int
    first: Submission
    last: Submission


def sending_organisations(user: Any, collection: Collection) -> QuerySet[Organisation]:
    """The organisations of the collection for which the user may send figures."""
    mine = Organisation.objects.for_user(user, Permission.SUBMISSION_SEND)
    return mine.filter(collections=collection)


def asked_once(user: Any, collection: Collection) -> Organisation | None:
    """An organisation the user sends for that the collection asked before, and no longer does."""
    mine = Organisation.objects.for_user(user, Permission.SUBMISSION_SEND)
    return mine.filter(submissions__collection=collection).first()


def sendable_collections(user: Any) -> QuerySet[Collection]:
    """The collections the user may send figures for, whether or not anything is due."""
    if may_send_for_all(user):
        return Collection.objects.all()
    mine = Organisation.objects.for_user(user, Permission.SUBMISSION_SEND)
    return Collection.objects.filter(organisations__in=mine).distinct()


def may_send_for_all(user: Any) -> bool:
    return user.has_perm(Permission.SUBMISSION_SEND_FOR_ALL)


def may_send(user: Any, upload: Upload) -> bool:
    """Whether the user may go on with the file."""
    if upload.organisation_id is None:
        return may_send_for_all(user)
    return user.has_perm(Permission.SUBMISSION_SEND, upload)


def outstanding(user: Any) -> QuerySet[Submission]:
    """What the user's organisations owe, the earliest due first."""
    mine = Organisation.objects.for_user(user, Permission.SUBMISSION_SEND)
    return (
        Submission.objects.outstanding()
        .latest_version()
        .filter(organisation__in=mine)
        .select_related("collection", "organisation", "upload")
        .order_by("due_on", "collection__name", "period")
    )


def to_approve(user: Any) -> list[Waiting]:
    """Returns that wait for the user's approval, by collection and organisation."""
    mine = Organisation.objects.for_user(user, Permission.SUBMISSION_APPROVE)
    return _waiting(Submission.objects.filter(state=State.SUBMITTED, organisation__in=mine))


def waiting_for_approval(collection: Collection, organisation: Organisation):
    return (
        Submission.objects.filter(
            collection=collection, organisation=organisation, state=State.SUBMITTED
        )
        .select_related("collection", "organisation", "upload", "receipt")
        .select_related("submitted_by", "entered_by", "returned_by")
        .order_by("period")
    )


def to_publish() -> QuerySet[Submission]:
    """Approved returns that no release holds yet."""
    return (
        Submission.objects.filter(state=State.APPROVED, release=None)
        .select_related("collection", "organisation")
        .order_by("collection__name", "organisation__name", "period")
    )


def summed_up(submissions: QuerySet[Submission]) -> list[Waiting]:
    """The same returns as one line for each collection and organisation."""
    return _waiting(submissions)


def _waiting(submissions: QuerySet[Submission]) -> list[Waiting]:
    groups: dict[tuple[int, int], list[Submission]] = {}
    for submission in submissions.select_related("collection", "organisation").order_by("period"):
        key = (submission.collection_id, submission.organisation_id)
        groups.setdefault(key, []).append(submission)
    return [
        Waiting(group[0].collection, group[0].organisation, len(group), group[0], group[-1])
        for group in groups.values()
    ]


def recent_uploads(user: Any) -> QuerySet[Upload]:
    """The user's organisations' latest files, with what became of the figures in them."""
    return (
        Upload.objects.for_user(user)
        .select_related("collection", "organisation", "received_by")
        .annotate(
            drafts=Count("submissions", filter=Q(submissions__state=State.DRAFT)),
            submitted=Count("submissions", filter=Q(submissions__state=State.SUBMITTED)),
            returned=Count("submissions", filter=Q(submissions__state=State.RETURNED)),
            approved=Count("submissions", filter=Q(submissions__state=State.APPROVED)),
            published=Count("submissions", filter=Q(submissions__state=State.RELEASED)),
        )
        .order_by("-received_at")[:10]
    )


def to_fill_in(user: Any, collection: Collection) -> list[Submission]:
    """The returns for which the user may take a file to fill in: what is due, and the last one."""
    found = list(outstanding(user).filter(collection=collection)[:MOST_TEMPLATES])
    known = {(submission.organisation_id, submission.period) for submission in found}
    last = latest_ended(timezone.localdate(), collection.frequency)
    last = min(last, collection.asks_to or last)
    for organisation in sending_organisations(user, collection):
        if last >= collection.accepts_from and (organisation.pk, last) not in known:
            latest = Submission(collection=collection, organisation=organisation, period=last)
            found.append(latest)
    return found


def typed_in_drafts(user: Any, collection: Collection) -> list[tuple[Submission, list[str]]]:
    """The returns still in the sender's hands with typed figures, and who typed them."""
    cells = Observation.objects.filter(
        submission__collection=collection,
        submission__state__in=IN_HAND,
        typed_by__isnull=False,
    )
    if not may_send_for_all(user):
        cells = cells.filter(organisation__in=sending_organisations(user, collection))
    people: dict[int, list[str]] = {}
    named = cells.values_list("submission", "typed_by__full_name").distinct()
    for draft, name in named.order_by("submission__period", "typed_by__full_name"):
        people.setdefault(draft, []).append(name)
    drafts = Submission.objects.filter(pk__in=people).select_related("collection", "organisation")
    return [(draft, people[draft.pk]) for draft in drafts.order_by("period", "organisation__name")]


def problems_by_column(upload: Upload) -> QuerySet[Problem, Any]:
    """In which columns the problems of a file stand, and how many of them in each."""
    columns = upload.problems.exclude(column="").values("column")
    return columns.annotate(count=Count("pk")).order_by("-count", "column")


def figures(submissions: QuerySet[Submission]) -> QuerySet[Observation]:
    """The numbers in the submissions, oldest first; `as_text` makes a page of them readable."""
    return (
        Observation.objects.filter(submission__in=submissions)
        .select_related("submission__collection", "submission__organisation", "measure", "place")
        .select_related("category")
        .order_by("period", "organisation", "measure__order", "place", "category", "pk")
    )


def as_text(observations) -> list[Figure]:
    return [_figure(observation) for observation in observations]


def value_text(observation: Observation) -> str:
    """The value in the measure's unit, such as “84.2%”, or why there is none."""
    measure = observation.measure
    if observation.is_unfinished:
        return observation.get_status_display()
    cell = Cell(as_fraction(observation.numerator), as_fraction(observation.denominator))
    number = number_text(value_of(cell, measure), measure.decimals)
    return with_unit(number, measure.unit) or observation.get_status_display()


def _figure(observation: Observation) -> Figure:
    measure = observation.measure
    return Figure(
        submission=observation.submission,
        measure=measure.name,
        part=observation.part,
        numerator_text=exact_text(observation.numerator),
        denominator_text=exact_text(observation.denominator) if measure.has_denominator else "",
        value_text=value_text(observation),
        note=observation.note,
        row=observation.source_row,
    )


def versions(submission: Submission) -> QuerySet[Submission]:
    """Every version of the same return, the newest first."""
    return Submission.objects.filter(
        collection=submission.collection,
        organisation=submission.organisation,
        period=submission.period,
    ).order_by("-version")
