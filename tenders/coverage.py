"""What the projects of a funding round must cover together: fields of action, each so often."""

from collections.abc import Iterable, Iterator, Mapping

from charter.models import Charter
from metrics.reliance import number_of
from tenders.models import Criterion, Opportunity, Tender

# More projects than a round will fund.
MOST_PROJECTS = 99
HOW_IT_IS_USED = (
    "The best set of projects under the budget is chosen: the set with the most points in total "
    "that the budget pays for and that serves each field of action as often as is said here. A "
    "project serves a field when it earns points on a metric of it."
)


def fields_asked(criteria: Iterable[Criterion]) -> set[str]:
    """The codes of the fields of action of which a metric is scored."""
    return {one.metric.principle.quadrant.code for one in criteria if one.metric is not None}


def unserved(
    charter: Charter, coverage: Mapping[str, int], criteria: Iterable[Criterion]
) -> dict[str, str]:
    """The fields that are to be served and of which nothing is asked: by code, what to do."""
    asked = fields_asked(criteria)
    return {
        one.code: f"No metric of “{one.title}” is asked, so no project can serve it. Ask for one "
        "first, or enter 0."
        for one in charter.quadrants.all()
        if coverage.get(one.code) and one.code not in asked
    }


def needs_of_coverage(tender: Tender, criteria: Iterable[Criterion]) -> Iterator[str]:
    """What a draft of a funding round still lacks; nothing of the other kinds."""
    if tender.opportunity != Opportunity.FUNDING_ROUND:
        return
    if not tender.coverage:
        yield "Say how many projects must serve each field of action, or that none need to."
    yield from unserved(tender.charter, tender.coverage, criteria).values()


def coverage_lines(tender: Tender) -> list[tuple[str, str]]:
    """Each field of action with how many projects must serve it, for a page."""
    if tender.opportunity != Opportunity.FUNDING_ROUND or not tender.coverage:
        return []
    return [
        (one.title, _fewest(tender.coverage.get(one.code, 0)))
        for one in tender.charter.quadrants.all()
    ]


def _fewest(count: int) -> str:
    return f"At least {number_of(count, 'project')}" if count else "No least number"
