"""scripts/run: servers, tables, demo, worker and web, until Ctrl-C."""

import argparse
import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from scripts.launcher import session
from scripts.launcher.environment import as_owner
from scripts.launcher.paths import ROOT, VENV_PYTHON, data_folder
from scripts.launcher.ports import web_addresses, web_port
from scripts.launcher.processes import Child, Crew, one_off
from scripts.launcher.signins import sign_in_lines
from scripts.launcher.trouble import Trouble, last_lines

SECONDS_TO_ANSWER = 60


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    folder = data_folder()
    port = web_port()
    with session.only_one(folder), Crew() as crew:
        _say("Starting the servers")
        environment = session.environment(crew, folder, port=port)
        session.remember(folder, environment)
        _say("Making the tables")
        prepare(environment)
        _start_worker(crew, folder, environment)
        web = start_web(crew, folder, environment, port)
        sign_ins = folder / "demo-sign-ins.json"
        if options.demo:
            _say("Building the demo procurement")
            _commands(["build_demo"], ["personas", str(sign_ins)], environment=environment)
        wait_for_answer(web, port)
        _announce(port, sign_ins if options.demo else None)
        crew.watch()
    return 0


def _say(step: str) -> None:
    print(f"{step} …", flush=True)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/run",
        description="Start Tenth for a trial on this machine. Ctrl-C stops everything.",
        epilog="PORT, DATABASE_URL, REDIS_URL and every name in .env.example are respected.",
    )
    parser.add_argument(
        "--no-demo",
        dest="demo",
        action="store_false",
        help="start with what is in the database, and build no demo procurement",
    )
    return parser.parse_args(arguments)


def prepare(environment: dict[str, str]) -> None:
    """Keys, tables and rights, as the owner; the application itself may make no tables."""
    role = urlsplit(environment["DATABASE_URL"]).username
    steps = [
        ["make_bid_keys", "--unless-made"],
        ["migrate", "--verbosity=0"],
        ["collectstatic", "--noinput", "--verbosity=0"],
    ]
    if role and role != urlsplit(environment["DATABASE_OWNER_URL"]).username:
        steps.insert(2, ["grant_app_role", role])
    _commands(*steps, environment=as_owner(environment))


def _commands(*steps: list[str], environment: dict[str, str]) -> None:
    """Several management commands in one process: starting Django is the slow part."""
    names = ", ".join(step[0] for step in steps)
    command = [str(VENV_PYTHON), "-m", "scripts.launcher.steps", json.dumps(steps)]
    within = {**environment, "PYTHONPATH": str(ROOT)}
    with one_off(command, env=within, output=subprocess.PIPE) as running:
        output, _ = running.communicate()
    if running.returncode != 0:
        raise Trouble(f"Could not {names}:\n{output.decode(errors='replace').strip()}")


def _start_worker(crew: Crew, folder: Path, environment: dict[str, str]) -> None:
    crew.start(
        Child(
            "The worker",
            [
                *(str(VENV_PYTHON), "-m", "celery", "--app=config", f"--workdir={ROOT}"),
                *("worker", "--beat", "--concurrency=1", "--loglevel=INFO"),
                f"--schedule={folder / 'beat-schedule'}",
            ],
            environment,
            folder / "log" / "worker.log",
            stop_signal=signal.SIGQUIT,  # work it drops is sent again: no need to wait
        )
    )


def start_web(
    crew: Crew, folder: Path, environment: dict[str, str], port: int, *, name: str = "web"
) -> Child:
    binds = [f"--bind={address}" for address in web_addresses(port)]
    return crew.start(
        Child(
            "The web server",
            [
                *(str(VENV_PYTHON), "-m", "gunicorn", "config.wsgi", f"--chdir={ROOT}"),
                *("--worker-class=gthread", "--workers=2", "--threads=4"),
                *("--graceful-timeout=5", "--access-logfile=-", *binds),
            ],
            environment,
            folder / "log" / f"{name}.log",
        )
    )


def wait_for_answer(web: Child, port: int) -> None:
    """Any page but a server error means that it works."""
    give_up = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < give_up:
        web.check_alive()
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10).close()
        except urllib.error.HTTPError as refused:
            if refused.code < 500:
                return
            raise Trouble(f"The first page failed:\n{last_lines(web.log, 40)}") from None
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise Trouble(f"The web server does not answer:\n{last_lines(web.log)}")


def _announce(port: int, sign_ins: Path | None) -> None:
    print(f"\nTenth is ready: http://localhost:{port}\n")
    if sign_ins:
        people = json.loads(sign_ins.read_text())
        print("\n".join([*sign_in_lines(people), "", f"All of them: {_short(sign_ins)}"]))
    print("Ctrl-C stops everything; what you did is kept.", flush=True)


def _short(path: Path) -> str:
    here = Path(os.getcwd())
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
