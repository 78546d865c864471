"""scripts/manage: Django's command line on the trial's servers, running or not."""

import subprocess

import psycopg2

from scripts.launcher import session
from scripts.launcher.environment import as_owner, inherited
from scripts.launcher.paths import ROOT, VENV_PYTHON, data_folder
from scripts.launcher.processes import Crew

# These change tables or rights, which the application's own role may not.
OWNERS_COMMANDS = {"migrate", "grant_app_role", "pgtrigger"}
# Arithmetic needs no database.
PURE_COMMANDS = {"score"}


def main(arguments: list[str]) -> int:
    if set(arguments[:1]) & PURE_COMMANDS:
        return _manage(arguments, inherited())
    folder = data_folder()
    values = session.running_environment(folder)
    if values is not None and not _answers(values["DATABASE_URL"]):
        values = None
    if values is not None:
        return _manage(arguments, _for(arguments, values))
    with session.only_one(folder), Crew() as crew:
        values = session.environment(crew, folder, port=8000)
        return _manage(arguments, _for(arguments, values))


def _for(arguments: list[str], values: dict[str, str]) -> dict[str, str]:
    return as_owner(values) if set(arguments[:1]) & OWNERS_COMMANDS else values


def _manage(arguments: list[str], values: dict[str, str]) -> int:
    command = [str(VENV_PYTHON), str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=values, check=False).returncode


def _answers(database_url: str) -> bool:
    """A launcher that was killed leaves its note behind, and no server."""
    try:
        psycopg2.connect(database_url).close()
    except psycopg2.OperationalError:
        return False
    return True
