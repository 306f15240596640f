"""The public edition of a measure: what each release showed of it, protected and then kept.

The figures of a release are put under disclosure control once, after all that readers saw before:
earlier versions, and other measures that count the same people. What they may see is stored
(`PublishedCell`), and pages are built from that. So a rule that changes later changes nothing that
was published (decision 0004).
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from outcomes.aggregation import WHOLE, Group, Part, Sums, Table, asked_of, completed
from outcomes.lattice import Words, key_of, lattice
from outcomes.models import (
    Category,
    Measure,
    PublishedCell,
    PublishedMeasure,
    Release,
    Submission,
)
from outcomes.models.published import SOURCE
from outcomes.models.submissions import State
from outcomes.periods import label
from outcomes.series import Cell
from outcomes.statistics.disclosure import DEFAULT_RULE, ONE_DECIMAL_FROM, Hidden, Rule
from outcomes.statistics.editions import Published, Tables
from outcomes.statistics.protection import DisclosureError, protect, withhold
from partners.models import Organisation, Place

logger = logging.getLogger(__name__)

CENTS, TINY = Decimal("0.0001"), Decimal("0.0000000001")  # as the columns have them


def is_protected(measure: Measure) -> bool:
    return measure.disclosure == Measure.Disclosure.SUPPRESS_AND_ROUND


def rule_of(measure: Measure) -> Rule:
    """The rule by which the next release protects the measure; an exact one hides nothing."""
    if is_protected(measure):
        return replace(DEFAULT_RULE, sensitive=measure.sensitive)
    return Rule(threshold=0, base=1)


def family(measure: Measure) -> list[Measure]:
    """The measures that count some of the same people in the same words, and this one, in order.

    Also those that share a count with one of them, and so on.
    """
    others = Measure.objects.filter(about_people=True, frequency=measure.frequency)
    words = {m: {Words.of(m).people, Words.of(m).out_of} - {""} for m in others.order_by("pk")}
    members, known = {measure}, words.pop(measure, set())
    while near := {m for m, said in words.items() if said & known} - members:
        members |= near
        known = known.union(*(words[m] for m in near))
    return sorted(members, key=lambda m: m.pk)


def public_table(measure: Measure) -> Table:
    """The whole and its parts as everybody may see them: of each period what was shown last."""
    of = {p.pk: p for p in measure.published.select_related("release")}
    cells = list(PublishedCell.objects.filter(published__in=of).order_by())
    seen = defaultdict(set)
    for cell in cells:
        seen[cell.period].add(cell.published_id)
    latest = {p: in_force([of[pk] for pk in found], p) for p, found in seen.items()}
    table: Table = defaultdict(dict)
    for cell in cells:
        published = of[cell.published_id]
        if published == latest[cell.period]:
            part = Part(cell.organisation_id, cell.place_id, cell.category_id)
            table[part][cell.period] = to_show(cell, published)
    return completed(dict(table), asked_of(measure))


def in_force(versions: Iterable[PublishedMeasure], period: date) -> PublishedMeasure | None:
    """The last version of a period without figures of a release that was withdrawn."""
    ordered = sorted(versions, key=lambda version: _moment(version.release), reverse=True)
    gone = [v.release for v in ordered if v.release.state == Release.State.WITHDRAWN]
    for version in ordered:
        counted = _counted(version.measure, version.release, [period]) if gone else []
        if not Submission.objects.filter(pk__in=counted, release__in=gone).exists():
            return version
    return None


def to_show(cell: PublishedCell, published: PublishedMeasure) -> Cell:
    """The cell as pages show it."""
    numerator, denominator, mean = (
        None if number is None else Fraction(number)
        for number in (cell.numerator, cell.denominator, cell.mean)
    )
    decimals = None
    if published.is_protected and denominator is not None and mean is None:
        decimals = 1 if denominator >= ONE_DECIMAL_FROM else 0
    return Cell(
        numerator=numerator,
        denominator=denominator,
        mean=mean,
        suppressed=bool(cell.hidden),
        decimals=decimals,
        reported=len(cell.reporters),
        sources=frozenset(cell.reporters),
    )


def worked_out(published: PublishedMeasure) -> list[PublishedCell]:
    """What readers may see of the periods of a release, to be stored.

    What was published of these periods before has to be stored already.
    """
    measure, release = published.measure, published.release
    of_release = Submission.objects.filter(release=release, collection__measures=measure)
    periods = set(of_release.order_by().values_list("period", flat=True))
    history = _History(measure, periods)
    found = []
    for sums in _sums(measure, _counted(measure, release, periods), inner=published.is_protected):
        periods.discard(sums.period)
        edition = None
        if published.is_protected:
            edition = _published(sums.tables, published.rule, history.of(sums.period))
        found += [
            PublishedCell(
                published=published, period=sums.period,
                organisation_id=part.organisation, place_id=part.place, category_id=part.category,
                reporters=sorted(cell.sources), **_numbers(measure, part, cell, edition),
            )
            for part, cell in sums.row.items()
        ]  # fmt: skip
    gone = [period for period in periods if history.knows(period)]
    return found + [PublishedCell(published=published, period=p, reporters=[]) for p in gone]


def problems(
    measure: Measure, adding: Iterable[Submission], *, reissued: bool = False
) -> list[str]:
    """What a release of these approved submissions would give away, one sentence for each period.

    Names corrections too small to be shown too, unless whole periods are `reissued` as planned.
    """
    fresh = {submission.pk: submission for submission in adding}
    periods = {submission.period for submission in fresh.values()}
    history = _History(measure, periods)
    found = []
    for member in family(measure):
        if not is_protected(member) or member.pk > measure.pk:
            continue
        collections = set(member.collections.values_list("pk", flat=True))
        mine = [s for s in fresh.values() if s.collection_id in collections]
        together = _latest([*_released(member, {s.period for s in mine}), *mine])
        for sums in _sums(member, together):
            before = history.of(sums.period)
            try:
                if member == measure:
                    protect(sums.tables, rule_of(member), before, reissued=reissued)
                else:  # the same release shows it too
                    before.append(_published(sums.tables, rule_of(member), before))
            except DisclosureError as error:
                names = ", ".join(_in_words(error, measure, sums.row))
                found.append(f"{label(sums.period, measure.frequency)}: {error.why}: {names}.")
    return found


def _in_words(error: DisclosureError, measure: Measure, row: Mapping[Part, Cell]) -> list[str]:
    """The parts that an error is about, by their names."""
    parts = {key_of(measure, part): part for part in row}
    named = [parts[cell] for cell in error.cells if cell in parts]
    names = []
    for model, field in ((Organisation, "organisation"), (Place, "place"), (Category, "category")):
        found = model.objects.filter(pk__in=[getattr(part, field) for part in named])
        names += sorted(found.values_list("name", flat=True))
    whole = ["all partners together"] if WHOLE in named else []
    inner = ["people of one partner in one group"] if len(named) < len(error.cells) else []
    return whole + names + inner


@dataclass(frozen=True)
class _Sums:
    """What the submissions of one period add up to."""

    measure: Measure
    period: date
    row: Mapping[Part, Cell]
    inner: Mapping[str, Mapping[Group, Cell]]

    @property
    def tables(self) -> Tables:
        return lattice(self.measure, self.row, self.inner)


class _History:
    """What readers saw of some periods: of the measure and of those that share its counts."""

    def __init__(self, measure: Measure, periods: Collection[date]):
        cells = PublishedCell.objects.filter(
            published__measure__in=family(measure), period__in=periods
        )
        self.measure = measure
        self._hidden: dict[int, dict[date, dict[Part, str]]] = defaultdict(dict)
        for pk, period, hidden, *part in cells.values_list(
            "published", "period", "hidden", "organisation", "place", "category"
        ):
            self._hidden[pk].setdefault(period, {})[Part(*part)] = hidden
        published = PublishedMeasure.objects.filter(pk__in=self._hidden)
        self._published = sorted(
            published.select_related("release", "measure"),
            key=lambda p: (_moment(p.release), p.measure_id),
        )
        self._editions: dict[date, list[Published]] | None = None

    def knows(self, period: date) -> bool:
        """Whether anything of the measure itself was published of the period."""
        mine = (p.pk for p in self._published if p.measure_id == self.measure.pk)
        return any(period in self._hidden[pk] for pk in mine)

    def of(self, period: date) -> list[Published]:
        """The editions in the order of their publication."""
        if self._editions is None:
            self._editions = defaultdict(list)
            for published in self._published:
                self._look_up(published, self._editions)
        return self._editions[period]

    def _look_up(self, published: PublishedMeasure, into: dict[date, list[Published]]) -> None:
        """The counts are added up again, for what was released does not change."""
        hidden, measure = self._hidden[published.pk], published.measure
        counted = _counted(measure, published.release, hidden)
        for sums in _sums(measure, counted):
            if not published.is_protected and not _are_whole(sums.row.values()):
                continue  # not people, but pounds or days
            why: dict[Hashable, Hidden] = {
                key_of(measure, part): Hidden(rule)
                for part, rule in hidden[sums.period].items()
                if rule and rule != SOURCE
            }
            tables = sums.tables
            known = {key: rule for key, rule in why.items() if key in tables.cells}
            into[sums.period].append(Published(tables, published.rule, known))


def _are_whole(cells: Iterable[Cell]) -> bool:
    counts = [count for cell in cells for count in (cell.numerator, cell.denominator) if count]
    return all(count.denominator == 1 for count in counts)


def _published(tables: Tables, rule: Rule, before: Sequence[Published]) -> Published:
    """The tables protected; where they cannot be, what is new in them is hidden altogether."""
    try:
        return protect(tables, rule, before, reissued=True)
    except DisclosureError as error:
        logger.warning("Hidden altogether: %s", error)
        return withhold(tables, rule, before)


def _numbers(measure: Measure, part: Part, cell: Cell, edition: Published | None) -> dict:
    """The columns of a cell that say what is shown of it; `edition` None: all."""
    if cell.suppressed:
        return {"hidden": SOURCE}
    if edition is None:
        return {
            "numerator": _to(CENTS, cell.numerator),
            "denominator": _to(CENTS, cell.denominator),
        }
    key, words = key_of(measure, part), Words.of(measure)
    if key not in edition.tables.cells:
        return {}  # nobody reported
    if key in edition.hidden:
        return {"hidden": edition.hidden[key]}
    people, out_of = (edition.shown((name, key[1])) for name in (words.people, words.out_of))
    numbers = {"numerator": people, "denominator": out_of}
    if measure.kind == Measure.Kind.MEAN and cell.numerator is not None and cell.denominator:
        mean = round(cell.numerator * measure.multiplier / cell.denominator, measure.decimals)
        return {**numbers, "mean": _to(TINY, mean)}
    return numbers


def _to(places: Decimal, number: Fraction | None) -> Decimal | None:
    if number is None:
        return None
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(places)


def _sums(measure: Measure, counted: Collection[int], *, inner: bool = True) -> Iterator[_Sums]:
    """Each period of these submissions; who is in two parts at once only where it is asked for."""
    if not counted:
        return
    sums = Sums(measure, Submission.objects.filter(pk__in=counted))
    rows: dict[date, dict[Part, Cell]] = defaultdict(dict)
    for part, cells in sums.table.items():
        for period, cell in cells.items():
            rows[period][part] = cell
    divisions = [name for name in sums.divisions if name != "organisation"] if inner else []
    groups: dict[date, dict[str, dict[Group, Cell]]] = defaultdict(lambda: defaultdict(dict))
    for name in divisions:
        for group, cells in sums.groups(name).items():
            for period, cell in cells.items():
                groups[period][name][group] = cell
    for period, row in sorted(rows.items()):
        yield _Sums(measure, period, row, {name: groups[period][name] for name in divisions})


def _counted(measure: Measure, release: Release, periods: Collection[date]) -> list[int]:
    """The submissions that counted once the release was out."""
    return _latest(s for s in _released(measure, periods) if _counts(s.release, release))


def _counts(part: Release | None, release: Release) -> bool:
    """Whether what one release published was still part of the figures of another."""
    return (
        part is not None
        and _moment(part) <= _moment(release)
        and (part.ended_at is None or part.ended_at > _moment(release)[0])
    )


def _released(measure: Measure, periods: Collection[date]) -> Iterable[Submission]:
    return Submission.objects.filter(
        collection__measures=measure, state=State.RELEASED, period__in=periods
    ).select_related("release")


def _moment(release: Release) -> tuple[datetime, int]:
    assert release.published_at is not None  # noqa: S101  # the database sees to it
    return release.published_at, release.pk


def _latest(submissions: Iterable[Submission]) -> list[int]:
    """The latest version of each."""
    latest = {
        (s.collection_id, s.organisation_id, s.period): s.pk
        for s in sorted(submissions, key=lambda s: s.version)
    }
    return list(latest.values())
