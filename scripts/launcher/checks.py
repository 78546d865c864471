"""scripts/test: every check CI makes, all of them run, each result shown at the end."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bids.keyring import key_file
from scripts.launcher import broker, postgres, roles
from scripts.launcher.environment import inherited, production_like
from scripts.launcher.paths import ROOT, VENV_PYTHON, passing_folder
from scripts.launcher.processes import Crew, one_off

ONLY = "--only"
# A process for each core, each with a database and a broker of its own; whichever is done
# first takes from the other.
DIVIDED = ("-n", "auto", "--maxprocesses", "4", "--dist", "worksteal")


@dataclass(frozen=True)
class Stage:
    """One check: its name, the command, and what it runs in."""

    name: str
    command: list[str]
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Outcome:
    """How a stage went."""

    name: str
    code: int
    seconds: float

    def __str__(self) -> str:
        return f"{'FAILED' if self.code else 'passed'}  {self.seconds:6.1f} s  {self.name}"


def main(arguments: list[str]) -> int:
    with passing_folder() as folder, Crew() as crew:
        environment = _environment(crew, folder)
        return report([_run(stage) for stage in stages(environment, arguments)])


def stages(environment: Mapping[str, str], arguments: list[str]) -> list[Stage]:
    """All checks, or with --only just the tests its arguments choose."""
    if arguments[:1] == [ONLY]:
        return [_pytest(environment, arguments[1:])]
    strict = production_like(environment, database_url=environment["DATABASE_URL"])
    return [
        Stage("format", _module("ruff", "format", "--check", "."), environment),
        Stage("lint", _module("ruff", "check", "."), environment),
        Stage("templates", _module("djlint", ".", "--lint"), environment),
        Stage("types", _module("mypy"), environment),
        Stage("imports", [str(VENV_PYTHON.with_name("lint-imports"))], environment),
        Stage("migrations", _manage("makemigrations", "--check", "--dry-run"), environment),
        Stage("deployment", _manage("check", "--deploy", "--fail-level=WARNING"), strict),
        _pytest(environment, [*DIVIDED, *arguments]),
    ]


def _pytest(environment: Mapping[str, str], arguments: list[str]) -> Stage:
    return Stage("tests", _module("pytest", *arguments), environment)


def _module(name: str, *arguments: str) -> list[str]:
    return [str(VENV_PYTHON), "-m", name, *arguments]


def _manage(*arguments: str) -> list[str]:
    return [str(VENV_PYTHON), "manage.py", *arguments]


def _environment(crew: Crew, folder: Path) -> dict[str, str]:
    """Servers of our own, fast and forgotten afterwards, unless the caller named some."""
    surroundings = inherited()
    surroundings.pop("DJANGO_SETTINGS_MODULE", None)  # each tool names its own
    database_url = surroundings.get("DATABASE_URL") or roles.provide_for_tests(
        postgres.start(crew, folder, fast=True), folder
    )
    keys = folder / "keys" / "bids.json"
    key_file.make(keys)  # every part of the run, and each process it starts, has these
    return {
        "SECRET_KEY": "for-tests-only-and-as-long-as-a-real-one-would-be-0123456789",
        "INSECURE_HTTP": "1",
        "MEDIA_ROOT": str(folder / "media"),
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # a browser's loop runs beside the database
        **surroundings,
        "BID_KEYS_FILE": str(keys),
        "DATABASE_URL": database_url,
        "DATABASE_OWNER_URL": database_url,
        "REDIS_URL": surroundings.get("REDIS_URL") or broker.start(crew, folder),
    }


def _run(stage: Stage) -> Outcome:
    print(f"\n=== {stage.name} ===", flush=True)
    begun = time.monotonic()
    with one_off(stage.command, env=stage.environment, folder=ROOT) as running:
        code = running.wait()
    return Outcome(stage.name, code, time.monotonic() - begun)


def report(outcomes: list[Outcome]) -> int:
    """Show how each went; 1 if any failed."""
    print("\n=== all ===")
    print("\n".join(str(outcome) for outcome in outcomes), flush=True)
    return 1 if any(outcome.code for outcome in outcomes) else 0
