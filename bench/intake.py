"""A large file on the portal's own way, beside PostgreSQL's COPY of the same cells alone."""

import contextlib
import csv
import io
import tempfile
import threading
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from bench.portal import World
from bench.timing import Result, seconds
from jobs import tasks
from jobs.models import Job
from outcomes.actions import releases, series, submissions, uploads
from outcomes.intake import limited
from outcomes.models import Observation, Submission, Upload
from outcomes.models.releases import Edition

COLUMNS = """submission_id, measure_id, organisation_id, place_id, category_id, period, numerator,
    denominator, status, proportion, source_row"""
LOOK_EVERY = 0.02  # seconds


def measure(world: World, content: bytes) -> Result:
    """Reads, checks and stores a file as a worker does.

    What is timed begins with the claim of the job and ends with the commit.
    """
    upload, _ = uploads.receive(
        collection=world.collection,
        organisation=None,
        file=SimpleUploadedFile("bench.csv", content),
        by=world.sender,
    )
    job = Job.objects.of("outcomes.check_upload", f"upload:{upload.uuid}").get()
    ours = seconds(lambda: tasks.run(str(job.id)))
    upload.refresh_from_db()
    if upload.state != Upload.State.READY:
        raise RuntimeError(f"The file was not stored: {upload.message or job.error}")
    least = seconds_of_copy()
    stored = Observation.objects.count()
    return Result(
        f"File of {stored:,} rows stored",
        f"{ours:.1f} s, {stored / ours:,.0f} rows/s",
        f"COPY alone: {least:.1f} s, {stored / least:,.0f} rows/s",
        ours / least,
        "claimed to committed",
    )


def measure_reading(world: World, content: bytes) -> Result:
    """The reader in its limited process, beside splitting the same lines into cells."""
    profiles = list(world.collection.import_profiles.values("id", "mapping"))
    with tempfile.TemporaryDirectory() as folder, peak_memory_of_children() as peak:
        source = Path(folder) / "bench.csv"
        source.write_bytes(content)
        limits = {
            "memory_bytes": settings.INTAKE_MEMORY_BYTES,
            "cpu_seconds": settings.INTAKE_CPU_SECONDS,
        }
        ours = seconds(lambda: limited.extract(source, profiles, Path(folder), **limits))
    lines = content.decode().splitlines()
    least = seconds(lambda: deque(csv.reader(lines), maxlen=0))
    return Result(
        f"… of that: {len(lines) - 1:,} rows read",
        f"{ours:.1f} s",
        f"splitting lines alone: {least:.2f} s",
        ours / least,
        f"reader's peak: {max(peak) / 1024:.0f} MB" if peak else "",
    )


def seconds_of_copy() -> float:
    """How long the same cells take into the same empty table, with its indexes and checks."""
    cells = io.StringIO()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.copy_expert(f"COPY outcomes_observation ({COLUMNS}) TO STDOUT", cells)
        cells.seek(0)
        cursor.execute("TRUNCATE outcomes_observation")

        def copy() -> None:
            cursor.copy_expert(f"COPY outcomes_observation ({COLUMNS}) FROM STDIN", cells)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # references are checked here

        least = seconds(copy)
        transaction.set_rollback(True)
    return least


@contextlib.contextmanager
def peak_memory_of_children() -> Iterator[list[int]]:
    """Collects the peaks (kB) of this process's children meanwhile; nothing where not on Linux."""
    peaks: list[int] = []
    over = threading.Event()

    def look() -> None:
        while not over.wait(LOOK_EVERY):
            for children in Path("/proc/self/task").glob("*/children"):
                for child in children.read_text().split():
                    peaks.extend(peak_of(child))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    yield peaks
    over.set()
    watcher.join()


def peak_of(process: str) -> list[int]:
    """The most memory (kB) the process has held since its program began; empty when it is gone."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return [int(line.split()[1])]
    return []


def measure_series(world: World) -> Result:
    """Publishes the file and builds both editions of a measure, beside doing it again."""
    publish(world)
    first, *others = world.measures
    count = 0

    def build() -> None:
        nonlocal count
        for edition in Edition:
            count += series.build(measure=first, edition=edition)

    first_time, again = seconds(build), seconds(build)
    for each in others:
        series.build(measure=each, edition=Edition.PUBLIC)
    count //= 2
    return Result(
        f"{count} series of a measure built",
        f"{first_time:.1f} s, {first_time / count * 1000:.0f} ms each",
        f"again, unchanged: {again:.1f} s",
        first_time / again,
        "with three drawings each",
    )


def publish(world: World) -> None:
    """Takes all drafts through every state."""
    drafts = Submission.objects.filter(collection=world.collection)
    submissions.submit(submissions=drafts, seen=submissions.fingerprint(drafts), by=world.sender)
    sent = list(drafts.all())
    submissions.approve(submissions=sent, seen=submissions.fingerprint(sent), by=world.approver)
    agreed = list(drafts.all())
    releases.publish(
        partnership=world.partnership,
        title="Bench",
        submissions=agreed,
        seen=submissions.fingerprint(agreed),
        by=world.sender,
    )
