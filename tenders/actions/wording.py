"""What every criterion says: its words, its weight, what it is judged by, and its case."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from tenders.actions.drafts import need_text
from tenders.limits import MOST_SUB_CRITERIA
from tenders.models import Case, Criterion, Group, Opportunity
from tenders.policy import MOST_WORDS, longest_answer
from tenders.refusals import Unfit

HUNDRED = Decimal(100)


def word(
    criterion: Criterion,
    at: datetime,
    *,
    title: str,
    question: str,
    weight: Decimal,
    max_words: int,
) -> None:
    """Give a criterion its title, its question, its weight and how long an answer may be."""
    criterion.title = need_text("title", title, "Enter a short title for the question.")
    criterion.question = need_text("question", question, "Enter what bidders are asked.")
    if not 0 < weight <= HUNDRED:
        raise Unfit("weight", "Enter a weight above 0 and up to 100, as a percentage of its group.")
    longest = longest_answer(criterion.tender, at) if criterion.metric else MOST_WORDS
    if not 1 <= max_words <= longest:
        why = "" if longest == MOST_WORDS else " Your policy allows no longer answers."
        raise Unfit("max_words", f"Enter a word limit from 1 to {longest}.{why}")
    criterion.weight, criterion.max_words = weight, max_words


def judge_by(criterion: Criterion, sub_criteria: Sequence[Mapping]) -> None:
    """Say part for part what an answer is judged by; nothing where it is judged as a whole."""
    if len(sub_criteria) > MOST_SUB_CRITERIA:
        raise Unfit(
            "sub_criteria",
            f"Enter at most {MOST_SUB_CRITERIA} sub-criteria. Bidders have to answer each.",
        )
    kept = [
        {
            "title": need_text("sub_criteria", one["title"], "Name each sub-criterion."),
            "asks": need_text("sub_criteria", one["asks"], "Say what each sub-criterion asks for."),
        }
        for one in sub_criteria
    ]
    if len({one["title"].lower() for one in kept}) < len(kept):
        raise Unfit("sub_criteria", "Give each sub-criterion a name of its own.")
    criterion.sub_criteria = kept


def put_in_case(criterion: Criterion, case: str) -> None:
    """Say to which of the five cases a question of a business case belongs."""
    is_of_cases = criterion.tender.opportunity == Opportunity.BUSINESS_CASE
    if not is_of_cases or criterion.group != Group.QUALITY:
        criterion.case = ""
        return
    if case not in Case.values:
        raise Unfit("case", "Choose which of the five cases this question belongs to.")
    criterion.case = case
