"""Which keyring this site uses, by its settings."""

from functools import cache
from pathlib import Path

from django.conf import settings

from bids.keyring.in_file import FileKeyring
from bids.keyring.in_service import ServiceKeyring
from bids.keyring.purposes import Keyring, Purpose


def keyring() -> Keyring:
    """The keyring this site is set up with: the key service if one is named, else the file."""
    in_file = _in_file(Path(settings.BID_KEYS_FILE))
    if not settings.BID_KEYS_SERVICE:
        return in_file
    return ServiceKeyring(
        url=settings.BID_KEYS_SERVICE,
        token_file=Path(settings.BID_KEYS_TOKEN_FILE),
        names={
            Purpose.FIRM: settings.BID_KEYS_FIRM,
            Purpose.OPENING: settings.BID_KEYS_OPENING,
        },
        before=in_file,
    )


@cache
def _in_file(path: Path) -> FileKeyring:
    """One for each process, so that the file is read once."""
    return FileKeyring(path)
