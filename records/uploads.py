"""Files on their way in: held in memory, so that nothing of them lies on a disk in the clear.

Django would write what is larger than 2.5 MB into a temporary file, where it can be read while it
is there, and often after.
"""

import io

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

# Of all the files of one request; so many are held at once, whoever sends them.
MOST_TOGETHER = 5


class LeftOut(InMemoryUploadedFile):
    """A file that was sent with too many others, and of which nothing is held."""


class HeldInMemory(FileUploadHandler):
    """Holds what may be kept. Of what is too large, only how large it is."""

    def __init__(self, request=None):
        super().__init__(request)
        self.together = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.held = io.BytesIO()
        self.kind = InMemoryUploadedFile

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) > settings.UPLOAD_MAX_BYTES:
            self._let_go(InMemoryUploadedFile)
        elif self.together + len(raw_data) > most_together():
            self._let_go(LeftOut)
        elif self.held.tell() == start:
            self.together += len(raw_data)
            self.held.write(raw_data)

    def file_complete(self, file_size):
        self.held.seek(0)
        return self.kind(
            file=self.held,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def _let_go(self, kind):
        self.together -= self.held.tell()
        self.held, self.kind = io.BytesIO(), kind


def most_together() -> int:
    """How many bytes of files are taken in one request."""
    return MOST_TOGETHER * settings.UPLOAD_MAX_BYTES
