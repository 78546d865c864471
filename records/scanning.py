"""Viruses: what the scanner says of a file, and who may have the file meanwhile."""

from django.core.files.uploadedfile import UploadedFile

from records.models import ScanState, StoredFile
from records.refusals import FileHeld


def scan_of(upload: UploadedFile) -> ScanState:
    """What the scanner says of a file that is being sent."""
    return ScanState.UNSCANNED


def check_free(stored: StoredFile) -> None:
    """Refuse to hand out a file that may do harm."""
    if stored.scan_state == ScanState.WAITING:
        raise FileHeld("This file is still being checked for viruses. Try again in a few minutes.")
    if stored.scan_state == ScanState.INFECTED:
        raise FileHeld("This file holds a virus and is locked away. Ask its sender for another.")
