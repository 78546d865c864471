"""The virtual environment, installed from a lock whose every file is pinned by hash."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

from scripts.launcher.environment import inherited
from scripts.launcher.paths import ROOT, VENV, VENV_PYTHON
from scripts.launcher.trouble import Trouble

# Each lock holds all of those before it, at the same versions.
LOCKS = ("requirements.txt", "requirements-trial.txt", "requirements-dev.txt")
STAMP = VENV / "installed.json"


def fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def is_current(lock: str, *, stamp: Path = STAMP, root: Path = ROOT) -> bool:
    """Whether that lock, or one that holds it, is installed as it stands now."""
    try:
        installed = json.loads(stamp.read_text())
    except (OSError, ValueError):
        return False
    enough = LOCKS[LOCKS.index(lock) :]
    return any(installed.get(name) == fingerprint(root / name) for name in enough)


def provide(lock: str) -> None:
    """Make the virtual environment and install the lock, unless that is done already."""
    if not _works():
        print("Making a virtual environment in .venv", file=sys.stderr)
        _run([sys.executable, "-m", "venv", "--clear", str(VENV)], "make .venv")
    if is_current(lock):
        return
    print(f"Installing {lock} (about a minute, once)", file=sys.stderr)
    STAMP.unlink(missing_ok=True)
    if lock == "requirements-trial.txt" and not _install(lock):
        print(
            "The servers for a trial have no wheel for this machine, or could not be "
            "fetched; going on with what is installed here.",
            file=sys.stderr,
        )
        _install_or_stop("requirements.txt")
    elif lock != "requirements-trial.txt":
        _install_or_stop(lock)
    STAMP.write_text(json.dumps({lock: fingerprint(ROOT / lock)}))


def _works() -> bool:
    if not VENV_PYTHON.exists():
        return False
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([VENV_PYTHON, "-c", probe], check=False).returncode == 0


def _install(lock: str) -> bool:
    command = [
        *(str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--no-input"),
        *("--disable-pip-version-check", "--require-hashes", "-r", str(ROOT / lock)),
    ]
    finished = subprocess.run(command, env=inherited(), stdin=subprocess.DEVNULL, check=False)
    return finished.returncode == 0


def _install_or_stop(lock: str) -> None:
    if not _install(lock):
        raise Trouble(
            f"pip could not install {lock}; its own words are above. "
            "Check that this machine can reach its package index, then try again."
        )


def _run(command: list[str], purpose: str) -> None:
    if subprocess.run(command, env=inherited(), check=False).returncode != 0:
        raise Trouble(f"Could not {purpose}: {' '.join(command)} failed; see above.")
