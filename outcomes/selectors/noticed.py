"""What the portal notices in returns, as flags that are not yet stored; see `actions.checks`.

Figures are read in one stream for each kind of check, so that a file of a million rows needs no
more memory than one of ten.
"""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.text import Truncator, capfirst

from outcomes import rulebook
from outcomes.digits import exact_text, plain_text
from outcomes.expectations import Figure, History, Terms, in_words
from outcomes.models import Flag, Measure, Observation, Rule, Submission
from outcomes.models.collections import Weight
from outcomes.models.flags import value_of
from outcomes.rulebook import Comparison, Numbers, Outcome, RuleError, Verdict

CHUNK = 5_000
TWICE = (
    "The total is {total}, and its boroughs add up to {sum}. Both would be counted. Keep either "
    "the total or the boroughs, and clear the other."
)
log = logging.getLogger(__name__)

Names = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Spot:
    """One figure of a return, when only what was said about it can have changed."""

    measure: int
    place: int | None
    category: int | None

    @property
    def cell(self) -> dict[str, int | None]:
        return self.part | {"measure_id": self.measure}

    @property
    def part(self) -> dict[str, int | None]:
        """All measures of the same borough and group: rules compare these."""
        return {"place_id": self.place, "category_id": self.category}

    @property
    def total(self) -> dict[str, int | None]:
        """The same measure and group in all boroughs and together."""
        return {"measure_id": self.measure, "category_id": self.category}

    @property
    def flags(self) -> Q:
        """What the portal itself may have said that this figure bears on."""
        return (
            Q(kind=Flag.Kind.RULE, **self.part)
            | Q(kind=Flag.Kind.TWICE, **self.total)
            | Q(kind__in=[Flag.Kind.UNUSUAL, Flag.Kind.CHANGED], **self.cell)
        )


def broken_rules(submissions: Sequence[Submission], spot: Spot | None = None) -> Iterator[Flag]:
    """A flag for each rule that does not hold in a return, by place and category."""
    rules = _read(Rule.objects.filter(collection__in={s.collection_id for s in submissions}))
    if not rules:
        return
    slugs = {slug for known in rules.values() for _, rule in known for slug in rule.measures}
    measures = list(Measure.objects.filter(slug__in=slugs))
    ids, names = {m.slug: m.pk for m in measures}, rule_names(measures)
    collections = {s.pk: s.collection_id for s in submissions}
    for (submission, place, category), figures in _by_part(submissions, slugs, spot):
        for rule, comparison in rules[collections[submission]]:
            if comparison.measures.isdisjoint(figures):
                continue
            verdict = comparison.judge(figures)
            if verdict.outcome in (Outcome.BROKEN, Outcome.ASKED):
                yield Flag(
                    submission_id=submission,
                    kind=Flag.Kind.RULE,
                    weight=rule.weight,
                    rule=rule,
                    measure_id=ids.get(comparison.left[0].measure),
                    place_id=place,
                    category_id=category,
                    value=_value(comparison, verdict),
                    message=_message(rule, comparison, verdict, names),
                )


def counted_twice(submissions: Sequence[Submission], spot: Spot | None = None) -> Iterator[Flag]:
    """A flag for each total that stands beside its boroughs: everybody would be counted twice."""
    figures = _numbers(submissions).annotate(group=Coalesce("category_id", 0))
    boroughs = figures.filter(
        submission=OuterRef("submission"),
        measure=OuterRef("measure"),
        group=OuterRef("group"),
        place__isnull=False,
    )
    sums = boroughs.order_by().values("submission").annotate(sum=Sum("numerator")).values("sum")
    totals = figures.filter(Exists(boroughs), place=None).annotate(boroughs=Subquery(sums))
    if spot:
        totals = totals.filter(**spot.total)
    for total in totals:
        yield Flag(
            submission_id=total.submission_id,
            kind=Flag.Kind.TWICE,
            weight=Weight.MUST,
            measure_id=total.measure_id,
            category_id=total.category_id,
            value=value_of(total.numerator, total.denominator, total.status),
            message=TWICE.format(total=exact_text(total.numerator), sum=exact_text(total.boroughs)),
        )


def surprises(submissions: Sequence[Submission], spot: Spot | None = None) -> Iterator[Flag]:
    """A flag for each figure that is unusual beside what was agreed for earlier periods.

    What was agreed already, such as what a correction carries over, is not asked about again.
    """
    agreed = _agreed_before(submissions)
    if not agreed:
        return
    drafts = {s.pk for s in submissions}
    terms = _terms(Measure.objects.filter(pk=spot.measure) if spot else Measure.objects.all())
    figures = _numbers([*drafts, *agreed])
    if spot:
        figures = figures.filter(**spot.cell)
    rows = (
        figures.order_by(
            *("submission__collection_id", "organisation_id"),
            *("measure_id", "place_id", "category_id", "period"),
        )
        .values_list(
            *("submission__collection_id", "organisation_id"),
            *("measure_id", "place_id", "category_id"),
            *("period", "submission_id", "numerator", "denominator"),
        )
        .iterator(CHUNK)
    )
    for series, cells in groupby(rows, key=itemgetter(0, 1, 2, 3, 4)):
        known = list(cells)
        if not drafts.isdisjoint(cell[6] for cell in known):
            yield from _of_series(series, known, drafts, terms[series[2]])


def _of_series(series: tuple, cells: Iterable[tuple], drafts: set[int], terms: Terms) -> Iterator:
    """The flags of one series; of each period its agreed figure comes into the history last."""
    history = History(terms)
    _, _, measure, place, category = series
    for period, same_period in groupby(cells, key=itemgetter(5)):
        given = {cell[6]: cell[7:] for cell in same_period}
        agreed = [numbers for submission, numbers in given.items() if submission not in drafts]
        for submission, (numerator, denominator) in given.items():
            figure = Figure.of(period, numerator, denominator, terms)
            if figure is None or submission not in drafts or (numerator, denominator) in agreed:
                continue
            if surprise := history.surprise(figure):
                kind = Flag.Kind.UNUSUAL if surprise.is_unusual else Flag.Kind.CHANGED
                yield Flag(
                    submission_id=submission,
                    kind=kind,
                    measure_id=measure,
                    place_id=place,
                    category_id=category,
                    value=value_of(numerator, denominator, Observation.Status.VALUE),
                    message=in_words(surprise, terms),
                )
        for numerator, denominator in agreed[-1:]:
            if figure := Figure.of(period, numerator, denominator, terms):
                history.add(figure)


def _agreed_before(submissions: Sequence[Submission]) -> list[int]:
    """The agreed returns of the same collections and organisations up to the latest period."""
    if not submissions:
        return []
    agreed = Submission.objects.latest_agreed().filter(
        collection__in={s.collection_id for s in submissions},
        organisation__in={s.organisation_id for s in submissions},
        period__lte=max(s.period for s in submissions),
    )
    return list(agreed.values_list("pk", flat=True))


def _numbers(submissions: Iterable[Submission | int]) -> QuerySet[Observation]:
    """The figures of returns that have a number, and a whole one."""
    unfinished = Observation.Status.UNFINISHED
    rows = Observation.objects.filter(submission__in=submissions, numerator__isnull=False)
    return rows.exclude(status=unfinished)


def _terms(measures: QuerySet[Measure]) -> dict[int, Terms]:
    """What there is to know of each measure, by its id."""
    return {
        measure.pk: Terms(
            frequency=measure.frequency,
            multiplier=measure.multiplier,
            has_denominator=measure.has_denominator,
            ask_about_change=measure.ask_about_change,
            rebases=tuple(rebase.period for rebase in measure.agreed_rebases),
            screen_outliers=measure.screen_outliers,
            unit=measure.unit,
            decimals=measure.decimals,
        )
        for measure in measures.prefetch_related("rebases")
    }


def rule_names(measures: Iterable[Measure]) -> dict[tuple[str, str], str]:
    """What a rule calls each part of a measure: a plain count by its name."""
    names = {}
    for measure in measures:
        counted = measure.numerator_label if measure.has_denominator else measure.name
        names[measure.slug, "numerator"] = counted
        names[measure.slug, "denominator"] = measure.denominator_label
    return names


def _read(rules: Iterable[Rule]) -> dict[int, list[tuple[Rule, Comparison]]]:
    """The rules of each collection; one that cannot be read keeps nobody from their work."""
    found: dict[int, list[tuple[Rule, Comparison]]] = defaultdict(list)
    for rule in rules:
        try:
            comparison = rulebook.read(rule.left, rule.operator, rule.right, rule.when_missing)
        except RuleError as error:
            log.warning("Rule %s cannot be read: %s", rule.pk, error)
        else:
            found[rule.collection_id].append((rule, comparison))
    return found


def _by_part(
    submissions: Sequence[Submission], slugs: Iterable[str], spot: Spot | None
) -> Iterator[tuple[tuple, dict[str, Numbers]]]:
    """What each return says of the measures, by (submission, place, category)."""
    figures = Observation.objects.filter(submission__in=submissions, measure__slug__in=slugs)
    if spot:
        figures = figures.filter(**spot.part)
    rows = (
        figures.exclude(status=Observation.Status.UNFINISHED)
        .order_by("submission_id", "place_id", "category_id")
        .values_list(
            "submission_id", "place_id", "category_id", "measure__slug", "numerator", "denominator"
        )
        .iterator(CHUNK)
    )
    for part, cells in groupby(rows, key=itemgetter(0, 1, 2)):
        yield part, {slug: Numbers(number, whole) for *_, slug, number, whole in cells}


def _value(comparison: Comparison, verdict: Verdict) -> str:
    """The figures that were compared; their digest where they are too many to be kept."""
    numbers = [plain_text(number) for _, number in verdict.looked_at]
    text = f"{comparison.operator} {' '.join(numbers)}"
    return text if len(text) <= 80 else hashlib.sha256(text.encode()).hexdigest()


def _message(rule: Rule, comparison: Comparison, verdict: Verdict, names: Names) -> str:
    def name(term: rulebook.Term) -> str:
        return names.get((term.measure, term.part), term.measure)

    if verdict.outcome == Outcome.ASKED:
        missing = " and ".join(name(term) for term in verdict.missing)
        message = (
            f"We need a number for: {missing}. Give it, or say why there is none. It is needed "
            f"to check that “{comparison.sentence(names)}”."
        )
    else:
        given = "; ".join(f"{name(t)}: {_said(n)}" for t, n in verdict.looked_at)
        message = f"{rule.sentence} You gave: {given}."
    return Truncator(capfirst(message)).chars(500)


def _said(number: Decimal | None) -> str:
    return "nothing" if number is None else exact_text(number)
