"""What the public sees of small numbers, over all tables and versions of a measure."""

import pytest

from outcomes.models import Category, Measure, Series
from outcomes.public_edition import problems
from tests.outcomes.published.conftest import collection_of

pytestmark = pytest.mark.django_db


def shown(measure, edition="public", **part):
    rows = Series.objects.filter(measure=measure, edition=edition)
    found = (rows.filter(**part) if part else rows.whole()).get()
    return found.points[0]["text"]


def test_borough_is_hidden_with_the_only_council_that_reports_on_it(
    world, measure, collection, release, boroughs
):
    southwark, lambeth = boroughs
    rows = [(world.rj1, southwark, None, 3), (world.rjz, lambeth, None, 30)]
    release(collection, measure, *rows)
    assert shown(measure) == "35"
    for part in ({"organisation": world.rj1}, {"organisation": world.rjz}):
        assert shown(measure, **part) == "hidden"
    for place in boroughs:
        assert shown(measure, place=place) == "hidden"


def test_ages_of_one_trust_do_not_tell_how_many_the_other_helped(
    world, measure, collection, release
):
    """Only one trust reports ages: what is left of the whole is the other one."""
    young, old = (
        Category.objects.create(scheme="age", slug=slug, name=slug) for slug in ("young", "old")
    )
    whole = [(world.rj1, None, None, 40), (world.rjz, None, None, 3)]
    ages = [(world.rj1, None, young, 22), (world.rj1, None, old, 18)]
    release(collection, measure, *whole, *ages)
    assert shown(measure, organisation=world.rjz) == "hidden"
    assert "hidden" in (shown(measure, category=young), shown(measure, category=old))


def test_late_report_of_few_people_hides_the_new_total(world, measure, collection, release):
    """17 were shown as 15; 24 would be shown as 25, and only 6 or 7 could be the difference."""
    release(collection, measure, (world.rjz, None, None, 17))
    assert (shown(measure), shown(measure, organisation=world.rjz)) == ("15", "15")
    release(collection, measure, (world.rj1, None, None, 7))
    assert shown(measure, organisation=world.rjz) == "15"  # what was once shown stays
    assert shown(measure, organisation=world.rj1) == "hidden"
    assert shown(measure) == "hidden"


def test_total_with_a_part_that_its_source_hides_is_hidden(world, measure, collection, release):
    release(collection, measure, (world.rjz, None, None, 50), (world.rj1, None, None, None))
    for edition in ("public", "board"):
        assert shown(measure, edition) == "hidden"
        whole = Series.objects.whole().get(measure=measure, edition=edition)
        assert whole.points[0]["numerator"] is None
    assert shown(measure, "board", organisation=world.rjz) == "50"


def test_measure_of_two_collections_counts_once(world, measure, collection, release):
    release(collection, measure, (world.rjz, None, None, 50))
    other = collection_of(world, measure, "other")
    release(other, measure, (world.rjz, None, None, 60))
    assert shown(measure, "board") == shown(measure) == "60"  # the answer agreed last


def test_mean_keeps_its_decimals_and_needs_enough_people(world, measure, collection, release):
    Measure.objects.filter(pk=measure.pk).update(
        kind="mean", denominator_label="people", decimals=1
    )
    measure.refresh_from_db()
    release(collection, measure, (world.rjz, None, None, 37, 8), (world.rj1, None, None, 90, 20))
    assert shown(measure, organisation=world.rjz) == "4.6"  # not 35 / 10
    point = Series.objects.public().get(measure=measure, organisation=world.rjz).points[0]
    assert (point["numerator"], point["denominator"]) == (None, 10)
    assert shown(measure) == "4.5"


def test_mean_of_few_people_is_hidden(world, measure, collection, release):
    Measure.objects.filter(pk=measure.pk).update(
        kind="mean", denominator_label="people", decimals=1
    )
    measure.refresh_from_db()
    release(collection, measure, (world.rjz, None, None, 37, 7), (world.rj1, None, None, 90, 20))
    assert shown(measure, organisation=world.rjz) == "hidden"


def test_exact_amount_is_shown_with_all_of_its_digits(world, measure, collection, release):
    Measure.objects.filter(pk=measure.pk).update(
        kind="money", about_people=False, disclosure="exact", decimals=2
    )
    measure.refresh_from_db()
    release(collection, measure, (world.rjz, None, None, "1234.56"))
    assert Series.objects.whole().public().get().points[0]["numerator_text"] == "1,234.56"


def test_small_correction_is_named_before_it_is_published(world, measure, collection, release):
    release(collection, measure, (world.rjz, None, None, 12), (world.rj1, None, None, 50))
    again = release.approve(collection, measure, (world.rjz, None, None, 13), version=2)
    (sentence,) = problems(measure, again)
    assert "April 2016" in sentence and "King’s College Hospital" in sentence
    assert problems(measure, again, reissued=True) == []


def test_correction_that_changes_nothing_shown_or_a_lot_is_no_problem(
    world, measure, collection, release
):
    release(collection, measure, (world.rjz, None, None, 13), (world.rj1, None, None, 50))
    same = release.approve(collection, measure, (world.rjz, None, None, 14), version=2)
    assert problems(measure, same) == []
    lot = release.approve(collection, measure, (world.rj1, None, None, 70), version=2)
    assert problems(measure, lot) == []
