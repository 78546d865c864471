"""Everything that happens to a tender, one action per event."""

from tenders.actions.beginning import create_tender, edit_basics
from tenders.actions.design import (
    set_scale,
    set_timetable,
    set_weights,
)
from tenders.actions.life import (
    cancel_tender,
    note_awarded,
    note_first_opening,
    note_live,
    note_locked,
    note_moderating,
    note_opened,
    note_reopened,
    publish_tender,
)
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
    "add_metric",
    "add_question",
    "assign",
    "cancel_tender",
    "create_tender",
    "drop_own_target",
    "edit_basics",
    "edit_criterion",
    "give_reasons",
    "mark_conflicted",
    "note_awarded",
    "note_declared",
    "note_first_opening",
    "note_live",
    "note_locked",
    "note_moderating",
    "note_opened",
    "note_reopened",
    "publish_tender",
    "remove_criterion",
    "set_own_target",
    "set_scale",
    "set_timetable",
    "set_weights",
    "share_weights_equally",
    "unassign",
]
