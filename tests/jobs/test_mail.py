"""Mail is written down with its cause, sent by a worker, and its words are forgotten."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail as outgoing
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from django.core.mail.backends.locmem import EmailBackend as Memory
from django.db import IntegrityError, transaction
from django.utils import timezone

from jobs import tasks
from jobs.actions import mails
from jobs.models import Job, Mail

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(minutes=11)


class Away(Memory):
    """A mail server that does not answer."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("nobody listens there")


class Refusing(Memory):
    """A mail server that will never take mail for this address."""

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({"ann@example.org": (550, b"no such user")})


@pytest.fixture(autouse=True)
def queued(settings):
    settings.EMAIL_BACKEND = "jobs.mail.QueuedMail"
    settings.MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def send(subject="Set your password", to="ann@example.org"):
    return send_mail(subject, "https://portal/secret", "portal@example.org", [to])


def work_until_over():
    """All tries of the waiting job, as a worker makes them over a minute."""
    for _ in range(3):
        Job.objects.update(due_at=timezone.now() - timedelta(seconds=1))
        for job in Job.objects.publishable():
            tasks.run(str(job.id))


def test_mail_is_written_down_and_not_sent_by_the_request(run_jobs):
    assert send() == 1
    assert not outgoing.outbox
    assert Job.objects.get().queue == "mail"
    assert Mail.objects.get().text == "https://portal/secret"
    assert "secret" not in str(Job.objects.get().payload)


def test_worker_sends_it_once_and_forgets_its_words(run_jobs):
    send()
    job = Job.objects.get()
    run_jobs()
    tasks.run(str(job.id))  # the message came twice
    assert [m.body for m in outgoing.outbox] == ["https://portal/secret"]
    mail = Mail.objects.get()
    assert (mail.text, mail.html, mail.to) == ("", "", ["ann@example.org"])
    assert mail.subject == "Set your password"
    assert mail.sent_at


def test_both_forms_and_headers_arrive(run_jobs):
    message = EmailMultiAlternatives(
        "Hello", "plain", to=["a@example.org"], reply_to=["b@example.org"], headers={"X-Kind": "1"}
    )
    message.attach_alternative("<p>rich</p>", "text/html")
    message.send()
    run_jobs()
    [arrived] = outgoing.outbox
    assert (arrived.body, arrived.alternatives[0][0]) == ("plain", "<p>rich</p>")
    assert (arrived.reply_to, arrived.extra_headers) == (["b@example.org"], {"X-Kind": "1"})


def test_receivers_do_not_see_each_other(run_jobs):
    EmailMessage("Hello", "all", to=["a@example.org", "b@example.org"]).send()
    run_jobs()
    [arrived] = outgoing.outbox
    assert (arrived.to, arrived.bcc) == ([], ["a@example.org", "b@example.org"])


def test_mail_of_an_act_that_did_not_happen_is_not_sent(run_jobs):
    with pytest.raises(RuntimeError), transaction.atomic():
        send()
        raise RuntimeError("the act did not happen")
    assert run_jobs() == 0
    assert not Mail.objects.exists()


def test_mail_without_readers_is_no_mail():
    assert EmailMessage("Hello", "nobody", to=[]).send() == 0
    assert not Mail.objects.exists()


@pytest.mark.parametrize("strange", ["Hi\nBcc: eve@example.org", "Hi\r\nX: y", "Hi\rX: y"])
def test_line_breaks_make_no_headers(strange):
    with pytest.raises(BadHeaderError):
        send(subject=strange)
    with pytest.raises(BadHeaderError):
        EmailMessage("Hello", "x", strange + " <a@example.org>", ["b@example.org"]).send()
    assert not Mail.objects.exists()


def test_attachments_are_refused_rather_than_lost():
    message = EmailMessage("Hello", "x", to=["a@example.org"])
    message.attach("figures.csv", "1,2")
    with pytest.raises(ValueError, match="attachments"):
        message.send()


def test_mail_survives_a_mail_server_that_is_away(settings):
    settings.MAIL_BACKEND = f"{__name__}.Away"
    send()
    work_until_over()
    mail = Mail.objects.get()
    assert mail.failed_at
    assert mail.text, "its words are needed for the next try"
    assert "nobody listens" in mail.error
    assert mails.try_again() == 0  # not at once
    Mail.objects.update(failed_at=timezone.now() - LONG_AGO)
    settings.MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    tasks.look_after_mail()
    tasks.look_after_mail()
    work_until_over()
    assert len(outgoing.outbox) == 1
    assert Mail.objects.get().sent_at
    assert mails.try_again() == 0


def test_mail_that_the_server_refuses_is_not_tried_again(settings):
    settings.MAIL_BACKEND = f"{__name__}.Refusing"
    send()
    work_until_over()
    assert Job.objects.get().attempts == 1
    mail = Mail.objects.get()
    assert (mail.text, mail.sent_at) == ("", None)
    assert "no such user" in mail.error
    Mail.objects.update(failed_at=timezone.now() - LONG_AGO)
    assert mails.try_again() == 0


def test_old_words_are_erased_and_old_rows_go():
    send(), send()
    kept, gone = Mail.objects.all()
    Mail.objects.filter(pk=kept.pk).update(created_at=timezone.now() - timedelta(days=8))
    Mail.objects.filter(pk=gone.pk).update(created_at=timezone.now() - timedelta(days=181))
    send()
    mails.forget()
    assert Mail.objects.get(pk=kept.pk).text == ""
    assert not Mail.objects.filter(pk=gone.pk).exists()
    assert Mail.objects.exclude(text="").count() == 1


def test_database_keeps_no_words_of_sent_mail():
    send()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.update(sent_at=timezone.now())
