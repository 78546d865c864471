"""The five cases of a business case, kept as they are: what is asked in each of them.

Metrics stand in the strategic case, beside what is asked of the economic side
(SSLEP paper, paragraph 21).
"""

from collections.abc import Iterable, Iterator

from tenders.models import Case, Criterion, Opportunity, Tender


def has_cases(tender: Tender) -> bool:
    """Whether what is asked is ordered by the five cases."""
    return tender.opportunity == Opportunity.BUSINESS_CASE


def case_of(criterion: Criterion) -> str:
    """The case that a question belongs to; empty where nobody has said."""
    return Case.STRATEGIC if criterion.metric_id else criterion.case


def needs_of_cases(tender: Tender, criteria: Iterable[Criterion]) -> Iterator[str]:
    """What keeps a business case from being whole: a question without a case, or a case without."""
    if not has_cases(tender):
        return
    criteria = list(criteria)
    for one in criteria:
        if not case_of(one):
            yield f"Say which of the five cases “{one.title}” belongs to."
    asked = {case_of(one) for one in criteria}
    missing = [f"the {case.label.lower()}" for case in Case if case not in asked]
    if missing:
        *first, last = missing
        named = f"{', '.join(first)} and {last}" if first else last
        yield f"Ask at least one question in {named}. A business case has all five."
