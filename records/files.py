"""Files people give us: accepted by content, kept under a random name, served as downloads."""

import hashlib
import io
import uuid
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Protocol

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse

from records.accepting.archives import SPOILT_ARCHIVE
from records.accepting.kinds import ACCEPTED, KINDS, type_of
from records.accepting.names import safe_name, suffix_of
from records.accepting.office import XLSX
from records.models import SEALED, ScanState, StoredFile
from records.refusals import FileRefused, Unfit
from records.scanning import check_free, scan_later, scan_of
from records.uploads import LeftOut, most_together

# What other apps ask for here, wherever it is written.
__all__ = [
    "ACCEPTED",
    "CSV",
    "KINDS",
    "SPOILT_ARCHIVE",
    "XLSX",
    "Facts",
    "FileRefused",
    "as_download",
    "check",
    "check_size",
    "digest_of",
    "facts_of",
    "keep",
    "keep_sealed",
    "made_download",
    "packed_in",
    "sealed_download",
    "suffix_of",
]

CSV = "text/csv; charset=utf-8"


class Named(Protocol):
    """Anything that says how a file is called and what it holds."""

    @property
    def name(self) -> str: ...
    @property
    def content_type(self) -> str: ...


@dataclass(frozen=True)
class Facts:
    """What is known of a file as its sender sent it."""

    name: str
    content_type: str
    size: int
    sha256: str


def facts_of(upload: UploadedFile) -> Facts:
    """What is known of a file that may be kept; refuses it by its content."""
    return Facts(
        content_type=_type_of(upload),
        name=safe_name(upload.name),
        size=upload.size,
        sha256=digest_of(upload),
    )


def check(upload: UploadedFile) -> str:
    """The file's content type when it may be kept; refuses by content, and by the scanner."""
    found = _type_of(upload)
    scan_of(upload)
    return found


def _type_of(upload: UploadedFile) -> str:
    check_size(upload)
    name = safe_name(upload.name)
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    try:
        return type_of(name, content)
    except Unfit as why:
        raise FileRefused(f"{name} {why}") from None


def check_size(upload: UploadedFile) -> None:
    """Refuse a file that holds nothing, and one that is too large to be kept."""
    name = safe_name(upload.name)
    if not upload.size:
        raise FileRefused(f"{name} is empty. Choose a file with something in it.")
    if upload.size > settings.UPLOAD_MAX_BYTES:
        limit = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
        raise FileRefused(f"{name} is larger than {limit} MB. Send a smaller file.")
    if isinstance(upload, LeftOut):
        limit = most_together() // (1024 * 1024)
        raise FileRefused(
            f"{name} was not taken, because files sent together may come to {limit} MB. Send it "
            "by itself."
        )


def packed_in(upload: UploadedFile) -> list[zipfile.ZipInfo]:
    """What an archive lists; nothing where it is spoilt, or no archive."""
    try:
        with zipfile.ZipFile(upload) as archive:
            return archive.infolist()
    except SPOILT_ARCHIVE:
        return []
    finally:
        upload.seek(0)


def keep(*, upload: UploadedFile, by: Any, at: datetime) -> StoredFile:
    """Check a file and store it, readable as it is, under a random name."""
    facts = facts_of(upload)
    scan = scan_of(upload)
    upload.seek(0)
    return _store(upload, facts, scan=scan, by=by, at=at)


def keep_sealed(*, content: bytes, scan: ScanState, by: Any, at: datetime) -> StoredFile:
    """Store a file that was sealed. The row tells nothing of what the file says or is called.

    `scan` is what the scanner said of it before it was sealed.
    """
    facts = Facts(
        name="sealed",
        content_type=SEALED,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return _store(ContentFile(content), facts, scan=scan, by=by, at=at)


def digest_of(upload: UploadedFile) -> str:
    """SHA-256 over a file as it was sent."""
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def as_download(stored: StoredFile) -> FileResponse:
    """Serve a file so that no browser runs or shows it in our name; refuses one that is held."""
    check_free(stored)
    return _harmless(stored.file.open("rb"), stored)


def sealed_download(*, content: bytes, facts: Named, stored: StoredFile) -> FileResponse:
    """Serve what was unsealed from a stored file, in the same way."""
    check_free(stored)
    return _harmless(io.BytesIO(content), facts)


def made_download(content: bytes, *, name: str, content_type: str) -> FileResponse:
    """Serve what was just made, so that no browser shows it in our name and no cache keeps it."""
    file = io.BytesIO(content)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _store(content: File, facts: Facts, *, scan: ScanState, by: Any, at: datetime) -> StoredFile:
    stored = StoredFile(
        name=facts.name,
        content_type=facts.content_type,
        size=facts.size,
        sha256=facts.sha256,
        stored_by_id=by.pk,
        stored_at=at,
        scan_state=scan,
        scanned_at=at if scan == ScanState.CLEAN else None,
    )
    stored.file.save(uuid.uuid4().hex, content, save=False)
    stored.save()
    if scan == ScanState.WAITING:
        scan_later(stored, at)
    return stored


def _harmless(content: IO[bytes], facts: Named) -> FileResponse:
    response = FileResponse(
        content, as_attachment=True, filename=facts.name, content_type=facts.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
