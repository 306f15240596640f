from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo.actions import demonstrations, people
from demo.catalogue import DEMONSTRATIONS
from partners.models import Partnership


class Command(BaseCommand):
    help = "Loads a demonstration with illustrative figures into an empty portal."

    def add_arguments(self, parser: CommandParser) -> None:
        names = ", ".join(f"{d.slug} ({d.name})" for d in DEMONSTRATIONS.values())
        parser.add_argument(
            "demonstration", nargs="?", choices=list(DEMONSTRATIONS), help=f"one of {names}"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where a partnership exists"
        )
        parser.add_argument(
            "--sign-ins", action="store_true", help="only print who can sign in, and how"
        )
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            help="load as on this day, such as 2026-11-21 (the figures of past months stay)",
        )
        parser.add_argument(
            "--i-know-this-is-illustrative",
            action="store_true",
            help="load outside development, too",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["sign_ins"]:
            self.print_sign_ins()
            return
        if not options["demonstration"]:
            raise CommandError(f"Say which demonstration to load: {' or '.join(DEMONSTRATIONS)}.")
        existing = Partnership.objects.current()
        if existing and options["if_empty"]:
            self.stdout.write(f"This portal already holds “{existing}”; nothing was loaded.")
            return
        if not settings.DEVELOPMENT and not options["i_know_this_is_illustrative"]:
            raise CommandError(
                "This is not a development portal, so invented figures and people would stand "
                "beside real ones. If you want that, for a portal that never holds anything real, "
                "add --i-know-this-is-illustrative."
            )
        self.load(options["demonstration"], options["today"] or timezone.localdate())

    def load(self, name: str, today: date) -> None:
        keys = people.PUBLIC if settings.DEVELOPMENT else people.fresh_secrets()
        try:
            demonstrations.load(content=DEMONSTRATIONS[name], today=today, keys=keys)
        except demonstrations.NotEmpty as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Loaded the demonstration “{DEMONSTRATIONS[name].name}”.")
        if not settings.DEVELOPMENT:
            self.stdout.write(
                "Everybody in it signs in with these two. Keep them: they are shown only now.\n"
                f"  Password: {keys.passphrase}\n"
                f"  Key for an authenticator app: {keys.authenticator_key}"
            )

    def print_sign_ins(self) -> None:
        """Prints nothing where there is no demonstration."""
        found = people.sign_ins()
        if not found:
            return
        lines = [
            ("Name", "Role", "E-mail"),
            *((s.name, f"{s.role}, {s.scope}", s.email) for s in found),
        ]
        widths = [max(len(line[column]) for line in lines) for column in range(3)]
        known = f", all with the password {people.PASSPHRASE}" if settings.DEVELOPMENT else ""
        self.stdout.write(f"Demonstration sign-ins{known}")
        for line in lines:
            cells = [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
            self.stdout.write("  " + "  ".join(cells).rstrip())
        if settings.DEVELOPMENT:
            self.stdout.write("The second step: the page that asks for the code shows it to you.")
        else:
            self.stdout.write("Password and second step: as told when it was loaded.")
