"""A launcher with one child, to be killed from outside."""

import os
import sys
from pathlib import Path

from scripts.launcher.processes import Child, Crew


def main(log: Path, program: str) -> None:
    with Crew() as crew:
        child = crew.start(Child("child", [sys.executable, "-c", program], os.environ, log))
        print(child.running.pid if child.running else "", flush=True)
        crew.watch()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
