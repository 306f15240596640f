"""The public edition of a measure about people: what is published of a period, protected as one.

For each period its releases are gone through in order, as readers saw them: first reports, late
ones, corrections. What was published before is part of what a reader knows (decision 0004).
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from outcomes.aggregation import WHOLE, Part, Sums, Table
from outcomes.lattice import OUT_OF, PEOPLE, lattice, name_of
from outcomes.models import Category, Measure, Submission
from outcomes.models.submissions import State, SubmissionQuerySet
from outcomes.periods import label
from outcomes.series import Cell
from outcomes.statistics.disclosure import ONE_DECIMAL_FROM
from outcomes.statistics.protection import DisclosureError, Published, Tables, protect, withhold
from partners.models import Organisation, Place

logger = logging.getLogger(__name__)

Row = dict[Part, Cell]  # what is to be published of one period
BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


def is_protected(measure: Measure) -> bool:
    return measure.disclosure == Measure.Disclosure.SUPPRESS_AND_ROUND


def protected_table(measure: Measure) -> Table:
    """The whole and its parts as everybody may see them."""
    released = _released(measure)
    before = _history(measure, _stages(released, last=False))
    table: Table = defaultdict(dict)
    for period, row, tables in _periods(measure, released.latest_released()):
        latest = _published(tables, before[period])
        for part, cell in row.items():
            table[part][period] = _shown(measure, part, cell, latest)
    return dict(table)


def problems(
    measure: Measure, adding: Iterable[Submission], *, reissued: bool = False
) -> list[str]:
    """What a release of these approved submissions would give away, one sentence for each period.

    Names corrections too small to be shown too, unless whole periods are `reissued` as planned.
    """
    fresh = {submission.pk: submission for submission in adding}
    released = _released(measure).filter(period__in={s.period for s in fresh.values()})
    before = _history(measure, _stages(released))
    latest = _latest([*released, *fresh.values()])
    found = []
    for period, row, tables in _periods(measure, Submission.objects.filter(pk__in=latest)):
        try:
            protect(tables, earlier=before[period], reissued=reissued)
        except DisclosureError as error:
            names = ", ".join(_in_words(error, row))
            found.append(f"{label(period, measure.frequency)}: {error.why}: {names}.")
    return found


def _in_words(error: DisclosureError, row: Row) -> list[str]:
    """The parts that an error is about, by their names."""
    parts = {name_of(part): part for part in row}
    named = [parts[cell] for cell in error.cells if cell in parts]
    names = []
    for model, field in ((Organisation, "organisation"), (Place, "place"), (Category, "category")):
        found = model.objects.filter(pk__in=[getattr(part, field) for part in named])
        names += sorted(found.values_list("name", flat=True))
    whole = ["all partners together"] if WHOLE in named else []
    inner = ["people of one partner in one group"] if len(named) < len(error.cells) else []
    return whole + names + inner


def _released(measure: Measure) -> SubmissionQuerySet:
    submissions = Submission.objects.filter(collection__measures=measure, state=State.RELEASED)
    return submissions.select_related("release")


def _history(measure: Measure, stages: Iterable[list[int]]) -> dict[date, list[Published]]:
    """What was published of each period before, in order."""
    history: dict[date, list[Published]] = defaultdict(list)
    for stage in stages:
        for period, _, tables in _periods(measure, Submission.objects.filter(pk__in=stage)):
            history[period].append(_published(tables, history[period]))
    return history


def _published(tables: Tables, before: Sequence[Published]) -> Published:
    """The tables protected; where they cannot be, what is new in them is hidden altogether."""
    if before and before[-1].tables == tables:
        return before[-1]
    try:
        return protect(tables, earlier=before, reissued=True)
    except DisclosureError as error:
        logger.warning("Hidden altogether: %s", error)
        return withhold(tables, earlier=before)


def _stages(released: Iterable[Submission], *, last: bool = True) -> Iterator[list[int]]:
    """The submissions that counted after the first release of each period, after the second …"""
    by_period: dict[date, list[Submission]] = defaultdict(list)
    for submission in released:
        by_period[submission.period].append(submission)
    moments = {p: sorted({_moment(s) for s in found}) for p, found in by_period.items()}
    for stage in range(max((len(m) for m in moments.values()), default=0)):
        counted = [
            submission
            for period, found in by_period.items()
            if stage < len(moments[period]) - (not last)
            for submission in found
            if _moment(submission) <= moments[period][stage]
        ]
        if counted:
            yield _latest(counted)


def _moment(submission: Submission) -> tuple[datetime, int]:
    release = submission.release
    assert release is not None  # noqa: S101  # the database sees to it
    return release.published_at or BEFORE_ALL, release.pk


def _latest(submissions: Iterable[Submission]) -> list[int]:
    """The latest version of each."""
    latest = {
        (s.collection_id, s.organisation_id, s.period): s.pk
        for s in sorted(submissions, key=lambda s: s.version)
    }
    return list(latest.values())


def _periods(
    measure: Measure, submissions: SubmissionQuerySet
) -> Iterator[tuple[date, Row, Tables]]:
    """Each period with its cells and all that hangs together with them."""
    sums = Sums(measure, submissions)
    rows: dict[date, Row] = defaultdict(dict)
    for part, cells in sums.table.items():
        for period, cell in cells.items():
            rows[period][part] = cell
    groups = {name: sums.groups(name) for name in sums.divisions if name != "organisation"}
    for period, row in sorted(rows.items()):
        inner = {
            name: {group: cells[period] for group, cells in found.items() if period in cells}
            for name, found in groups.items()
        }
        yield period, row, lattice(measure, row, inner)


def _shown(measure: Measure, part: Part, cell: Cell, published: Published) -> Cell:
    """The cell as it may be shown."""
    name = name_of(part)
    blank = replace(cell, numerator=None, denominator=None)
    if name not in published.tables.cells:
        return blank  # nobody reported, or the source hides it
    if name in published.hidden:
        return replace(blank, suppressed=True)
    people, out_of = (published.shown((kind, name)) for kind in (PEOPLE, OUT_OF))
    shown = replace(
        cell,
        numerator=None if people is None else Fraction(people),
        denominator=None if out_of is None else Fraction(out_of),
    )
    if measure.kind == Measure.Kind.MEAN and cell.numerator is not None and cell.denominator:
        mean = cell.numerator * measure.multiplier / cell.denominator
        return replace(shown, mean=round(mean, measure.decimals))
    if out_of is None:
        return shown
    return replace(shown, decimals=1 if out_of >= ONE_DECIMAL_FROM else 0)
