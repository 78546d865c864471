"""PDF: read through by a process of its own, which has little time, little memory, no secrets."""

import hashlib
import subprocess
import sys
from pathlib import Path

from records.refusals import Unfit

READER = Path(__file__).with_name("pdf_reader.py")
SECONDS = 15
BEGINS = b"%PDF-"
ENDS = b"%%EOF"
SPOILT = "is spoilt or cut short. Save it again as PDF, and send that."
TRAILED = "has something else behind its end. Print it to a new PDF, and send that."
TOO_MUCH = "is too intricate to be checked. Print it to a new PDF, and send that."
# What the reader finds, and what to say of it.
FOUND = {
    "sound": "",
    "spoilt": SPOILT,
    "locked": "is protected by a password, so it cannot be checked. Send it without the password.",
    "runs": "holds a script or starts a program. Print it to a new PDF, and send that.",
    "encloses": "has other files enclosed. Send each by itself, and this one without them.",
    "reaches": "opens or sends to other places by itself. Print it to a new PDF, and send that.",
    "too much": TOO_MUCH,
}

MOST_REMEMBERED = 200
_READ_BEFORE: dict[bytes, str] = {}


def check_pdf(content: bytes) -> None:
    """Refuse what cannot be read through, and what does more than show pages."""
    _, end, behind = content.rpartition(ENDS)
    if not end:
        raise Unfit(SPOILT)
    if behind.strip(b"\0\x1a \t\r\n"):
        raise Unfit(TRAILED)
    if words := _words_on(content):
        raise Unfit(words)


def _words_on(content: bytes) -> str:
    """What is wrong with it; a form and then an action ask about the same file."""
    digest = hashlib.sha256(content).digest()
    words = _READ_BEFORE.get(digest)
    if words is None:
        words = _read(content)
        if len(_READ_BEFORE) >= MOST_REMEMBERED:
            _READ_BEFORE.clear()
        _READ_BEFORE[digest] = words
    return words


def _read(content: bytes) -> str:
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(READER)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return TOO_MUCH
    return FOUND.get(done.stdout.decode("ascii", "replace").strip(), TOO_MUCH)
