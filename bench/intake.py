"""Reading a file, and making series of what it brings."""

import csv
import tempfile
import zipfile
from collections import deque
from pathlib import Path

import psutil
import xlsxwriter
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from bench.portal import World
from bench.scale import peaks_of
from bench.timing import Result, seconds
from demo.profiles import PORTAL_LAYOUT
from jobs import tasks
from jobs.models import Job
from outcomes.actions import publication, releases, series, submissions, uploads
from outcomes.intake import limited
from outcomes.models import Submission, Upload
from outcomes.models.releases import Edition


def store(world: World, content: bytes) -> None:
    """Brings the figures of a file, here and now."""
    upload, _ = uploads.receive(
        collection=world.collection,
        organisation=None,
        file=SimpleUploadedFile("bench.csv", content),
        by=world.sender,
    )
    job = Job.objects.of("outcomes.check_upload", f"upload:{upload.uuid}").get()
    tasks.run(str(job.id))
    upload.refresh_from_db()
    if upload.state != Upload.State.READY:
        raise RuntimeError(f"The file was not stored: {upload.message or job.error}")


def measure_reading(content: bytes) -> Result:
    """The reader in its limited process, beside splitting the same lines into cells."""
    lines = content.decode().splitlines()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "bench.csv"
        source.write_bytes(content)
        ours, peak = read(source)
    least = seconds(lambda: deque(csv.reader(lines), maxlen=0))
    return Result(
        f"CSV of {len(lines) - 1:,} rows read",
        f"{ours:.1f} s",
        f"splitting lines alone: {least:.2f} s",
        ours / least,
        f"reader {peak} MB",
    )


def measure_workbook(content: bytes) -> Result:
    """The same for an XLSX file, beside unpacking its XML."""
    lines = content.decode().splitlines()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "bench.xlsx"
        write_workbook(source, lines)
        ours, peak = read(source)
        with zipfile.ZipFile(source) as archive:
            least = seconds(lambda: [archive.read(name) for name in archive.namelist()])
    return Result(
        f"XLSX of {len(lines) - 1:,} rows read",
        f"{ours:.1f} s",
        f"unpacking alone: {least:.2f} s",
        ours / least,
        f"reader {peak} MB",
    )


def write_workbook(target: Path, lines: list[str]) -> None:
    with xlsxwriter.Workbook(target, {"strings_to_numbers": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(csv.reader(lines)):
            sheet.write_row(number, 0, line)


def read(source: Path) -> tuple[float, int]:
    """Reads a file as a worker does: seconds, and the reader's peak in MB."""
    profiles = [{"id": 1, "mapping": PORTAL_LAYOUT.mapping}]
    limits = {
        "memory_bytes": settings.INTAKE_MEMORY_BYTES,
        "cpu_seconds": settings.INTAKE_CPU_SECONDS,
    }
    work = source.parent
    with peaks_of(psutil.Process()) as peaks:
        taken = seconds(lambda: limited.extract(source, profiles, work, **limits))
    return taken, peaks["reader"] // 1024


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
    drafts = Submission.objects.filter(collection=world.collection, upload__isnull=False)
    submissions.submit(submissions=drafts, seen=submissions.fingerprint(drafts), by=world.sender)
    sent = list(drafts.all())
    submissions.approve(submissions=sent, seen=submissions.fingerprint(sent), by=world.approver)
    release = releases.plan(
        partnership=world.partnership,
        title="Bench",
        collections=[world.collection],
        by=world.sender,
    )
    publication.make_public(release=release, at=timezone.now(), by=world.sender)
