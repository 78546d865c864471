"""What happens between the opening of bids and the award."""

from evaluations.actions.awards import (
    approve_award,
    recommend_award,
    return_recommendation,
)
from evaluations.actions.interests import declare
from evaluations.actions.marks import give_mark, submit_marks
from evaluations.actions.moderation import agree_mark, lock, open_moderation, reopen
from evaluations.actions.refusals import (
    MarkNotAsked,
    MarkOffScale,
    NotRankedFirst,
    NotReady,
    Refusal,
    Stale,
    UnsuitableManager,
    WordsMissing,
)

__all__ = [
    "MarkNotAsked",
    "MarkOffScale",
    "NotRankedFirst",
    "NotReady",
    "Refusal",
    "Stale",
    "UnsuitableManager",
    "WordsMissing",
    "agree_mark",
    "approve_award",
    "declare",
    "give_mark",
    "lock",
    "open_moderation",
    "recommend_award",
    "reopen",
    "return_recommendation",
    "submit_marks",
]
