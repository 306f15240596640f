"""Mail waits in the database: no request waits for a mail server, and none is lost with one.

So asking for a new password takes the same time whether the address is known or not, and what is
rolled back is not told to anybody.
"""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from jobs.actions import mails


class QueuedMail(BaseEmailBackend):
    """Takes messages where Django would send them; the queue “mail” sends them afterwards."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were taken. Their rows belong to the caller's transaction."""
        with_readers = [message for message in email_messages if message.recipients()]
        for message in with_readers:
            mails.queue(message=message)
        return len(with_readers)
