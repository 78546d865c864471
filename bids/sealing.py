"""Encrypts what a bid says, bound to its place: pure.

AES-256-GCM with a nonce drawn for each save. What a sealed text belongs to (its tender, bid,
part and version) is authenticated with it, so that one moved elsewhere, or an old one put back,
does not open.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bids.documents import spelt

FORMAT = b"\x01"
NONCE_BYTES = 12
KEY_BITS = 256


class SealBroken(Exception):
    """What is kept was not sealed under this key for this place, or was changed since."""


@dataclass(frozen=True)
class About:
    """The place a sealed text belongs to. `part` says what it is: "price", "file:<id>", …"""

    tender: UUID
    bid: UUID
    part: str
    version: int = 0

    @property
    def spelt(self) -> bytes:
        return spelt(
            {
                "tender": str(self.tender),
                "bid": str(self.bid),
                "part": self.part,
                "version": self.version,
            }
        )


def new_data_key() -> bytes:
    """A fresh key of 32 bytes for everything one bid says."""
    return AESGCM.generate_key(bit_length=KEY_BITS)


def seal(key: bytes, content: bytes, about: About) -> bytes:
    """The content, encrypted for its place: a format byte, the nonce, ciphertext and tag."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, content, about.spelt)


def unseal(key: bytes, sealed: bytes, about: About) -> bytes:
    """The content again; SealBroken unless it was sealed under this key for this place."""
    head, body = sealed[: len(FORMAT) + NONCE_BYTES], sealed[len(FORMAT) + NONCE_BYTES :]
    if head[: len(FORMAT)] != FORMAT:
        raise SealBroken("This is not a sealed part of a bid.")
    try:
        return AESGCM(key).decrypt(head[len(FORMAT) :], body, about.spelt)
    except (InvalidTag, ValueError) as fault:
        raise SealBroken(f"The seal of {about.part} is broken.") from fault
