"""Outlives a launcher that was killed, just long enough to end what it had started.

The kernel tells each child, on Linux; one that waits for a broker which is gone as well
would still go on for ever.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

from scripts.launcher.paths import ROOT

DONE = "done"
SECONDS_TO_END = 5


@dataclass
class Guard:
    """The launcher's end of it: it hears of every child, and that all went well."""

    process: subprocess.Popen[str] = field(
        default_factory=lambda: subprocess.Popen(
            [sys.executable, "-m", "scripts.launcher.guard"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
    )

    def hears_of(self, name: str, pid: int, asking: signal.Signals) -> None:
        """A child of that name runs now, instead of any earlier one."""
        self._say(f"{pid} {int(asking)} {name}")

    def may_go(self) -> None:
        self._say(DONE)
        with contextlib.suppress(BrokenPipeError):
            self.process.communicate()

    def _say(self, line: str) -> None:
        # Without it we still work: only a kill -9 would be less tidy.
        with contextlib.suppress(BrokenPipeError):
            assert self.process.stdin is not None
            self.process.stdin.write(f"{line}\n")
            self.process.stdin.flush()


def end_all(children: list[tuple[int, int]]) -> None:
    """Ask in the reverse order, wait a little, then end whole sessions."""
    for pid, asking in reversed(children):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, asking)
    give_up = time.monotonic() + SECONDS_TO_END
    while any(_exists(pid) for pid, _ in children) and time.monotonic() < give_up:
        time.sleep(0.1)
    for pid, _ in children:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def _exists(session: int) -> bool:
    try:
        os.killpg(session, 0)
    except ProcessLookupError:
        return False
    return True


def main() -> None:
    children: dict[str, tuple[int, int]] = {}
    for line in sys.stdin:
        if line.strip() == DONE:
            return
        pid, asking, name = line.split(maxsplit=2)
        children[name] = (int(pid), int(asking))
    end_all(list(children.values()))


if __name__ == "__main__":
    main()
