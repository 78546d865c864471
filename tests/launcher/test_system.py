"""What a machine lacks is named exactly."""

import pytest

from scripts.launcher import system
from scripts.launcher.trouble import Trouble


def need(name, *, there=False):
    return system.Need(name, lambda: there, apt=f"lib{name}1", dnf=name, brew=name)


def test_what_is_there_is_not_missing():
    needs = [need("magic", there=True), need("pango")]

    assert [lacking.name for lacking in system.missing(needs)] == ["pango"]


def test_nothing_missing_asks_for_nothing():
    assert system.provide([need("magic", there=True)]) is None


def test_an_ordinary_user_is_told_what_to_type(monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)

    with pytest.raises(Trouble) as trouble:
        system.provide([need("pango"), need("magic")])

    assert str(trouble.value).splitlines() == [
        "This machine lacks: pango, magic.",
        "  Debian, Ubuntu:  sudo apt-get install libpango1 libmagic1",
        "  Fedora:          sudo dnf install pango magic",
        "  macOS:           brew install pango magic",
        "Then run this command again.",
    ]


def test_root_has_it_installed(monkeypatch):
    asked = []
    lacking = system.Need("pango", lambda: bool(asked), "libpango1", "pango", "pango")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system, "_apt_install", asked.append)

    system.provide([lacking])

    assert asked == [["libpango1"]]


def test_an_absent_library_is_noticed():
    assert not system.has_library("libof-no-such-name.so.9", "of-no-such-name")
