"""What is noticed in returns, what is kept of it, and what senders answer."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outcomes.actions import checks
from outcomes.actions.submissions import Conflict
from outcomes.models import Category, Flag, Observation, Rebase, Rule, Submission
from outcomes.models.flags import value_of
from partners.models import Place
from tests.outcomes.checks.returns import OCTOBER, agree, make_agreed, make_count, make_draft, put

pytestmark = pytest.mark.django_db

STEADY = [100, 104, 98, 102, 96, 101, 99, 103, 97, 100, 102, 98, 101, 99]


@pytest.fixture
def referrals(world):
    return make_count(world)


@pytest.fixture
def visits(world):
    return make_count(world, "visits")


def make_rule(world, left="visits", operator="<=", right="referrals", **more):
    return Rule.objects.create(
        collection=world.collection,
        sentence="There are more visits than referrals. Check both.",
        left=[{"measure": left, "part": "numerator", "factor": 1}],
        operator=operator,
        right=[{"measure": right, "part": "numerator", "factor": 1}],
        **more,
    )


def flags(*submissions):
    return list(Flag.objects.filter(submission__in=submissions).order_by("pk"))


def review(*submissions):
    checks.review(submissions=submissions)
    return flags(*submissions)


def test_broken_rule_is_raised_with_both_numbers(world, referrals, visits):
    rule, draft = make_rule(world), make_draft(world)
    put(draft, visits, 1200)
    put(draft, referrals, 1000)
    (flag,) = review(draft)
    assert (flag.kind, flag.weight, flag.rule, flag.measure) == ("rule", "must", rule, visits)
    assert flag.message == (
        "There are more visits than referrals. Check both. "
        "You gave: Visits: 1,200; Referrals: 1,000."
    )
    put(draft, visits, 900)
    assert review(draft) == []


def test_rule_is_tried_for_each_place_and_category_apart(world, referrals, visits):
    make_rule(world)
    place, draft = Place.objects.get(slug="southwark"), make_draft(world)
    old = Category.objects.create(scheme="age", slug="old", name="Old")
    for part in ({"place": place}, {"category": old}):
        put(draft, visits, 5, **part)
        put(draft, referrals, 6, **part)
    assert review(draft) == []
    put(draft, visits, 7, category=old)
    (flag,) = review(draft)
    assert (flag.place, flag.category) == (None, old)


def test_rules_hold_only_in_their_own_collection_and_return(world, referrals, visits):
    make_rule(world)
    first, second = make_draft(world), make_draft(world, date(2026, 9, 1))
    put(first, visits, 5)
    put(second, referrals, 1)
    assert review(first, second) == []


def test_missing_figure_is_asked_for_by_name(world, referrals, visits):
    make_rule(world, when_missing="ask", weight="may")
    draft = make_draft(world)
    put(draft, visits, 5)
    (flag,) = review(draft)
    assert flag.message.startswith("We need a number for: Referrals.")
    put(draft, referrals, None, status="not_collected")
    assert review(draft) == []


def test_rule_that_cannot_be_read_stops_nobody(world, visits):
    make_rule(world, operator="=", right="visits")
    draft = make_draft(world)
    put(draft, visits, 5)
    assert review(draft) == []


def test_figure_outside_the_expected_range_is_asked_about(world, referrals):
    make_agreed(world, referrals, STEADY)
    draft = make_draft(world)
    put(draft, referrals, 140)
    (flag,) = review(draft)
    assert (flag.kind, flag.weight, flag.value) == ("unusual", "may", "140")
    assert flag.message == (
        "October 2026 is 140 people, higher than expected: after the 14 months before, we would "
        "expect 90 to 110 people. September 2026 was 99 people."
    )
    put(draft, referrals, 108)
    assert review(draft) == []


def test_range_needs_thirteen_points(world, referrals):
    make_agreed(world, referrals, STEADY[:12])
    draft = make_draft(world)
    put(draft, referrals, 140)
    assert review(draft) == []  # and 40% is less than the 50% the measure asks about


def test_range_starts_afresh_with_a_rebase(world, referrals):
    make_agreed(world, referrals, STEADY)
    Rebase.objects.create(
        measure=referrals, period=date(2026, 8, 1), reason="A new clinic.", agreed_at=timezone.now()
    )
    draft = make_draft(world)
    put(draft, referrals, 140)
    assert review(draft) == []


def test_large_change_is_asked_about_with_both_numbers(world, referrals):
    make_agreed(world, referrals, [200])
    draft = make_draft(world)
    put(draft, referrals, 310)
    (flag,) = review(draft)
    assert flag.kind == "changed"
    assert flag.message == ("October 2026 is 310 people. September 2026 was 200 people: 55% more.")


def test_change_of_a_proportion_shows_what_it_is_made_of(world):
    make_agreed(world, world.measure, [(900, 1000)])
    draft = make_draft(world)
    put(draft, world.measure, 400, 1000)
    (flag,) = review(draft)
    assert "is 40.0% (400 of 1,000). September 2026 was 90.0% (900 of 1,000): 56% less" in (
        flag.message
    )


@pytest.mark.parametrize(
    ("before", "now", "asked"),
    [
        (1, 2, False),
        (2, 1, False),
        (10, 16, False),
        (3, 0, False),
        (0, 4, False),
        (0, 5, True),
        (5, 0, True),
        (20, 45, True),
        (100, 150, False),
        (1000, 1501, True),
    ],
)
def test_small_numbers_may_move(world, referrals, before, now, asked):
    make_agreed(world, referrals, [before])
    draft = make_draft(world)
    put(draft, referrals, now)
    assert bool(review(draft)) == asked


def test_measure_may_ask_about_no_change(world):
    measure = make_count(world, "calls", ask_about_change=None)
    make_agreed(world, measure, [10])
    draft = make_draft(world)
    put(draft, measure, 1000)
    assert review(draft) == []


def test_figures_of_long_ago_or_not_agreed_are_nothing_to_compare_with(world, referrals):
    make_agreed(world, referrals, [10], until=date(2025, 9, 1))
    earlier = make_draft(world, date(2026, 9, 1))
    put(earlier, referrals, 20)
    draft = make_draft(world)
    put(draft, referrals, 1000)
    assert review(draft) == []


def test_figures_of_others_are_nothing_to_compare_with(world, referrals):
    make_agreed(world, referrals, [10])
    place = Place.objects.get(slug="southwark")
    draft, other = make_draft(world), make_draft(world, organisation=world.rjz)
    put(draft, referrals, 1000, place=place)
    put(other, referrals, 1000)
    assert review(draft, other) == []


def test_correction_is_compared_with_the_months_before_it_alone(world, referrals):
    make_agreed(world, referrals, [10, 400, 10])
    august = make_draft(world, date(2026, 8, 1), version=2)
    carried_over = put(august, referrals, 400)
    assert review(august) == []
    Observation.objects.filter(pk=carried_over.pk).update(numerator=300)
    (flag,) = review(august)
    assert "August 2026 is 300 people. July 2026 was 10 people" in flag.message


def test_what_was_sent_is_not_looked_at_again(world, referrals):
    make_agreed(world, referrals, [10])
    draft = make_draft(world)
    put(draft, referrals, 1000)
    (flag,) = review(draft)
    agree(world, [draft])
    put(draft, referrals, 10)
    assert review(draft) == [flag]


def test_answer_survives_another_review_and_falls_with_its_figure(world, referrals):
    make_agreed(world, referrals, [10])
    draft = make_draft(world)
    put(draft, referrals, 1000)
    (flag,) = review(draft)
    contributor = world.person("rj1.contributor")
    checks.answer(flag=flag, answer=" A new clinic opened. ", by=contributor)
    (kept,) = review(draft)
    assert (kept.pk, kept.answer, kept.answered_by) == (
        flag.pk, "A new clinic opened.", contributor,
    )  # fmt: skip
    assert not Flag.objects.open().exists()
    put(draft, referrals, 1001)
    (fresh,) = review(draft)
    assert fresh.is_open
    assert fresh.answer == ""


def test_answer_to_a_rule_falls_with_any_of_its_figures(world, referrals, visits):
    make_rule(world, weight="may")
    draft = make_draft(world)
    put(draft, visits, 12)
    put(draft, referrals, 10)
    (flag,) = review(draft)
    checks.answer(flag=flag, answer="Two came twice.", by=world.person("rj1.contributor"))
    assert not review(draft)[0].is_open
    put(draft, referrals, 11)
    assert review(draft)[0].is_open


def test_question_of_the_approver_is_answered_by_changing_its_figure(world, referrals):
    draft = make_draft(world)
    cell = put(draft, referrals, 10)
    asked = Flag.objects.create(
        submission=draft,
        kind=Flag.Kind.ASKED,
        measure=referrals,
        value=value_of(cell.numerator, cell.denominator, cell.status),
        message="Is this the whole month?",
        raised_by=world.person("rj1.approver"),
    )
    assert review(draft)[0].is_open
    put(draft, referrals, 12)
    (changed,) = review(draft)
    assert (changed.pk, changed.answer) == (asked.pk, "The figure was changed from 10 to 12.")
    assert changed.answered_by == world.person("rj1.contributor")
    put(draft, referrals, 10)
    assert review(draft)[0].is_open


@pytest.mark.parametrize(
    ("answer", "words"), [("  ", "Say why"), ("x" * 501, "at most 500 characters")]
)
def test_answer_needs_words(world, referrals, answer, words):
    make_agreed(world, referrals, [10])
    draft = make_draft(world)
    put(draft, referrals, 1000)
    (flag,) = review(draft)
    with pytest.raises(Conflict, match=words):
        checks.answer(flag=flag, answer=answer, by=world.person("rj1.contributor"))


def test_answer_is_refused_where_it_would_be_to_something_else(world, referrals, visits):
    make_agreed(world, referrals, [10])
    make_rule(world, left="referrals", operator="<", right="visits")
    draft, by = make_draft(world), world.person("rj1.contributor")
    put(draft, referrals, 1000)
    put(draft, visits, 1)
    must, may = review(draft)
    with pytest.raises(Conflict, match="put right"):
        checks.answer(flag=must, answer="It is right.", by=by)
    put(draft, referrals, 2000)
    review(draft)
    with pytest.raises(Conflict, match="changed"):
        checks.answer(flag=may, answer="It is right.", by=by)
    may = Flag.objects.get(kind="changed")
    agree(world, [draft])
    with pytest.raises(Conflict, match="sent already"):
        checks.answer(flag=may, answer="It is right.", by=by)
    with pytest.raises(PermissionDenied):
        checks.answer(flag=may, answer="It is right.", by=world.person("rj1.approver"))


def test_many_returns_are_read_at_once(world, referrals, visits):
    make_rule(world)
    make_agreed(world, referrals, STEADY)
    drafts = [make_draft(world, date(year, 10, 1)) for year in (2026, 2027, 2028)]
    for draft in drafts:
        put(draft, visits, 5000)
        put(draft, referrals, 3000)
    with CaptureQueriesContext(
        connection,
    ) as one:
        checks.review(submissions=drafts[:1])
    Flag.objects.all().delete()
    with CaptureQueriesContext(connection) as three:
        checks.review(submissions=drafts)
    assert len(flags(*drafts)) == 6
    assert len(one) == len(three)


cells = st.dictionaries(
    st.tuples(st.sampled_from(["referrals", "visits"]), st.booleans()),
    st.integers(0, 400),
    max_size=4,
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=cells, second=cells)
def test_review_finds_the_same_again_and_answers_fall_only_with_their_value(
    world, referrals, visits, first, second
):
    if not Rule.objects.exists():
        make_rule(world, weight="may")
        make_agreed(world, referrals, STEADY)
    by = world.person("rj1.contributor")
    draft, _ = Submission.objects.get_or_create(
        collection=world.collection, organisation=world.rj1, period=OCTOBER,
        defaults={"state": "draft", "due_on": OCTOBER},
    )  # fmt: skip

    def fill(numbers):
        draft.observations.all().delete()
        for (slug, has_place), number in numbers.items():
            place = Place.objects.get(slug="southwark") if has_place else None
            put(draft, {"referrals": referrals, "visits": visits}[slug], number, place=place)
        return {(f.kind, f.measure_id, f.place_id, f.value): f for f in review(draft)}

    Flag.objects.filter(submission=draft).delete()
    found = fill(first)
    assert {key: f.pk for key, f in found.items()} == {key: f.pk for key, f in fill(first).items()}
    for flag in found.values():
        if flag.weight == "may":
            checks.answer(flag=flag, answer="Checked.", by=by)
    for key, flag in fill(second).items():
        assert flag.is_open == (flag.weight == "must" or key not in found)
