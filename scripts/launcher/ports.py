"""Ports nobody else listens on."""

import os
import socket

from scripts.launcher.trouble import Trouble

FIRST_WEB_PORT = 8000
WEB_PORTS_TRIED = 100
LOOPBACK = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def free_port() -> int:
    """Any free port on this machine, for a server that only we talk to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether both of localhost's addresses can be listened on: browsers may try either."""
    return all(_can_bind(family, host, port) for family, host in _addresses())


def web_addresses(port: int) -> list[str]:
    """Where the web server listens, so that localhost finds it either way."""
    return [
        f"[{host}]:{port}" if family == socket.AF_INET6 else f"{host}:{port}"
        for family, host in _addresses()
    ]


def web_port() -> int:
    """PORT when it is set, and then only that; otherwise the first free one from 8000."""
    wanted = os.environ.get("PORT")
    if wanted is None:
        return _first_free(FIRST_WEB_PORT)
    if not (wanted.isascii() and wanted.isdecimal() and 0 < int(wanted) < 65536):
        raise Trouble(f"PORT must be a number from 1 to 65535, not {wanted!r}.")
    if not is_free(int(wanted)):
        raise Trouble(f"Port {wanted} is in use. Choose another: PORT=8080 scripts/run")
    return int(wanted)


def _first_free(start: int) -> int:
    for port in range(start, start + WEB_PORTS_TRIED):
        if is_free(port):
            return port
    raise Trouble(f"No free port from {start} on. Choose one: PORT=9000 scripts/run")


def _addresses() -> list[tuple[socket.AddressFamily, str]]:
    return [address for address in LOOPBACK if _can_bind(*address, 0)]


def _can_bind(family: socket.AddressFamily, host: str, port: int) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # A port that a server has just left is free, whatever still lingers on it.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError:
        return False
    return True
