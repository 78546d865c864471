"""Children are started in order, started again, and stopped with all they started."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.launcher import guard, processes
from scripts.launcher.paths import ROOT
from scripts.launcher.processes import Child, Crew
from scripts.launcher.trouble import Trouble

# Says when it is told to stop, so that the order can be read from one file.
POLITE = """
import signal, sys, time
def stop(*_):
    print("stopped", sys.argv[1], flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
print("ready", sys.argv[1], flush=True)
time.sleep(60)
"""
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("ready", child.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def _signals_as_they_were():
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


@pytest.fixture
def child(tmp_path):
    def make(name, program):
        command = [sys.executable, "-c", program, name]
        return Child(name, command, os.environ, tmp_path / "log")

    return make


def wait_for(log, text):
    give_up = time.monotonic() + 10
    while text not in (log.read_text() if log.exists() else ""):
        assert time.monotonic() < give_up, f"never said: {text}"
        time.sleep(0.01)


def test_children_stop_in_the_reverse_order(child, tmp_path):
    log = tmp_path / "log"

    with Crew() as crew:
        for name in ("database", "web"):
            crew.start(child(name, POLITE))
            wait_for(log, f"ready {name}")

    assert log.read_text().splitlines() == [
        "ready database",
        "ready web",
        "stopped web",
        "stopped database",
    ]


def test_what_will_not_stop_is_ended_with_all_it_started(child, tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "SECONDS_TO_STOP", 0.2)
    log = tmp_path / "log"

    with Crew() as crew:
        stubborn = crew.start(child("stubborn", STUBBORN))
        wait_for(log, "\n")
        session = stubborn.running.pid

    assert left_of(session) == []


def left_of(session, seconds=5):
    """What still runs of a session, once the kernel has had time to end it."""
    give_up = time.monotonic() + seconds
    while alive_in(session) and time.monotonic() < give_up:
        time.sleep(0.05)
    return alive_in(session)


def alive_in(session):
    return [record for record in Path("/proc").glob("[0-9]*/stat") if lives_in(record, session)]


def lives_in(record, session):
    """Whether a process's record says that it still runs, and in that session."""
    try:
        state, _, _, its_session = record.read_text().rsplit(")", 1)[1].split()[:4]
    except OSError:
        return False
    return state != "Z" and int(its_session) == session


def test_what_dies_by_itself_is_started_again_and_leaves_nothing(child, tmp_path, capsys):
    worker = child("The worker", STUBBORN)
    with Crew() as crew:
        crew.start(worker)
        wait_for(tmp_path / "log", "\n")
        first = worker.running.pid
        worker.running.kill()
        worker.running.wait()

        worker.start_again()
        second = worker.running.pid
        worker.running.kill()

    assert first != second
    assert left_of(first) == []
    assert capsys.readouterr().out == "The worker stopped by itself; starting it again.\n"


def test_what_keeps_dying_is_given_up_with_its_last_words(child, monkeypatch):
    monkeypatch.setattr(processes, "SECONDS_BETWEEN_LOOKS", 0.1)
    broken = child("The web server", "print('no such setting'); raise SystemExit(3)")
    with Crew() as crew:
        crew.start(broken)

        with pytest.raises(Trouble, match=r"(?s)The web server stopped\. .*no such setting"):
            crew.watch()

    assert len(broken.started) == processes.RESTARTS_ALLOWED + 1


def test_a_large_log_is_put_aside(child, tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "LARGE_LOG", 5)
    (tmp_path / "log").write_text("long ago\n")

    with Crew() as crew:
        crew.start(child("one", POLITE))
        wait_for(tmp_path / "log", "ready one")

    assert (tmp_path / "log.old.log").read_text() == "long ago\n"


def test_a_killed_launcher_leaves_nothing_even_of_what_will_not_stop(tmp_path):
    program = [sys.executable, "-m", "tests.launcher.hold_child", str(tmp_path / "log"), STUBBORN]
    launcher = subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    session = int(launcher.stdout.readline())
    wait_for(tmp_path / "log", "\n")

    launcher.kill()
    launcher.communicate()

    assert left_of(session, seconds=2 * guard.SECONDS_TO_END) == []
