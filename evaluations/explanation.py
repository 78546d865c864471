"""Every line of a score as data and as a sentence, for summaries and reports."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from evaluations.offers import Bid
from evaluations.points import counted
from evaluations.scoring import Outcome, Ranked
from metrics.attainment import Single, attainment, leaves, quantity, required
from metrics.grammar import decimals, plain
from tenders.criteria import TARGET_METHODS, Criterion


@dataclass(frozen=True)
class Offer:
    """What was offered for one quantity or sum, and what was required of it, if anything."""

    quantities: tuple[str, ...]
    offered: Fraction
    required: Fraction | None = None
    lower_is_better: bool = False
    attainment: Fraction | None = None


@dataclass(frozen=True)
class Line:
    """How one criterion of one bid came to its points."""

    criterion: str
    group: str
    method: str
    weight: Fraction
    offers: tuple[Offer, ...]
    fraction: Fraction
    points: Fraction
    shown: str

    @property
    def sentence(self) -> str:
        """The whole line in words, with its numbers."""
        offers = "; ".join([_words(offer) for offer in self.offers])
        return (
            f"{self.criterion} ({self.group}, {self.method}, {plain(self.weight)} points): "
            f"{offers}. That earns {plain(self.fraction)} of {plain(self.weight)}, "
            f"which is {plain(self.points)} points, shown as {self.shown}."
        )


def explain(outcome: Outcome) -> Mapping[str, tuple[Line, ...]]:
    """The lines of every ranked bid, by bid."""
    return {
        ranked.bid.id: tuple(
            [_explain_line(outcome, one, ranked) for one in outcome.published.criteria]
        )
        for ranked in outcome.ranked
    }


def _explain_line(outcome: Outcome, criterion: Criterion, ranked: Ranked) -> Line:
    return Line(
        criterion=criterion.id,
        group=criterion.group,
        method=criterion.method,
        weight=criterion.full,
        offers=_offers(criterion, ranked.bid),
        fraction=ranked.fractions[criterion.id],
        points=ranked.exact.lines[criterion.id],
        shown=decimals(ranked.shown.lines[criterion.id], outcome.published.rounding.places),
    )


def _offers(criterion: Criterion, bid: Bid) -> tuple[Offer, ...]:
    if criterion.method == "marks":
        return (Offer(("mark",), bid.marks[criterion.id], criterion.max_mark),)
    if criterion.measure is None:
        return (Offer(("price",), bid.price or Fraction(0)),)
    if criterion.method not in TARGET_METHODS:
        names = tuple([part.id for leaf in leaves(criterion.measure) for part in leaf.parts])
        return (Offer(names, counted(criterion, bid)),)
    return tuple([_offer(leaf, bid) for leaf in leaves(criterion.measure)])


def _offer(leaf: Single, bid: Bid) -> Offer:
    return Offer(
        quantities=tuple([part.id for part in leaf.parts]),
        offered=quantity(leaf, bid.quantities),
        required=None if leaf.target is None else required(leaf.target, bid.bases),
        lower_is_better=leaf.lower_is_better,
        attainment=attainment(leaf, bid.quantities, bid.bases),
    )


def _words(offer: Offer) -> str:
    what = f"{' + '.join(offer.quantities)} {plain(offer.offered)}"
    if offer.required is None:
        return what
    if offer.attainment is None:
        return f"{what} of {plain(offer.required)}"
    asked = "at most" if offer.lower_is_better else "at least"
    reached = plain(offer.attainment)
    return f"{what} where {asked} {plain(offer.required)} is required, so {reached} is reached"
