"""What happens between the opening of bids and the award."""

from evaluations.actions.awards import (
    approve_award,
    recommend_award,
    return_recommendation,
)
from evaluations.actions.interests import declare
from evaluations.actions.marks import give_mark, submit_marks
from evaluations.actions.moderation import agree_mark, lock, open_moderation, reopen
from evaluations.actions.programmes import (
    approve_programme,
    recommend_on_cases,
    recommend_programme,
    return_programme,
)
from evaluations.actions.refusals import (
    MarkNotAsked,
    MarkOffScale,
    NotFundable,
    NotRankedFirst,
    NotReady,
    NotTheBestSet,
    Refusal,
    Stale,
    UnsuitableManager,
    WordsMissing,
)

__all__ = [
    "MarkNotAsked",
    "MarkOffScale",
    "NotFundable",
    "NotRankedFirst",
    "NotReady",
    "NotTheBestSet",
    "Refusal",
    "Stale",
    "UnsuitableManager",
    "WordsMissing",
    "agree_mark",
    "approve_award",
    "approve_programme",
    "declare",
    "give_mark",
    "lock",
    "open_moderation",
    "recommend_award",
    "recommend_on_cases",
    "recommend_programme",
    "reopen",
    "return_programme",
    "return_recommendation",
    "submit_marks",
]
