"""Wraps data keys under the keys of a file, with AES-256-GCM. Knows nothing of Django.

Each purpose and context has a wrapping key of its own, derived by HKDF-SHA256; both are also
authenticated beside what is wrapped, with the format and the version that it begins with.
"""

import os
import secrets
import struct
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bids.keyring import key_file
from bids.keyring.key_file import KEY_BYTES, Keys
from bids.keyring.purposes import Purpose, WrongKey, spelt

FORMAT = 1
HEAD = struct.Struct(">BH")  # the format, and the version of the key
NONCE_BYTES = 12


class FileKeyring:
    """The keyring of a site whose keys are in a file; read once, and again when it changes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[object, Keys] | None = None

    def wrap(self, data_key: bytes, *, purpose: Purpose, context: str) -> bytes:
        versions = self._keys()[purpose]
        head = HEAD.pack(FORMAT, versions.current)
        nonce = secrets.token_bytes(NONCE_BYTES)
        about = spelt(purpose, context)
        cipher = AESGCM(_derived(versions.keys[versions.current], about))
        return head + nonce + cipher.encrypt(nonce, data_key, head + about)

    def unwrap(self, wrapped: bytes, *, purpose: Purpose, context: str) -> bytes:
        head, rest = wrapped[: HEAD.size], wrapped[HEAD.size :]
        if len(rest) < NONCE_BYTES or head[0] != FORMAT:
            raise WrongKey(
                "A bid's key was not wrapped under a file of keys. Set BID_KEYS_SERVICE again if "
                "this site has used a key service."
            )
        _, version = HEAD.unpack(head)
        keys = self._keys()[purpose].keys
        if version not in keys:
            raise WrongKey(
                f"A bid was sealed under version {version} of the {purpose} keys, and {self.path} "
                "has none of that version. Restore the newest copy of that file."
            )
        about = spelt(purpose, context)
        cipher = AESGCM(_derived(keys[version], about))
        try:
            return cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], head + about)
        except (InvalidTag, ValueError):
            raise WrongKey(
                f"The {purpose} keys in {self.path} do not open a bid. Either they are another "
                "site's, or the database was changed by hand. Compare with your copies of both."
            ) from None

    def check(self) -> None:
        self._keys()

    def _keys(self) -> Keys:
        state = _state_of(self.path)
        if self._read is None or state is None or self._read[0] != state:
            self._read = (state, key_file.read(self.path))
        return self._read[1]


def _state_of(path: Path) -> object:
    """Differs when the file was written, moved or opened to others; None if there is none."""
    try:
        file, folder = os.stat(path), os.stat(path.parent)
    except OSError:
        return None
    return file.st_ino, file.st_size, file.st_mtime_ns, file.st_ctime_ns, folder.st_mode


def _derived(key: bytes, about: bytes) -> bytes:
    info = b"tenth bid key\0" + about
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(key)
