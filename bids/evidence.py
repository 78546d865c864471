"""Whether an answer may bring files: a policy may ask small bidders for their word alone."""

from charter.clauses import STATEMENT
from tenders.models import Criterion
from tenders.policy import policy_day, policy_of


def takes_files(criterion: Criterion) -> bool:
    """Whether files go with the answer to this; always, but where policy wants a statement only."""
    tender = criterion.tender
    if criterion.metric_id is None or tender.published_at is None:
        return True
    evidence = policy_of(tender, policy_day(tender, tender.published_at)).evidence
    return evidence is None or evidence.facts["depth"] != STATEMENT
