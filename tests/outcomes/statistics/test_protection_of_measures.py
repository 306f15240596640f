"""Measures of the same people, sensitive ones, two reporters; and that each step is needed."""

import random
from dataclasses import replace

import pytest

from outcomes.statistics.audit import Sum
from outcomes.statistics.disclosure import DEFAULT_RULE, Hidden, Rule, protect_count
from outcomes.statistics.editions import Cell, Published, Tables
from outcomes.statistics.protection import DisclosureError, protect
from tests.outcomes.statistics.attacker import KINDS, divided, nested, rates, seeded
from tests.outcomes.statistics.test_protection import ATTACKS, attacked, table

SENSITIVE = Rule(sensitive=True)


def in_turn(town, earlier):
    """Who was seen, then how many of them were helped: what one measure shows, the other knows."""
    editions = []
    for measure in (town.only("d"), town):
        before = [edition for _, edition in (*earlier, *editions)]
        editions.append((measure, protect(measure.tables(), earlier=before, reissued=True)))
    return editions


def test_brute_force_learns_nothing_from_two_measures_of_the_same_people():
    refused = 0
    for seed in range(ATTACKS):
        rng = seeded(seed)
        town = rates(rng)
        try:
            first = in_turn(town, [])
            again = in_turn(town.corrected(rng), first)
        except DisclosureError:
            refused += 1
            continue
        for name, candidates in attacked([*first, *again]).items():
            assert len(candidates) >= 4, (seed, name, candidates)
    assert refused < ATTACKS / 3


def test_count_that_another_measure_hides_is_not_shown_beside_a_rate():
    """18 were seen in the south, hidden to protect the one in the north: 57 at most in all."""
    counts = {"north": 1, "south": 18, "east": 38, "all": 57}
    seen = Tables(
        counts, (Sum("all", ("north", "south", "east")),), {n: Cell((n,)) for n in counts}
    )
    first = protect(seen)
    assert set(first.hidden) == {"north", "south"}
    helped = {"south": 18, "helped": 18, "not helped": 0}
    rate = Tables(
        helped,
        (Sum("south", ("helped", "not helped")),),
        {"rate": Cell(("helped", "south"), follows=("not helped",))},
    )
    assert protect(rate).hidden == {}
    assert protect(rate, earlier=[first]).hidden == {"rate": Hidden.SECONDARY}


@pytest.mark.parametrize("kind", [divided, nested, rates])
def test_brute_force_does_not_find_out_nobody_where_that_is_sensitive(kind):
    for seed in range(ATTACKS):
        town = kind(seeded(seed))
        published = protect(town.tables(), SENSITIVE)
        for name, candidates in attacked([(town, published)], sensitive=True).items():
            assert len(candidates) >= 4, (seed, name, candidates)


@pytest.mark.parametrize("kind", KINDS)
def test_one_person_more_changes_nothing_shown_or_is_refused(kind):
    for seed in range(max(3, ATTACKS // 5)):
        town = kind(seeded(seed))
        first = protect(town.tables())
        for group, number in town.people.items():
            more = replace(town, people={**town.people, group: number + 1})
            try:
                second = protect(more.tables(), earlier=[first])
            except DisclosureError as refusal:
                assert refusal.cells
            else:
                for key in town.cells:
                    assert second.shown_cell(key) == first.shown_cell(key), (seed, group, key)


@pytest.mark.parametrize("kind", KINDS)
def test_protection_is_the_same_again_and_in_any_order(kind):
    for seed in range(ATTACKS):
        tables = kind(seeded(seed)).tables()
        first = protect(tables)
        assert protect(tables, earlier=[first]).hidden == first.hidden
        shuffled = seeded(seed + 1)
        turned = Tables(
            dict(_shuffled(tables.counts.items(), shuffled)),
            tuple(_shuffled(tables.sums, shuffled)),
            dict(_shuffled(tables.cells.items(), shuffled)),
        )
        for key in protect(turned).hidden.keys() ^ first.hidden.keys():
            pytest.fail(f"{seed}: {key} depends on the order")


def _shuffled(items, rng: random.Random):
    items = list(items)
    rng.shuffle(items)
    return items


def by_reporter(**parts):
    tables = table(**parts)
    return replace(tables, by_reporter=tables.sums)


def test_of_two_reporters_of_whom_one_makes_up_nearly_all_neither_is_shown():
    """The small one could take itself away from the whole, and know the other exactly."""
    assert protect(by_reporter(a=850, b=150)).hidden == {
        "a": Hidden.DOMINANCE,
        "b": Hidden.DOMINANCE,
    }
    assert protect(by_reporter(a=849, b=151)).hidden == {}
    assert protect(by_reporter(a=850, b=140, c=10)).hidden == {}
    assert protect(by_reporter(a=850)).hidden == {}
    assert protect(by_reporter(a=0)).hidden == {}
    assert protect(table(a=850, b=150)).hidden == {}  # boroughs do not read figures


def test_two_reporters_are_found_in_each_sum_and_also_where_one_is_not_published():
    counts = {"x": 850, "y": 150, "xy": 1000, "v": 900, "w": 100, "vw": 1000}
    sums = (Sum("xy", ("x", "y")), Sum("vw", ("v", "w")))
    cells = {name: Cell((name,)) for name in counts if name != "y"}
    tables = Tables(counts, sums, cells, by_reporter=sums)
    assert protect(tables).hidden == dict.fromkeys("xvw", Hidden.DOMINANCE)


def test_all_that_is_left_is_hidden_at_once_when_one_by_one_comes_to_no_end(monkeypatch):
    monkeypatch.setattr("outcomes.statistics.protection.ROUNDS", 0)
    assert protect(table(a=1, b=3, c=13, d=0)).hidden == {
        "a": Hidden.PRIMARY,
        "b": Hidden.PRIMARY,
        "c": Hidden.MERGED,
        "d": Hidden.MERGED,
    }


def test_partners_are_hidden_one_by_one_for_so_many_rounds_only(monkeypatch):
    assert Hidden.MERGED not in protect(table(a=1, b=8, c=8, d=8)).hidden.values()
    monkeypatch.setattr("outcomes.statistics.protection.ROUNDS", 1)
    assert protect(table(a=1, b=8, c=8, d=8)).hidden == {
        "a": Hidden.PRIMARY,
        "b": Hidden.SECONDARY,
        "c": Hidden.SECONDARY,
        "d": Hidden.MERGED,
        "all": Hidden.MARGIN,
    }


def test_partners_are_hidden_one_by_one_first(monkeypatch):
    monkeypatch.setattr("outcomes.statistics.protection.ROUNDS", 1)
    assert protect(table(a=2, b=13, c=2)).hidden["b"] == Hidden.SECONDARY


def test_whole_is_hidden_before_anything_is_refused():
    published = protect(table(a=7, b=7))
    assert published.hidden["all"] == Hidden.MARGIN


def test_nobody_is_hidden_before_anything_is_refused():
    """The whole and one part are known for good; only who is not there can still be hidden."""
    first = protect(table(a=12, b=8, c=0))
    again = table(a=12, b=8, c=0, d=0)
    assert protect(again, earlier=[first], reissued=True).hidden == {}


# Each step of the way is needed: without it the attacker finds a number, or the table is wrong.


def test_counts_are_those_of_the_rules():
    counts = (0, 1, 7, 8, 12, 13, 17, 18, 22, 23)
    shown = [protect_count(count) for count in counts]
    assert shown == [0, None, None, 10, 10, 15, 15, 20, 20, 25]


def test_hiding_less_than_seven_cannot_be_asked_for():
    with pytest.raises(ValueError, match="look like a hidden one"):
        Rule(threshold=6)


def fewest(protected, kinds=KINDS, seeds=range(25)):
    """The fewest candidates that any hidden number is left with."""
    left = [
        len(candidates)
        for kind in kinds
        for seed in seeds
        for town in [kind(seeded(seed))]
        for candidates in attacked([(town, protected(town.tables()))]).values()
    ]
    return min(left)


def hiding(tables, why):
    small = [k for k in tables.cells if any(DEFAULT_RULE.hides(n) for n in why(k))]
    return Published(tables, DEFAULT_RULE, dict.fromkeys(small, Hidden.PRIMARY))


def test_without_partners_a_number_is_found():
    assert fewest(lambda tables: hiding(tables, tables.numbers)) < 4


def test_without_the_people_not_counted_a_number_is_found():
    def printed_only(tables):
        return hiding(tables, lambda key: [tables.counts[c] for c in tables.cells[key].counts])

    town = rates(seeded(3))
    few = replace(town, people={g: 30 if g.endswith("y") else 3 for g in town.people})
    published = printed_only(few.tables())
    assert not any(key.startswith("q") for key in published.hidden)
    assert all(key.startswith("q") for key in protect(few.tables()).hidden if key != "all")


def test_without_the_audit_a_number_is_found(monkeypatch):
    monkeypatch.setattr("outcomes.statistics.protection.exposed", lambda editions: [])
    assert fewest(protect) < 4


def test_with_partners_and_audit_no_number_is_found():
    assert fewest(protect) >= 4
