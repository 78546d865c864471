"""Where things are: the repository, the virtual environment, the data of a trial."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"


def data_folder() -> Path:
    """Where a trial keeps its database, files, secrets and logs."""
    return Path(os.environ.get("TENTH_VAR", ROOT / "var")).resolve()
