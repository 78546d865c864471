"""One trial at a time in a folder: its lock, its servers, and how others find them."""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path

from scripts.launcher import broker, named_servers, postgres, roles
from scripts.launcher import environment as settings
from scripts.launcher.paths import provide_folder
from scripts.launcher.processes import Crew
from scripts.launcher.secrets_kept import kept_secret, write_private
from scripts.launcher.trouble import Trouble

RUNNING = "running.json"


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the kernel lets go of it however we end."""
    with (provide_folder(folder) / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(already_running(folder)) from None
        try:
            yield
        finally:
            (folder / RUNNING).unlink(missing_ok=True)


def already_running(folder: Path) -> str:
    address = (running_environment(folder) or {}).get("SITE_URL", "(still starting)")
    return f"Tenth is running already: {address}. Its data is in {folder}."


def environment(crew: Crew, folder: Path, *, port: int) -> dict[str, str]:
    """Start the servers the caller did not name; the settings of everything that uses them."""
    surroundings = dict(os.environ)
    database_url = surroundings.get("DATABASE_URL")
    owner_url = surroundings.get("DATABASE_OWNER_URL") or database_url
    if database_url and owner_url:
        named_servers.check_database("DATABASE_URL", database_url)
        named_servers.check_database("DATABASE_OWNER_URL", owner_url)
    else:
        database_url, owner_url = roles.provide(postgres.start(crew, folder), folder)
    redis_url = surroundings.get("REDIS_URL")
    if redis_url:
        named_servers.check_broker(redis_url)
    else:
        redis_url = broker.start(crew, folder)
    return settings.trial(
        surroundings,
        data=folder,
        port=port,
        secret_key=kept_secret(folder, "secret_key"),
        database_url=database_url,
        owner_url=owner_url,
        redis_url=redis_url,
    )


def remember(folder: Path, values: dict[str, str]) -> None:
    """For scripts/manage: what the running trial's processes were given."""
    write_private(folder / RUNNING, json.dumps(values))


def running_environment(folder: Path) -> dict[str, str] | None:
    """The environment of the trial that runs in this folder, if one has got so far."""
    try:
        return dict(json.loads((folder / RUNNING).read_text()))
    except FileNotFoundError:
        return None
