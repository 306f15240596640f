"""Nothing that is published together, or one after the other, gives a hidden number away."""

import os
from dataclasses import replace

import pytest

from outcomes.statistics.audit import Between, Sum, audit
from outcomes.statistics.disclosure import DEFAULT_RULE, Hidden, Rule
from outcomes.statistics.editions import Cell, Published, Tables
from outcomes.statistics.protection import (
    DisclosureError,
    exposed,
    known_from,
    protect,
    small_changes,
    withhold,
)
from tests.outcomes.statistics.attacker import KINDS, Attacker, seeded

ATTACKS = int(os.environ.get("ATTACKS", "25"))  # tables of each kind; try 2000 for a long run


def attacked(editions, *, sensitive=False):
    """What brute force leaves of every hidden cell."""
    attacker = Attacker(sensitive=sensitive)
    for town, published in editions:
        attacker.reads(town, published)
    printed = {
        attacker.which(town, count)
        for town, published in editions
        for key, cell in town.cells.items()
        if key not in published.hidden
        for count in cell.counts
    }
    hidden = {
        attacker.which(town, count): f"{key}: {count}"
        for town, published in editions
        for key in published.hidden
        for count in town.cells[key].counts
    }
    return {
        name: attacker.candidates(which) for which, name in hidden.items() if which not in printed
    }


@pytest.mark.parametrize("kind", KINDS)
def test_brute_force_is_left_with_four_candidates_for_every_hidden_number(kind):
    for seed in range(ATTACKS):
        town = kind(seeded(seed))
        published = protect(town.tables())
        for name, candidates in attacked([(town, published)]).items():
            assert len(candidates) >= 4, (seed, name, candidates)


@pytest.mark.parametrize("kind", KINDS)
def test_brute_force_learns_nothing_from_a_correction(kind):
    refused = 0
    for seed in range(ATTACKS):
        rng = seeded(seed)
        town = kind(rng)
        first = protect(town.tables())
        again = town.corrected(rng)
        try:
            second = protect(again.tables(), earlier=[first], reissued=True)
        except DisclosureError as refusal:
            assert refusal.cells
            refused += 1
            continue
        for name, candidates in attacked([(town, first), (again, second)]).items():
            assert len(candidates) >= 4, (seed, name, candidates)
    assert refused < ATTACKS / 4


@pytest.mark.parametrize("kind", KINDS)
def test_audit_finds_the_candidates_that_brute_force_finds(kind):
    """Of tables in which only the small numbers are hidden, so that much can be worked out."""
    for seed in range(ATTACKS):
        town = kind(seeded(seed))
        tables = town.tables()
        small = [k for k in tables.cells if any(1 <= n <= 7 for n in tables.numbers(k))]
        published = Published(tables, DEFAULT_RULE, dict.fromkeys(small, Hidden.PRIMARY))
        attacker = Attacker()
        attacker.reads(town, published)
        knowledge = known_from([published])
        counts = [c for c, n in tables.counts.items() if 1 <= n <= 7]
        for finding in audit(knowledge, [(c, tables.counts[c]) for c in counts]):
            count = finding.count[0]
            found = attacker.candidates(attacker.which(town, count), enough=99)
            assert set(finding.candidates) == found, (seed, count)


def table(**parts):
    """A whole with these parts, all of them published."""
    counts = {**parts, "all": sum(parts.values())}
    cells = {name: Cell((name,)) for name in counts}
    return Tables(counts, (Sum("all", tuple(parts)),), cells)


def shown(published):
    return {key: published.shown_cell(key)[0] for key in published.tables.cells}


def test_nothing_small_nothing_hidden():
    published = protect(table(a=12, b=12, c=0))
    assert shown(published) == {"a": 10, "b": 10, "c": 0, "all": 25}
    assert not published.hidden


def test_many_who_are_not_published_need_no_partner():
    counts = {"all": 63, "a": 40, "rest": 23}
    cells = {name: Cell((name,)) for name in ("all", "a")}
    assert protect(Tables(counts, (Sum("all", ("a", "rest")),), cells)).hidden == {}


def test_small_number_takes_the_smallest_other_with_it():
    published = protect(table(a=40, b=3, c=20, d=20, e=0))
    assert published.hidden == {"b": Hidden.PRIMARY, "c": Hidden.SECONDARY}
    assert shown(published) == {"a": 40, "b": None, "c": None, "d": 20, "e": 0, "all": 85}


def test_counts_may_have_names_of_several_kinds():
    counts = {"all": 45, "a": 3, 7: 2, ("b", None): 40}
    tables = Tables(counts, (Sum("all", tuple(counts)[1:]),), {n: Cell((n,)) for n in counts})
    assert set(protect(tables).hidden) == {"a", 7}


def test_first_of_equals_is_taken():
    equals = dict.fromkeys("bcdefghijk", 20)
    assert set(protect(table(a=3, **dict(reversed(equals.items())))).hidden) == {"a", "b"}


def test_nobody_is_no_company_for_a_hidden_number():
    counts = {"all": 23, "a": 3, "b": 20, "none": 0, "asked": 5}
    cells = {name: Cell((name,)) for name in ("all", "a", "b")}
    cells["rate"] = Cell(("none", "asked"))
    published = protect(Tables(counts, (Sum("all", ("a", "b", "none")),), cells))
    assert published.hidden == {
        "a": Hidden.PRIMARY,
        "rate": Hidden.PRIMARY,
        "b": Hidden.SECONDARY,
    }


def test_two_hidden_parts_whose_total_tells_them_hide_the_total():
    """Their total of 15 is shown for 13 to 17: both could only be 6 or 7."""
    alone = Published(table(a=7, b=6), DEFAULT_RULE, {"a": Hidden.PRIMARY, "b": Hidden.PRIMARY})
    assert {f.candidates for f in exposed([alone])} == {(6, 7)}
    assert protect(table(a=7, b=6)).hidden == {
        "a": Hidden.PRIMARY,
        "b": Hidden.PRIMARY,
        "all": Hidden.MARGIN,
    }


def test_small_total_hides_all_parts_so_that_none_looks_like_few():
    published = protect(table(a=3, b=0))
    assert published.hidden == {"a": Hidden.TOTAL, "b": Hidden.TOTAL, "all": Hidden.PRIMARY}
    assert published.between("b") == published.between("a") == Between(0, 7)


def test_reader_who_is_told_the_rule_knows_none_few_and_many():
    assert protect(table(a=7, b=0)).between("a") == Between(0, 7)
    published = protect(table(a=40, b=3, c=20, d=20))
    assert published.between("b") == Between(1, 7)
    assert published.between("c") == Between(8)
    none = Published(table(a=0), DEFAULT_RULE, {"a": Hidden.PRIMARY, "all": Hidden.PRIMARY})
    assert none.between("a") == Between()


def test_hidden_whole_of_a_nested_place_takes_one_of_its_parts_with_it():
    counts = {"all": 143, "north": 3, "south": 20, "east": 120, "s1": 12, "s2": 8}
    sums = (Sum("all", ("north", "south", "east")), Sum("south", ("s1", "s2")))
    published = protect(Tables(counts, sums, {name: Cell((name,)) for name in counts}))
    assert set(published.hidden) == {"north", "south", "s2"}


def test_count_that_another_measure_shows_protects_nothing():
    """The denominator of one measure is the count of another: hiding the rate does not hide it."""
    counts = {"seen": 20, "helped": 3, "not helped": 17}
    sums = (Sum("seen", ("helped", "not helped")),)
    rate = Cell(("helped", "seen"), follows=("not helped",))
    published = protect(Tables(counts, sums, {"rate": rate, "people": Cell(("seen",))}))
    assert shown(published) == {"rate": None, "people": 20}
    assert published.shown_cell("rate") == (None, None)
    assert (published.shown("helped"), published.shown("seen")) == (None, 20)
    assert published.between("seen") == Between(18, 22)


def test_few_others_hide_the_rate():
    counts = {"seen": 103, "helped": 100, "not helped": 3}
    sums = (Sum("seen", ("helped", "not helped")),)
    rate = Cell(("helped", "seen"), follows=("not helped",))
    assert protect(Tables(counts, sums, {"rate": rate})).hidden == {"rate": Hidden.COMPLEMENT}


def test_sensitive_measure_hides_none_and_all():
    rule = Rule(sensitive=True)
    assert protect(table(a=0, b=40, c=50), rule).hidden["a"] == Hidden.CLASS
    counts = {"seen": 100, "helped": 100, "not helped": 0}
    rate = Cell(("helped", "seen"), follows=("not helped",))
    tables = Tables(counts, (Sum("seen", ("helped", "not helped")),), {"rate": rate})
    assert "rate" in protect(tables, rule).hidden
    assert "rate" not in protect(tables).hidden


def test_late_report_of_few_people_hides_the_new_total():
    first = protect(table(a=17))
    second = protect(table(a=17, b=7), earlier=[first], reissued=True)
    assert shown(second) == {"a": 15, "b": None, "all": None}


def test_what_was_hidden_stays_hidden_while_it_is_the_same():
    first = protect(table(a=3, b=20, c=40))
    second = protect(table(a=3, b=20, c=19), earlier=[first], reissued=True)
    assert second.hidden["a"] == Hidden.PRIMARY
    assert second.hidden["b"] == Hidden.SECONDARY


def test_small_correction_is_refused_with_its_cells():
    first = protect(table(a=12, b=40))
    with pytest.raises(DisclosureError) as refusal:
        protect(table(a=13, b=40), earlier=[first])
    assert refusal.value.cells == ("a", "all")
    assert refusal.value.why == "These numbers have changed by too little"
    assert "changed by too little: a, all" in str(refusal.value)
    assert shown(protect(table(a=13, b=40), earlier=[first], reissued=True))["a"] == 15


def test_correction_of_seven_people_is_refused():
    with pytest.raises(DisclosureError):
        protect(table(a=19, b=40), earlier=[protect(table(a=12, b=40))])


def test_small_corrections_are_counted_from_the_last_version():
    first = protect(table(a=12, b=40))
    second = protect(table(a=60, b=40), earlier=[first])
    assert protect(table(a=13, b=40), earlier=[first, second])
    with pytest.raises(DisclosureError):
        protect(table(a=63, b=40), earlier=[first, second])


def test_number_that_is_hidden_with_a_large_correction_is_no_small_one():
    """The denominator is hidden with its numerator, though nobody was added to it."""

    def rate(helped):
        counts = {"seen": 50, "helped": helped, "not helped": 50 - helped}
        sums = (Sum("seen", ("helped", "not helped")),)
        return Tables(counts, sums, {"rate": Cell(("helped", "seen"), follows=("not helped",))})

    second = protect(rate(3), earlier=[protect(rate(12))])
    assert second.hidden == {"rate": Hidden.PRIMARY}


@pytest.mark.parametrize("number", [10, 11, 20, 21, 60])
def test_correction_that_is_not_seen_or_large_is_published(number):
    first = protect(table(a=12, b=40))
    assert protect(table(a=number, b=40), earlier=[first])


def test_one_person_more_is_not_seen_or_refused():
    """Whoever knows that one person was added must not see it: each cell, each number."""
    for number in range(60):
        first = protect(table(a=number, b=40, c=60))
        try:
            second = protect(table(a=number + 1, b=40, c=60), earlier=[first])
        except DisclosureError as refusal:
            assert refusal.cells
        else:
            assert shown(second) == shown(first)


def test_new_reporter_is_no_correction():
    one, two = frozenset({"x"}), frozenset({"x", "y"})
    first = protect(Tables({"all": 12}, (), {"all": Cell(("all",), sources=one)}))
    again = Tables({"all": 13}, (), {"all": Cell(("all",), sources=two)})
    assert small_changes([first], protect(again, earlier=[first])) == []


def test_new_reporter_of_one_cell_hides_no_small_correction_of_the_next():
    def edition(number, reporters):
        cells = {"x": Cell(("x",), sources=reporters), 7: Cell((7,)), "y": Cell(("y",))}
        return Published(Tables(dict.fromkeys(cells, number), (), cells), DEFAULT_RULE, {})

    before, after = edition(12, frozenset({"p"})), edition(13, frozenset({"q"}))
    assert small_changes([before], after) == [7, "y"]


@pytest.mark.parametrize("rounds", [0, 10])
def test_what_is_given_away_already_is_refused_and_can_be_withheld(monkeypatch, rounds):
    """Nothing hidden later brings back what two shown numbers tell."""
    monkeypatch.setattr("outcomes.statistics.protection.ROUNDS", rounds)
    leaky = Published(table(a=7, b=6), DEFAULT_RULE, {"a": Hidden.PRIMARY, "b": Hidden.PRIMARY})
    with pytest.raises(DisclosureError) as refusal:
        protect(table(a=7, b=6), earlier=[leaky], reissued=True)
    assert set(refusal.value.cells) == {"a", "b"}
    assert {finding.candidates for finding in refusal.value.findings} == {(6, 7)}
    again = withhold(table(a=7, b=6), earlier=[leaky])
    assert shown(again) == {"a": None, "b": None, "all": 15}  # the total is known for good
    assert withhold(table(a=12)).hidden == {"a": Hidden.WITHHELD, "all": Hidden.WITHHELD}


def known_before(**counts):
    """What an earlier version showed, so that hiding it would be no help."""
    cells = {name: Cell((name,)) for name in counts}
    return [Published(Tables(counts, (), cells), DEFAULT_RULE, {})]


@pytest.mark.parametrize("rounds", [0, 10])
def test_refusal_names_a_count_in_no_cell_by_its_own_name(monkeypatch, rounds):
    monkeypatch.setattr("outcomes.statistics.protection.ROUNDS", rounds)
    counts = {"all": 10, "few": 1, "rest": 9, "most": 8}  # all = 2 × few + most
    sums = (Sum("all", ("few", "rest")), Sum("rest", ("few", "most")))
    cells = {name: Cell((name,)) for name in ("all", "most")}
    with pytest.raises(DisclosureError) as refusal:
        protect(Tables(counts, sums, cells), earlier=known_before(all=10, most=8), reissued=True)
    assert refusal.value.cells == ("few",)


def test_refusal_names_cells_not_counts():
    cells = {name.upper(): Cell((name,)) for name in ("a", "b", "all")}
    tables = replace(table(a=7, b=6), cells=cells)
    leaky = Published(tables, DEFAULT_RULE, {"A": Hidden.PRIMARY, "B": Hidden.PRIMARY})
    with pytest.raises(DisclosureError) as refusal:
        protect(tables, earlier=[leaky], reissued=True)
    assert refusal.value.cells == ("A", "B")
    assert refusal.value.why == "These numbers could be worked out"


def test_somebody_is_hidden_before_nobody():
    """Two small numbers beside 13 people: the 13 are hidden, the 0 stays."""
    assert set(protect(table(a=2, b=13, c=2, d=0)).hidden) == {"a", "b", "c"}


def test_nobody_is_hidden_where_nothing_else_is_left_to_hide():
    """13 to 17 people in all, known for good: two small numbers could only be 6 or 7."""
    published = protect(table(a=7, b=6, c=0), earlier=known_before(all=13), reissued=True)
    assert published.hidden == {
        "a": Hidden.PRIMARY,
        "b": Hidden.PRIMARY,
        "c": Hidden.SECONDARY,
    }


def test_partner_is_sought_further_away_where_there_is_none_beside():
    """The rest is not published, but its parts are: there is nobody in them."""
    counts = {"all": 13, "a": 7, "b": 6, "rest": 0, "c": 0, "d": 0}
    sums = (Sum("all", ("a", "b", "rest")), Sum("rest", ("c", "d")))
    cells = {name: Cell((name,)) for name in counts if name != "rest"}
    published = protect(Tables(counts, sums, cells), earlier=known_before(all=13), reissued=True)
    assert published.hidden == {
        "a": Hidden.PRIMARY,
        "b": Hidden.PRIMARY,
        "c": Hidden.SECONDARY,
    }


def test_protection_does_not_depend_on_the_order():
    tables = table(a=3, b=20, c=20, d=0)
    turned = Tables(
        dict(reversed(tables.counts.items())),
        (Sum("all", ("d", "c", "b", "a")),),
        dict(reversed(tables.cells.items())),
    )
    assert protect(turned).hidden == protect(tables).hidden


def test_at_risk_are_hidden_cells_and_small_groups_that_are_not_published():
    counts = {"all": 63, "a": 40, "b": 20, "rest": 3}
    cells = {name: Cell((name,)) for name in ("all", "a", "b")}
    tables = Tables(counts, (Sum("all", ("a", "b", "rest")),), cells)
    assert Published(tables, DEFAULT_RULE, {"b": Hidden.SECONDARY}).at_risk == {"b", "rest"}
