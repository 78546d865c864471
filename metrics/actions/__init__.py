"""What happens to the catalogue, and to charters as far as their metrics go with them."""

from metrics.actions.editing import (
    add_flag,
    add_metric,
    edit_reach,
    edit_words,
    remove_flag,
    remove_metric,
    set_overlaps,
    set_target,
)
from metrics.actions.holding import hold_back, release
from metrics.actions.life import adopt_pack, discard_draft, publish_version, start_new_version
from metrics.actions.loading import load_charter
from metrics.actions.proxies import load_proxies, withdraw_proxies
from metrics.actions.reasons import give_reasons
from metrics.actions.results import correct_result, record_result
from metrics.actions.sheets import apply_sheet, read_sheet
from metrics.actions.targets import resolve_target, set_owner

__all__ = [
    "add_flag",
    "add_metric",
    "adopt_pack",
    "apply_sheet",
    "correct_result",
    "discard_draft",
    "edit_reach",
    "edit_words",
    "give_reasons",
    "hold_back",
    "load_charter",
    "load_proxies",
    "publish_version",
    "read_sheet",
    "record_result",
    "release",
    "remove_flag",
    "remove_metric",
    "resolve_target",
    "set_overlaps",
    "set_owner",
    "set_target",
    "start_new_version",
    "withdraw_proxies",
]
