"""What every keyring does, and how it says that it cannot. Knows nothing of Django."""

from enum import StrEnum
from typing import Protocol

from records.refusals import NotJustNow

TO_WHOM_IT_HAPPENS = (
    "Bids and applications cannot be read or saved just now. Nothing that was saved is lost. "
    "Wait a few minutes, then try again. If a deadline is close, tell the authority at once."
)


class Purpose(StrEnum):
    """Whose key a wrapped data key needs."""

    FIRM = "firm"
    OPENING = "opening"


class KeyringTrouble(NotJustNow):
    """No key can be had; its text is for whoever runs the site, `words` for everybody else."""

    words = TO_WHOM_IT_HAPPENS


class KeysMissing(KeyringTrouble):
    """There are no keys, or none that may be used as they lie there."""


class WrongKey(KeyringTrouble):
    """These keys, for this purpose and context, do not open what is wrapped."""


class Keyring(Protocol):
    """Wraps the data key of a bid for one purpose, bound to one context."""

    def wrap(self, data_key: bytes, *, purpose: Purpose, context: str) -> bytes:
        """The data key, wrapped so that only the same purpose and context unwrap it."""

    def unwrap(self, wrapped: bytes, *, purpose: Purpose, context: str) -> bytes:
        """The data key again; WrongKey for any other purpose, context or keys."""
