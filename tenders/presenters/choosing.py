"""The metrics an officer may choose from, and those that known facts speak for, each with why.

Nothing is ranked: what is suggested stands in the charter's own order, with every reason there is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from charter.proportion import Asked
from design.words import lowered
from metrics.attainment import is_undetermined, read_measure
from metrics.models import Metric
from metrics.presenters.targets import InWords, target_in_words
from metrics.reliance import number_of
from tenders.conditions import why_not
from tenders.models import ContractKind, Criterion, Tender
from tenders.policy_needs import is_named

SCORED, CONDITION = "Scored", "Condition"
# Words of a metric that tell by themselves what kind of contract it is about.
NAMES = {
    ContractKind.GOODS: r"\b(goods|equipment|materials|packaging|products|supply chain)\b",
    ContractKind.SERVICES: r"\b(services?|employed on the contract|staff)\b",
    ContractKind.WORKS: r"\b(new build|buildings?|construction|housing|homes|landfill)\b",
}


@dataclass(frozen=True)
class Offer:
    """A metric of the charter as this tender could ask it."""

    metric: Metric
    measure: dict
    target: InWords
    is_set: bool
    # Empty, "Scored" or "Condition".
    chosen: str
    # Why it cannot be a condition of this contract; empty where it can.
    why_scored_only: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Quadrant:
    """The metrics of one field of action, as far as they were asked for."""

    title: str
    offers: list[Offer]


def offers_of(tender: Tender, metrics: Iterable[Metric], asked: Asked) -> list[Offer]:
    """Every metric that bidders can be asked, with where it stands and what speaks for it."""
    scored = {one.metric_id for one in tender.criteria.all()}
    conditions = {one.metric_id for one in tender.conditions.all()}
    before = _Before(tender)
    return [
        Offer(
            metric=one,
            measure=measure,
            target=target_in_words(measure, one),
            is_set=not is_undetermined(read_measure(measure)),
            chosen=SCORED if one.pk in scored else CONDITION if one.pk in conditions else "",
            why_scored_only=why_not(tender, one, measure),
            reasons=tuple([*_named(one, asked), *before.reasons(one), *_of_kind(one, tender)]),
        )
        for one in metrics
        for measure in [one.measure_on(tender.starts_on)]
    ]


def by_quadrant(offers: Iterable[Offer]) -> list[Quadrant]:
    """The offers under their fields of action, in the charter's order."""
    found: dict[int, Quadrant] = {}
    for offer in sorted(offers, key=_place):
        field = offer.metric.principle.quadrant
        found.setdefault(field.pk, Quadrant(field.title, [])).offers.append(offer)
    return list(found.values())


def suggested(offers: Iterable[Offer]) -> list[Offer]:
    """Those that something speaks for and that are not chosen yet."""
    return [one for one in offers if one.reasons and not one.chosen]


def cap_words(tender: Tender, asked: Asked) -> str:
    """How many metrics are chosen, of how many the policy allows: "3 of at most 6 metrics"."""
    count = sum(one.metric_id is not None for one in tender.criteria.all())
    count += len(tender.conditions.all())
    if asked.most_metrics is None:
        return f"{number_of(count, 'metric')} chosen. Your policy sets no limit."
    return (
        f"{count} of at most {number_of(int(asked.most_metrics.facts['most']), 'metric')} chosen."
    )


def _place(offer: Offer) -> tuple[int, int]:
    return offer.metric.principle.quadrant.position, offer.metric.number


def _named(metric: Metric, asked: Asked) -> list[str]:
    """The clauses of the policy that name such metrics as ones that must be asked."""
    return [
        f"Your policy names it among those that must be asked: {duty.heading} "
        f"({duty.clause['document']}, {duty.clause['paragraph']})."
        for duty in asked.compulsory
        if is_named(metric, duty)
    ]


def _of_kind(metric: Metric, tender: Tender) -> list[str]:
    """Words of the metric that name the kind of contract this is."""
    pattern = NAMES.get(ContractKind(tender.kind)) if tender.kind else None
    said = re.search(pattern, metric.wording, re.IGNORECASE) if pattern else None
    if not said:
        return []
    return [f"Its wording speaks of “{said[0]}”, and this contract is for {_kind(tender)}."]


def _kind(tender: Tender) -> str:
    return lowered(tender.get_kind_display())


class _Before:
    """What earlier published tenders of the authority for the same kind of contract asked."""

    def __init__(self, tender: Tender):
        self.kind = _kind(tender) if tender.kind else ""
        published = (
            Tender.objects.published()
            .filter(authority=tender.authority_id, kind=tender.kind)
            .exclude(pk=tender.pk)
        )
        rows = Criterion.objects.filter(tender__in=published, metric__isnull=False)
        self.count = published.count() if tender.kind else 0
        self.asked: dict = {}
        if self.count:
            of_each = rows.values("metric__lineage").annotate(count=Count("tender", distinct=True))
            self.asked = dict(of_each.values_list("metric__lineage", "count"))

    def reasons(self, metric: Metric) -> list[str]:
        times = self.asked.get(metric.lineage)
        if not times:
            return []
        others = number_of(self.count, "earlier tender")
        return [f"Asked in {times} of your {others} for {self.kind} that you published."]
