import logging
import signal
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections

from jobs import relay

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Hands the ids of waiting jobs to Celery until it is told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        stopping: list[int] = []
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda number, frame: stopping.append(number))
        while not stopping:
            try:
                relay.run_forever(lambda: bool(stopping))
            except Error as error:
                logger.warning("The database does not answer (%s); trying again.", error)
                close_old_connections()
                time.sleep(relay.PAUSE)
