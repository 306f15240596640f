"""What approvers decide: with questions about single figures, and about many returns at once."""

from datetime import date
from decimal import Decimal

import pytest
from django.core import mail

from outcomes.actions import checks, entry, submissions
from outcomes.models import Flag, Observation, Rule, Submission
from outcomes.models.flags import value_of
from outcomes.models.submissions import State
from partners.models import StaffMembership
from tests.outcomes.world import GOOD, publish

pytestmark = pytest.mark.django_db
REASON = "May is too high"


def seen(*rows):
    return submissions.fingerprint(rows)


@pytest.fixture
def type_figure(world):
    """Types the figure of a month as a person would; returns the return as it is then."""

    def type_figure(numerator, denominator=100, *, period=date(2017, 1, 1), by="rj1.contributor"):
        person = world.person(by)
        draft = entry.begin(
            collection=world.collection, organisation=world.rj1, period=period, by=person
        )
        stored = draft.observations.first()
        entry.save_cell(
            submission=draft, measure=world.measure, place=None, category=None,
            numerator=Decimal(numerator), denominator=Decimal(denominator), status="value",
            note="", seen=entry.fingerprint(stored), by=person,
        )  # fmt: skip
        return Submission.objects.get(pk=draft.pk)

    return type_figure


@pytest.fixture
def send_typed(world, type_figure):
    def send_typed(numerator, **options):
        draft = type_figure(numerator, **options)
        submissions.submit(
            submissions=[draft], seen=seen(draft), by=world.person("rj1.contributor")
        )
        draft.refresh_from_db()
        return draft

    return send_typed


def return_marked(world, rows, marks, **options):
    return submissions.send_back(
        submissions=rows, seen=seen(*rows), reason=REASON, by=world.person("rj1.approver"),
        marks=marks, **options,
    )  # fmt: skip


def test_every_typed_save_changes_what_was_seen(world, type_figure):
    before = {seen(type_figure(number)) for number in range(50, 60)}
    assert len(before) == 10
    draft = type_figure(60)
    type_figure(61)
    with pytest.raises(submissions.Conflict, match="have changed"):
        submissions.submit(
            submissions=[draft], seen=seen(draft), by=world.person("rj1.contributor")
        )


def test_submit_refuses_while_something_is_open_and_says_how_much(world, type_figure):
    draft = type_figure(90)
    cell = draft.observations.get()
    value = value_of(cell.numerator, cell.denominator, cell.status)
    for about in ({}, {"measure": world.measure, "value": value}):
        Flag.objects.create(
            submission=draft, kind=Flag.Kind.ASKED, message="Is this right?", **about
        )
    by = world.person("rj1.contributor")
    with pytest.raises(submissions.Conflict, match="2 things still to look at"):
        submissions.submit(submissions=[draft], seen=seen(draft), by=by)
    for flag in draft.flags.all():
        checks.answer(flag=flag, answer="We counted twice.", by=by)
    assert submissions.submit(submissions=[draft], seen=seen(draft), by=by) == 1


def test_submit_looks_once_more_and_keeps_what_it_found(world, type_figure):
    """What was agreed or asked since the figures came in may speak against them now."""
    draft = type_figure(90)
    Rule.objects.create(
        collection=world.collection, sentence="Too many.", operator="<=", right=[{"number": 5}],
        left=[{"measure": world.measure.slug, "part": "numerator", "factor": 1}],
    )  # fmt: skip
    by = world.person("rj1.contributor")
    with pytest.raises(submissions.Conflict, match="1 thing still to look at"):
        submissions.submit(submissions=[draft], seen=seen(draft), by=by)
    assert draft.flags.get().message.startswith("Too many.")


def test_submit_refuses_first_figures_after_the_closing_day_but_not_from_analysts(
    world, type_figure
):
    draft = type_figure(90)
    world.collection.closing_working_days = 20
    world.collection.save()
    with pytest.raises(submissions.Conflict, match="January 2017 closed for new figures on"):
        submissions.submit(
            submissions=[draft], seen=seen(draft), by=world.person("rj1.contributor")
        )
    assert submissions.submit(submissions=[draft], seen=seen(draft), by=world.person("analyst"))


def test_what_was_sent_in_time_may_come_again_after_the_closing_day(world, send_typed):
    sent = send_typed(90)
    first = sent.first_sent_at
    return_marked(world, [sent], {})
    world.collection.closing_working_days = 20
    world.collection.save()
    sent = send_typed(80)
    assert (sent.state, sent.first_sent_at) == (State.SUBMITTED, first)
    assert sent.submitted_at > first


def test_marked_figures_become_questions_that_a_change_answers(world, send_typed, type_figure):
    sent = send_typed(90)
    cell = sent.observations.get()
    return_marked(world, [sent], {cell.pk: "Ninety of a hundred?"})
    flag = Flag.objects.get()
    assert (flag.kind, flag.weight, flag.message) == ("asked", "may", "Ninety of a hundred?")
    assert (flag.measure, flag.raised_by) == (world.measure, world.person("rj1.approver"))
    sent.refresh_from_db()
    with pytest.raises(submissions.Conflict, match="1 thing still"):
        submissions.submit(submissions=[sent], seen=seen(sent), by=world.person("rj1.contributor"))
    type_figure(80)
    flag.refresh_from_db()
    assert not flag.is_open
    assert "90/100 to 80/100" in flag.answer


def test_figures_that_were_right_may_come_again_with_an_answer(world, send_typed):
    sent = send_typed(90)
    return_marked(world, [sent], {sent.observations.get().pk: ""})
    flag, by = Flag.objects.get(), world.person("rj1.contributor")
    assert flag.message == REASON  # the reason for all stands where a figure has none of its own
    checks.answer(flag=flag, answer="We looked again: it is right.", by=by)
    sent.refresh_from_db()
    assert submissions.submit(submissions=[sent], seen=seen(sent), by=by) == 1
    return_marked(world, [Submission.objects.get()], {sent.observations.get().pk: "Still?"})
    assert Flag.objects.get().message == "Still?"


def test_only_returns_with_a_mark_go_back_when_asked_so(world, submitted):
    april, may = submitted.order_by("period")
    marks = {may.observations.get().pk: ""}
    assert return_marked(world, [april, may], marks, only_marked=True) == 1
    assert [s.state for s in world.submissions()] == [State.SUBMITTED, State.RETURNED]


def test_figures_of_others_cannot_be_marked(world, submitted, send):
    theirs = send(GOOD.replace("RJ1", "RJZ"), by="rjz.contributor").submissions.first()
    with pytest.raises(submissions.Conflict, match="have changed"):
        return_marked(world, list(submitted), {theirs.observations.get().pk: "Mine?"})
    assert not Flag.objects.exists()


def test_those_who_may_still_send_are_told_what_came_back(world, send_typed, type_figure):
    leaver = world.person("rjz.contributor")
    StaffMembership.objects.create(user=leaver, role="contributor", organisation=world.rj1)
    type_figure(70, by="rjz.contributor")
    sent = send_typed(90)
    leaver.is_active = False
    leaver.save()
    mail.outbox.clear()
    return_marked(world, [sent], {sent.observations.get().pk: "Ninety of a hundred?"})
    (message,) = mail.outbox
    assert message.to == ["rj1.contributor@example.org"]
    assert message.subject == "Sent back to you: A&E waiting times, January 2017"
    address = sent.get_absolute_url()
    for part in (REASON, "Ninety of a hundred?", "A&E: seen within 4 hours", address):
        assert part in message.body
    # Figures that are not published do not travel by mail.
    assert "90" not in message.body.replace(address, "")


def test_senders_are_told_of_approval_in_one_mail(world, submitted):
    mail.outbox.clear()
    submissions.approve(
        submissions=submitted, seen=seen(*submitted), by=world.person("rj1.approver")
    )
    (message,) = mail.outbox
    assert message.to == ["rj1.contributor@example.org"]
    assert "April 2016" in message.body
    assert "May 2016" in message.body


def test_whoever_typed_any_figure_is_not_its_approver(world, send_typed, type_figure):
    approver = world.person("rj1.approver")
    StaffMembership.objects.create(user=approver, role="contributor", organisation=world.rj1)
    type_figure(70, by="rj1.approver")
    sent = send_typed(90)
    with pytest.raises(submissions.Conflict, match="somebody else"):
        submissions.approve(submissions=[sent], seen=seen(sent), by=approver)
    with pytest.raises(submissions.Conflict, match="somebody else"):
        submissions.approve_together(seen={sent: seen(sent)}, by=approver)


def test_returns_without_flags_are_approved_together(world, submitted):
    april, may = submitted.order_by("period")
    by, both = world.person("rj1.approver"), {april: seen(april), may: seen(may)}
    with pytest.raises(submissions.Conflict, match="have changed"):
        submissions.approve_together(seen=both | {may: "old"}, by=by)
    flag = Flag.objects.create(submission=may, kind="changed", message="Up by half")
    with pytest.raises(submissions.Conflict, match=r"May 2016 has to be opened"):
        submissions.approve_together(seen=both, by=by)
    assert set(submitted.values_list("state", flat=True)) == {State.SUBMITTED}
    flag.delete()
    assert submissions.approve_together(seen=both, by=by) == 2
    with pytest.raises(submissions.Conflict, match=r"already “approved” \(rj1.approver\)"):
        submissions.approve_together(seen=both, by=by)


def test_corrections_are_never_approved_together(world, approved, send):
    publish(world, approved)
    drafts = send(GOOD.replace("11554", "12554")).submissions.all()
    submissions.submit(
        submissions=drafts, seen=seen(*drafts), by=world.person("rj1.contributor"),
        correction_reason="Late data",
    )  # fmt: skip
    row = Submission.objects.filter(state=State.SUBMITTED).first()
    with pytest.raises(submissions.Conflict, match="has to be opened"):
        submissions.approve_together(seen={row: seen(row)}, by=world.person("rj1.approver"))
    assert Observation.objects.count() == 4


def test_approval_of_what_went_back_and_came_again_needs_a_new_look(world, send_typed):
    """An approver's page from before must not approve over a colleague's open question."""
    draft = send_typed(90)
    page = seen(draft)
    return_marked(world, [draft], {})
    by = world.person("rj1.contributor")
    again = Submission.objects.get()
    submissions.submit(submissions=[again], seen=seen(again), by=by)
    with pytest.raises(submissions.Conflict, match="have changed"):
        submissions.approve(submissions=[draft], seen=page, by=world.person("rj1.approver"))
