"""A small key service on this machine, speaking the transit protocol; it really encrypts."""

import base64
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TOKEN = "the token of a test"


class Transit(ThreadingHTTPServer):
    """Its keys by name, and what it is told to do wrong."""

    # One that knows neither contexts nor associated data, as the first releases did.
    binds = True
    # Answer everything with this status instead.
    status = 0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.keys = {name: secrets.token_bytes(32) for name in ("tenth-firm", "tenth-opening")}
        self.asked: list[dict] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Answer(BaseHTTPRequestHandler):
    server: Transit

    def do_POST(self) -> None:
        _, _, mount, what, name = self.path.split("/")
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(asked)
        if self.server.status:
            return self.say(self.server.status, {"errors": ["told to"]})
        if self.headers["X-Vault-Token"] != TOKEN:
            return self.say(403, {"errors": ["permission denied"]})
        if mount != "transit":
            return self.say(404, {"errors": []})
        if name not in self.server.keys:
            return self.say(400, {"errors": ["encryption key not found"]})
        cipher = AESGCM(self.server.keys[name])
        about = json.dumps([asked["context"], asked["associated_data"]]).encode()
        return getattr(self, what)(cipher, asked, about if self.server.binds else b"")

    def encrypt(self, cipher: AESGCM, asked: dict, about: bytes) -> None:
        nonce = secrets.token_bytes(12)
        sealed = nonce + cipher.encrypt(nonce, base64.b64decode(asked["plaintext"]), about)
        self.say(200, {"data": {"ciphertext": f"vault:v1:{base64.b64encode(sealed).decode()}"}})

    def decrypt(self, cipher: AESGCM, asked: dict, about: bytes) -> None:
        sealed = base64.b64decode(asked["ciphertext"].removeprefix("vault:v1:"))
        try:
            plain = cipher.decrypt(sealed[:12], sealed[12:], about)
        except InvalidTag:
            return self.say(400, {"errors": ["cipher: message authentication failed"]})
        return self.say(200, {"data": {"plaintext": base64.b64encode(plain).decode()}})

    def say(self, status: int, content: dict) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_) -> None:
        """Nobody reads it."""


@contextmanager
def transit() -> Iterator[Transit]:
    """A key service with the two keys of Tenth, gone afterwards."""
    with Transit() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
