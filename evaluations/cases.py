"""What the engine and the solver are asked: what was published, received, agreed and earned."""

from collections import defaultdict
from decimal import Decimal

from accounts.models import User
from accounts.roles import Role
from bids.documents import quantities_in
from bids.models import Submission
from charter.models import Quadrant
from evaluations.models import AgreedMark, Mark, Marking, Result
from evaluations.programme import Application, Minimum, Round
from evaluations.scales import plain
from evaluations.scoring import work_out
from metrics.grammar import Refused
from tenders.fingerprint import case_hash
from tenders.models import Method, Opportunity, Tender
from tenders.published import Published, read_published


def scoring_case(tender: Tender) -> dict:
    """What the engine is asked: the frozen case with every received bid in its last version.

    What a project asks for earns it nothing, so prices go along only where they are scored or
    a target is worked out from them.
    """
    published = read_published(tender.published_case)
    marks = _agreed_marks(tender)
    received = received_versions(tender).order_by("bid")
    bids = [_bid(published, version, marks[version.bid_id]) for version in received]
    if tender.opportunity != Opportunity.PROCUREMENT and "price" not in published.bases_used:
        for bid in bids:
            del bid["price"]
    return {**tender.published_case, "bids": bids}


def round_of(result: Result) -> Round:
    """What the solver is asked: the ranked applications with their points, money and fields.

    An application serves a field of action when it earns points under one of its metrics.
    """
    tender = result.tender
    outcome = work_out(result.case)
    asked = {str(version.bid_id): version for version in received_versions(tender)}
    fields = fields_of_criteria(tender)
    applications = [
        Application(
            id=one.bid.id,
            name=str(asked[one.bid.id].bid.supplier),
            rank=one.rank,
            points=one.shown.total,
            asks=_pence(asked[one.bid.id].price),
            serves=frozenset(
                fields[code]
                for code, points in one.exact.lines.items()
                if code in fields and points
            ),
        )
        for one in outcome.ranked
    ]
    return Round(
        applications=tuple(sorted(applications, key=lambda one: (one.rank, one.asks, one.name))),
        budget=_pence(tender.contract_value),
        minimums=tuple(_minimums(tender)),
        places=outcome.published.rounding.places,
    )


def fields_of_criteria(tender: Tender) -> dict[str, str]:
    """The field of action of every criterion that asks a metric, by the codes of both."""
    criteria = tender.criteria.filter(metric__isnull=False)
    return dict(criteria.values_list("code", "metric__principle__quadrant__code").order_by())


def _minimums(tender: Tender) -> list[Minimum]:
    quadrants = Quadrant.objects.filter(charter=tender.charter_id, code__in=tender.coverage)
    return [
        Minimum(one.code, one.title, tender.coverage[one.code])
        for one in quadrants.order_by("position")
        if tender.coverage[one.code]
    ]


def _pence(pounds: Decimal) -> int:
    return int(pounds * 100)


def is_as_published(tender: Tender) -> bool:
    """Whether the frozen rules still have the hash that was published with the tender."""
    try:
        return case_hash(tender.published_case) == tender.case_hash
    except Refused:
        return False


def received_versions(tender: Tender):
    """The version of each received bid that is evaluated: the last."""
    versions = Submission.objects.filter(bid__in=tender.bids.received())
    return versions.latest_of_each_bid().select_related("bid__supplier")


def awaited(tender: Tender) -> list[str] | None:
    """The evaluators who have yet to declare or hand in; None when nobody evaluates."""
    team = list(
        tender.assignments.filter(role=Role.EVALUATOR, conflicted_at__isnull=True)
        .select_related("person")
        .order_by("person__full_name")
    )
    if not team:
        return None
    handed_in = set(Marking.objects.filter(tender=tender).values_list("evaluator", flat=True))
    return [
        str(one.person) for one in team if not one.declared_at or one.person_id not in handed_in
    ]


def answers_to_mark(tender: Tender) -> int:
    """How many answers people mark: those of every received bid to every marked question."""
    marked = tender.criteria.filter(method=Method.MARKS).count()
    return tender.bids.received().count() * marked


def answers_without_mark(tender: Tender, evaluator: User) -> int:
    """How many answers this evaluator has yet to mark."""
    own = Mark.objects.filter(bid__in=tender.bids.received(), evaluator=evaluator)
    return answers_to_mark(tender) - own.latest().count()


def answers_to_agree(tender: Tender) -> int:
    """How many answers have no agreed mark, or one that rests on a mark since excluded."""
    conflicted = conflicted_people(tender)
    standing = sum(
        rests_on_none_of(agreed, conflicted)
        for agreed in AgreedMark.objects.filter(bid__in=tender.bids.received())
    )
    return answers_to_mark(tender) - standing


def conflicted_people(tender: Tender) -> set[str]:
    """The ids of those whose declared interest took them off this tender."""
    people = tender.assignments.filter(conflicted_at__isnull=False)
    return {str(person) for person in people.values_list("person", flat=True)}


def rests_on_none_of(agreed: AgreedMark, people: set[str]) -> bool:
    """Whether the panel agreed this mark without looking at marks of these people."""
    return people.isdisjoint(mark["evaluator_id"] for mark in agreed.individual_marks)


def _agreed_marks(tender: Tender) -> dict:
    marks: dict = defaultdict(dict)
    for agreed in AgreedMark.objects.filter(bid__tender=tender).select_related("criterion"):
        marks[agreed.bid_id][agreed.criterion.code] = plain(agreed.value)
    return marks


def _bid(published: Published, version: Submission, marks: dict) -> dict:
    """One bid as the engine reads it, with the quantities that a criterion counts."""
    stated = quantities_in(version.document)
    fixed = {*published.bases, "price"}
    return {
        "id": str(version.bid_id),
        "price": plain(Decimal(version.price)),
        "marks": {code: mark for code, mark in marks.items() if code in published.marked},
        "quantities": {
            name: amount for name, amount in stated.items() if name in published.measured
        },
        "bases": {
            name: amount for name, amount in version.document["bases"].items() if name not in fixed
        },
    }
