"""Make ready what a verb needs, then run it under the virtual environment's Python."""

import importlib
import os
import sys

from scripts.launcher import system, venv
from scripts.launcher.paths import ROOT, VENV_PYTHON
from scripts.launcher.processes import StopAsked, listen_for_stop
from scripts.launcher.trouble import Trouble

# verb: the module that does it, the lock it needs, what the machine must bring
VERBS = {
    "run": ("launcher.trial", "requirements-trial.txt", system.TO_RUN),
    "manage": ("launcher.console", "requirements-trial.txt", system.TO_RUN),
    "test": ("launcher.checks", "requirements-dev.txt", system.TO_TEST),
    "soak": ("soaks.commands", "requirements-dev.txt", system.TO_RUN),
}
READY = "--ready"  # said by ourselves, once the second Python has taken over


def main(arguments: list[str]) -> int:
    listen_for_stop()
    verb, *rest = arguments
    module, lock, needs = VERBS[verb]
    if rest[:1] != [READY]:
        system.provide(needs)
        venv.provide(lock)
        again = [str(VENV_PYTHON), "-m", "scripts.launcher", verb, READY, *rest]
        os.execve(VENV_PYTHON, again, {**os.environ, "PYTHONPATH": str(ROOT)})
    os.umask(0o077)  # data, logs and secrets are nobody else's
    return int(importlib.import_module(f"scripts.{module}").main(rest[1:]))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        sys.exit(f"\n{trouble}")
    except StopAsked:
        print("\nStopped.", flush=True)
        sys.exit(0 if sys.argv[1] == "run" else 130)
