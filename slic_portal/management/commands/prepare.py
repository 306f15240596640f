import hashlib
import io
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = (
        "Brings the database and the static files up to date, and loads the demonstration into an "
        "empty portal. Progress goes to standard error; standard output is the sign-ins only."
    )

    requires_system_checks = ()  # they load every view, which costs each start some seconds

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("demonstration", help="the demonstration to load: slic or swl")

    def handle(self, *args: Any, **options: Any) -> None:
        demonstration = options["demonstration"]
        self.say("Bringing the database up to date ...")
        call_command("migrate", interactive=False, verbosity=0)
        self.say(f"Loading the demonstration “{demonstration}” if the portal is empty ...")
        call_command("demo", demonstration, if_empty=True, stdout=sys.stderr)
        self.collect_static_files()
        sign_ins = io.StringIO()
        call_command("demo", sign_ins=True, stdout=sign_ins)
        self.stdout.write(sign_ins.getvalue())

    def collect_static_files(self) -> None:
        """Collect, hash and compress them, unless they are those of the last time."""
        stamp = settings.VAR_DIR / "static.stamp"
        state = state_of_static_files()
        if stamp.exists() and stamp.read_text() == state and settings.STATIC_ROOT.exists():
            return
        self.say("Collecting the static files ...")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(state)

    def say(self, words: str) -> None:
        self.stderr.write(words, style_func=str)
        self.stderr.flush()


def state_of_static_files() -> str:
    """A digest of the name, size and time of every static file that would be collected."""
    lines = []
    for finder in get_finders():
        for name, storage in finder.list(["CVS", ".*", "*~"]):
            found = Path(storage.path(name)).stat()
            lines.append(f"{name} {found.st_size} {found.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
