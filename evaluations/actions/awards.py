"""The award: one person recommends, another approves or returns."""

from datetime import datetime
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.access import Conflict, roles_in
from accounts.models import User
from accounts.roles import Role
from bids.actions import mark_won
from bids.models import Bid
from bids.unsealing import changed_since
from evaluations.actions.refusals import (
    CHANGED_BIDS,
    TAMPERED,
    NotRankedFirst,
    NotReady,
    UnsuitableManager,
    check_words,
    locked,
)
from evaluations.cases import is_as_published, received_versions
from evaluations.lots import check_turn, first_in_turn, passed_over, why_not_before
from evaluations.models import Award, Programme, Result
from evaluations.permissions import (
    APPROVE,
    RECOMMEND,
    check_as_deciding,
    check_is_one_award,
)
from evaluations.scoring import score
from records import audit
from tenders.actions import note_awarded
from tenders.lots import limit_words
from tenders.models import Tender

Recommended = TypeVar("Recommended", Award, Programme)


@transaction.atomic
def recommend_award(
    *,
    tender: Tender,
    bid: Bid,
    reason: str,
    contract_manager: User,
    by: User,
    at: datetime,
    departure: str = "",
) -> Award:
    """Recommend a bid to the approver, naming who will manage the contract.

    A bid that is not ranked first needs a `departure`: why the ranking is not followed.
    Recommending again takes the place of a recommendation not yet approved.
    """
    tender = locked(tender)
    check_as_deciding(RECOMMEND, by, tender, at)
    check_is_one_award(tender)
    check_turn(tender)
    result = live_result(tender)
    reason = check_words(
        reason, field="reason", missing="Enter why this bid should be awarded the contract"
    )
    departure = _check_departure(result, bid, departure)
    check_can_manage(contract_manager, tender)
    Award.objects.live().filter(tender=tender).update(
        withdrawn_at=at, withdrawn_because="Replaced by a new recommendation."
    )
    award = Award.objects.create(
        tender=tender,
        bid=bid,
        result=result,
        reason=reason,
        departure=departure,
        contract_manager=contract_manager,
        recommended_by=by,
        recommended_at=at,
    )
    audit.record(
        verb="award.recommended",
        by=by,
        target=award,
        at=at,
        bid=bid.pk,
        reason=reason,
        departure=departure,
        contract_manager=contract_manager.email,
    )
    return award


def live_result(tender: Tender) -> Result:
    """The result that a recommendation rests on."""
    result = Result.objects.live().filter(tender=tender).first()
    if result is None:
        raise Conflict("There is no result to recommend from. Ask the chair to lock moderation.")
    return result


def _check_departure(result: Result, bid: Bid, departure: str) -> str:
    """Why the ranking is not followed; empty when it is. An unranked bid is refused."""
    standing = result.result["bids"].get(str(bid.pk))
    if standing is None or standing["status"] != "ranked":
        raise NotReady("This bid is not ranked, so it cannot be recommended.")
    check_not_passed_over(bid)
    if standing["rank"] == first_in_turn(result, bid.tender):
        return why_not_before(result, bid.tender, standing["rank"])
    if not departure.strip():
        raise NotRankedFirst(
            "This bid is not ranked first. Enter why the ranking is not followed, or choose "
            "the bid that is."
        )
    return departure.strip()


def check_not_passed_over(bid: Bid) -> None:
    """Refuse a supplier that has won as many lots as it may."""
    if why := passed_over(bid.tender).get(bid.supplier_id):
        limit = limit_words(bid.tender.lot_group.most_lots)
        raise NotReady(f"{bid.supplier} {why}. {limit} Recommend the next bid.")


def check_can_manage(person: User, tender: Tender) -> None:
    """Refuse whoever is no contract manager of the authority, marked here, or is conflicted."""
    if Role.CONTRACT_MANAGER not in roles_in(person, tender.authority):
        raise UnsuitableManager(
            f"{person} is not a contract manager of {tender.authority}. Choose one who is."
        )
    held = tender.assignments.filter(person=person)
    if held.filter(role=Role.EVALUATOR).exists():
        raise UnsuitableManager(f"{person} marked these bids. Choose somebody who did not.")
    if held.filter(conflicted_at__isnull=False).exists():
        raise UnsuitableManager(f"{person} declared an interest. Choose somebody else.")


def check_still_manages(person: User, tender: Tender) -> None:
    """Refuse to approve an award whose contract manager may not be that any more."""
    try:
        check_can_manage(person, tender)
    except UnsuitableManager as unsuitable:
        raise Conflict(
            f"{person} was named to manage the contract and can no longer do so: they have "
            "declared an interest, marked these bids or are no contract manager any more. Return "
            "the recommendation, so that somebody else is named."
        ) from unsuitable


@transaction.atomic
def return_recommendation(*, award: Award, reason: str, by: User, at: datetime) -> Award:
    """Give a recommendation back to the officer, with the reason; it stays on record."""
    tender = locked(award.tender)
    check_as_deciding(APPROVE, by, tender, at)
    return give_back(_live(award), reason=reason, verb="award.returned", by=by, at=at)


def give_back(
    recommended: Recommended, *, reason: str, verb: str, by: User, at: datetime
) -> Recommended:
    """Withdraw what was recommended, an award or a programme, for the reason of whoever decides."""
    reason = check_words(reason, field="reason", missing="Enter why you return the recommendation")
    recommended.withdrawn_at = at
    recommended.withdrawn_because = reason
    recommended.save(update_fields=["withdrawn_at", "withdrawn_because"])
    audit.record(verb=verb, by=by, target=recommended, at=at, reason=reason)
    return recommended


@transaction.atomic
def approve_award(*, award: Award, by: User, at: datetime) -> Award:
    """Approve the recommendation of another person; the bid has won."""
    tender = locked(award.tender)
    check_as_deciding(APPROVE, by, tender, at)
    award = _live(award)
    if award.recommended_by_id == by.pk:
        raise PermissionDenied("Another person must approve what you recommended.")
    check_still_follows(award.result, tender)
    check_not_passed_over(award.bid)
    check_still_manages(award.contract_manager, tender)
    award.approved_by = by
    award.approved_at = at
    award.save(update_fields=["approved_by", "approved_at"])
    mark_won(bid=award.bid, at=at)
    note_awarded(tender=tender, by=by, at=at)
    audit.record(verb="award.approved", by=by, target=award, at=at, bid=award.bid_id)
    return award


def check_still_follows(result: Result, tender: Tender) -> None:
    """Refuse to approve what no longer follows from the rules published and the marks agreed."""
    if not is_as_published(tender):
        raise Conflict(TAMPERED)
    if changed := changed_since(received_versions(tender)):
        raise Conflict(f"{CHANGED_BIDS} {', '.join(changed)}.")
    if score(result.case) != result.result:
        raise Conflict("The result does not follow from its case any more. Do not approve it.")


def _live(award: Award) -> Award:
    """The recommendation as it stands now, or a conflict when it was taken back."""
    awards = Award.objects.select_related("bid", "result", "tender", "contract_manager")
    return standing(awards.get(pk=award.pk))


def standing(recommended: Recommended) -> Recommended:
    """The award or programme, unless it was taken back."""
    if recommended.withdrawn_at:
        raise Conflict("This recommendation was withdrawn or returned. Read the current one.")
    return recommended
