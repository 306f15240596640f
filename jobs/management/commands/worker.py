import logging
import os
import sys
from typing import Any

from celery import current_app
from django.core.management.base import BaseCommand, CommandParser

QUEUES = "default,reports,mail"


class Command(BaseCommand):
    help = "Does the work that jobs describe, until it is told to stop."
    # `migrate` has made the checks. Without them, and without Celery's command line, which loads
    # every command it has, a worker holds 30 MB less.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--queues", default=QUEUES, help=f"Which queues to serve ({QUEUES}).")
        parser.add_argument("--concurrency", type=int, default=2, help="How many jobs at once (2).")

    def handle(self, *args: Any, queues: str, concurrency: int, **options: Any) -> None:
        os.environ["CELERY_SKIP_CHECKS"] = "true"
        worker = current_app.Worker(
            queues=queues,
            concurrency=concurrency,
            loglevel=logging.INFO,
            without_gossip=True,  # no worker needs to know of another: PostgreSQL is the truth
            without_mingle=True,
        )
        worker.start()
        sys.exit(worker.exitcode)
