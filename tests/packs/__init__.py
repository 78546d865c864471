"""Policies written as packs for tests, by following docs/charters.md."""

import shutil
from datetime import date, timedelta
from pathlib import Path

FOLDER = Path(__file__).parent


def anyford(folder: Path, *, rises: date) -> Path:
    """The folder of packs that holds Anyford's policy, whose minimum rises on a day."""
    shutil.copytree(FOLDER / "anyford", folder / "packs" / "anyford")
    (folder / "frameworks").mkdir()
    rules = folder / "packs" / "anyford" / "rules.toml"
    text = rules.read_text(encoding="utf-8")
    last = (rises - timedelta(days=1)).isoformat()
    rules.write_text(
        text.replace("= LAST", f"= {last}").replace("= RISES", f"= {rises.isoformat()}"),
        encoding="utf-8",
    )
    return folder
