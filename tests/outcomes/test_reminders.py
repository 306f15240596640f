"""Reminders: on their days, once, in one mail a day, to those who can do something about it."""

from datetime import date, datetime

import pytest
from django.core import mail
from django.utils import timezone

from jobs.registry import ON_TICK
from outcomes import tasks
from outcomes.actions import reminders
from outcomes.models import Reminder, Submission
from outcomes.models.submissions import State
from partners.models import StaffMembership
from tests.people import make_person

pytestmark = pytest.mark.django_db
# The return for September 2026 is due on Wednesday 21 October. Its reminder days are Wednesday
# 14 October (-5), Thursday 22 October (1) and Wednesday 28 October (5).
SEPTEMBER, DUE = date(2026, 9, 1), date(2026, 10, 21)


def at(day: int, hour: int = 9, month: int = 10) -> datetime:
    return timezone.make_aware(datetime(2026, month, day, hour))


@pytest.fixture
def owed(world) -> Submission:
    return owe(world)


def owe(world, **fields) -> Submission:
    given = {"collection": world.collection, "organisation": world.rj1, "period": SEPTEMBER}
    return Submission.objects.create(**given | {"due_on": DUE} | fields)


def remind(when: datetime) -> list[tuple[list[str], str]]:
    """Who is written to on that day, and what; the run is then one of that day."""
    noted = set(Reminder.objects.values_list("pk", flat=True))
    mail.outbox.clear()
    assert reminders.remind_due(when) == len(mail.outbox)
    Reminder.objects.exclude(pk__in=noted).update(sent_at=when)
    return sorted((letter.to, f"{letter.subject}\n{letter.body}") for letter in mail.outbox)


def test_reminders_go_out_on_their_days_and_once(owed):
    days = [day for day in range(1, 31) for hour in (0, 9, 10) if remind(at(day, hour))]
    assert days == [14, 22, 28]


def test_reminder_says_what_is_due_and_leads_to_my_work(owed):
    [(to, text)] = remind(at(14))
    assert to == ["rj1.contributor@example.org"]
    assert text.startswith("To send: A&E waiting times, September 2026\n")
    assert "A&E waiting times, Guy’s and St Thomas’, September 2026: by 21 October 2026" in text
    assert "/work/" in text
    [(_, text)] = remind(at(22))
    assert "they were due on 21 October 2026" in text


def test_nobody_is_reminded_of_what_was_sent(owed):
    Submission.objects.update(
        state=State.SUBMITTED, submitted_at=at(14), entered_at=at(14),
        submitted_by=make_person("x@example.org"), entered_by=make_person("y@example.org"),
    )  # fmt: skip
    assert remind(at(14)) == []


def test_after_a_standstill_one_mail_tells_it_all(world, owed):
    owe(world, period=date(2026, 8, 1), due_on=date(2026, 9, 21))
    world.collection.asks_from = date(2026, 8, 1)
    world.collection.save()
    [(_, text)] = remind(at(30))
    assert text.count("they were due on") == 2
    assert Reminder.objects.count() == 6
    assert remind(at(2, month=11)) == []


def test_one_person_gets_one_mail_a_day_for_all_organisations(world, owed):
    person = world.person("rj1.contributor")
    StaffMembership.objects.create(user=person, role="contributor", organisation=world.rjz)
    owe(world, organisation=world.rjz)
    assert [to for to, _ in remind(at(14))] == [
        ["rj1.contributor@example.org"],
        ["rjz.contributor@example.org"],
    ]
    owe(world, period=date(2026, 10, 1), due_on=date(2026, 10, 14))  # opened late, and due at once
    assert remind(at(14, 15)) == []
    assert len(remind(at(15))) == 1


def test_mail_also_names_what_has_no_reminder_of_its_own_today(world, owed):
    owe(world, period=date(2026, 10, 1), due_on=date(2026, 11, 20))
    [(_, text)] = remind(at(14))
    assert "October 2026: by 20 November 2026" in text
    assert Reminder.objects.get().period == SEPTEMBER


def test_long_lists_are_cut_with_a_word(world):
    world.collection.asks_from = date(2024, 1, 1)
    world.collection.save()
    for month in range(1, 13):
        for year in (2024, 2025):
            owe(world, period=date(year, month, 1), due_on=date(year, month, 28))
    [(_, text)] = remind(at(14))
    assert text.count("they were due on") == reminders.LISTED
    assert "- and 4 more" in text


def test_who_has_no_role_or_no_access_gets_no_mail_and_later_still_does(world, owed):
    person = world.person("rj1.contributor")
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    assert remind(at(14)) == []
    assert not Reminder.objects.exists()
    type(person).objects.filter(pk=person.pk).update(is_active=True)
    assert len(remind(at(15))) == 1


def test_what_has_closed_or_is_not_asked_for_is_not_reminded_of(world, owed):
    owe(world, period=date(2026, 8, 1), due_on=date(2026, 9, 21))
    world.collection.closing_working_days = 15
    world.collection.save()
    assert remind(at(22)) == []


def test_approvers_are_reminded_of_what_waits_long(world, owed):
    def send(when: datetime) -> None:
        sender = world.person("rj1.contributor")
        Submission.objects.update(
            state=State.SUBMITTED, submitted_at=when, entered_at=when,
            submitted_by=sender, entered_by=sender,
        )  # fmt: skip

    send(at(20))
    assert remind(at(22)) == []  # it has not waited long
    send(at(19))
    [(to, text)] = remind(at(22, 10))
    assert to == ["rj1.approver@example.org"]
    assert text.startswith("To approve: A&E waiting times, September 2026")


def test_returned_figures_are_named_as_such(world, owed):
    approver = world.person("rj1.approver")
    Submission.objects.update(
        state=State.RETURNED, returned_at=at(19), returned_by=approver, return_reason="Too high."
    )
    [(_, text)] = remind(at(22))
    assert "sent back to be put right" in text
    assert owed.get_absolute_url() in text


def test_of_two_runs_at_once_only_one_is_kept(owed, monkeypatch):
    """The second has looked before the first wrote, and fails on what that one wrote."""
    remind(at(14))
    Reminder.objects.update(sent_at=at(13))
    monkeypatch.setattr(reminders, "_days_to_note", lambda rows, today: {r: [-5] for r in rows})
    assert remind(at(14)) == []


def test_the_tick_reminds():
    assert tasks.remind_of_returns in ON_TICK
