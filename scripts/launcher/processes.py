"""Child processes: started in order, watched, stopped in the reverse order."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Self

from scripts.launcher.guard import Guard
from scripts.launcher.trouble import Trouble, last_lines

SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, in linux/prctl.h
SECONDS_TO_STOP = 10
SECONDS_BETWEEN_LOOKS = 0.5
RESTARTS_ALLOWED = 5
RESTART_WINDOW_SECONDS = 60
LARGE_LOG = 10 * 1024 * 1024


class StopAsked(BaseException):
    """Somebody pressed Ctrl-C or sent us a signal."""


@dataclass
class Child:
    """One process of ours: how it starts, how it likes to be stopped."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM
    user: int | None = None
    running: subprocess.Popen[bytes] | None = None
    started: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGE_LOG:
            self.log.replace(self.log.with_suffix(".old.log"))
        self.started.append(time.monotonic())
        with self.log.open("ab") as log:
            self.running = start_child(
                self.command,
                env=dict(self.environment),
                death_signal=self.stop_signal,
                user=self.user,
                output=log,
            )

    @property
    def has_ended(self) -> bool:
        return self.running is None or self.running.poll() is not None

    def check_alive(self) -> None:
        if self.has_ended:
            raise Trouble(f"{self.name} stopped. {self.log} ends:\n{last_lines(self.log)}")

    def stop(self) -> None:
        """Ask, wait, then leave nothing of it behind."""
        if self.running is not None:
            stop(self.running, self.stop_signal)
            self.running = None

    def start_again(self) -> None:
        """Restart what died by itself, unless it keeps dying."""
        now = time.monotonic()
        recent = [moment for moment in self.started if now - moment < RESTART_WINDOW_SECONDS]
        if len(recent) > RESTARTS_ALLOWED:
            self.check_alive()
        print(f"{self.name} stopped by itself; starting it again.", flush=True)
        self.stop()  # what it had started may still run, and would do its work twice
        self.started = recent
        self.start()


class Crew:
    """All our children, as a context: leaving it stops every one."""

    def __init__(self) -> None:
        self.children: list[Child] = []
        self.guard = Guard()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        ignore_signals()
        for child in reversed(self.children):
            child.stop()
        self.guard.may_go()

    def start(self, child: Child) -> Child:
        self.children.append(child)
        child.start()
        self._tell_guard(child)
        return child

    def watch(self) -> None:
        """Keep everything running until somebody asks us to stop."""
        while True:
            time.sleep(SECONDS_BETWEEN_LOOKS)
            for child in self.children:
                if child.has_ended:
                    child.start_again()
                    self._tell_guard(child)

    def _tell_guard(self, child: Child) -> None:
        if child.running is not None:
            self.guard.hears_of(child.name, child.running.pid, child.stop_signal)


def stop(running: subprocess.Popen[bytes], asking: signal.Signals) -> None:
    """Ask a process to end, wait, then end whatever is left of its session."""
    if running.poll() is None:
        running.send_signal(asking)
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(SECONDS_TO_STOP)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


@contextlib.contextmanager
def one_off(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    folder: Path | None = None,
    output: int | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that does one thing; if we are stopped meanwhile, it is too."""
    running = start_child(
        command, env=env, death_signal=signal.SIGINT, folder=folder, output=output
    )
    try:
        yield running
    finally:
        stop(running, signal.SIGINT)


def start_child(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    death_signal: signal.Signals = signal.SIGTERM,
    user: int | None = None,
    folder: Path | None = None,
    output: IO[bytes] | int | None = None,
) -> subprocess.Popen[bytes]:
    """Start a process that does not outlive us, in a session of its own.

    Its own session keeps a terminal's Ctrl-C away from it: we decide the order.
    """
    return subprocess.Popen(
        list(command),
        env=dict(env),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        start_new_session=True,
        preexec_fn=_end_with(os.getpid(), death_signal),
        user=user,
        group=user,
        extra_groups=None if user is None else [],
    )


def _end_with(parent: int, death_signal: signal.Signals) -> Callable[[], None] | None:
    """What a child does before it becomes another program, on Linux: ask to end with us."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)

    def before_exec() -> None:
        libc.prctl(SET_DEATH_SIGNAL, int(death_signal))
        if os.getppid() != parent:  # it died before we could ask to be told
            os._exit(1)

    return before_exec


def listen_for_stop() -> None:
    """Turn the signals that mean stop into StopAsked.

    Also SIGINT: a background job of a shell starts with it ignored. A hangup that is
    ignored (nohup) stays so.
    """

    def asked(*_: object) -> None:
        ignore_signals()
        raise StopAsked

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, asked)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, asked)


def ignore_signals() -> None:
    """Nothing may interrupt an orderly stop, a second Ctrl-C included."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
