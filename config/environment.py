"""Read settings from the environment; a missing value says how to fix it."""

import os

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The value of `name`, or `default`; refused with advice when neither exists."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(
            f"Set {name} in the environment; .env.example says what it is for. "
            "scripts/run sets everything for a trial."
        )
    return value


def flag(name: str, default: bool = False) -> bool:
    """Whether `name` is switched on: 1, true, yes or on."""
    return text(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """`name` as a whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    """`name` as a list, split at commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]
