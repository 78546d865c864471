"""ClamAV's daemon, asked over a socket: a file goes out in pieces, one line comes back."""

import os
import socket
import struct
import time

from django.conf import settings

PIECE = 64 * 1024
LONGEST_REPLY = 4096
ENDS_A_REPLY = b"\0"
CLEAN, FOUND = "stream: OK", " FOUND"
# Kept short, since somebody waits: ten megabytes take the daemon a tenth of a second.
SECONDS = 10.0
# After it was away, it is left alone for a while, so that not every upload waits that long.
LEFT_ALONE_SECONDS = 15.0


class ScannerAway(Exception):
    """The daemon said nothing of use, so nothing is known of the file."""


class _Pause:
    """Until when the daemon is left alone, by this process's own clock."""

    until = 0.0


def found_in(content: bytes) -> str:
    """The name of what the daemon found in a file; nothing where it found nothing."""
    if time.monotonic() < _Pause.until:
        raise ScannerAway("It was away a moment ago.")
    try:
        reply = _ask(content, time.monotonic() + SECONDS)
    except (OSError, ValueError) as fault:
        _Pause.until = time.monotonic() + LEFT_ALONE_SECONDS
        raise ScannerAway(str(fault)) from fault
    if reply == CLEAN:
        return ""
    if reply.endswith(FOUND):
        return reply.removeprefix("stream: ").removesuffix(FOUND)
    # Such as "INSTREAM size limit exceeded. ERROR": it takes less than we do.
    raise ScannerAway(f"The daemon said: {reply}")


def _ask(content: bytes, deadline: float) -> str:
    with _connected(settings.CLAMD) as line:
        try:
            _say(line, b"zINSTREAM\0", deadline)
            for at in range(0, len(content), PIECE):
                piece = content[at : at + PIECE]
                _say(line, struct.pack(">I", len(piece)) + piece, deadline)
            _say(line, struct.pack(">I", 0), deadline)
        except (BrokenPipeError, ConnectionResetError):
            # It hung up in the middle of the file, and may have said why.
            pass
        return _heard(line, deadline)


def _connected(address: str) -> socket.socket:
    """A line to the daemon: `host:port`, or the path of a socket on this machine."""
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(SECONDS)
        if fault := line.connect_ex(address):
            line.close()
            raise OSError(fault, os.strerror(fault))
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)


def _say(line: socket.socket, words: bytes, deadline: float) -> None:
    _bind(line, deadline)
    line.sendall(words)


def _heard(line: socket.socket, deadline: float) -> str:
    reply = b""
    while ENDS_A_REPLY not in reply and len(reply) < LONGEST_REPLY:
        _bind(line, deadline)
        piece = line.recv(LONGEST_REPLY)
        if not piece:
            break
        reply += piece
    if not reply:
        raise ConnectionError("The daemon hung up without a word.")
    return reply.partition(ENDS_A_REPLY)[0].decode("utf-8", "replace").strip()


def _bind(line: socket.socket, deadline: float) -> None:
    """Whatever it does from here on, the daemon has this long and no longer."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("The daemon took too long.")
    line.settimeout(left)
