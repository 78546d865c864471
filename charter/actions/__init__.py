"""What happens to charters."""

from charter.actions.comments import (
    add_comment,
    answer_comment,
    comment_by_link,
    invite_group,
)
from charter.actions.drafting import (
    add_quadrant,
    edit_quadrant,
    edit_words,
    move_quadrant,
    remove_quadrant,
)
from charter.actions.drafting_principles import (
    add_principle,
    edit_principle,
    map_principle,
    move_principle,
    remove_principle,
)
from charter.actions.drafting_rules import (
    add_clause,
    add_rule,
    edit_clause,
    edit_rule,
    remove_clause,
    remove_rule,
)
from charter.actions.frameworks import load_frameworks
from charter.actions.loading import draft_charter
from charter.actions.partners import decide_partner, record_partner, sign_up
from charter.actions.versions import begin_charter, copy_charter, publish_charter

__all__ = [
    "add_clause",
    "add_comment",
    "add_principle",
    "add_quadrant",
    "add_rule",
    "answer_comment",
    "begin_charter",
    "comment_by_link",
    "copy_charter",
    "decide_partner",
    "draft_charter",
    "edit_clause",
    "edit_principle",
    "edit_quadrant",
    "edit_rule",
    "edit_words",
    "invite_group",
    "load_frameworks",
    "map_principle",
    "move_principle",
    "move_quadrant",
    "publish_charter",
    "record_partner",
    "remove_clause",
    "remove_principle",
    "remove_quadrant",
    "remove_rule",
    "sign_up",
]
