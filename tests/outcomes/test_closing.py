"""After the closing day only analysts, and those with an exception, send first figures."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from outcomes.actions import submissions, uploads
from outcomes.models import Collection, Extension, Submission, Upload
from outcomes.models.submissions import State
from outcomes.periods import shift
from outcomes.selectors import closing
from tests.outcomes.world import GOOD

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
# Twenty working days after September end on 28 October 2026, those after October on 27 November.
LAST_DAY, DAY_AFTER = date(2026, 10, 28), date(2026, 10, 29)


@pytest.fixture
def closing_collection(world) -> Collection:
    world.collection.closing_working_days = 20
    world.collection.save()
    return world.collection


def test_a_collection_without_a_closing_day_never_closes(world):
    assert not closing.is_closed(world.collection, world.rj1, date(2016, 4, 1))
    assert closing.open_from(world.collection) is None
    assert closing.sentence(world.collection, world.rj1, SEPTEMBER) == ""


def test_a_period_closes_the_day_after_its_closing_day(world, closing_collection):
    is_closed = closing.is_closed
    assert not is_closed(closing_collection, world.rj1, SEPTEMBER, LAST_DAY)
    assert is_closed(closing_collection, world.rj1, SEPTEMBER, DAY_AFTER)
    assert not is_closed(closing_collection, world.rj1, OCTOBER, DAY_AFTER)


def test_an_exception_opens_one_period_of_one_organisation_longer(world, closing_collection):
    Extension.objects.create(
        collection=closing_collection,
        organisation=world.rj1,
        period=SEPTEMBER,
        until=date(2026, 11, 6),
        reason="Their system was down.",
        granted_by=world.person("analyst"),
    )
    is_closed = closing.is_closed
    assert not is_closed(closing_collection, world.rj1, SEPTEMBER, date(2026, 11, 6))
    assert is_closed(closing_collection, world.rj1, SEPTEMBER, date(2026, 11, 7))
    assert is_closed(closing_collection, world.rj1, date(2026, 8, 1), DAY_AFTER)
    assert is_closed(closing_collection, world.rjz, SEPTEMBER, DAY_AFTER)


def test_an_exception_never_closes_a_period_earlier(world, closing_collection):
    Extension.objects.create(
        collection=closing_collection, organisation=world.rj1, period=SEPTEMBER,
        until=date(2026, 10, 1), reason="By mistake.", granted_by=world.person("analyst"),
    )  # fmt: skip
    assert not closing.is_closed(closing_collection, world.rj1, SEPTEMBER, LAST_DAY)


@given(
    st.dates(date(2018, 1, 1), date(2030, 1, 1)),
    st.integers(0, 150),
    st.sampled_from(["month", "quarter", "year"]),
)
def test_open_from_is_the_first_period_whose_closing_day_has_not_passed(today, days, frequency):
    collection = Collection(frequency=frequency, closing_working_days=days)
    first = closing.open_from(collection, today)
    before = shift(first, frequency, -1)
    assert collection.closes_on(before) < today <= collection.closes_on(first)


def test_closed_among_spares_what_was_sent_what_is_corrected_and_analysts(
    world, closing_collection, django_assert_num_queries
):
    def submission(month: int, organisation=world.rj1, **fields) -> Submission:
        return Submission.objects.create(
            collection=closing_collection, organisation=organisation,
            period=date(2026, month, 1), due_on=LAST_DAY, state=State.DRAFT, **fields,
        )  # fmt: skip

    late, excepted = submission(8), submission(8, world.rjz)
    Extension.objects.create(
        collection=closing_collection, organisation=world.rjz, period=excepted.period,
        until=date(2026, 11, 6), reason="New staff.", granted_by=world.person("analyst"),
    )  # fmt: skip
    sent_before = submission(7, first_sent_at=timezone.now())
    correction = submission(6, version=2)
    in_time = submission(10)
    drafts = [late, excepted, sent_before, correction, in_time]
    contributor, analyst = world.person("rj1.contributor"), world.person("analyst")
    with django_assert_num_queries(2):
        assert closing.closed_among(drafts, contributor, DAY_AFTER) == [late]
    assert closing.closed_among(drafts, analyst, DAY_AFTER) == []
    assert set(closing.closed_among(drafts, contributor, date(2026, 11, 7))) == {late, excepted}


def test_the_sentence_says_until_when_and_whom_to_ask(world, closing_collection):
    assert closing.sentence(closing_collection, world.rj1, SEPTEMBER) == (
        "September 2026 closed for new figures on 28 October 2026. "
        "Ask the partnership’s analysts to open it again for you."
    )


@pytest.mark.parametrize(("hour", "state"), [(22, "ready"), (23, "refused")])
def test_file_counts_from_when_it_came_however_late_it_is_checked(
    world, closing_collection, run_jobs, hour, state
):
    """April 2016 closed on 31 May: half an hour before midnight in London, or after."""
    closing_collection.save()
    person = world.person("rj1.contributor")
    upload, _ = uploads.receive(
        collection=closing_collection,
        organisation=world.rj1,
        file=SimpleUploadedFile("figures.csv", GOOD.encode()),
        by=person,
    )
    Upload.objects.update(received_at=datetime(2016, 5, 31, hour, 30, tzinfo=UTC))
    run_jobs()
    upload.refresh_from_db()
    assert upload.state == state
    if state == "ready":  # and it is sent from the next day on
        drafts = upload.submissions.all()
        seen = submissions.fingerprint(drafts)
        assert submissions.submit(submissions=drafts, seen=seen, by=person)
    else:
        assert "closing day of this period has passed" in upload.problems.get().message
