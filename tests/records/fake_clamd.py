"""A scanner for tests: listens on this machine and speaks ClamAV's INSTREAM, or misbehaves."""

import contextlib
import socket
import struct
import threading
import time

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class FakeClamd:
    """How it behaves can change while it runs: honest, deaf, slow, small, rude, or odd."""

    def __init__(self, family=socket.AF_INET, place=("127.0.0.1", 0)):
        self.behaviour = "honest"
        self.asked: list[bytes] = []
        self.listener = socket.socket(family)
        self.listener.bind(place)
        self.listener.listen()
        self.over = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def address(self) -> str:
        place = self.listener.getsockname()
        return place if isinstance(place, str) else f"{place[0]}:{place[1]}"

    def close(self) -> None:
        self.over.set()
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _serve(self) -> None:
        while not self.over.is_set():
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            with line, contextlib.suppress(OSError, EOFError):
                self._answer(line)

    def _answer(self, line: socket.socket) -> None:
        if self.behaviour == "deaf":
            self.over.wait(5)
            return
        file = line.makefile("rb")
        assert file.read(10) == b"zINSTREAM\0"
        if self.behaviour == "rude":
            return
        if self.behaviour == "small":
            file.read(100)
            line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
            return
        content = b"".join(iter(lambda: self._piece(file), b""))
        self.asked.append(content)
        line.sendall(self._verdict(content, line))

    def _piece(self, file) -> bytes:
        size = file.read(4)
        if len(size) < 4:
            raise EOFError
        return file.read(struct.unpack(">I", size)[0])

    def _verdict(self, content: bytes, line: socket.socket) -> bytes:
        if self.behaviour == "odd":
            return b"stream: something new\0"
        if self.behaviour == "endless":
            return b"x" * 100_000
        if self.behaviour == "dripping":
            for _ in range(100):
                line.sendall(b"s")
                time.sleep(0.05)
        if b"/Encrypt" in content:
            return b"stream: Heuristics.Encrypted.PDF FOUND\0"
        return b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
