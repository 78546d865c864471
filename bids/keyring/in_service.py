"""Wraps data keys in a key service: the transit engine of HashiCorp Vault or OpenBao.

The wrapping keys never leave the service. It is asked to bind what it wraps to purpose and
context. An old service, or a key made without derivation, would not; so both are also wrapped
with the data key, and compared when it comes back.
"""

import base64
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from bids.keyring import in_file
from bids.keyring.key_file import refuse_if_open_to_others
from bids.keyring.purposes import (
    Keyring,
    KeyServiceDown,
    KeysMissing,
    Purpose,
    WrongKey,
    spelt,
)

FORMAT = b"\x02"
SECONDS_TO_ANSWER = 5
DIGEST_BYTES = sha256().digest_size
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class ServiceKeyring:
    """The keyring of a site whose keys are in a service, under one name for each purpose.

    `before` still unwraps what was wrapped while the keys were in a file.
    """

    url: str
    token_file: Path
    names: Mapping[Purpose, str]
    before: Keyring

    def wrap(self, data_key: bytes, *, purpose: Purpose, context: str) -> bytes:
        about = spelt(purpose, context)
        plain = sha256(about).digest() + data_key
        sealed = self._ask(
            "encrypt_data", purpose, about, answer="ciphertext", plaintext=_text(plain)
        )
        return FORMAT + sealed.encode()

    def unwrap(self, wrapped: bytes, *, purpose: Purpose, context: str) -> bytes:
        if wrapped[:1] == bytes([in_file.FORMAT]):
            return self.before.unwrap(wrapped, purpose=purpose, context=context)
        if wrapped[:1] != FORMAT or not wrapped.isascii():
            raise WrongKey("A bid's key was not wrapped by a key service.")
        about = spelt(purpose, context)
        sealed = wrapped[len(FORMAT) :].decode()
        plain = base64.b64decode(
            self._ask("decrypt_data", purpose, about, answer="plaintext", ciphertext=sealed)
        )
        if not hmac.compare_digest(plain[:DIGEST_BYTES], sha256(about).digest()):
            raise WrongKey(
                "The key service opened a key that was wrapped for another bid than asked "
                f"({purpose}). The database was changed by hand: compare it with your backups."
            )
        return plain[DIGEST_BYTES:]

    def check(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme != "https" and parts.hostname not in THIS_MACHINE:
            raise KeysMissing(
                "BID_KEYS_SERVICE must begin with https://, because the keys of bids travel to it."
            )
        if len(set(self.names.values())) < len(Purpose):
            raise KeysMissing(
                "BID_KEYS_FIRM and BID_KEYS_OPENING must name two keys of the key service."
            )
        self._token()

    def _ask(
        self, what: str, purpose: Purpose, about: bytes, *, answer: str, **content: str
    ) -> str:
        """The service's answer."""
        import hvac

        self.check()
        client = hvac.Client(
            url=self.url,
            token=self._token(),
            timeout=SECONDS_TO_ANSWER,
            allow_redirects=False,  # it could lead from https to http
        )
        bound = {"context": _text(about), "associated_data": _text(about)}
        try:
            with self._in_our_words(what, purpose):
                asked = getattr(client.secrets.transit, what)
                return str(asked(self.names[purpose], **content, **bound)["data"][answer])
        finally:
            client.session.close()

    @contextmanager
    def _in_our_words(self, what: str, purpose: Purpose) -> Iterator[None]:
        """Whatever the service refuses is one of our own errors, in words for the operator."""
        import hvac
        import requests

        try:
            yield
        except hvac.exceptions.InvalidRequest as error:
            raise WrongKey(
                f"The key service cannot {what.partition('_')[0]} with its key "
                f"{self.names[purpose]}: {_said(error)}. Either that is not the key the bids were "
                "sealed under, or the database was changed by hand."
            ) from error
        except (hvac.exceptions.Forbidden, hvac.exceptions.Unauthorized) as error:
            raise KeyServiceDown(
                f"The key service at {self.url} refuses our token for {self.names[purpose]}. "
                f"Renew {self.token_file}; its policy must allow encrypt and decrypt."
            ) from error
        except hvac.exceptions.InvalidPath as error:
            raise KeysMissing(
                f"The key service at {self.url} has no transit engine, or no key "
                f"{self.names[purpose]} in it. docs/operating.md says how to make it."
            ) from error
        except (hvac.exceptions.VaultError, requests.RequestException) as error:
            raise KeyServiceDown(
                f"The key service at {self.url} does not answer: {_said(error)}. Nothing is lost; "
                "bids can be read and saved again once it does."
            ) from error
        except (KeyError, TypeError) as error:
            raise KeyServiceDown(
                f"What answers at {self.url} is not a key service that we know. Look at "
                "BID_KEYS_SERVICE; it must be the address of the active node."
            ) from error

    def _token(self) -> str:
        try:
            with self.token_file.open() as file:
                refuse_if_open_to_others(self.token_file, file)
                return file.read().strip()
        except OSError as error:
            raise KeysMissing(
                f"The key service's token at {self.token_file} cannot be read: {error.strerror}."
            ) from error


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _said(error: Exception) -> str:
    """What the service said; of a connection that failed, only how, for the rest is noise."""
    return ", ".join(getattr(error, "errors", None) or []) or type(error).__name__
