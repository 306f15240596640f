"""Nothing that is published together, or one after the other, gives a hidden number away."""

import os

import pytest

from outcomes.statistics.audit import audit
from outcomes.statistics.disclosure import DEFAULT_RULE, Hidden
from outcomes.statistics.protection import (
    DisclosureError,
    Published,
    known_from,
    protect,
)
from tests.outcomes.statistics.attacker import KINDS, Attacker, seeded

ATTACKS = int(os.environ.get("ATTACKS", "25"))  # tables of each kind; try 2000 for a long run


def attacked(editions):
    """What brute force leaves of every hidden cell, and the worst of it."""
    attacker = Attacker()
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
