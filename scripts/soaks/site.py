"""A site for one soak: its own servers, forgotten afterwards, whatever the caller's are called."""

import os
from pathlib import Path

from scripts.launcher import broker, environment, postgres, roles, trial
from scripts.launcher.ports import free_port
from scripts.launcher.processes import Crew
from scripts.launcher.secrets_kept import kept_secret

SETTINGS = "scripts.soaks.settings"
# Of the caller's environment this much is needed; a site of theirs must not be found in it.
PASSED_ON = ("PATH", "HOME", "LANG")


def start(crew: Crew, folder: Path, *, without_lock: bool) -> tuple[dict[str, str], dict[str, int]]:
    """What its processes read, and the two ports: the bidders', and the authority's people's.

    Those who open come in by a door of their own, so that they need not wait behind bidders:
    that is the hardest case for the lock.
    """
    surroundings = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    application, owner = roles.provide(postgres.start(crew, folder), folder)
    doors = {"bidders": free_port(), "team": free_port()}
    values = environment.trial(
        surroundings,
        data=folder,
        port=doors["bidders"],
        secret_key=kept_secret(folder, "secret_key"),
        database_url=application,
        owner_url=owner,
        redis_url=broker.start(crew, folder),
    )
    trial.prepare(values)
    values |= {"DJANGO_SETTINGS_MODULE": SETTINGS}
    if without_lock:
        values |= {"SOAK_WITHOUT_LOCK": "1"}
    for name, port in doors.items():
        web = trial.start_web(crew, folder, values, port, name=f"web-{name}")
        trial.wait_for_answer(web, port)
    return values, doors
