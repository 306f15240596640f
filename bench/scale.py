"""A file of a million rows, sent to a real worker, beside PostgreSQL's COPY of the same cells."""

import contextlib
import os
import subprocess
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from celery import Celery
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from bench.portal import START, World, make_elsewhere, make_file, make_hospital
from bench.timing import Result, seconds
from bench.work import Desk
from jobs.models import Job, JobState
from outcomes.actions import uploads
from outcomes.models import Observation, Upload
from partners.models import Organisation
from slic_portal.run import BEHIND, commands

COLUMNS = """submission_id, measure_id, organisation_id, place_id, category_id, period, numerator,
    denominator, status, proportion, source_row"""
TEXT = """CREATE TEMPORARY TABLE as_text (
    period text, organisation text, place text, category text, measure text, numerator text,
    denominator text) ON COMMIT DROP"""
# The same table as Django makes it of a model that says nothing of constraints and indexes.
USUAL = """
    CREATE TABLE bench_usual (LIKE outcomes_observation INCLUDING ALL);
    ALTER TABLE bench_usual
        ADD FOREIGN KEY (submission_id) REFERENCES outcomes_submission
            DEFERRABLE INITIALLY DEFERRED,
        ADD FOREIGN KEY (measure_id) REFERENCES outcomes_measure DEFERRABLE INITIALLY DEFERRED,
        ADD FOREIGN KEY (organisation_id) REFERENCES partners_organisation
            DEFERRABLE INITIALLY DEFERRED,
        ADD FOREIGN KEY (place_id) REFERENCES partners_place DEFERRABLE INITIALLY DEFERRED,
        ADD FOREIGN KEY (category_id) REFERENCES outcomes_category DEFERRABLE INITIALLY DEFERRED;
    CREATE INDEX ON bench_usual (submission_id);
    CREATE INDEX ON bench_usual (measure_id);
    CREATE INDEX ON bench_usual (organisation_id);
    CREATE INDEX ON bench_usual (place_id);
    CREATE INDEX ON bench_usual (category_id)
"""
# Figures of other organisations in the same months, for the table to be large already.
OTHER_RETURNS = """
    INSERT INTO outcomes_submission (uuid, collection_id, organisation_id, period, version, state,
                                     due_on, return_reason, correction_reason)
    SELECT gen_random_uuid(), %(collection)s, %(organisation)s, day::date, 1, 'due', day::date,
           '', ''
      FROM generate_series(%(start)s::date, %(start)s + interval '83 months', '1 month') day
"""
OTHER_FIGURES = """
    INSERT INTO outcomes_observation (submission_id, measure_id, organisation_id, place_id,
                                      category_id, period, numerator, denominator, status,
                                      proportion)
    SELECT s.id, m.id, s.organisation_id, p.id, c.id, s.period, 4, 5, 'value', true
      FROM outcomes_submission s, outcomes_measure m, partners_place p,
           (SELECT id FROM outcomes_category UNION ALL SELECT NULL) c
     WHERE s.organisation_id = %(organisation)s
"""
LOOK_EVERY = 0.05  # seconds


def measure(world: World, rows: int, stored: list[int]) -> Iterator[Result]:
    """The file's way from claim to commit, with so many rows already in the table each time."""
    content = make_file(world, rows, [place.slug for place in world.places])
    desk = Desk(world)
    with tempfile.TemporaryDirectory() as folder, worker(Path(folder)) as (send, peaks):
        for already in sorted(stored):
            fill(world, already)
            peaks.clear()
            upload, ours = receive(world, content, send)
            yield from desk.measure(upload, already)
            cells = Path(folder) / "cells"
            least = seconds_of_copy(upload, cells)
            yield Result(
                f"{rows:,} rows, beside {already:,} stored",
                f"{ours:.1f} s, {rows / ours:,.0f} rows/s",
                f"COPY alone: {least:.1f} s, {rows / least:,.0f} rows/s",
                ours / least,
                " ".join(f"{name} {peak / 1024:.0f} MB" for name, peak in sorted(peaks.items())),
            )
            if already == min(stored):
                yield from beside(cells, content, rows, ours)
            forget(upload)


def receive(world: World, content: bytes, send: "Send") -> tuple[Upload, float]:
    """Sends the file and waits until the worker has stored it; returns how long that took."""
    upload, _ = uploads.receive(
        collection=world.collection,
        organisation=None,
        file=SimpleUploadedFile("bench.csv", content),
        by=world.sender,
    )
    job = Job.objects.of("outcomes.check_upload", f"upload:{upload.uuid}").get()
    send(str(job.id))
    while job.state in (JobState.QUEUED, JobState.RUNNING):
        time.sleep(0.2)
        job.refresh_from_db()
    upload.refresh_from_db()
    if upload.state != Upload.State.READY or not job.started_at or not job.finished_at:
        raise RuntimeError(f"The file was not stored: {upload.message or job.error}")
    return upload, (job.finished_at - job.started_at).total_seconds()


def seconds_of_copy(upload: Upload, cells: Path) -> float:
    """How long the same cells take into the same table, with its indexes, checks and triggers."""
    mine = Observation.objects.filter(submission__upload=upload)
    with cells.open("w") as file, connection.cursor() as cursor:
        chosen = cursor.mogrify(
            f"SELECT {COLUMNS} FROM outcomes_observation WHERE submission_id IN "  # noqa: S608
            "(SELECT id FROM outcomes_submission WHERE upload_id = %s) ORDER BY id",
            [upload.pk],
        ).decode()
        cursor.copy_expert(f"COPY ({chosen}) TO STDOUT", file)
    mine._raw_delete("default")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM outcomes_observation")
    return seconds(lambda: copy("outcomes_observation", COLUMNS, cells))


def copy(table: str, columns: str, cells: Path, options: str = "") -> None:
    with transaction.atomic(), connection.cursor() as cursor, cells.open() as file:
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN {options}", file)


def beside(cells: Path, content: bytes, rows: int, ours: float) -> Iterator[Result]:
    """What the table would cost as Django makes it without being told, and what plain text does."""
    with connection.cursor() as cursor:
        cursor.execute(USUAL)
        usual = seconds(lambda: copy("bench_usual", COLUMNS, cells))
        cursor.execute("DROP TABLE bench_usual")
    yield Result(
        "… beside a table with usual keys",
        f"{ours:.1f} s",
        f"COPY: {usual:.1f} s, {rows / usual:,.0f} rows/s",
        ours / usual,
        "every reference a foreign key",
    )
    source = cells.with_name("bench.csv")
    source.write_bytes(content)
    names = "period, organisation, place, category, measure, numerator, denominator"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TEXT)
        text = seconds(lambda: copy("as_text", names, source, "WITH (FORMAT csv, HEADER)"))
    yield Result(
        "… beside plain text",
        f"{ours:.1f} s",
        f"COPY: {text:.2f} s, {rows / text:,.0f} rows/s",
        ours / text,
        "a table of text, no index",
    )


def fill(world: World, wanted: int) -> None:
    """Brings the table to about that many rows, all of organisations elsewhere."""
    elsewhere = make_elsewhere(world)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        while Observation.objects.count() < wanted:
            values = {
                "collection": elsewhere.pk,
                "organisation": make_hospital(Organisation.objects.count()).pk,
                "start": START,
            }
            cursor.execute(OTHER_RETURNS, values)
            cursor.execute(OTHER_FIGURES, values)
        cursor.execute("VACUUM ANALYZE outcomes_observation")
        cursor.execute("VACUUM ANALYZE outcomes_submission")


def forget(upload: Upload) -> None:
    """Takes everything of the file away again."""
    Observation.objects.filter(submission__upload=upload)._raw_delete("default")
    upload.submissions.all().delete()
    upload.delete()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM outcomes_observation")


class Send:
    """Hands the id of a job to the worker, as the relay does."""

    def __init__(self, redis_url: str) -> None:
        self.app = Celery(broker=redis_url)

    def __call__(self, job_id: str) -> None:
        self.app.send_task("jobs.run", [job_id], queue="default")


@contextlib.contextmanager
def worker(folder: Path) -> Iterator[tuple[Send, dict[str, int]]]:
    """A worker as `make run` starts it, and the most memory (kB) of each kind of process."""
    redis_url = settings.REDIS_URL.rsplit("/", 1)[0] + "/6"
    database = os.environ["DATABASE_URL"]
    name = connection.settings_dict["NAME"]
    environment = (
        os.environ
        | BEHIND
        | {
            "DATABASE_URL": urlsplit(database)._replace(path=f"/{name}").geturl(),
            "REDIS_URL": redis_url,
            "VAR_DIR": str(settings.VAR_DIR),
        }
    )
    with (folder / "worker.log").open("w") as log:
        process = subprocess.Popen(
            commands(folder)["worker"], cwd=settings.BASE_DIR, env=environment, stdout=log,
            stderr=log,
        )  # fmt: skip
    try:
        with peaks_of(psutil.Process(process.pid)) as peaks:
            yield Send(redis_url), peaks
    finally:
        process.terminate()
        process.wait(timeout=60)


@contextlib.contextmanager
def peaks_of(parent: psutil.Process) -> Iterator[dict[str, int]]:
    """Collects the peaks of a process and its children meanwhile; nothing where not on Linux."""
    peaks: dict[str, int] = defaultdict(int)
    over = threading.Event()
    server = database_server()

    def look() -> None:
        while not over.wait(LOOK_EVERY):
            with contextlib.suppress(psutil.Error):
                peaks["worker's parent"] = peak_of(parent.pid)
                for each in parent.children(recursive=True):
                    name = "reader" if "outcomes.intake.extract" in each.cmdline() else "worker"
                    peaks[name] = max(peaks[name], peak_of(each.pid))
                for each in server.children() if server else []:
                    peaks["PostgreSQL"] = max(peaks["PostgreSQL"], own_memory_of(each.pid))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    yield peaks
    over.set()
    watcher.join()


def database_server() -> psutil.Process | None:
    """PostgreSQL's own process, when it runs on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(backend)
        return process.parent() if process.name() == "postgres" else None
    return None


def peak_of(process: int) -> int:
    """The most memory (kB) the process has held since its program began; 0 when it is gone."""
    return status_of(process, "VmHWM:")


def own_memory_of(process: int) -> int:
    """The memory (kB) of a server that it does not share with others, now."""
    return status_of(process, "RssAnon:")


def status_of(process: int, key: str) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith(key):
                return int(line.split()[1])
    return 0
