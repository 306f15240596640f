from collections import Counter
from datetime import date

import pytest

from demo.catalogue import DEMONSTRATIONS
from demo.content import Demonstration, Measure
from demo.figures import Figure, divided, figures, reporters, value_on
from outcomes.periods import span
from outcomes.statistics.disclosure import DEFAULT_RULE

SLIC = DEMONSTRATIONS["slic"]
LAST_YEAR_OF_SLIC = tuple(span(date(2015, 4, 1), date(2016, 3, 1), "month"))
SAMPLE = (date(2013, 4, 1), date(2016, 3, 1), date(2020, 4, 1), date(2025, 1, 1), date(2026, 10, 1))


def by_slug(content: Demonstration) -> dict[str, Measure]:
    return {measure.slug: measure for measure in content.measures}


def drawn(content: Demonstration, measure: Measure, month: date) -> dict[str, list[Figure]]:
    measures = by_slug(content)
    return {who: list(figures(measure, measures, who, month)) for who in reporters(measure)}


def monthly_totals(slug: str) -> list[int]:
    return [
        sum(
            figure.numerator
            for found in drawn(SLIC, by_slug(SLIC)[slug], month).values()
            for figure in found
            if figure.group is None
        )
        for month in LAST_YEAR_OF_SLIC
    ]


@pytest.mark.parametrize(
    ("slug", "more_than", "most"),
    [("home-support-starts", 3_000, 3_150), ("holistic-assessments-done", 7_000, 7_200)],
)
def test_figures_of_the_last_slic_year_add_up_to_the_headlines(slug, more_than, most):
    totals = monthly_totals(slug)

    assert more_than < sum(totals) <= most
    assert more_than < sum(DEFAULT_RULE.rounded(total) for total in totals) <= most


ILLUSTRATIVE = [
    pytest.param(content, measure, id=f"{content.slug}-{measure.slug}")
    for content in DEMONSTRATIONS.values()
    for measure in content.measures
    if measure.pattern
]


@pytest.mark.parametrize(("content", "measure"), ILLUSTRATIVE)
def test_figures_of_groups_add_up_to_the_total(content, measure):
    for month in SAMPLE:
        for found in drawn(content, measure, month).values():
            total = _sum(figure for figure in found if figure.group is None)
            for scheme in measure.pattern.groups:
                assert _sum(f for f in found if f.group and f.group[0] == scheme) == total


@pytest.mark.parametrize(("content", "measure"), ILLUSTRATIVE)
def test_figures_are_possible(content, measure):
    for month in SAMPLE:
        for found in drawn(content, measure, month).values():
            assert found
            for figure in found:
                assert figure.numerator >= 0
                assert (figure.denominator is None) == (measure.kind in ("count", "money"))
                if measure.kind == "proportion":
                    assert figure.numerator <= figure.denominator


@pytest.mark.parametrize(("content", "measure"), ILLUSTRATIVE)
def test_figures_have_totals_with_all_places_or_one_without(content, measure):
    for found in drawn(content, measure, SAMPLE[-1]).values():
        places = [figure.place for figure in found if figure.group is None]
        assert None not in places or len(places) == 1
        assert len(set(places)) == len(places)


def test_figures_are_the_same_in_any_order():
    measure = by_slug(SLIC)["home-support-starts"]
    forwards = {month: drawn(SLIC, measure, month) for month in SAMPLE}
    backwards = {month: drawn(SLIC, measure, month) for month in reversed(SAMPLE)}

    assert forwards == backwards


RULES = [rule for collection in SLIC.collections for rule in collection.rules]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.measure)
def test_figures_keep_the_rules_of_their_collection(rule):
    """A share stands over the count it is a share of."""
    measures = by_slug(SLIC)
    for month in SAMPLE:
        shares = drawn(SLIC, measures[rule.measure], month)
        counts = drawn(SLIC, measures[rule.count], month)
        for who, found in shares.items():
            counted = {(f.place, f.group): f.numerator for f in counts[who]}
            wholes = {(f.place, f.group): f.denominator for f in found}
            both = counted.keys() & wholes.keys()
            assert both
            assert {key: counted[key] for key in both} == {key: wholes[key] for key in both}


def test_figures_dip_in_the_pandemic():
    measure = by_slug(SLIC)["holistic-assessments-done"]

    def total(month: date) -> int:
        return sum(_sum(found)[0] for found in drawn(SLIC, measure, month).values())

    assert total(date(2020, 4, 1)) < total(date(2019, 4, 1)) / 2


def test_figures_hold_some_small_groups_so_that_hiding_shows():
    small: Counter[str] = Counter()
    for month in span(date(2025, 11, 1), date(2026, 10, 1), "month"):
        for found in drawn(SLIC, by_slug(SLIC)["home-support-starts"], month).values():
            small.update(f.group[0] for f in found if f.group and DEFAULT_RULE.hides(f.numerator))

    assert small["deprivation"]
    assert not small["age"]


@pytest.mark.parametrize(
    ("total", "wishes", "limits", "parts"),
    [
        (10, [1, 1], None, [5, 5]),
        (10, [1, 1, 1], None, [4, 3, 3]),
        (10, [3, 1], [5, 9], [5, 5]),
        (3, [0, 0], None, [2, 1]),
        (0, [2, 1], None, [0, 0]),
        (7, [9, 1], [4, 3], [4, 3]),
    ],
)
def test_divided_keeps_the_total_and_the_limits(total, wishes, limits, parts):
    assert divided(total, wishes, limits) == parts


def test_divided_refuses_what_does_not_fit():
    with pytest.raises(ValueError, match="no room"):
        divided(8, [1, 1], [4, 3])


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2019, 1, 1), 10),
        (date(2020, 1, 1), 10),
        (date(2020, 1, 6), 15),
        (date(2020, 1, 11), 20),
        (date(2030, 1, 1), 20),
    ],
)
def test_value_on_joins_points_by_straight_lines(day, value):
    assert value_on(((date(2020, 1, 1), 10), (date(2020, 1, 11), 20)), day) == value


def _sum(found) -> tuple[int, int]:
    found = list(found)
    return sum(f.numerator for f in found), sum(f.denominator or 0 for f in found)
