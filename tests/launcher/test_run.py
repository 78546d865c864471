"""scripts/run from the first start to the last process, as somebody who tries it sees it."""

import contextlib
import os
import re
import signal
import subprocess
import time
import urllib.request

import pytest

from scripts.launcher.paths import ROOT, passing_folder

NAMED = {
    *("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY", "MEDIA_ROOT", "PORT"),
    "BID_KEYS_FILE",
}


@pytest.fixture
def folder():
    with passing_folder() as folder:
        yield folder


@contextlib.contextmanager
def trial(folder):
    """A started trial: what it printed until it was ready, how long that took, its process."""
    kept = {name: value for name, value in os.environ.items() if name not in NAMED}
    begun = time.monotonic()
    launcher = subprocess.Popen(
        [ROOT / "scripts/run"],
        cwd="/",
        env={**kept, "TENTH_VAR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        printed = ""
        while "Ctrl-C" not in printed:
            line = launcher.stdout.readline()
            assert line, f"it ended after saying:\n{printed}"
            printed += line
        yield printed, time.monotonic() - begun, launcher
    finally:
        launcher.send_signal(signal.SIGTERM)
        launcher.communicate(timeout=30)


def processes_of(folder):
    listed = [
        (entry, open_quietly(f"/proc/{entry}/environ") + open_quietly(f"/proc/{entry}/cmdline"))
        for entry in os.listdir("/proc")
        if entry.isdecimal() and int(entry) != os.getpid()
    ]
    return [pid for pid, words in listed if str(folder) in words]


def open_quietly(path):
    try:
        with open(path, errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def page(printed):
    address = re.search(r"http://localhost:\d+", printed).group()
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.status


def test_one_command_starts_everything_and_leaves_nothing(folder):
    with trial(folder) as (printed, _, launcher):
        first_status = page(printed)
        running = processes_of(folder)
        keys = keys_of(folder)
        launcher.send_signal(signal.SIGINT)
        code = launcher.wait(30)
    left = processes_of(folder)
    with trial(folder) as (printed_again, seconds, _):
        second_status = page(printed_again)

    assert (first_status, code, left) == (200, 0, [])
    assert len(running) > 5
    assert second_status == 200
    assert sign_ins(printed_again) == sign_ins(printed)
    assert keys_of(folder) == keys
    assert seconds / crowding() < 10
    assert processes_of(folder) == []


def keys_of(folder):
    """The keys of bids, and whether anybody else may read them."""
    file = folder / "keys" / "bids.json"
    assert [oct(it.stat().st_mode & 0o777) for it in (file, file.parent)] == ["0o600", "0o700"]
    return file.read_bytes()


def crowding():
    """How many times slower everything is because others use this machine too."""
    return max(1, os.getloadavg()[0] / (os.cpu_count() or 1))


def sign_ins(printed):
    return [line for line in printed.splitlines() if "@" in line]
