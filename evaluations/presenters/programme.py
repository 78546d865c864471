"""The programme of a funding round: what the best set is and why, and what was recommended."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Case, QuerySet, Value, When

from accounts.roles import Role
from bids.models import Bid
from charter.models import Quadrant
from design.drawing import Chart
from design.templatetags.format import money
from evaluations.cases import round_of
from evaluations.choosing import NotProven
from evaluations.models import Programme, Result
from evaluations.presenters.awards import managers_for
from evaluations.presenters.budget import budget_chart
from evaluations.presenters.people import joined
from evaluations.presenters.ranking import Failed, ranking_of
from evaluations.programme import Application, Choice, Round
from evaluations.swaps import Answer, answer
from metrics.grammar import decimals
from tenders.models import Tender

PENCE = Decimal("0.01")


@dataclass(frozen=True)
class Row:
    """One ranked application, and whether the best set and the recommended one hold it."""

    application: Application
    points: str
    asks: Decimal
    fields: str
    is_best: bool
    is_recommended: bool


@dataclass(frozen=True)
class Sum:
    """What a set comes to."""

    names: str
    projects: int
    points: str
    asks: Decimal


@dataclass(frozen=True)
class Served:
    """A field of action: how many funded applications must serve it, and how many do."""

    title: str
    needed: int
    has: int

    @property
    def is_met(self) -> bool:
        return self.has >= self.needed


@dataclass(frozen=True)
class Page:
    """A funding round before and after somebody recommended what to fund."""

    result: Result
    asked: Round
    found: Answer | None
    unproven: str
    programme: Programme | None
    rows: list[Row]
    failed: list[Failed]
    best: Sum | None
    another: Sum | None
    by_ranking: Sum
    chosen: Sum | None
    coverage: list[Served]
    picture: Chart | None

    @property
    def budget(self) -> Decimal:
        return in_pounds(self.asked.budget)


def programme_page(result: Result) -> Page:
    """Everything the pages of a funding round show."""
    asked = round_of(result)
    found, unproven = _answered(asked)
    programme = live_programme(result.tender)
    best = found.best if found else None
    recommended = asked.choice(frozenset(programme.funded)) if programme else None
    shown = recommended or best
    titles = _titles_of_fields(result.tender)
    return Page(
        result=result,
        asked=asked,
        found=found,
        unproven=unproven,
        programme=programme,
        rows=[_row(one, asked, titles, best, recommended) for one in asked.applications],
        failed=ranking_of(result).failed,
        best=_sum(asked, best),
        another=_sum(asked, found.another if found else None),
        by_ranking=_sum(asked, found.by_ranking) if found else None,
        chosen=_sum(asked, recommended),
        coverage=[
            Served(one.title, one.needed, shown.serving(one.field) if shown else 0)
            for one in asked.minimums
        ],
        picture=budget_chart(shown.funded, asked.budget) if shown else None,
    )


def _answered(asked: Round) -> tuple[Answer | None, str]:
    try:
        return answer(asked), ""
    except NotProven as unproven:
        return None, str(unproven)


def live_programme(tender: Tender) -> Programme | None:
    """The recommendation that stands, or was approved."""
    people = ("recommended_by", "approved_by", "contract_manager", "result__tender", "tender")
    return tender.programmes.live().select_related(*people).first()


def earlier_programmes(tender: Tender) -> list[Programme]:
    """Those returned, replaced or void, the latest first."""
    withdrawn = tender.programmes.filter(withdrawn_at__isnull=False)
    return list(withdrawn.select_related("recommended_by"))


def _titles_of_fields(tender: Tender) -> dict[str, str]:
    quadrants = Quadrant.objects.filter(charter=tender.charter_id)
    return dict(quadrants.order_by("position").values_list("code", "title"))


def _row(
    one: Application,
    asked: Round,
    titles: dict[str, str],
    best: Choice | None,
    recommended: Choice | None,
) -> Row:
    return Row(
        application=one,
        points=decimals(one.points, asked.places),
        asks=in_pounds(one.asks),
        fields=joined([title for code, title in titles.items() if code in one.serves]),
        is_best=best is not None and one in best.funded,
        is_recommended=recommended is not None and one in recommended.funded,
    )


def _sum(asked: Round, choice: Choice | None) -> Sum | None:
    if choice is None:
        return None
    return Sum(
        names=joined([one.name for one in choice.funded]),
        projects=len(choice.funded),
        points=decimals(choice.points, asked.places),
        asks=in_pounds(choice.asks),
    )


def in_pounds(pence: int) -> Decimal:
    """An exact sum in pounds."""
    return pence * PENCE


def choices_of(page: Page) -> dict:
    """What the recommendation form is made of; the best set is ticked where it is the only one."""
    found = page.found
    ticked = [one.id for one in found.best.funded] if found and found.is_only else []
    return {
        "bids": bids_of(page.asked),
        "standings": standings_of(page.rows),
        "managers": managers_for(page.result.tender),
        "initial": {"funded": ticked, "contract_manager": assigned_manager(page.result.tender)},
    }


def bids_of(asked: Round) -> QuerySet[Bid]:
    """The ranked bids, best first."""
    order = [When(pk=one.id, then=Value(at)) for at, one in enumerate(asked.applications)]
    bids = Bid.objects.filter(pk__in=[one.id for one in asked.applications])
    return bids.select_related("supplier").order_by(Case(*order)) if order else bids


def standings_of(rows: Sequence) -> dict:
    """Rank, points and money of each, by id, as a form says them beside the name."""
    return {
        UUID(row.application.id): f"rank {row.application.rank}, {row.points} points, asks for "
        f"{money(row.asks)}"
        for row in rows
    }


def assigned_manager(tender: Tender) -> UUID | None:
    """Who is contract manager on the team already."""
    held = tender.assignments.filter(role=Role.CONTRACT_MANAGER, conflicted_at__isnull=True)
    return held.values_list("person", flat=True).first()
