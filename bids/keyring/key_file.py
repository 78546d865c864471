"""The file of wrapping keys: several versions for each purpose, of which one is current.

Only its owner may read it. It is written whole or not at all, and never over another.
"""

import base64
import binascii
import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from bids.keyring.purposes import KeysMissing, Purpose

KEY_BYTES = 32
GUIDE = "docs/operating.md says how keys are made, kept and restored."
WHAT_IT_IS = (
    "Keys of Tenth. Whoever has them and the database can read every bid. "
    "If they are lost, every sealed bid is lost. Keep a copy apart from the database's backups."
)


@dataclass(frozen=True)
class Versions:
    """The keys of one purpose by their version; new data keys are wrapped under the current."""

    current: int
    keys: Mapping[int, bytes]


Keys = Mapping[Purpose, Versions]


def read(path: Path) -> Keys:
    """The keys in this file; KeysMissing if it is absent, broken or open to others."""
    try:
        with path.open("rb") as file:
            refuse_if_open_to_others(path, file)
            content = file.read()
    except FileNotFoundError:
        raise KeysMissing(
            f"There is no file of bid keys at {path}. If this site has never had one, run "
            "`python manage.py make_bid_keys`; if it has, restore the file from where you keep "
            f"its copy. {GUIDE}"
        ) from None
    except OSError as error:
        raise KeysMissing(
            f"The file of bid keys at {path} cannot be read: {error.strerror}. Give it to the "
            "user that Tenth runs as."
        ) from error
    return _parsed(content, path)


def make(path: Path) -> None:
    """Write a file with a first key for each purpose; FileExistsError if there is one.

    KeysMissing if its folder is open to others: the file is there then, but cannot be used.
    """
    keys = {purpose: Versions(1, {1: secrets.token_bytes(KEY_BYTES)}) for purpose in Purpose}
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _written(path, keys) as fresh:
        os.link(fresh, path)
    read(path)


def rotate(path: Path) -> Keys:
    """Add a version to each purpose and make it current; the old ones still unwrap."""
    with _locked(path.parent):
        keys = {purpose: _with_another(versions) for purpose, versions in read(path).items()}
        with _written(path, keys) as fresh:
            os.replace(fresh, path)
    return keys


def _with_another(versions: Versions) -> Versions:
    newest = max(versions.keys) + 1
    more = {**versions.keys, newest: secrets.token_bytes(KEY_BYTES)}
    return replace(versions, current=newest, keys=more)


def refuse_if_open_to_others(path: Path, file: IO) -> None:
    """Group and others may neither read nor write the file, nor look into its folder."""
    if os.fstat(file.fileno()).st_mode & 0o077:
        raise KeysMissing(
            f"{path} may be read or changed by others, so it is not used. Run `chmod 600 {path}`, "
            "and find out who could read it until now."
        )
    if path.parent.stat().st_mode & 0o077:
        raise KeysMissing(
            f"{path.parent} is open to others, so the keys in it are not used. Run "
            f"`chmod 700 {path.parent}`."
        )


def _parsed(content: bytes, path: Path) -> Keys:
    try:
        kept = json.loads(content)["purposes"]
        keys = {purpose: _versions(kept[purpose]) for purpose in Purpose}
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
        raise KeysMissing(
            f"The file of bid keys at {path} is damaged. Restore it from where you keep its "
            f"copy. {GUIDE}"
        ) from error
    every_key = [key for versions in keys.values() for key in versions.keys.values()]
    if len(set(every_key)) < len(every_key):
        raise KeysMissing(
            f"The file of bid keys at {path} has the same key twice, so that one purpose would "
            "open the other's bids. Restore it from where you keep its copy."
        )
    return keys


def _versions(kept: dict) -> Versions:
    keys = {
        int(version): base64.b64decode(key, validate=True) for version, key in kept["keys"].items()
    }
    if kept["current"] not in keys or {len(key) for key in keys.values()} != {KEY_BYTES}:
        raise ValueError("the current version is absent, or a key has not 32 bytes")
    return Versions(kept["current"], keys)


def _spelt(keys: Keys) -> str:
    kept = {
        purpose: {
            "current": versions.current,
            "keys": {str(n): base64.b64encode(key).decode() for n, key in versions.keys.items()},
        }
        for purpose, versions in keys.items()
    }
    return json.dumps({"what_this_is": WHAT_IT_IS, "purposes": kept}, indent=2) + "\n"


@contextlib.contextmanager
def _written(path: Path, keys: Keys) -> Iterator[Path]:
    """The keys in a file beside `path`, on the disk; the caller gives it its name."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(_spelt(keys))
            file.flush()
            os.fsync(file.fileno())
        yield fresh
    finally:
        fresh.unlink(missing_ok=True)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One at a time, or of two new versions one would be lost."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
