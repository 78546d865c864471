"""What the operating system must bring: found, installed, or named exactly."""

import ctypes
import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from scripts.launcher.trouble import Trouble

HOMEBREW_LIBRARIES = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))


@dataclass(frozen=True)
class Need:
    """Something no wheel brings, and what each package manager calls it."""

    name: str
    is_there: Callable[[], bool]
    apt: str
    dnf: str
    brew: str


def has_library(soname: str, plain: str) -> bool:
    """Whether a shared library can be loaded, under its Linux or its macOS name."""
    if sys.platform == "darwin":
        found = any(next(folder.glob(f"lib{plain}*"), None) for folder in HOMEBREW_LIBRARIES)
        return found or ctypes.util.find_library(plain) is not None
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def library(soname: str, plain: str, *, apt: str, dnf: str, brew: str) -> Need:
    return Need(plain, lambda: has_library(soname, plain), apt, dnf, brew)


def has_venv() -> bool:
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


VENV = Need(
    "Python's venv module",
    has_venv,
    apt=f"python3.{sys.version_info.minor}-venv",
    dnf="python3",
    brew="python",
)
TO_RUN = [
    VENV,
    library("libpango-1.0.so.0", "pango-1.0", apt="libpango-1.0-0", dnf="pango", brew="pango"),
    library(
        "libpangoft2-1.0.so.0",
        "pangoft2-1.0",
        apt="libpangoft2-1.0-0",
        dnf="pango",
        brew="pango",
    ),
    library(
        "libharfbuzz-subset.so.0",
        "harfbuzz-subset",
        apt="libharfbuzz-subset0",
        dnf="harfbuzz",
        brew="harfbuzz",
    ),
]
CHROMIUM = Need(
    "Chromium",
    lambda: shutil.which("chromium") is not None,
    apt="chromium",
    dnf="chromium",
    brew="--cask chromium",
)
TO_TEST = [*TO_RUN, CHROMIUM]


def missing(needs: Iterable[Need]) -> list[Need]:
    return [need for need in needs if not need.is_there()]


def advice(lacking: list[Need]) -> str:
    """What is missing and the line to type, for the machines we know."""

    def words(manager: str) -> str:
        return " ".join(dict.fromkeys(getattr(need, manager) for need in lacking))

    return "\n".join(
        [
            f"This machine lacks: {', '.join(need.name for need in lacking)}.",
            f"  Debian, Ubuntu:  sudo apt-get install {words('apt')}",
            f"  Fedora:          sudo dnf install {words('dnf')}",
            f"  macOS:           brew install {words('brew')}",
            "Then run this command again.",
        ]
    )


def provide(needs: Iterable[Need]) -> None:
    """Install what lacks when we may (root, with apt); otherwise stop and say what to type."""
    lacking = missing(needs)
    if not lacking:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _apt_install([need.apt for need in lacking])
        importlib.invalidate_caches()
    still_lacking = missing(lacking)
    if still_lacking:
        raise Trouble(advice(still_lacking))


def _apt_install(packages: list[str]) -> None:
    print(f"Installing from the system's packages: {' '.join(packages)}", file=sys.stderr)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-qq", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-qq"], install):
        subprocess.run(
            command,
            env=quiet,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
