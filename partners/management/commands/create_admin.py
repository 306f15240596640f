"""manage.py create_admin: the first way in, from the server itself."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify

from partners.actions import invitations
from partners.actions.staff import Refused
from partners.models import Partnership

NOTHING_YET = (
    "There is no partnership yet. Say what it is called, for example:\n"
    '  manage.py create_admin name@example.org --name "South London Partnership"'
)


class Command(BaseCommand):
    help = (
        "Prints a link with which an administrator sets up their account. Run again for a new one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the person's e-mail address")
        parser.add_argument("--name", help="what the partnership is called, when there is none yet")
        parser.add_argument(
            "--starts-on",
            type=date.fromisoformat,
            help="the partnership's first day, such as 2026-04-01; today unless told",
        )

    def handle(
        self, *args: Any, email: str, name: str | None, starts_on: date | None, **options: Any
    ) -> None:
        try:
            with pghistory.context(command="create_admin"), transaction.atomic():
                partnership = Partnership.objects.current() or _begin(name, starts_on)
                invitation, link = invitations.invite_administrator(
                    email=email, partnership=partnership
                )
        except Refused as refused:
            raise CommandError(str(refused)) from None
        except ProgrammingError as error:
            raise CommandError(
                f"The database is not prepared yet. Run `manage.py migrate` first. ({error})"
            ) from error
        until = date_format(timezone.localtime(invitation.expires_at), "j F Y, H:i")
        self.stdout.write(
            f"{invitation.email} can become an administrator of {partnership} with this link.\n"
            f"It works once, until {until}. An older link no longer works.\n\n{link}"
        )


def _begin(name: str | None, starts_on: date | None) -> Partnership:
    if not (name and slugify(name)):
        raise CommandError(NOTHING_YET)
    return Partnership.objects.create(
        slug=slugify(name)[:50],
        name=name,
        short_name=name[:40],
        strapline="We work together.",
        about="The partnership has not written about itself yet.",
        starts_on=starts_on or timezone.localdate(),
    )
