"""The programme: which projects are to be funded. One person recommends, another approves."""

from collections.abc import Collection, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.access import Conflict
from accounts.models import User
from bids.actions import mark_won
from bids.models import Bid
from design.numbers import pounds
from evaluations.actions.awards import (
    check_can_manage,
    check_still_follows,
    check_still_manages,
    give_back,
    live_result,
    standing,
)
from evaluations.actions.refusals import (
    NotFundable,
    NotReady,
    NotTheBestSet,
    UnsuitableManager,
    check_words,
    locked,
)
from evaluations.cases import round_of
from evaluations.choosing import NotProven
from evaluations.models import Award, Programme, Result
from evaluations.permissions import (
    APPROVE,
    RECOMMEND,
    check_as_deciding,
    check_is_a_programme,
)
from evaluations.programme import Choice, Round, as_json, unmet_by
from evaluations.swaps import Answer, answer
from records import audit
from tenders.actions import note_awarded
from tenders.models import Opportunity, Tender


@transaction.atomic
def recommend_programme(
    *,
    tender: Tender,
    funded: Collection[Bid],
    reason: str,
    contract_manager: User | None,
    by: User,
    at: datetime,
    departure: str = "",
) -> Programme:
    """Recommend to the approver which applications of a funding round to fund.

    The set keeps to the budget and the published minimums. One that is not the best set needs a
    `departure`: why another is chosen. Recommending again takes the place of a recommendation
    not yet approved.
    """
    check_as_deciding(RECOMMEND, by, tender, at)
    _check_kind(tender, Opportunity.FUNDING_ROUND)
    # Solved before the tender is held, so that nobody waits for the solver.
    result = live_result(tender)
    found = _solve(result)
    tender = _held_with(result, by, at)
    chosen = _chosen(found.asked, funded)
    _check_keeps_to(found.asked, chosen)
    departure = _check_departure(found, chosen, departure)
    reason = check_words(reason, field="reason", missing="Enter why these should be funded")
    return _recommend(
        tender,
        chosen,
        by=by,
        at=at,
        result=result,
        solution=_solution(found),
        reason=reason,
        departure=departure,
        contract_manager=_manager(contract_manager, tender, chosen),
    )


@transaction.atomic
def recommend_on_cases(
    *,
    tender: Tender,
    decisions: Mapping[Bid, tuple[bool, str]],
    contract_manager: User | None,
    by: User,
    at: datetime,
) -> Programme:
    """Recommend of each business case whether to fund it, and why.

    One that failed a minimum is not decided on: it is not funded. An empty set funds nothing.
    """
    tender = locked(tender)
    check_as_deciding(RECOMMEND, by, tender, at)
    _check_kind(tender, Opportunity.BUSINESS_CASE)
    result = live_result(tender)
    asked = round_of(result)
    _chosen(asked, decisions)
    chosen = _chosen(asked, [bid for bid, (is_funded, _) in decisions.items() if is_funded])
    reasons = {str(bid.pk): why.strip() for bid, (_, why) in decisions.items()}
    missing = [one.name for one in asked.applications if not reasons.get(one.id)]
    if missing:
        raise NotReady(f"Enter a reason for each business case. {missing[0]} has none.")
    _check_budget(asked, chosen, "the most that may be asked for")
    return _recommend(
        tender,
        chosen,
        by=by,
        at=at,
        result=result,
        reasons=reasons,
        contract_manager=_manager(contract_manager, tender, chosen),
    )


def _check_kind(tender: Tender, kind: Opportunity) -> None:
    check_is_a_programme(tender)
    if tender.opportunity != kind:
        raise Conflict(f"This is a {tender.words.noun}. Recommend on its own page “Programme”.")


def _solve(result: Result) -> Answer:
    try:
        return answer(round_of(result))
    except NotProven as unproven:
        raise NotReady(str(unproven)) from unproven


def _held_with(result: Result, by: User, at: datetime) -> Tender:
    """The tender, held, if the result that was worked with still stands."""
    tender = locked(result.tender)
    check_as_deciding(RECOMMEND, by, tender, at)
    if live_result(tender) != result:
        raise Conflict("The marks were agreed anew in the meantime. Read the new result first.")
    return tender


def _chosen(asked: Round, bids: Collection[Bid]) -> Choice:
    """The set of these bids; each must be ranked here."""
    ranked = {one.id for one in asked.applications}
    outside = [bid for bid in bids if str(bid.pk) not in ranked]
    if outside:
        raise NotFundable(f"{outside[0].supplier} is not ranked, so it cannot be funded.")
    return asked.choice(frozenset(str(bid.pk) for bid in bids))


def _check_keeps_to(asked: Round, chosen: Choice) -> None:
    """Refuse a set that the published rules do not allow, whatever the reason."""
    _check_budget(asked, chosen, "the budget")
    for one in unmet_by(chosen, asked.minimums):
        raise NotFundable(
            f"{one.title} must be served by at least {one.needed} of the funded applications, as "
            f"was published, and {chosen.serving(one.field)} of these serve it. Choose others."
        )


def _check_budget(asked: Round, chosen: Choice, budget: str) -> None:
    over = chosen.asks - asked.budget
    if over > 0:
        raise NotFundable(
            f"These ask for {_money(chosen.asks)} together, {_money(over)} more than {budget}, "
            f"{_money(asked.budget)}. Choose fewer."
        )


def _check_departure(found: Answer, chosen: Choice, departure: str) -> str:
    """Why the best set is not taken; empty when a set as good as the best is."""
    if found.best is not None and chosen.worth == found.best.worth:
        return ""
    if not departure.strip():
        raise NotTheBestSet(
            "These are not the best set. Enter why another set is chosen, or choose the best set."
        )
    return departure.strip()


def _manager(person: User | None, tender: Tender, chosen: Choice) -> User | None:
    """Who will manage the agreements; nobody where nothing is funded."""
    if not chosen.funded:
        return None
    if person is None:
        raise UnsuitableManager("Choose who will manage the funding agreements.")
    check_can_manage(person, tender)
    return person


def _solution(found: Answer) -> dict[str, Any]:
    """What the solver was asked and answered, as it stays on record."""
    best = found.best
    return {
        "asked": as_json(found.asked),
        "answered": best
        and {
            "funded": [one.id for one in best.funded],
            "points": best.points,
            "asks": best.asks,
            "is_only": found.is_only,
        },
    }


def _recommend(tender: Tender, chosen: Choice, *, by: User, at: datetime, **kept: Any) -> Programme:
    Programme.objects.live().filter(tender=tender).update(
        withdrawn_at=at, withdrawn_because="Replaced by a new recommendation."
    )
    programme = Programme.objects.create(
        tender=tender,
        funded=[one.id for one in chosen.funded],
        recommended_by=by,
        recommended_at=at,
        **kept,
    )
    audit.record(
        verb="programme.recommended",
        by=by,
        target=programme,
        at=at,
        funded=programme.funded,
        asks=_money(chosen.asks),
        reason=programme.reason,
        reasons=programme.reasons,
        departure=programme.departure,
        contract_manager=programme.contract_manager and programme.contract_manager.email,
    )
    return programme


def _money(pence: int) -> str:
    return pounds(Fraction(pence, 100))


@transaction.atomic
def return_programme(*, programme: Programme, reason: str, by: User, at: datetime) -> Programme:
    """Give a recommendation back to the officer, with the reason; it stays on record."""
    tender = locked(programme.tender)
    check_as_deciding(APPROVE, by, tender, at)
    return give_back(_live(programme), reason=reason, verb="programme.returned", by=by, at=at)


@transaction.atomic
def approve_programme(*, programme: Programme, by: User, at: datetime) -> list[Award]:
    """Approve the recommendation of another person; each funded bid has won an award."""
    tender = locked(programme.tender)
    check_as_deciding(APPROVE, by, tender, at)
    programme = _live(programme)
    if programme.recommended_by_id == by.pk:
        raise PermissionDenied("Another person must approve what you recommended.")
    check_still_follows(programme.result, tender)
    _check_solution_follows(programme)
    if programme.contract_manager is not None:
        check_still_manages(programme.contract_manager, tender)
    programme.approved_by = by
    programme.approved_at = at
    programme.save(update_fields=["approved_by", "approved_at"])
    bids = {str(bid.pk): bid for bid in tender.bids.filter(pk__in=programme.funded)}
    awards = [_award(programme, bids[key]) for key in programme.funded]
    note_awarded(tender=tender, by=by, at=at)
    audit.record(verb="programme.approved", by=by, target=programme, at=at, funded=programme.funded)
    return awards


def _award(programme: Programme, bid: Bid) -> Award:
    """The award of one funded bid, with the words of the programme it is part of."""
    mark_won(bid=bid, at=programme.approved_at, shares_the_award=True)
    return Award.objects.create(
        tender=programme.tender,
        bid=bid,
        result=programme.result,
        programme=programme,
        reason=programme.reasons.get(str(bid.pk), programme.reason),
        departure=programme.departure,
        contract_manager=programme.contract_manager,
        recommended_by=programme.recommended_by,
        recommended_at=programme.recommended_at,
        approved_by=programme.approved_by,
        approved_at=programme.approved_at,
    )


def _check_solution_follows(programme: Programme) -> None:
    """Refuse where what the solver was asked is not what the bids ask and the marks say now."""
    if programme.solution and programme.solution["asked"] != as_json(round_of(programme.result)):
        raise Conflict(
            "The best set does not follow from the result any more. Do not approve it. Ask the "
            "officer to recommend again."
        )


def _live(programme: Programme) -> Programme:
    """The recommendation as it stands now, or a conflict when it was taken back."""
    programmes = Programme.objects.select_related(
        "result__tender", "tender", "contract_manager", "recommended_by"
    )
    return standing(programmes.get(pk=programme.pk))
