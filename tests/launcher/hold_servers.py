"""What scripts/run does before Django: start the servers, say where, wait for a signal."""

import json
from pathlib import Path

from scripts.launcher import session
from scripts.launcher.processes import Crew, StopAsked, listen_for_stop


def main(folder: Path) -> None:
    listen_for_stop()
    with session.only_one(folder), Crew() as crew:
        values = session.environment(crew, folder, port=8000)
        session.remember(folder, values)
        pids = [child.running.pid for child in crew.children if child.running]
        print(json.dumps({**values, "pids": pids}), flush=True)
        crew.watch()


if __name__ == "__main__":
    import sys

    try:
        main(Path(sys.argv[1]))
    except StopAsked:
        sys.exit(0)
