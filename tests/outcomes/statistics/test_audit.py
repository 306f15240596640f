"""The audit finds what a hidden count can be: worked by hand, and the quick way beside the full."""

import pytest

from outcomes.statistics.audit import Between, Finding, Knowledge, Sum, _Puzzle, audit
from outcomes.statistics.disclosure import DEFAULT_RULE, Hidden
from outcomes.statistics.editions import Published
from outcomes.statistics.protection import known_from, protect
from tests.outcomes.statistics.attacker import KINDS, seeded

ENOUGH = 4


def test_between_holds_its_ends():
    assert [n for n in range(6) if n in Between(2, 4)] == [2, 3, 4]
    assert [n for n in range(4) if n in Between(2)] == [2, 3]
    assert [n for n in range(2) if n in Between()] == [0, 1]


def test_between_and_also_is_what_both_allow():
    assert Between(1, 7).and_also(Between(3, 9)) == Between(3, 7)
    assert Between(3).and_also(Between(1, 9)) == Between(3, 9)
    assert Between(3, 9).and_also(Between(1)) == Between(3, 9)
    assert Between(3).and_also(Between(4)) == Between(4)


def test_audit_lists_all_candidates_or_enough():
    knowledge = Knowledge(
        {"a": 3, "b": 4, "all": 7},
        {"a": Between(1, 7), "b": Between(1, 7), "all": Between(7, 7)},
        [Sum("all", ("a", "b"))],
    )
    assert audit(knowledge, ["a"]) == [Finding("a", (1, 2, 3, 4, 5, 6))]
    assert len(audit(knowledge, ["a"], enough=4)[0].candidates) >= 4


def test_audit_finds_holes():
    """Twice the same number: only even totals are possible, and half of them only once."""
    knowledge = Knowledge(
        {"a": 2, "b": 2, "all": 4, "c": 0},
        {"a": Between(0, 3), "b": Between(0, 3), "all": Between(0, 6), "c": Between(0, 0)},
        [Sum("all", ("a", "b")), Sum("a", ("b", "c"))],
    )
    assert audit(knowledge, ["all"]) == [Finding("all", (0, 2, 4, 6))]


def test_audit_counts_whole_people_where_halves_would_fit():
    """Three pairs may each have one more. All three at once would be half a person more each."""
    pairs = ("ab", "bc", "ca")
    knowledge = Knowledge(
        {"a": 5, "b": 5, "c": 5, "ab": 10, "bc": 10, "ca": 10, "all": 15},
        {
            **dict.fromkeys("abc", Between(4, 9)),
            **dict.fromkeys(pairs, Between(10, 11)),
            "all": Between(),
        },
        [*(Sum(pair, tuple(pair)) for pair in pairs), Sum("all", ("ab", "c"))],
    )
    assert audit(knowledge, ["all"]) == [Finding("all", (15, 16))]


def test_knowledge_must_be_true():
    with pytest.raises(ValueError, match="told"):
        Knowledge({"a": 3}, {"a": Between(8)}, [])
    with pytest.raises(ValueError, match="add up"):
        Knowledge({"a": 3, "all": 4}, {"a": Between(), "all": Between()}, [Sum("all", ("a",))])


def test_audit_gives_counts_in_the_order_asked_for_and_each_once():
    knowledge = Knowledge(
        {"a": 3, "b": 5, "c": 0},
        {"a": Between(2, 3), "b": Between(5, 5), "c": Between(0, 1)},
        [],
    )
    assert audit(knowledge, ["c", "a", "b", "c"]) == [
        Finding("c", (0, 1)),
        Finding("a", (2, 3)),
        Finding("b", (5,)),
    ]
    assert audit(knowledge, []) == []


def test_audit_looks_far_where_the_reader_knows_no_bound(monkeypatch):
    monkeypatch.setattr("outcomes.statistics.audit.FAR", 5)
    knowledge = Knowledge({"a": 3, "b": 20}, {"a": Between(2), "b": Between(8, 40)}, [])
    assert [found.candidates for found in audit(knowledge, ["a", "b"])] == [
        tuple(range(2, 9)),
        tuple(range(15, 26)),
    ]


def hidden_small(town):
    """What a reader knows where only the small numbers are hidden, and their names."""
    tables = town.tables()
    small = [key for key in tables.cells if any(1 <= n <= 7 for n in tables.numbers(key))]
    published = Published(tables, DEFAULT_RULE, dict.fromkeys(small, Hidden.PRIMARY))
    names = [(count, n) for count, n in tables.counts.items() if 1 <= n <= 7]
    return known_from([published]), names


@pytest.mark.parametrize("kind", KINDS)
def test_audit_that_stops_early_finds_some_of_all_candidates(kind):
    for seed in range(6):
        knowledge, names = hidden_small(kind(seeded(seed)))
        every, some = audit(knowledge, names), audit(knowledge, names, ENOUGH)
        for all_of_it, found in zip(every, some, strict=True):
            assert found.count == all_of_it.count
            assert set(found.candidates) <= set(all_of_it.candidates), (seed, found)
            assert len(found.candidates) >= min(len(all_of_it.candidates), ENOUGH), (seed, found)


@pytest.mark.parametrize("kind", KINDS)
def test_audit_of_what_is_published_seldom_needs_the_programme(kind, monkeypatch):
    """Three of four hidden numbers have enough candidates close by, which is quick."""
    editions = [protect(kind(seeded(seed)).tables()) for seed in range(6)]
    monkeypatch.setattr(_Puzzle, "_search", lambda *args, **aims: 0)
    close, hidden = 0, 0
    for published in editions:
        counts = published.tables.counts
        names = [(count, counts[count]) for count in sorted(published.at_risk - published.printed)]
        found = audit(known_from([published]), names, ENOUGH)
        close += sum(len(finding.candidates) >= ENOUGH for finding in found)
        hidden += len(names)
    assert close > hidden * 3 / 4
