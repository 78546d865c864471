"""scripts/manage: Django's command line on the trial's servers, running or not."""

import subprocess

import psycopg2

from scripts.launcher import session
from scripts.launcher.environment import as_owner
from scripts.launcher.paths import ROOT, VENV_PYTHON, data_folder
from scripts.launcher.processes import Crew

# These change tables or rights, which the application's own role may not.
OWNERS_COMMANDS = {"migrate", "grant_app_role", "pgtrigger"}


def main(arguments: list[str]) -> int:
    folder = data_folder()
    values = session.running_environment(folder)
    if values is not None and not _answers(values["DATABASE_URL"]):
        values = None
    if values is not None:
        return _manage(arguments, values)
    with session.only_one(folder), Crew() as crew:
        return _manage(arguments, session.environment(crew, folder, port=8000))


def _manage(arguments: list[str], values: dict[str, str]) -> int:
    chosen = as_owner(values) if set(arguments[:1]) <= OWNERS_COMMANDS else values
    command = [str(VENV_PYTHON), str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=chosen, check=False).returncode


def _answers(database_url: str) -> bool:
    """A launcher that was killed leaves its note behind, and no server."""
    try:
        psycopg2.connect(database_url).close()
    except psycopg2.OperationalError:
        return False
    return True
