"""What readers saw is kept: through new rules, corrections, broken builds and withdrawals."""

import pytest
from django.db import connection

from outcomes.actions import published, series
from outcomes.models import Measure, PublishedCell, Release, Series
from outcomes.public_edition import worked_out
from outcomes.statistics.disclosure import Rule
from partners.models import Organisation
from tests.outcomes.published.conftest import collection_of, withdraw
from tests.outcomes.published.test_public_edition import shown

pytestmark = pytest.mark.django_db


def kept(measure, **part):
    """What is kept of the part, release by release: numerator, and the rule that hid it."""
    cells = PublishedCell.objects.filter(published__measure=measure)
    found = cells.filter(**{"organisation": None, "place": None, "category": None, **part})
    return [(c.numerator, c.hidden) for c in found.order_by("published__release__published_at")]


def test_what_was_shown_is_kept_with_the_rule_that_hid_it(world, measure, collection, release):
    release(collection, measure, (world.rjz, None, None, 40), (world.rj1, None, None, 3))
    assert kept(measure) == [(45, "")]
    assert kept(measure, organisation=world.rj1) == [(None, "primary")]
    assert kept(measure, organisation=world.rjz) == [(None, "dominance")]
    (published,) = measure.published.all()
    assert (published.threshold, published.base, published.sensitive) == (7, 5, False)
    assert published.software_version


def test_each_correction_is_kept_beside_what_it_corrects(world, measure, collection, release):
    release(collection, measure, (world.rjz, None, None, 40), (world.rj1, None, None, 50))
    release(collection, measure, (world.rjz, None, None, 70), version=2)
    assert kept(measure) == [(90, ""), (120, "")]
    assert kept(measure, organisation=world.rjz) == [(40, ""), (70, "")]
    assert shown(measure) == "120"


def test_rule_that_changes_counts_from_the_next_release(
    world, measure, collection, release, monkeypatch
):
    release(collection, measure, (world.rjz, None, None, 41), (world.rj1, None, None, 0))
    assert shown(measure, organisation=world.rj1) == "0"
    monkeypatch.setattr("outcomes.public_edition.DEFAULT_RULE", Rule(threshold=14, base=10))
    Measure.objects.update(sensitive=True, disclosure="suppress_and_round")
    measure.refresh_from_db()
    Series.objects.all().delete()
    series.build_all()
    assert shown(measure, organisation=world.rj1) == "0"
    assert shown(measure) == "40"
    release(collection, measure, (world.rjz, None, None, 66), version=2)
    assert kept(measure) == [(40, ""), (70, "")]  # to the nearest 10 now
    assert kept(measure, organisation=world.rj1) == [(0, ""), (None, "class")]


def test_measure_that_was_exact_stays_so_where_it_was_published(
    world, measure, collection, release
):
    Measure.objects.filter(pk=measure.pk).update(disclosure="exact", disclosure_reason="So it is")
    measure.refresh_from_db()
    release(collection, measure, (world.rjz, None, None, 41), (world.rj1, None, None, 3))
    assert (shown(measure), shown(measure, organisation=world.rj1)) == ("44", "3")
    Measure.objects.filter(pk=measure.pk).update(disclosure="suppress_and_round")
    measure.refresh_from_db()
    series.build(measure=measure, edition="public")
    assert shown(measure) == "44"
    release(collection, measure, (world.rjz, None, None, 91), version=2)
    assert (shown(measure), shown(measure, organisation=world.rj1)) == ("95", "hidden")


def test_everything_worked_out_from_nothing_is_the_same(
    world, measure, collection, release, boroughs
):
    southwark, lambeth = boroughs
    release(collection, measure, (world.rj1, southwark, None, 3), (world.rjz, lambeth, None, 30))
    release(collection, measure, (world.rjz, lambeth, None, 60), version=2)
    cells = list(PublishedCell.objects.order_by("pk").values_list("period", "numerator", "hidden"))
    hashes = set(Series.objects.values_list("content_hash", flat=True))
    with connection.cursor() as cursor:
        for table in ("outcomes_publishedcell", "outcomes_publishedmeasure"):
            cursor.execute(
                f"SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE {table} DISABLE TRIGGER ALL"
            )
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
    Series.objects.all().delete()
    series.build_all()
    again = PublishedCell.objects.order_by("pk").values_list("period", "numerator", "hidden")
    assert list(again) == cells
    assert set(Series.objects.values_list("content_hash", flat=True)) == hashes


def test_building_again_works_nothing_out_that_is_kept(
    world, measure, collection, release, django_assert_max_num_queries, monkeypatch
):
    release(collection, measure, (world.rjz, None, None, 40), (world.rj1, None, None, 50))
    monkeypatch.setattr(published, "worked_out", None)  # nobody calls it
    monkeypatch.setattr("outcomes.aggregation.Sums", None)
    before = PublishedCell.objects.count()
    with django_assert_max_num_queries(25):
        series.build(measure=measure, edition="public")
    assert PublishedCell.objects.count() == before


def test_build_that_was_broken_off_goes_on_where_it_stopped(
    world, measure, collection, release, monkeypatch
):
    """Two releases were published while no worker ran; the second one fails at first."""
    with monkeypatch.context() as patch:
        patch.setattr(series, "build", lambda **kwargs: None)
        release(collection, measure, (world.rjz, None, None, 40), (world.rj1, None, None, 50))
        release(collection, measure, (world.rjz, None, None, 70), version=2)

    def once(what):
        if PublishedCell.objects.exists():
            raise RuntimeError("The power went off.")
        return worked_out(what)

    with monkeypatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr(published, "worked_out", once)
        series.build(measure=measure, edition="public")
    assert kept(measure) == [(90, "")]
    series.build(measure=measure, edition="public")
    assert kept(measure) == [(90, ""), (120, "")]
    assert shown(measure) == "120"


def test_measures_that_count_the_same_people_are_protected_together(
    world, measure, collection, release
):
    """One was seen by RJ1; 18 by RJZ are hidden to protect that one, and stay so beside a rate."""
    helped = Measure.objects.create(
        partnership=world.partnership, slug="helped", name="Share helped", kind="proportion",
        numerator_label="people who got better", denominator_label=" People", unit="%",
        multiplier=100, sentence_subject="got better", direction="increase", source="Test",
        owner=world.rj1,
    )  # fmt: skip
    third = Organisation.objects.create(slug="rv5", name="Maudsley", kind="trust", ods_code="RV5")
    release(
        collection, measure,
        (world.rj1, None, None, 1), (world.rjz, None, None, 18), (third, None, None, 38),
    )  # fmt: skip
    assert shown(measure, organisation=world.rjz) == "hidden"
    other = collection_of(world, helped, "other")
    release(other, helped, (world.rjz, None, None, 9, 18), (third, None, None, 19, 38))
    assert shown(helped, organisation=world.rjz) == "hidden"


def test_figures_of_a_release_that_was_withdrawn_are_not_shown(world, measure, collection, release):
    release(collection, measure, (world.rjz, None, None, 40))
    release(collection, measure, (world.rj1, None, None, 50))
    first, second = Release.objects.order_by("published_at")
    withdraw(second)
    series.build(measure=measure, edition="public")
    assert shown(measure) == "40"
    withdraw(first)
    series.build(measure=measure, edition="public")
    assert not measure.series.public().exists()
    assert kept(measure) == [(40, ""), (90, "")]


def test_total_that_was_withdrawn_does_not_come_back_with_a_later_release(
    world, measure, collection, release
):
    release(collection, measure, (world.rjz, None, None, 40))
    release(collection, measure, (world.rj1, None, None, 50))
    withdraw(Release.objects.order_by("published_at").first())
    series.build(measure=measure, edition="public")
    assert not measure.series.public().exists()  # the total still holds what was withdrawn
