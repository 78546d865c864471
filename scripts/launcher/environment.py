"""What the application's processes read from their environment."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from scripts.launcher.system import HOMEBREW_LIBRARIES

# Set on the machine that calls us, but not meant for the application.
NOT_PASSED_ON = {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PORT"}

# Only a trial and the tests may set these.
RELAXED = {
    "DEBUG",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "HSTS_SECONDS",
    "INSECURE_HTTP",
    "SSL_REDIRECT",
}


def postgres_url(*, role: str, password: str, port: int, database: str) -> str:
    return f"postgres://{role}:{quote(password, safe='')}@127.0.0.1:{port}/{database}"


def redis_url(*, password: str, port: int) -> str:
    return f"redis://:{quote(password, safe='')}@127.0.0.1:{port}/0"


def inherited(surroundings: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The caller's environment without what would mislead the application."""
    kept = {name: value for name, value in surroundings.items() if name not in NOT_PASSED_ON}
    libraries = os.pathsep.join(str(folder) for folder in HOMEBREW_LIBRARIES)
    return {"DYLD_FALLBACK_LIBRARY_PATH": libraries, **kept}


def trial(
    surroundings: Mapping[str, str],
    *,
    data: Path,
    port: int,
    secret_key: str,
    database_url: str,
    owner_url: str,
    redis_url: str,
) -> dict[str, str]:
    """A trial's settings: on http, private to this machine; what the caller set wins."""
    defaults = {
        "SECRET_KEY": secret_key,
        "INSECURE_HTTP": "1",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "SITE_URL": f"http://localhost:{port}",
        "MEDIA_ROOT": str(data / "media"),
        "BID_KEYS_FILE": str(data / "keys" / "bids.json"),
        "EMAIL_FILE_PATH": str(data / "mail"),
    }
    servers = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_url,
        "DATABASE_OWNER_URL": owner_url,
        "REDIS_URL": redis_url,
    }
    return {**defaults, **inherited(surroundings), **servers}


def as_owner(environment: Mapping[str, str]) -> dict[str, str]:
    """The same, connected as the role that owns the tables."""
    return {**environment, "DATABASE_URL": environment["DATABASE_OWNER_URL"]}


def production_like(surroundings: Mapping[str, str], *, database_url: str) -> dict[str, str]:
    """What a real site sets, for Django's deployment check."""
    strict = {name: value for name, value in surroundings.items() if name not in RELAXED}
    return {
        **strict,
        "SECRET_KEY": "".join(chr(33 + (7 * place) % 89) for place in range(64)),
        "ALLOWED_HOSTS": "tenth.example",
        "SITE_URL": "https://tenth.example",
        "BEHIND_PROXY": "1",
        "DATABASE_URL": database_url,
    }
