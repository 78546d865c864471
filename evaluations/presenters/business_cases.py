"""Business cases before those who decide: points case by case, and the minimums."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from design.drawing import Chart
from evaluations.cases import round_of
from evaluations.models import Programme, Result
from evaluations.presenters.awards import managers_for
from evaluations.presenters.budget import budget_chart
from evaluations.presenters.programme import (
    assigned_manager,
    bids_of,
    in_pounds,
    live_programme,
    standings_of,
)
from evaluations.presenters.ranking import Failed, ranking_of
from evaluations.programme import Application, Round
from evaluations.scoring import Outcome, Ranked, work_out
from metrics.grammar import decimals, half_up
from tenders.five_cases import case_of
from tenders.models import Case, Tender


@dataclass(frozen=True)
class CaseRow:
    """One business case: its points case by case, what it asks for, what is recommended."""

    application: Application
    by_case: list[str]
    points: str
    asks: Decimal
    is_funded: bool | None
    reason: str


@dataclass(frozen=True)
class CasesPage:
    """A call for business cases before and after somebody recommended."""

    result: Result
    asked: Round
    programme: Programme | None
    heads: list[tuple[str, Fraction]]
    rows: list[CaseRow]
    failed: list[Failed]
    has_minimums: bool
    picture: Chart | None

    @property
    def shown_may_not_add_up(self) -> bool:
        """Whether only totals are rounded, so that the shown parts may miss one by a digit."""
        return self.result.case.get("rounding", {}).get("level", "total") == "total"

    @property
    def most(self) -> Decimal:
        return in_pounds(self.asked.budget)

    @property
    def funded(self) -> list[CaseRow]:
        return [one for one in self.rows if one.is_funded]

    @property
    def asks(self) -> Decimal:
        return sum([one.asks for one in self.funded], Decimal(0))


def cases_page(result: Result) -> CasesPage:
    """Everything the pages of a call for business cases show."""
    asked, outcome = round_of(result), work_out(result.case)
    programme = live_programme(result.tender)
    lines = _codes_by_case(result.tender)
    ranked = {one.bid.id: one for one in outcome.ranked}
    funded = [one for one in asked.applications if programme and one.id in programme.funded]
    return CasesPage(
        result=result,
        asked=asked,
        programme=programme,
        heads=[(case.label, _can_earn(outcome, codes)) for case, codes in lines.items()],
        rows=[
            CaseRow(
                application=one,
                by_case=[_points(ranked[one.id], codes, outcome) for codes in lines.values()],
                points=decimals(one.points, asked.places),
                asks=in_pounds(one.asks),
                is_funded=one in funded if programme else None,
                reason=programme.reasons.get(one.id, "") if programme else "",
            )
            for one in asked.applications
        ],
        failed=ranking_of(result).failed,
        has_minimums=bool(outcome.published.gates),
        picture=budget_chart(funded, asked.budget) if funded else None,
    )


def _codes_by_case(tender: Tender) -> dict[Case, list[str]]:
    """The codes of the questions of each case that asks any; metrics in the strategic case."""
    criteria = list(tender.criteria.all())
    by_case = {case: [one.code for one in criteria if case_of(one) == case] for case in Case}
    return {case: codes for case, codes in by_case.items() if codes}


def _can_earn(outcome: Outcome, codes: Sequence[str]) -> Fraction:
    return sum([one.full for one in outcome.published.criteria if one.id in codes], Fraction(0))


def _points(one: Ranked, codes: Sequence[str], outcome: Outcome) -> str:
    """What these questions earned together, rounded where the tender rounds."""
    rounding = outcome.published.rounding
    if rounding.level == "line":
        return decimals(sum([one.shown.lines[code] for code in codes]), rounding.places)
    exact = sum([one.exact.lines[code] for code in codes], Fraction(0))
    return decimals(half_up(exact, rounding.places), rounding.places)


def choices_of(page: CasesPage) -> dict:
    """What the form for the recommendations is made of; nothing is chosen beforehand."""
    return {
        "bids": bids_of(page.asked),
        "standings": standings_of(page.rows),
        "managers": managers_for(page.result.tender),
        "initial": {"contract_manager": assigned_manager(page.result.tender)},
    }
