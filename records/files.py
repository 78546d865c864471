"""Files people give us: accepted by content, kept under a random name, served as downloads."""

import hashlib
import io
import re
import struct
import uuid
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Protocol

import magic
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse

from records.models import ScanState, StoredFile
from records.refusals import FileRefused
from records.scanning import check_free, scan_of

PLAIN = "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
ACCEPTED = {
    ".pdf": {"application/pdf"},
    ".png": {"image/png"},
    ".jpg": {"image/jpeg"},
    ".jpeg": {"image/jpeg"},
    ".csv": {"text/csv", PLAIN},
    ".docx": {DOCX},
    ".xlsx": {XLSX},
}
KINDS = "PDF, Word (.docx), Excel (.xlsx), CSV, PNG or JPEG"
UNPACKED_MAX_BYTES = 200 * 1024 * 1024
# Every way in which the library refuses an archive that is spoilt or unknown to it, when its
# list is read and when a part is unpacked. An unknown way of packing is a RuntimeError too.
SPOILT_ARCHIVE = (
    *(zipfile.BadZipFile, RuntimeError, ValueError, OSError, EOFError),
    *(struct.error, zlib.error),
)


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
        content_type=check(upload),
        name=_safe_name(upload.name),
        size=upload.size,
        sha256=digest_of(upload),
    )


def check(upload: UploadedFile) -> str:
    """The file's content type when it may be kept; refuses by content, not by name."""
    suffix = suffix_of(upload.name)
    check_size(upload)
    if suffix not in ACCEPTED:
        raise FileRefused(f"{upload.name} is not one of the kinds we take: {KINDS}.")
    upload.seek(0)
    found: str | None = magic.from_buffer(upload.read(65536), mime=True)
    upload.seek(0)
    if suffix in {".docx", ".xlsx"}:
        found = _office_type(upload)
    if found not in ACCEPTED[suffix]:
        raise FileRefused(
            f"{upload.name} does not hold what its name says. Save it again as {KINDS}."
        )
    return found


def check_size(upload: UploadedFile) -> None:
    """Refuse a file that holds nothing, and one that is too large to be kept."""
    if not upload.size:
        raise FileRefused(f"{upload.name} is empty. Choose a file with something in it.")
    if upload.size > settings.UPLOAD_MAX_BYTES:
        limit = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
        raise FileRefused(f"{upload.name} is larger than {limit} MB. Send a smaller file.")


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
        content_type="application/octet-stream",
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


def suffix_of(name: str) -> str:
    """The end of a file's name, which says what it is saved as."""
    dot = name.rfind(".")
    return name[dot:].lower() if dot >= 0 else ""


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
    return stored


def _harmless(content: IO[bytes], facts: Named) -> FileResponse:
    response = FileResponse(
        content, as_attachment=True, filename=facts.name, content_type=facts.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def _safe_name(name: str) -> str:
    plain = name.replace("\\", "/").rsplit("/", 1)[-1]
    return re.sub(r"[^\w .()\-]", "_", plain)[-120:].lstrip(". ") or "file"


def _office_type(upload: UploadedFile) -> str | None:
    """Word or Excel without macros and within the unpacked limit, or None."""
    entries = packed_in(upload)
    names = {entry.filename for entry in entries}
    if any(name.endswith("vbaProject.bin") for name in names):
        return None
    if sum(entry.file_size for entry in entries) > UNPACKED_MAX_BYTES:
        return None
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None
