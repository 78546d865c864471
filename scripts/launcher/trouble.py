"""A failure we can explain."""

from pathlib import Path


class Trouble(Exception):
    """Shown as it stands, without a traceback: what is wrong and what to do."""


def last_lines(log: Path, count: int = 15) -> str:
    """The end of a log, to show beside the reason that something stopped."""
    if not log.exists():
        return "(no log)"
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
