"""Ports: the one asked for, or the next that nobody uses."""

import socket

import pytest

from scripts.launcher import ports
from scripts.launcher.trouble import Trouble


@pytest.fixture
def busy_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_free_port_can_be_listened_on():
    port = ports.free_port()

    assert ports.is_free(port)


def test_a_port_somebody_listens_on_is_not_free(busy_port):
    assert not ports.is_free(busy_port)


def test_a_busy_first_port_gives_the_next_free_one(busy_port, monkeypatch):
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.setattr(ports, "FIRST_WEB_PORT", busy_port)

    port = ports.web_port()

    assert busy_port < port < busy_port + ports.WEB_PORTS_TRIED


def test_port_in_the_environment_is_the_one_used(monkeypatch):
    wanted = ports.free_port()
    monkeypatch.setenv("PORT", str(wanted))

    assert ports.web_port() == wanted


def test_a_busy_port_that_was_asked_for_is_refused_in_words(busy_port, monkeypatch):
    monkeypatch.setenv("PORT", str(busy_port))

    with pytest.raises(Trouble, match=f"^Port {busy_port} is in use. Choose another: PORT="):
        ports.web_port()


@pytest.mark.parametrize("wanted", ["", "http", "0", "65536", "-1", "８０００"])
def test_a_port_that_is_no_port_is_refused_in_words(wanted, monkeypatch):
    monkeypatch.setenv("PORT", wanted)

    with pytest.raises(Trouble, match="^PORT must be a number from 1 to 65535, not "):
        ports.web_port()
