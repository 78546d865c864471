"""What every keyring does, and how it says that it cannot. Knows nothing of Django."""

from enum import StrEnum
from typing import Protocol

from records.outages import NotJustNow

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


class KeyServiceDown(KeyringTrouble):
    """The key service does not answer, or does not answer us."""


class Keyring(Protocol):
    """Wraps the data key of a bid for one purpose, bound to one context."""

    def wrap(self, data_key: bytes, *, purpose: Purpose, context: str) -> bytes:
        """The data key, wrapped so that only the same purpose and context unwrap it."""

    def unwrap(self, wrapped: bytes, *, purpose: Purpose, context: str) -> bytes:
        """The data key again; WrongKey for any other purpose, context or keys."""

    def check(self) -> None:
        """Raise KeyringTrouble if this site is not set up to wrap and unwrap."""


def spelt(purpose: Purpose, context: str) -> bytes:
    """What is wrapped is bound to this. No two pairs are alike: no purpose holds a NUL."""
    return f"{purpose}\0{context}".encode()
