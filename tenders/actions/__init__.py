"""Everything that happens to a tender, one action per event."""

from tenders.actions.alerts import save_alert, stop_alerts
from tenders.actions.beginning import create_tender, edit_basics
from tenders.actions.conditions import add_condition, remove_condition
from tenders.actions.conversations import ask_question
from tenders.actions.design import (
    set_scale,
    set_timetable,
    set_weights,
)
from tenders.actions.extensions import propose_extension
from tenders.actions.following import follow, note_follower, unfollow
from tenders.actions.life import (
    note_awarded,
    note_cancelled,
    note_first_opening,
    note_live,
    note_locked,
    note_moderating,
    note_opened,
    note_reopened,
    publish_tender,
)
from tenders.actions.lots import add_lot, limit_lots
from tenders.actions.questions import (
    add_metric,
    add_question,
    edit_criterion,
    remove_criterion,
    share_weights_equally,
)
from tenders.actions.reasons import give_reasons
from tenders.actions.targets import drop_own_target, set_own_target
from tenders.actions.team import assign, mark_conflicted, note_declared, unassign

__all__ = [
    "add_condition",
    "add_lot",
    "add_metric",
    "add_question",
    "ask_question",
    "assign",
    "create_tender",
    "drop_own_target",
    "edit_basics",
    "edit_criterion",
    "follow",
    "give_reasons",
    "mark_conflicted",
    "limit_lots",
    "note_awarded",
    "note_cancelled",
    "note_declared",
    "note_first_opening",
    "note_follower",
    "note_live",
    "note_locked",
    "note_moderating",
    "note_opened",
    "note_reopened",
    "propose_extension",
    "publish_tender",
    "remove_condition",
    "remove_criterion",
    "save_alert",
    "set_own_target",
    "set_scale",
    "set_timetable",
    "set_weights",
    "share_weights_equally",
    "stop_alerts",
    "unassign",
    "unfollow",
]
