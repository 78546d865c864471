"""The wrapping keys of bids, kept outside the database: in a file, or in a key service.

A bid is sealed under a data key of its own, which is wrapped twice: for its firm and for the
opening of its tender. What is wrapped for one purpose and context unwraps for no other.
"""

from bids.keyring.choosing import keyring
from bids.keyring.purposes import (
    Keyring,
    KeyringTrouble,
    KeyServiceDown,
    KeysMissing,
    Purpose,
    WrongKey,
)

__all__ = [
    "KeyServiceDown",
    "Keyring",
    "KeyringTrouble",
    "KeysMissing",
    "Purpose",
    "WrongKey",
    "keyring",
]
