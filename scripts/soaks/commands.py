"""scripts/soak: a throw-away site for each run, and the run in a process of its own."""

import argparse
import json

from scripts.launcher.paths import ROOT, VENV_PYTHON, data_folder, passing_folder, provide_folder
from scripts.launcher.processes import Crew, one_off
from scripts.soaks import site


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    ledger = provide_folder(data_folder() / "soak") / f"{options.soak}.jsonl"
    ledger.unlink(missing_ok=True)
    print(f"Starting servers of its own for scripts/soak {options.soak} …", flush=True)
    with passing_folder() as folder, Crew() as crew:
        values, doors = site.start(crew, folder, without_lock=options.without_lock)
        asked = {**vars(options), **doors, "ledger": str(ledger)}
        command = [str(VENV_PYTHON), "-m", "scripts.soaks.within", json.dumps(asked)]
        with one_off(command, env={**values, "PYTHONPATH": str(ROOT)}, folder=ROOT) as running:
            return running.wait()


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/soak", description=__doc__)
    soaks = parser.add_subparsers(dest="soak", required=True)
    deadline = soaks.add_parser(
        "deadline", help="many submit across a deadline while two people open as soon as they may"
    )
    deadline.add_argument("--submitters", type=int, default=200)
    deadline.add_argument("--rounds", type=int, default=10)
    deadline.add_argument(
        "--doubles", type=int, default=500, help="how often somebody presses five times at once"
    )
    deadline.add_argument(
        "--without-lock",
        action="store_true",
        help="plant the fault: this run must lose bids, or the others prove nothing",
    )
    return parser.parse_args(arguments)
