"""The life of a mail: written with its cause, sent by a worker, its words forgotten."""

import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone

from jobs.actions import jobs
from jobs.models import Job, Mail
from jobs.registry import Refused

KIND = "jobs.send_mail"
REFUSED = "The mail server refused it"
TRY_AGAIN_AFTER = timedelta(minutes=10)
TRY_AGAIN_FOR = timedelta(days=2)  # no link in a mail of ours lives longer
KEEP_WORDS = timedelta(days=7)
KEEP_ROWS = timedelta(days=180)


@transaction.atomic
def queue(*, message: EmailMessage) -> Mail:
    """Writes the message and the job that sends it.

    Raises BadHeaderError for a line break in an address, a name or the subject, and ValueError for
    a message with attachments, which the queue would lose.
    """
    message.message()  # where Django refuses what would become another header
    if message.attachments:
        raise ValueError("Mail of the portal has no attachments.")
    alternatives = getattr(message, "alternatives", [])
    mail = Mail.objects.create(
        to=message.recipients(),
        sender=message.from_email,
        reply_to=list(message.reply_to),
        headers=dict(message.extra_headers),
        subject=str(message.subject),
        text=str(message.body),
        html=next((str(content) for content, kind in alternatives if kind == "text/html"), ""),
    )
    _enqueue(mail)
    return mail


def send(*, mail: Mail, job: Job) -> None:
    """Hands the mail to the mail server and forgets its words.

    Raises Refused when the server will never take it; any other failure is worth another try.
    """
    if mail.sent_at or not (mail.text or mail.html):
        return
    try:
        _message(mail).send()
    except smtplib.SMTPException as error:
        if _is_final(error):
            raise Refused(f"{REFUSED}: {error}") from error
        raise
    with transaction.atomic():
        mail.text = mail.html = mail.error = ""
        mail.sent_at, mail.failed_at = timezone.now(), None
        mail.save()
        jobs.confirm(job=job)


def note_failure(*, mail: Mail, error: str) -> None:
    """The row says why it is not sent. What will never be sent loses its words at once."""
    mail.failed_at, mail.error = timezone.now(), error
    if error.startswith(REFUSED):
        mail.text = mail.html = ""
    mail.save()


def try_again() -> int:
    """Queues what could not be sent while the mail server was away; returns how many."""
    now = timezone.now()
    waiting = Mail.objects.filter(
        sent_at__isnull=True,
        failed_at__lt=now - TRY_AGAIN_AFTER,
        created_at__gt=now - TRY_AGAIN_FOR,
    ).exclude(text="", html="")
    for mail in waiting:
        _enqueue(mail)
    return len(waiting)


def forget() -> None:
    """Erases words that were never sent after a week, and rows after half a year."""
    now = timezone.now()
    Mail.objects.filter(created_at__lt=now - KEEP_WORDS).exclude(text="", html="").update(
        text="", html="", error="It was not sent within seven days."
    )
    Mail.objects.filter(created_at__lt=now - KEEP_ROWS).delete()


def _enqueue(mail: Mail) -> None:
    jobs.enqueue(kind=KIND, key=f"mail:{mail.pk}", payload={"mail": str(mail.pk)})


def _message(mail: Mail) -> EmailMultiAlternatives:
    """The message for the real backend. Its receivers do not see each other."""
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        mail.sender,
        mail.to if len(mail.to) == 1 else [],
        bcc=mail.to if len(mail.to) > 1 else [],
        reply_to=mail.reply_to,
        headers=mail.headers,
        connection=get_connection(settings.MAIL_BACKEND),
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _is_final(error: smtplib.SMTPException) -> bool:
    """Whether the server said no (5xx), rather than not now (4xx) or nothing."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    no_to_this_mail = (smtplib.SMTPSenderRefused, smtplib.SMTPDataError)
    return isinstance(error, no_to_this_mail) and error.smtp_code >= 500
