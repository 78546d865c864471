"""Where things are: the repository, the virtual environment, the data of a trial."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"


def data_folder() -> Path:
    """Where a trial keeps its database, files, secrets and logs."""
    return Path(os.environ.get("TENTH_VAR", ROOT / "var")).resolve()


def provide_folder(folder: Path) -> Path:
    """Make a folder that others may pass through, and read no list of what is in it.

    PostgreSQL may have to run as somebody else (root may not start it).
    """
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o711)
    return folder


@contextlib.contextmanager
def passing_folder() -> Iterator[Path]:
    """A folder beside a trial's data, for servers that are forgotten afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="test-", dir=provide_folder(data_folder())))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
