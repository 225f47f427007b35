"""How much may be uploaded: a file that is too long is cut off while it comes, and the form hears of it."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

MAX_BYTES = 64 * 1024 * 1024


class CappedUpload(TemporaryFileUploadHandler):
    """To a temporary file, and no further than ``MAX_BYTES``. ``request.is_upload_too_long`` tells the view."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received += len(raw_data)
        if self._received > MAX_BYTES:
            self.request.is_upload_too_long = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)
