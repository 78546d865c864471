"""A real Celery worker in a process of its own, on the test database; killed like one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

LEASE_SECONDS, SWEEP_SECONDS = 4, 1


def database_address() -> str:
    """The address of the database of this test run."""
    it = connection.settings_dict
    person = f"{quote(it['USER'], safe='')}:{quote(it['PASSWORD'], safe='')}"
    return f"postgres://{person}@{it['HOST']}:{it['PORT']}/{it['NAME']}"


@contextmanager
def celery(*arguments: str) -> Iterator[subprocess.Popen]:
    """Run celery with these arguments; whatever happens, nothing of it is left."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": database_address(),
        "REDIS_URL": settings.REDIS_URL,
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "BID_KEYS_FILE": str(settings.BID_KEYS_FILE),
        "JOB_LEASE_SECONDS": str(LEASE_SECONDS),
        "JOB_SWEEP_SECONDS": str(SWEEP_SECONDS),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config", *arguments, "--loglevel", "ERROR"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        kill(process)


def worker(folder: Path):
    """A worker with one pool process, that also sweeps."""
    return celery("worker", "-c", "1", "-B", "-s", str(folder / "beat"))


def kill(process: subprocess.Popen) -> None:
    """kill -9 the process and all it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)


def kill_children(process: subprocess.Popen) -> None:
    """kill -9 what the process started, but not the process."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for child in children:
        os.kill(int(child), signal.SIGKILL)


def wait_until(claim: Callable[[], bool], *, seconds: int = 60) -> None:
    """Wait for something another process does."""
    patience = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > patience:
            raise TimeoutError(f"not so after {seconds} seconds")
        time.sleep(0.02)
