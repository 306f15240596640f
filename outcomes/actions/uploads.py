"""What happens to a file a partner sends: received, checked, stored as drafts."""

import hashlib
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.authorization import require
from accounts.permissions import Permission
from jobs.actions import jobs
from jobs.models import Job
from outcomes.intake import checking, limited, loading
from outcomes.intake.readers import Unreadable
from outcomes.models import Collection, Problem, Submission, Upload
from partners.models import Organisation

MAX_PROBLEMS = 1000  # stored; all are counted


def receive(
    *, collection: Collection, organisation: Organisation | None, file: UploadedFile, by: Any
) -> tuple[Upload, bool]:
    """Keeps the file and asks for its check; returns the upload and whether it is a new one.

    The same file again is answered with what became of it the first time, or checked again when
    nothing of it was kept. `organisation` is None for a file with the rows of all partners.
    """
    if organisation is None:
        require(by=by, permission=Permission.SUBMISSION_SEND_FOR_ALL, at=None)
    else:
        require(by=by, permission=Permission.SUBMISSION_SEND, at=organisation.pk)
    sha256 = hashlib.sha256(b"".join(file.chunks())).hexdigest()
    known = _known(collection, organisation, sha256)
    if known is None:
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
                upload.file.save(upload.original_name, file, save=False)
                upload.save()
                _ask_for_check(upload, by)
            return upload, True
        except BaseException as error:
            upload.file.delete(save=False)  # without its row nobody would ever find it
            if not isinstance(error, IntegrityError):
                raise
            known = _known(collection, organisation, sha256)
            if known is None:
                raise  # it was not that somebody else sent the same file at the same moment
    return known, _recheck(upload=known, by=by)


@transaction.atomic
def _recheck(*, upload: Upload, by: Any) -> bool:
    """Checks a file again of which nothing was kept; says whether it does."""
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    kept = locked.submissions.exclude(state=Submission.State.RETURNED).exists()
    if kept or locked.state == Upload.State.CHECKING:
        return False
    locked.state, locked.checked_at = Upload.State.CHECKING, None
    locked.save(update_fields=["state", "checked_at"])
    _ask_for_check(locked, by)
    upload.refresh_from_db()
    return True


def check(*, upload: Upload, job: Job) -> None:
    """Reads and checks the file; stores drafts when nothing is wrong. All of it or nothing."""
    if upload.state != Upload.State.CHECKING:
        return
    jobs.report_progress(job=job, done=1, total=3, note="Reading the file")
    profiles = list(upload.collection.import_profiles.values("id", "mapping"))
    with tempfile.TemporaryDirectory() as folder:
        try:
            outcome, cells = limited.extract(
                Path(upload.file.path),
                profiles,
                Path(folder),
                memory_bytes=settings.INTAKE_MEMORY_BYTES,
                cpu_seconds=settings.INTAKE_CPU_SECONDS,
            )
        except Unreadable as refusal:
            _conclude(upload, Upload.State.REFUSED, job, message=str(refusal))
            return
        jobs.report_progress(job=job, done=2, total=3, note="Checking every row")
        with transaction.atomic():
            _store(upload, outcome, cells)
            jobs.confirm(job=job)


def give_up(*, upload: Upload) -> None:
    """Says on the upload that it could not be checked, through no fault of the sender."""
    Upload.objects.filter(pk=upload.pk, state=Upload.State.CHECKING).update(
        state=Upload.State.FAILED,
        checked_at=timezone.now(),
        message="Something went wrong on our side. Your file is kept. Please send it again.",
    )


def _store(upload: Upload, outcome: dict[str, Any], cells: Path) -> None:
    upload.problems.all().delete()
    Problem.objects.bulk_create(
        Problem(upload=upload, **problem) for problem in outcome["problems"]
    )
    upload.profile_id = outcome["profile"]
    checking.stage(upload, cells)
    checking.check(upload)
    upload.rows_accepted, upload.rows_of_others = checking.count_rows(upload)
    found = upload.problems.count()
    upload.problem_count = found + outcome["problem_count"] - len(outcome["problems"])
    upload.rows_read, upload.rows_not_needed = outcome["rows_read"], outcome["rows_not_needed"]
    upload.state, upload.message, upload.checked_at = Upload.State.REFUSED, "", timezone.now()
    if upload.problem_count:
        surplus = upload.problems.values_list("pk", flat=True)[MAX_PROBLEMS:]
        upload.problems.filter(pk__in=list(surplus)).delete()
    elif not upload.rows_accepted:
        upload.message = "The file was read, but no row in it is one this collection asks for."
    else:
        loading.load(upload)
        upload.state = Upload.State.READY
    upload.save()


def _conclude(upload: Upload, state: str, job: Job, *, message: str) -> None:
    with transaction.atomic():
        upload.problems.all().delete()
        upload.state, upload.message, upload.checked_at = state, message, timezone.now()
        upload.rows_read = upload.rows_accepted = upload.problem_count = 0
        upload.save()
        jobs.confirm(job=job)


def _ask_for_check(upload: Upload, by: Any) -> None:
    jobs.enqueue(
        kind="outcomes.check_upload",
        key=f"upload:{upload.uuid}",
        payload={"upload": upload.pk},
        by=by,
    )


def _known(collection: Collection, organisation: Organisation | None, sha256: str) -> Upload | None:
    return (
        Upload.objects.filter(collection=collection, organisation=organisation, sha256=sha256)
        .exclude(state=Upload.State.FAILED)
        .first()
    )


def _clean_name(name: str) -> str:
    """The name as people may see it again: no control characters, not endless."""
    visible = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    return visible[-200:] or "file"
