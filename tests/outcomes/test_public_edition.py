"""What the public sees of small numbers, over all tables and versions of a measure."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.utils import timezone

from outcomes.actions import published, series
from outcomes.models import (
    Category,
    Collection,
    Measure,
    Observation,
    PublishedCell,
    Release,
    Series,
    Submission,
)
from outcomes.models.submissions import State
from outcomes.public_edition import problems, worked_out
from outcomes.statistics.disclosure import Rule
from partners.models import Organisation, Place

pytestmark = pytest.mark.django_db
APRIL, NOW = date(2016, 4, 1), timezone.now()


@pytest.fixture
def measure(world):
    return Measure.objects.create(
        version=1,
        partnership=world.partnership, slug="people", name="People helped", kind="count",
        numerator_label="people", unit="people", sentence_subject="were helped",
        direction="increase", source="Test", owner=world.rj1,
    )  # fmt: skip


@pytest.fixture
def collection(world, measure):
    return collection_of(world, measure, "councils")


def collection_of(world, measure, slug):
    collection = Collection.objects.create(
        partnership=world.partnership, slug=slug, name=slug, accepts_from=APRIL, asks_from=APRIL
    )
    collection.measures.add(measure)
    return collection


@pytest.fixture
def release(world):
    """Publishes figures of April: (organisation, place, category, numerator, denominator)."""
    days = iter(range(1, 20))

    def approve(collection, measure, *rows, version=1):
        when = datetime(2016, 6, next(days), tzinfo=UTC)
        found = {}
        for organisation, place, category, numerator, *more in rows:
            submission = found.setdefault(
                organisation,
                Submission(
                    collection=collection, organisation=organisation, period=APRIL, due_on=APRIL,
                    version=version, correction_reason="Counted again" if version > 1 else "",
                ),
            )  # fmt: skip
            submission.save()
            Observation.objects.create(
                submission=submission, measure=measure, organisation=organisation, period=APRIL,
                place=place, category=category, numerator=numerator,
                denominator=more[0] if more else None,
                status="suppressed" if numerator is None else "value",
            )  # fmt: skip
        sender, approver = world.person("rjz.contributor"), world.person("rjz.approver")
        Submission.objects.filter(pk__in=[s.pk for s in found.values()]).update(
            state=State.APPROVED, entered_at=when, entered_by=sender,
            submitted_at=when, submitted_by=sender, approved_at=when, approved_by=approver,
        )  # fmt: skip
        return Submission.objects.filter(pk__in=[s.pk for s in found.values()])

    def release(collection, measure, *rows, version=1):
        approved = approve(collection, measure, *rows, version=version)
        out = Release.objects.create(
            partnership=world.partnership, slug=f"figures-{approved[0].pk}", title="Figures",
            state="published",
            published_at=approved[0].approved_at, published_by=world.person("analyst"),
        )  # fmt: skip
        approved.update(state=State.RELEASED, release=out)
        for edition in ("public", "board"):
            series.build(measure=measure, edition=edition)

    release.approve = approve
    return release


def shown(measure, edition="public", **part):
    rows = Series.objects.filter(measure=measure, edition=edition)
    found = (rows.filter(**part) if part else rows.whole()).get()
    return found.points[0]["text"]


@pytest.fixture
def boroughs(db):
    return [
        Place.objects.get_or_create(slug=slug, defaults={"name": slug, "gss_code": code})[0]
        for slug, code in [("southwark", "E09000028"), ("lambeth", "E09000022")]
    ]


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
    assert kept(measure, organisation=world.rjz) == [(40, ""), (70, "")]


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


def withdraw(release):
    release.state, release.ended_at, release.ended_by = "withdrawn", NOW, release.published_by
    release.end_reason = "The numbers were those of another year."
    release.save()


def test_total_that_was_withdrawn_does_not_come_back_with_a_later_release(
    world, measure, collection, release
):
    release(collection, measure, (world.rjz, None, None, 40))
    release(collection, measure, (world.rj1, None, None, 50))
    withdraw(Release.objects.order_by("published_at").first())
    series.build(measure=measure, edition="public")
    assert not measure.series.public().exists()  # the total still holds what was withdrawn
