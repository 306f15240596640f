"""How much of a file that is being sent is written to disk at all."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class NoMoreThanAllowed(FileUploadHandler):
    """Stands before Django's own handlers and passes on no more than a little over the limit.

    Forms then see a file that is too large and say so; whatever else comes is read and forgotten.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.passed = 0
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.passed > settings.UPLOAD_MAX_BYTES:
            return None
        self.passed += len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handlers hold the file."""
