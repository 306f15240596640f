"""Small numbers stay hidden, whatever is shown beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.statistics.disclosure import (
    Hidden,
    Rule,
    protect_count,
    protect_parts,
    protect_rate,
)

counts = st.integers(min_value=0, max_value=5_000)
tables = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3),
    st.one_of(st.integers(0, 12), counts),
    min_size=1,
    max_size=8,
)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (0, 0), (1, None), (7, None), (8, 10), (12, 10),
        (13, 15), (17, 15), (18, 20), (22, 20), (23, 25),
    ],
)  # fmt: skip
def test_protect_count_table(raw, shown):
    assert protect_count(raw) == shown


@pytest.mark.parametrize("wrong", [-1, 5.0, 8.5, True, "8", None])
def test_protect_count_refuses_what_is_not_a_whole_number(wrong):
    with pytest.raises(ValueError, match="whole number"):
        protect_count(wrong)


def test_protect_count_follows_the_rule():
    assert [protect_count(n, Rule(threshold=4, base=1)) for n in (4, 5, 6)] == [None, 5, 6]
    assert protect_count(3, Rule(threshold=2, base=5)) == 5


def test_everything_that_is_protected_follows_the_rule():
    rule = Rule(threshold=9, base=10)
    rate = protect_rate(9, 20, rule)
    assert (rate.numerator, rate.denominator) == (None, 20)
    rate = protect_rate(13, 32, rule)
    assert (rate.numerator, rate.denominator) == (10, 30)
    assert protect_rate(20, 9, rule, is_proportion=False).denominator is None
    parts = protect_parts({"a": 9, "b": 9, "c": 13, "d": 32}, rule)
    assert parts.parts == {"a": None, "b": None, "c": 10, "d": 30}
    assert parts.total == 60


def test_rule_may_hide_nothing():
    assert [protect_count(n, Rule(threshold=0, base=1)) for n in range(3)] == [0, 1, 2]


@pytest.mark.parametrize("values", [(-1, 5), (7, 0), (11, 5), (0, 20)])
def test_rule_refuses_settings_that_could_not_hide(values):
    with pytest.raises(ValueError, match=r"threshold|base"):
        Rule(*values)


@given(counts)
def test_protect_count_never_shows_a_small_number_and_is_idempotent(count):
    shown = protect_count(count)
    assert shown not in range(1, 8)
    if shown is not None:
        assert abs(shown - count) <= 2
        assert protect_count(shown) == shown


@pytest.mark.parametrize(
    "rule", [Rule(), Rule(threshold=3, base=2), Rule(sensitive=True), Rule(threshold=9, base=10)]
)
def test_rule_knows_which_counts_are_shown_as_a_number(rule):
    """What the reader can conclude from a shown number is exactly what rounding makes of it."""
    shown_as = {raw: rule.rounded(raw) for raw in range(200) if not rule.hides(raw) and raw}
    for shown in set(shown_as.values()) - {shown_as[199]}:
        told = rule.raw_of(shown)
        assert {raw for raw in range(200) if raw in told} == {
            raw for raw, text in shown_as.items() if text == shown
        }


@pytest.mark.parametrize(
    ("sensitive", "kinds"), [(False, [{0}, {1, 2, 3}]), (True, [{0, 1, 2, 3}])]
)
def test_rule_tells_none_small_and_large_apart(sensitive, kinds):
    rule = Rule(threshold=3, base=2, sensitive=sensitive)
    for kind in [*kinds, set(range(4, 40))]:
        for count in kind:
            assert {n for n in range(40) if n in rule.kind_of(count)} == kind


def test_rule_is_the_one_that_readers_are_told():
    told = Rule(
        threshold=7, base=5, sensitive=False, candidates=4, least_change=8, dominance=85
    )  # fmt: skip
    assert Rule() == told


def test_rule_asks_for_four_candidates_or_as_many_as_it_leaves():
    assert (Rule().enough, Rule(threshold=3, base=2).enough) == (4, 3)


def test_protect_rate_is_made_from_rounded_counts():
    protected = protect_rate(123, 456)
    assert (protected.numerator, protected.denominator) == (125, 455)
    assert protected.rate() == 125 / 455 * 100
    assert not protected.suppressed


@pytest.mark.parametrize(("numerator", "denominator"), [(3, 100), (3, 6), (100, 103), (0, 5)])
def test_protect_rate_hides_small_parts_and_small_complements(numerator, denominator):
    protected = protect_rate(numerator, denominator)
    assert protected.suppressed
    assert protected.rate() is None
    assert protected.numerator is None or protected.denominator is None


def test_protect_rate_keeps_none_and_all_of_many():
    assert protect_rate(0, 100).rate() == 0
    assert protect_rate(100, 100).rate() == 100


def test_protect_rate_of_nobody_is_undefined_but_not_hidden():
    protected = protect_rate(0, 0)
    assert not protected.suppressed
    assert protected.rate() is None


@pytest.mark.parametrize(
    ("denominator", "decimals"), [(50, 0), (399, 0), (3_997, 0), (3_998, 1), (90_000, 1)]
)
def test_protect_rate_decimals_follow_the_rounded_denominator(denominator, decimals):
    assert protect_rate(20, denominator).decimals == decimals


def test_protect_rate_numerator_above_denominator():
    with pytest.raises(ValueError, match="larger"):
        protect_rate(20, 10)
    assert protect_rate(20, 16, is_proportion=False).rate(1) == 20 / 15


@given(counts, counts)
def test_protect_rate_uses_only_what_is_shown(a, b):
    numerator, denominator = sorted((a, b))
    protected = protect_rate(numerator, denominator)
    if not protected.suppressed:
        assert protected.numerator == protect_count(numerator)
        assert protected.denominator == protect_count(denominator)
        assert denominator - numerator not in range(1, 8)


def test_protect_parts_adds_up_what_is_shown_when_nothing_is_hidden():
    result = protect_parts({"a": 12, "b": 12, "c": 0})
    assert result.parts == {"a": 10, "b": 10, "c": 0}
    assert result.total == 20  # not 25, which rounding the raw total would give
    assert result.hidden == {}


def test_protect_parts_hides_a_second_part():
    result = protect_parts({"a": 40, "b": 3, "c": 20, "d": 20, "e": 0})
    assert result.parts == {"a": 40, "b": None, "c": None, "d": 20, "e": 0}
    assert result.hidden == {"b": Hidden.PRIMARY, "c": Hidden.SECONDARY}
    assert result.total == 85


def test_protect_parts_leaves_two_hidden_parts_alone():
    result = protect_parts({"a": 40, "b": 3, "c": 2})
    assert result.parts == {"a": 40, "b": None, "c": None}
    assert result.total == 45


def test_protect_parts_hides_everything_of_a_small_total():
    result = protect_parts({"a": 3, "b": 0})
    assert result.parts == {"a": None, "b": None}
    assert result.total is None
    assert set(result.hidden.values()) == {Hidden.TOTAL}


@given(tables, st.randoms(use_true_random=False))
def test_protect_parts_properties(table, random):
    result = protect_parts(table)
    shown = [n for n in [*result.parts.values(), result.total] if n is not None]
    assert not any(1 <= n <= 7 for n in shown)
    assert all(result.parts[key] is None for key, n in table.items() if 1 <= n <= 7)
    hidden_people = [key for key, n in table.items() if n and result.parts[key] is None]
    assert len(hidden_people) != 1 or result.total is None
    keys = list(table)
    random.shuffle(keys)
    assert protect_parts({key: table[key] for key in keys}) == result
    if not result.hidden:
        again = protect_parts({key: n or 0 for key, n in result.parts.items()})
        assert again == result
