"""Which keyring this site uses, by its settings."""

from functools import cache
from pathlib import Path

from django.conf import settings

from bids.keyring.in_file import FileKeyring
from bids.keyring.purposes import Keyring


def keyring() -> Keyring:
    """The keyring this site is set up with."""
    return _in_file(Path(settings.BID_KEYS_FILE))


@cache
def _in_file(path: Path) -> FileKeyring:
    """One for each process, so that the file is read once."""
    return FileKeyring(path)
