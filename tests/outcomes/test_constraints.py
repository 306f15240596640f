"""The database refuses what cannot be true of measures, returns, numbers and releases."""

from datetime import date
from threading import Thread

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from outcomes.models import (
    Category,
    Collection,
    Correction,
    EarlyReader,
    Extension,
    Flag,
    Hold,
    ImportProfile,
    Measure,
    MeasureVersion,
    Observation,
    PublishedCell,
    PublishedMeasure,
    Rebase,
    Release,
    Reminder,
    Rule,
    Submission,
    Target,
    Upload,
)
from outcomes.models.definitions import DEFINED
from partners.models import Organisation, Place
from tests.conftest import NEVER
from tests.constraints import assert_refused, named
from tests.factories_figures import make_series

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def rows(world, send):
    """Two drafts read from one file, each with one number."""
    return send().submissions.all()


def someone(name="rj1.contributor"):
    from accounts.models import User

    return User.objects.get(email=f"{name}@example.org")


def with_people(values):
    return {k: someone(v) if k.endswith("_by") and v else v for k, v in values.items()}


def version(**values):
    def insert():
        measure = Measure.objects.get()
        defined = {name: getattr(measure, name) for name in DEFINED}
        fields = {"number": 1, "reason": "New", **defined, **with_people(values)}
        MeasureVersion.objects.create(measure=measure, **fields)

    return insert


def measure(**values):
    return lambda: Measure.objects.update(**values)


def submission(**values):
    def update():
        Submission.objects.filter(period=date(2016, 4, 1)).update(**with_people(values))

    return update


def observation(**values):
    return lambda: Observation.objects.update(**values)


def copy(model, **values):
    """The same row once more, with a primary key and a public name of its own."""

    def insert():
        row = model.objects.first()
        row.pk, row._state.adding = None, True
        if hasattr(row, "uuid"):
            row.uuid = "00000000-0000-4000-8000-000000000000"
        for name, value in values.items():
            setattr(row, name, value)
        row.save(force_insert=True)

    return insert


def category_twice():
    for _ in range(2):
        Category.objects.create(scheme="age", slug="85", name="85 and over")


def target(**values):
    def insert():
        Target.objects.create(
            measure=Measure.objects.get(), value=90, from_date=date(2015, 4, 1),
            **with_people(values),
        )  # fmt: skip

    return insert


def rebase(times=1, reason="A new building", **values):
    def insert():
        for _ in range(times):
            Rebase.objects.create(
                measure=Measure.objects.get(), period=date(2016, 4, 1), reason=reason,
                **with_people(values),
            )  # fmt: skip

    return insert


def series_twice():
    for _ in range(2):
        make_series(Measure.objects.get(), organisation=Organisation.objects.first())


def series_of_two_parts():
    parts = {"organisation": Organisation.objects.first(), "place": Place.objects.get()}
    make_series(Measure.objects.get(), **parts)


def release(**values):
    world_partnership = Measure.objects.get().partnership
    values = {"slug": "a", "title": "A", **with_people(values)}
    return Release.objects.create(partnership=world_partnership, **values)


def early_reader(capacity="Chair"):
    to_come = Release.objects.first() or release()
    people = {"user": someone(), "named_by": someone()}
    EarlyReader.objects.create(release=to_come, capacity=capacity, **people)


def correction():
    Correction.objects.create(
        release=Release.objects.first() or release(), submission=Submission.objects.first(),
        measure=Measure.objects.get(),
    )  # fmt: skip


def hold(**values):
    day, reason = date(2016, 4, 1), "Elections"
    values = {"first_day": day, "last_day": day, "reason": reason, "set_by": someone(), **values}
    Hold.objects.create(partnership=Measure.objects.get().partnership, **values)


def twice(make):
    def insert():
        make()
        make()

    return insert


def extension(reason="Illness"):
    Extension.objects.create(
        collection=Collection.objects.get(), organisation=Organisation.objects.first(),
        period=date(2016, 4, 1), until=date(2016, 7, 1), reason=reason, granted_by=someone(),
    )  # fmt: skip


def reminder():
    Reminder.objects.create(
        collection=Collection.objects.get(), organisation=Organisation.objects.first(),
        period=date(2016, 4, 1), day=-5,
    )  # fmt: skip


def flag(**values):
    values = {"kind": "changed", "message": "Is this right?", **values}
    Flag.objects.create(submission=Submission.objects.first(), **values)


def published():
    return PublishedMeasure.objects.create(
        release=Release.objects.first() or release(), measure=Measure.objects.get(),
        disclosure="suppress_and_round", sensitive=False, threshold=7, base=5,
        software_version="1",
    )  # fmt: skip


def cell(of, **values):
    values = {"period": date(2016, 4, 1), "reporters": [], **values}
    return PublishedCell.objects.create(published=of, **values)


SENT = {"entered_by": "rj1.contributor", "submitted_at": NOW, "submitted_by": "rj1.contributor"}
CHECKED = {**SENT, "approved_at": NOW, "approved_by": "rj1.approver"}
ENDED = {"ended_at": NOW, "ended_by": "analyst", "end_reason": "Late"}
BAD = {
    "collection_asks_for_what_it_accepts": lambda: Collection.objects.update(
        asks_from=date(2016, 3, 1)
    ),
    "collection_closes_after_due": lambda: Collection.objects.update(closing_working_days=1),
    "extension_unique_period": twice(extension),
    "extension_has_reason": lambda: extension(reason=""),
    "rule_has_sentence": lambda: Rule.objects.create(
        collection=Collection.objects.get(), sentence="", left=[], operator="=", right=[]
    ),
    "reminder_once": twice(reminder),
    "flag_unique": twice(flag),
    "flag_answered_at_and_by": lambda: flag(answered_at=NOW, answer="Because"),
    "flag_answer_has_words": lambda: flag(answered_at=NOW, answered_by=someone()),
    "import_profile_unique_name": copy(ImportProfile),
    "category_unique_slug": category_twice,
    "measure_denominator_fits_kind": measure(denominator_label=""),
    "measure_exact_people_need_reason": measure(disclosure="exact", disclosure_reason=""),
    "measure_multiplier_set": measure(multiplier=0),
    "measure_sensitive_is_protected": measure(sensitive=True),  # it shows exact numbers
    "measure_signal_length_known": measure(signal_length=8),
    "measure_retired_by_somebody_with_reason": measure(retired_at=NOW),
    "measureversion_denominator_fits_kind": version(denominator_label=""),
    "measureversion_exact_people_need_reason": version(disclosure="exact", disclosure_reason=""),
    "measureversion_multiplier_set": version(multiplier=0),
    "measureversion_sensitive_is_protected": version(
        sensitive=True, disclosure="exact", disclosure_reason="So it is"
    ),
    "measureversion_signal_length_known": version(signal_length=8),
    "measureversion_unique": twice(version(state="agreed", agreed_at=NOW)),
    "measureversion_one_open": lambda: (version(number=2)(), version(number=3)()),
    "measureversion_proposed_by_somebody": version(state="in_review"),
    "measureversion_agreed_by_another": version(
        state="agreed", agreed_at=NOW, agreed_by="analyst", proposed_at=NOW, proposed_by="analyst"
    ),
    "rebase_agreed_by_another": rebase(agreed_at=NOW, agreed_by="analyst", proposed_by="analyst"),
    "target_agreed_by_another": target(agreed_at=NOW, agreed_by="analyst", proposed_by="analyst"),
    "target_ends_after_start": lambda: Target.objects.update(to_date=date(2016, 3, 31)),
    "rebase_unique_period": rebase(times=2),
    "rebase_has_reason": rebase(reason=""),
    "upload_same_file_once": copy(Upload),
    "upload_checked_has_time": lambda: Upload.objects.update(checked_at=None),
    "submission_unique_version": copy(Submission),
    "submission_entered_at_and_by": submission(entered_by=None),
    "submission_submitted_at_and_by": submission(submitted_at=NOW),
    "submission_returned_at_and_by": submission(returned_by="rj1.approver"),
    "submission_approved_at_and_by": submission(
        **{**CHECKED, "approved_by": None}, state="approved"
    ),
    "submission_maker_is_not_checker": submission(
        **{**CHECKED, "approved_by": "rj1.contributor"}, state="approved"
    ),
    "submission_sent_has_sender": submission(state="submitted"),
    "submission_approved_has_approver": submission(**SENT, state="approved"),
    "submission_released_in_a_release": submission(**CHECKED, state="released"),
    "submission_returned_with_reason": submission(
        state="returned", returned_at=NOW, returned_by="rj1.approver"
    ),
    "submission_correction_has_reason": submission(**SENT, state="submitted", version=2),
    "observation_unique_cell": copy(Observation),
    "observation_numerator_not_negative": observation(numerator=-1),
    "observation_denominator_not_negative": observation(
        numerator=0, denominator=-1, proportion=False
    ),
    "observation_part_within_whole": observation(numerator=6, denominator=5),
    "observation_number_fits_status": observation(status="not_collected"),
    "release_published_at_and_by": lambda: release(state="published", published_at=NOW),
    "release_planned_at_and_by": lambda: release(planned_at=NOW),
    "release_approved_at_and_by": lambda: release(state="cancelled", **ENDED, approved_at=NOW),
    "release_maker_is_not_checker": lambda: release(
        state="scheduled",
        due_at=NOW,
        planned_at=NOW,
        planned_by="analyst",
        approved_at=NOW,
        approved_by="analyst",
    ),
    "release_scheduled_is_approved": lambda: release(state="scheduled", due_at=NOW),
    "release_ended_with_reason": lambda: release(state="cancelled"),
    "release_title_once_to_come": lambda: (release(), release(slug="b")),
    "correction_once": twice(correction),
    "early_reader_once": twice(early_reader),
    "early_reader_has_capacity": lambda: early_reader(capacity=""),
    "hold_ends_after_start": lambda: hold(last_day=date(2016, 3, 31)),
    "hold_has_reason": lambda: hold(reason=""),
    "hold_lifted_at_and_by": lambda: hold(lifted_at=NOW),
    "published_measure_once": twice(published),
    "published_cell_once": lambda: (of := published(), cell(of), cell(of)),
    "published_cell_hides_its_numbers": lambda: cell(published(), hidden="primary", numerator=3),
    "series_unique_part": series_twice,
    "series_one_part_at_a_time": series_of_two_parts,
}


def test_every_constraint_has_a_bad_row():
    assert set(BAD) == named("outcomes")


@pytest.mark.parametrize("constraint", BAD)
def test_database_refuses(rows, constraint):
    assert_refused(constraint, BAD[constraint])


def test_submission_approved_by_the_sender_who_did_not_enter_is_refused(rows):
    """Maker is whoever entered and whoever sent."""
    values = {**CHECKED, "entered_by": "analyst", "approved_by": "rj1.contributor"}
    assert_refused("submission_maker_is_not_checker", submission(**values, state="approved"))


def test_submission_draft_that_names_an_approver_is_refused(rows):
    bad = submission(approved_at=NOW, approved_by="rj1.approver")
    assert_refused("submission_approved_has_approver", bad)


def test_observation_without_a_number_but_with_a_value_is_refused(rows):
    assert_refused("observation_number_fits_status", observation(numerator=None))


@pytest.mark.parametrize("state", ["submitted", "approved", "released"])
def test_figure_that_is_unfinished_is_not_sent(rows, state):
    Observation.objects.update(status="unfinished", denominator=None)
    change = submission(**CHECKED, state=state)
    with pytest.raises(IntegrityError, match="unfinished is not sent"), transaction.atomic():
        change()


def test_figure_that_is_whole_is_not_unfinished(rows):
    assert_refused("observation_number_fits_status", observation(status="unfinished"))


def test_measure_count_with_a_denominator_is_refused(world):
    assert_refused("measure_denominator_fits_kind", measure(kind="count"))


def test_upload_of_all_partners_is_kept_once(world, send):
    """An empty organisation counts as the same organisation."""
    send(by="analyst", for_all=True)
    assert_refused("upload_same_file_once", copy(Upload))


@pytest.fixture
def released(rows):
    one = release(state="published", published_at=NOW, published_by=someone("analyst"))
    submission(**CHECKED, state="released", release=one)()
    return Submission.objects.get(state="released")


CHANGES = {
    "submission changed": lambda s: Submission.objects.filter(pk=s.pk).update(due_on=NOW),
    "submission deleted": lambda s: Submission.objects.filter(pk=s.pk)._raw_delete("default"),
    "observation changed": lambda s: s.observations.update(numerator=1),
    "observation deleted": lambda s: s.observations.all()._raw_delete("default"),
    "observation moved away": lambda s: s.observations.update(
        submission=Submission.objects.exclude(pk=s.pk).get()
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_trigger_keeps_what_is_released(released, change):
    with pytest.raises(Error), transaction.atomic():
        CHANGES[change](released)


def test_trigger_lets_drafts_change(rows):
    draft = rows.first()
    assert draft.observations.update(numerator=1) == 1
    assert Submission.objects.filter(pk=draft.pk).update(due_on=date(2026, 1, 1)) == 1


@pytest.mark.parametrize(
    "bad",
    [copy(Observation, submission_id=10**9), observation(submission=10**9)],
    ids=["added", "moved"],
)
def test_figure_belongs_to_a_submission_that_exists(rows, bad):
    """No foreign key tries this figure by figure; a trigger does, once for each statement."""
    with pytest.raises(IntegrityError, match="belongs to a submission"), transaction.atomic():
        bad()


@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET id = -id"])
def test_submission_of_figures_stays(rows, change):
    statement = change.format("outcomes_submission")
    with pytest.raises(IntegrityError, match="figures of this submission"), transaction.atomic():
        connection.cursor().execute(statement)
    assert rows.first().delete()  # with its figures, as Django does it
    assert Observation.objects.filter(submission__in=rows).count() == 1


@pytest.mark.django_db(transaction=True)
def test_submission_is_not_deleted_while_its_first_figure_is_stored(rows):
    """Two connections at once: whoever comes second waits, and is then refused."""
    figure, empty = Observation.objects.first(), rows.last()
    empty.observations.all().delete()
    figure.pk, figure.submission = None, empty
    refused = []

    def delete():
        try:
            Submission.objects.filter(pk=empty.pk)._raw_delete("default")
        except IntegrityError as error:
            refused.append(str(error))
        finally:
            connection.close()

    second = Thread(target=delete)
    with transaction.atomic():
        figure.save(force_insert=True)
        second.start()
        second.join(timeout=0.5)
        assert second.is_alive()  # it waits for us
    second.join()
    assert "figures of this submission" in refused[0]


@pytest.mark.parametrize("rows", [PublishedMeasure, PublishedCell])
def test_what_readers_saw_stays(world, rows):
    cell(published())
    every = rows.objects.all()
    for change in (lambda: every.update(id=0), lambda: every._raw_delete("default")):
        with pytest.raises(Error, match="Cannot update or delete rows"), transaction.atomic():
            change()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [NEVER])
        assert (rows._meta.db_table,) in cursor.fetchall()  # nor is it emptied at one stroke
