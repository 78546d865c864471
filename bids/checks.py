"""Whether this site can seal and read bids: asked by `check --deploy`, and as the site starts."""

import logging

from django.core.checks import Error

from bids.keyring import KeyringTrouble, keyring

logger = logging.getLogger(__name__)


def keys_are_usable(app_configs, **kwargs):
    """A system check: the keys of bids are there, and open to nobody else."""
    try:
        keyring().check()
    except KeyringTrouble as trouble:
        return [Error(f"Bids cannot be sealed or read. {trouble}", id="bids.E001")]
    return []


def log_unless_keys_are_usable() -> None:
    """For a process that starts: the pages that need no keys work all the same."""
    for trouble in keys_are_usable(None):
        logger.error(trouble.msg)
