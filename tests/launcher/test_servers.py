"""The real servers of a trial: kept data, one at a time, nothing left behind."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest

from scripts.launcher.paths import ROOT, passing_folder

PROGRAM = Path(__file__).with_name("hold_servers.py")


@pytest.fixture
def folder():
    """Not pytest's own: PostgreSQL may run as nobody, who may not enter that."""
    with passing_folder() as folder:
        yield folder


@contextlib.contextmanager
def servers(folder):
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"}
    }
    launcher = subprocess.Popen(
        [sys.executable, str(PROGRAM), str(folder)],
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield launcher
    finally:
        launcher.kill()
        launcher.communicate()


def said(launcher):
    """What the launcher said when its servers were ready."""
    line = launcher.stdout.readline()
    return json.loads(line) if line else pytest.fail(launcher.stderr.read())


def is_alive(pid):
    with contextlib.suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


def all_gone(pids, seconds=10):
    give_up = time.monotonic() + seconds
    while any(is_alive(pid) for pid in pids) and time.monotonic() < give_up:
        time.sleep(0.05)
    return not any(is_alive(pid) for pid in pids)


def query(url, statement):
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def test_servers_keep_their_data_and_leave_no_process(folder):
    with servers(folder) as launcher:
        first = said(launcher)
        query(first["DATABASE_OWNER_URL"], "CREATE TABLE kept AS SELECT 42 AS answer")
        launcher.send_signal(signal.SIGTERM)
        code = launcher.wait(20)
    stopped = all_gone(first["pids"])
    with servers(folder) as launcher:
        second = said(launcher)
        rows = query(second["DATABASE_OWNER_URL"], "SELECT answer FROM kept")
        launcher.kill()
        launcher.wait()
    orphans_ended = all_gone(second["pids"])
    with servers(folder) as launcher:
        third = said(launcher)
        rows_after_kill = query(third["DATABASE_OWNER_URL"], "SELECT answer FROM kept")
        launcher.send_signal(signal.SIGINT)
        launcher.wait(20)

    assert (code, stopped, rows) == (0, True, [(42,)])
    assert (orphans_ended, rows_after_kill) == (True, [(42,)])
    assert all_gone(third["pids"])


def test_the_application_may_not_make_tables(folder):
    with servers(folder) as launcher:
        values = said(launcher)

        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            query(values["DATABASE_URL"], "CREATE TABLE mine (id int)")


def test_a_second_launcher_says_where_the_first_is(folder):
    with servers(folder) as first:
        said(first)
        with servers(folder) as second:
            error = second.stderr.read()

    assert "Tenth is running already: http://localhost:8000." in error
