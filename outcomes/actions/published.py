"""What readers see is kept: the settings when a release is published, the figures by its job."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from outcomes.models import Measure, PublishedCell, PublishedMeasure, Release, Submission
from outcomes.models.submissions import State
from outcomes.public_edition import family, rule_of, worked_out

AT_A_TIME = 5_000  # rows in one statement


def settle(*, release: Release, measures: Iterable[Measure]) -> None:
    """Keeps how each measure is protected in a release; what changes later counts in the next."""
    PublishedMeasure.objects.bulk_create(
        [
            PublishedMeasure(
                release=release,
                measure=measure,
                disclosure=measure.disclosure,
                disclosure_reason=measure.disclosure_reason,
                sensitive=measure.sensitive,
                threshold=rule_of(measure).threshold,
                base=rule_of(measure).base,
                software_version=settings.SOFTWARE_VERSION,
                definition=measure.version,
            )
            for measure in measures
        ],
        ignore_conflicts=True,
    )


def record(*, measure: Measure) -> int:
    """Keeps the figures of every release of the measure that are not kept yet; returns how many.

    Measures that share counts are done together, in the order of publication, one release and
    measure in each transaction: what was broken off goes on where it stopped.
    """
    missing = _missing(family(measure))
    return sum(_record_one(release, member) for release, member in missing)


def _missing(members: list[Measure]) -> list[tuple[Release, Measure]]:
    by_id = {member.pk: member for member in members}
    kept = set(
        PublishedMeasure.objects.filter(measure__in=members, cells__isnull=False)
        .order_by()
        .values_list("release", "measure")
        .distinct()
    )
    asked = (
        Submission.objects.filter(state=State.RELEASED, collection__measures__in=members)
        .order_by()
        .values_list("release", "collection__measures")
        .distinct()
    )
    missing = {pair for pair in asked if pair not in kept and pair[1] in by_id}
    releases = Release.objects.in_bulk([release for release, _ in missing])
    pairs = [(releases[release], by_id[member]) for release, member in missing]
    return sorted(pairs, key=lambda pair: (pair[0].published_at, pair[0].pk, pair[1].pk))


def _record_one(release: Release, measure: Measure) -> int:
    """No lock is held while figures are worked out: of two workers the quicker one is kept."""
    settle(release=release, measures=[measure])
    published = PublishedMeasure.objects.select_related("release", "measure").get(
        release=release, measure=measure
    )
    cells = worked_out(published)
    with transaction.atomic():
        PublishedMeasure.objects.select_for_update(of=("self",)).get(pk=published.pk)
        if published.cells.exists():
            return 0
        return len(PublishedCell.objects.bulk_create(cells, batch_size=AT_A_TIME))
