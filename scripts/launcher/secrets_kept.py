"""Secrets that a trial makes once and keeps, readable by their owner alone."""

import os
import secrets
from pathlib import Path


def write_private(path: Path, content: str) -> None:
    """Write a file that nobody else on this machine may read, all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content)
    fresh.replace(path)


def kept_secret(folder: Path, name: str) -> str:
    """The secret of that name, made at random the first time."""
    path = folder / "secrets" / name
    if not path.exists():
        write_private(path, secrets.token_urlsafe(48))
    return path.read_text().strip()
