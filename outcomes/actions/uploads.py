"""What happens to a file a partner sends: received, checked, stored as drafts."""

import hashlib
import tempfile
import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.db.models.fields.files import FieldFile
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from accounts.authorization import require
from accounts.permissions import Permission
from jobs.actions import jobs
from jobs.models import Job
from outcomes.actions import checks
from outcomes.intake import checking, known, limited, loading, staging
from outcomes.intake.profiles import Mapping as Profile
from outcomes.intake.readers import AboutPeople, UnknownKind, Unreadable
from outcomes.models import Collection, ImportProfile, Problem, Submission, Upload
from outcomes.selectors import layouts
from partners.models import Organisation

MAX_PROBLEMS = 1000  # stored; all are counted
LONGEST_SHEET = 200
STEPS = 4  # to read, to check, to store, done
MANY_ROWS = 20_000  # so many take long enough to say that they are being stored
State = Upload.State


class TooMuch(Exception):  # noqa: N818 (what happened)
    """As much as one organisation may send at a time; the message says how to go on."""


def receive(
    *, collection: Collection, organisation: Organisation | None, file: UploadedFile, by: Any
) -> tuple[Upload, bool]:
    """Keeps the file and asks for its check; returns the upload and whether it is a new one.

    The same file again is answered with what became of it the first time, or checked again when
    nothing of it was kept. `organisation` is None for a file with the rows of all partners.
    Raises TooMuch.
    """
    _require(organisation, by)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    sha256 = digest.hexdigest()
    upload = _known(collection, organisation, sha256)
    if upload is None:
        upload = Upload(
            collection=collection,
            organisation=organisation,
            original_name=_clean_name(file.name or ""),
            size=file.size or 0,
            sha256=sha256,
            received_by=by,
        )
        try:
            with transaction.atomic():
                _check_room(upload)
                upload.file.save(upload.original_name, file, save=False)
                upload.save()
                _ask("outcomes.check_upload", upload, by)
            return upload, True
        except BaseException as error:
            upload.file.delete(save=False)  # without its row nobody would ever find it
            if not isinstance(error, IntegrityError):
                raise
            upload = _known(collection, organisation, sha256)
            if upload is None:
                raise  # it was not that somebody else sent the same file at the same moment
    if not upload.file:  # it was refused for details of people; somebody says it is none
        upload.file.save(upload.original_name, file)
    return upload, _recheck(upload=upload, by=by)


def check_again(*, upload: Upload, by: Any) -> bool:
    """Checks a file again of which nothing was kept; says whether it does."""
    _require(upload.organisation, by)
    return _recheck(upload=upload, by=by)


@transaction.atomic
def look_at(*, upload: Upload, sheet: str, by: Any) -> bool:
    """Asks for the first rows of a file, so that somebody can say what they mean."""
    _require(upload.organisation, by)
    return _start(
        "outcomes.look_at_upload", upload, by, first_look={"sheet": sheet[:LONGEST_SHEET]}
    )


def _check_room(upload: Upload) -> None:
    """Raises TooMuch. Whoever sends for the same organisation at the same moment waits."""
    owner: Any = upload.organisation or upload.collection
    type(owner).objects.select_for_update(no_key=True).get(pk=owner.pk)
    theirs = Upload.objects.filter(organisation=upload.organisation)
    waiting = theirs.filter(state=State.CHECKING).count()
    if waiting >= settings.UPLOAD_MAX_WAITING:
        raise TooMuch(
            f"{waiting} of your files are still being checked. Wait until they are done, and send "
            "this one then."
        )
    day = theirs.filter(received_at__gt=timezone.now() - timedelta(days=1))
    if (day.aggregate(Sum("size"))["size__sum"] or 0) + upload.size > settings.UPLOAD_BYTES_A_DAY:
        raise TooMuch(
            f"In 24 hours we take {filesizeformat(settings.UPLOAD_BYTES_A_DAY)} of files for one "
            "organisation. Send this one tomorrow, or only the rows in it that are new."
        )


def _recheck(*, upload: Upload, by: Any) -> bool:
    return _start("outcomes.check_upload", upload, by)


@transaction.atomic
def _start(kind: str, upload: Upload, by: Any, **changes: Any) -> bool:
    """Begins again with a file, unless something of it was kept or it is being read."""
    if Upload.objects.filter(pk=upload.pk, state=State.CHECKING).exists():
        return False  # whoever stores a long file holds its row: too long to wait for
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    kept = locked.submissions.exclude(state=Submission.State.RETURNED).exists()
    if kept or locked.state == State.CHECKING or not locked.file:
        return False
    locked.state, locked.checked_at = State.CHECKING, None
    for field, value in changes.items():
        setattr(locked, field, value)
    locked.save(update_fields=["state", "checked_at", *changes])
    _ask(kind, locked, by)
    upload.refresh_from_db()
    return True


def check(*, upload: Upload, job: Job) -> None:
    """Reads and checks the file; stores drafts when nothing is wrong. All of it or nothing."""
    if upload.state != State.CHECKING:
        return
    jobs.report_progress(job=job, done=1, total=STEPS, note="Reading the file")
    offered = layouts.to_read(upload)
    with tempfile.TemporaryDirectory() as folder:
        try:
            outcome, cells = limited.extract(
                Path(upload.file.path), offered, Path(folder), **_limits()
            )
        except UnknownKind as refusal:
            _keep_first_rows(upload, job, message=str(refusal))
        except Unreadable as refusal:
            _refuse(upload, job, refusal)
        else:
            note = f"Checking {outcome['rows_read']:,} rows"
            jobs.report_progress(job=job, done=2, total=STEPS, note=note)
            with transaction.atomic():
                upload.profile = _profile(upload, outcome["profile"], offered)
                _store(upload, outcome, cells, job)
                if upload.problem_count:
                    _ask("outcomes.mark_upload", upload, upload.received_by)
                jobs.confirm(job=job)


def look(*, upload: Upload, job: Job) -> None:
    """Keeps the first rows of the file, so that somebody can say what its columns mean."""
    if upload.state == State.CHECKING:
        jobs.report_progress(job=job, done=1, total=2, note="Reading the first rows")
        _keep_first_rows(upload, job, message="")


def mark(*, upload: Upload) -> None:
    """Makes the same file with a column that says what is wrong in each row.

    A file that was checked again meanwhile has other problems, and its own job for them.
    """
    if not upload.problem_count or upload.profile is None or not upload.file:
        return
    said: dict[int, list[str]] = {}
    for problem in upload.problems.filter(row__isnull=False):
        where = f"{problem.column}: " if problem.column else ""
        said.setdefault(problem.row or 0, []).append(f"{where}{problem.message}")
    problems = {row: " ".join(dict.fromkeys(messages)) for row, messages in said.items()}
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "marked"
        suffix = limited.mark(
            Path(upload.file.path),
            target,
            Path(folder),
            profile={"id": upload.profile_id, "mapping": upload.profile.mapping},
            problems=problems,
            **_limits(),
        )
        with target.open("rb") as file, transaction.atomic():
            locked = Upload.objects.select_for_update().get(pk=upload.pk)
            if locked.checked_at == upload.checked_at:
                locked.marked_file.save(f"marked{suffix}", File(file), save=False)
                locked.save(update_fields=["marked_file"])


def give_up(*, upload: Upload) -> None:
    """Says on the upload that it could not be checked, through no fault of the sender."""
    Upload.objects.filter(pk=upload.pk, state=State.CHECKING).update(
        state=State.FAILED,
        checked_at=timezone.now(),
        message="Something went wrong on our side. Your file is kept. Please send it again.",
    )


def _require(organisation: Organisation | None, by: Any) -> None:
    if organisation is None:
        require(by=by, permission=Permission.SUBMISSION_SEND_FOR_ALL, at=None)
    else:
        require(by=by, permission=Permission.SUBMISSION_SEND, at=organisation.pk)


def _limits() -> dict[str, Any]:
    return {
        "memory_bytes": settings.INTAKE_MEMORY_BYTES,
        "cpu_seconds": settings.INTAKE_CPU_SECONDS,
    }


def _profile(upload: Upload, found: Any, offered: list[dict[str, Any]]) -> ImportProfile:
    """The row of the layout that read the file; a known one is adopted by the collection."""
    if not str(found).startswith(layouts.KNOWN):
        return ImportProfile.objects.get(pk=found)
    profile = known.known(str(found).removeprefix(layouts.KNOWN))
    mapping = next(each["mapping"] for each in offered if each["id"] == found)
    adopted, _ = ImportProfile.objects.update_or_create(
        collection=upload.collection,
        organisation=upload.organisation if profile.asks else None,
        name=profile.name,
        retired_at=None,
        defaults={"mapping": mapping, "header": Profile.from_json(mapping).header},
    )
    return adopted


def _store(upload: Upload, outcome: Mapping[str, Any], cells: Path, job: Job) -> None:
    upload.problems.all().delete()
    Problem.objects.bulk_create(
        Problem(upload=upload, **problem) for problem in outcome["problems"]
    )
    staging.stage(upload, cells)
    checking.check(upload)
    upload.rows_accepted, upload.rows_of_others = checking.count_rows(upload)
    found = upload.problems.count()
    upload.problem_count = found + outcome["problem_count"] - len(outcome["problems"])
    upload.rows_read, upload.rows_not_needed = outcome["rows_read"], outcome["rows_not_needed"]
    upload.notes = [note["message"] for note in outcome["notes"]]
    _forget(upload.marked_file)
    upload.marked_file = ""
    upload.state, upload.message, upload.checked_at = State.REFUSED, "", timezone.now()
    if upload.problem_count:
        surplus = upload.problems.values_list("pk", flat=True)[MAX_PROBLEMS:]
        upload.problems.filter(pk__in=list(surplus)).delete()
    elif not upload.rows_accepted:
        upload.message = "The file was read, but no row in it is one this collection asks for."
    else:
        if upload.rows_accepted >= MANY_ROWS:
            note = f"No problems found. Storing {upload.rows_accepted:,} rows"
            jobs.report_from_within(job=job, done=3, total=STEPS, note=note)
        loading.load(upload, asked_by=job.created_by_id)
        upload.state = State.READY
    upload.save()
    if upload.state == State.READY:
        checks.review(submissions=upload.submissions.all())


def _keep_first_rows(upload: Upload, job: Job, *, message: str) -> None:
    sheet = (upload.first_look or {}).get("sheet", "")
    with tempfile.TemporaryDirectory() as folder:
        try:
            upload.first_look = limited.look(
                Path(upload.file.path), [], Path(folder), sheet=sheet, **_limits()
            )
        except Unreadable as refusal:
            _refuse(upload, job, refusal)
            return
    _conclude(upload, State.UNKNOWN, job, message=message)


def _refuse(upload: Upload, job: Job, refusal: Unreadable) -> None:
    """What holds details of people is not kept: only its name, size, checksum and the reason."""
    with transaction.atomic():
        if isinstance(refusal, AboutPeople):
            _forget(upload.file)
            _forget(upload.marked_file)
            upload.file, upload.marked_file, upload.first_look = "", "", None
        _conclude(upload, State.REFUSED, job, message=str(refusal))


def _forget(file: FieldFile) -> None:
    """Deletes the stored bytes once the row that named them has let go of them."""
    if file:
        name, storage = str(file.name), file.storage
        transaction.on_commit(lambda: storage.delete(name))


def _conclude(upload: Upload, state: str, job: Job, *, message: str) -> None:
    with transaction.atomic():
        upload.problems.all().delete()
        upload.state, upload.message, upload.checked_at = state, message, timezone.now()
        upload.rows_read = upload.rows_accepted = upload.problem_count = 0
        upload.profile, upload.notes = None, []
        upload.save()
        jobs.confirm(job=job)


def _ask(kind: str, upload: Upload, by: Any) -> None:
    jobs.enqueue(kind=kind, key=f"upload:{upload.uuid}", payload={"upload": upload.pk}, by=by)


def _known(collection: Collection, organisation: Organisation | None, sha256: str) -> Upload | None:
    return (
        Upload.objects.filter(collection=collection, organisation=organisation, sha256=sha256)
        .exclude(state=State.FAILED)
        .first()
    )


def _clean_name(name: str) -> str:
    """The name as people may see it again: no control characters, not endless."""
    visible = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    return visible[-200:] or "file"
