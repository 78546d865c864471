"""Viruses: what the scanner says of a file, and who may have the file meanwhile.

Without a scanner every file is kept as not checked, and UNSCANNED_FILES decides whether it may
be had. With one, a file that it cannot be asked about waits, and nobody has it until it was.
What the scanner stops while it is being sent is not kept; what it stops later stays for good.
"""

import logging
from datetime import datetime
from uuid import UUID
from weakref import WeakKeyDictionary

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import UploadedFile
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string

from records import audit, clamd, jobs
from records.accepting.names import safe_name
from records.models import Job, JobState, ScanState, StoredFile
from records.refusals import FileHeld, FileRefused

logger = logging.getLogger(__name__)
# Who scans a file later. What is sealed, only those can scan who can unseal it.
SCAN, SCAN_SEALED = "records.tasks.scan_file", "bids.tasks.scan_sealed_file"
# At a try every half minute or so, the scanner may be away for hours.
ATTEMPTS = 500
SENT_AT_ONCE = 500
# What ClamAV says when it could not look inside, as docs/operating.md advises to set it.
COULD_NOT_LOOK = ("Heuristics.Encrypted", "Heuristics.Limits.Exceeded")
ADVICE = {
    True: "could not be looked through by the virus scanner. Take off any password, make it "
    "smaller or simpler, and send that.",
    False: "was stopped by the virus scanner and was not kept. Scan your computer, make the file "
    "anew on a clean one, and send that.",
}
# A form asks about a file, and then an action does: what was said lasts as long as the upload.
_said: WeakKeyDictionary[UploadedFile, ScanState] = WeakKeyDictionary()


def scan_of(upload: UploadedFile) -> ScanState:
    """What the scanner says of a file that is being sent; refuses what it stops."""
    if upload not in _said:
        upload.seek(0)
        content = upload.read()
        upload.seek(0)
        _said[upload] = _first_word_on(content, safe_name(upload.name))
    return _said[upload]


def check_free(stored: StoredFile) -> None:
    """Refuse to hand out a file that may do harm."""
    if stored.scan_state == ScanState.INFECTED:
        raise FileHeld(
            "The virus scanner stopped this file, so nobody can open it. Ask whoever sent it for "
            "another copy."
        )
    if stored.scan_state == ScanState.WAITING:
        raise FileHeld("This file is still being checked for viruses. Try again in a few minutes.")
    if stored.scan_state == ScanState.UNSCANNED and settings.UNSCANNED_FILES != "warn":
        raise FileHeld(
            "This file has not been checked for viruses, and this site hands out no such file. "
            "Ask the people who run it to set up a virus scanner."
        )


def scan_later(stored: StoredFile, at: datetime) -> None:
    """Have a file scanned by a worker, as often as it takes."""
    jobs.enqueue(
        task=SCAN_SEALED if stored.is_sealed else SCAN,
        subject_id=stored.pk,
        at=at,
        attempts_allowed=ATTEMPTS,
    )


def send_unsettled(at: datetime) -> int:
    """Have everything scanned that no worker is about to scan; says how many files.

    That is what waited longer than its job, and what was kept before there was a scanner.
    """
    if not settings.CLAMD:
        return 0
    busy = Job.objects.filter(
        task__in=(SCAN, SCAN_SEALED),
        subject_id=OuterRef("pk"),
        state__in=(JobState.WAITING, JobState.RUNNING),
    )
    unsettled = StoredFile.objects.filter(
        ~Exists(busy), scan_state__in=(ScanState.WAITING, ScanState.UNSCANNED)
    )
    sent = list(unsettled.order_by("stored_at")[:SENT_AT_ONCE])
    for stored in sent:
        scan_later(stored, at)
    return len(sent)


def settle_kept(pk: UUID, at: datetime) -> ScanState:
    """Scan a file that is kept as it was sent."""
    stored = StoredFile.objects.get(pk=pk)
    with stored.file.open("rb") as kept:
        content = kept.read()
    return settle(stored=stored, content=content, at=at)


def settle(*, stored: StoredFile, content: bytes, at: datetime) -> ScanState:
    """Ask the scanner about a kept file, and keep what it says.

    `content` is the file as it was sent: of a sealed one, what was sealed. Where the scanner
    is away, ScannerAway says so, and the file waits on.
    """
    if not settings.CLAMD:
        return ScanState(stored.scan_state)
    found = clamd.found_in(content)
    with transaction.atomic():
        stored = StoredFile.objects.select_for_update().get(pk=stored.pk)
        if stored.scan_state == ScanState.INFECTED:
            return ScanState.INFECTED
        stored.scan_state = ScanState.INFECTED if found else ScanState.CLEAN
        stored.scanned_at = at
        stored.save(update_fields=["scan_state", "scanned_at"])
        if found:
            audit.record(
                verb="file.stopped",
                by=None,
                target=stored,
                at=at,
                found=found,
                sha256=stored.sha256,
            )
            _tell_its_sender(stored)
    return stored.scan_state


def _first_word_on(content: bytes, name: str) -> ScanState:
    if not settings.CLAMD:
        return ScanState.UNSCANNED
    try:
        found = clamd.found_in(content)
    except clamd.ScannerAway as fault:
        logger.error("The virus scanner is away, so a file waits: %s", fault)
        return ScanState.WAITING
    if found:
        logger.warning("The virus scanner stopped an upload: %s", found)
        raise FileRefused(f"{name} {ADVICE[found.startswith(COULD_NOT_LOOK)]}")
    return ScanState.CLEAN


def _tell_its_sender(stored: StoredFile) -> None:
    """By e-mail; of a sealed file, without its name, which is sealed too."""
    sender = get_user_model().objects.filter(pk=stored.stored_by_id, is_active=True).first()
    if sender is None:
        return
    send_mail(
        subject="A file you sent was stopped by the virus scanner",
        message=render_to_string("records/emails/file_stopped.txt", {"stored": stored}),
        from_email=None,
        recipient_list=[sender.email],
    )
