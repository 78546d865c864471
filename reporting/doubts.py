"""What a report could not measure, said in words rather than passed over."""

from collections.abc import Iterator, Sequence

from delivery.models import Contract
from reporting.promises import Kept
from tenders.models import Tender


def listed(
    kept: Sequence[Kept],
    contracts: Sequence[Contract],
    charters: Sequence[dict],
    tenders: Sequence[Tender],
    own: dict,
) -> list[str]:
    """Each thing that is missing, with how much of it."""
    return [
        *_about_returns(kept),
        *_about_contracts(contracts),
        *_about_charters(charters, tenders),
        *_about_own_results(own),
        "Spending with small firms and with local firms as a whole is not recorded here, only "
        "what suppliers promised under a metric.",
    ]


def _about_returns(kept: Sequence[Kept]) -> Iterator[str]:
    silent = sum(one.is_due and one.sums.lines == 0 for one in kept)
    if silent:
        yield f"No return has come in on {_promises(silent)}; they count as nothing delivered."
    waiting = sum(one.sums.waiting for one in kept)
    if waiting:
        yield (
            f"{_lines(waiting)} sent by suppliers still to be checked; not counted as delivered."
        )
    queried = sum(one.sums.queried for one in kept)
    if queried:
        yield (
            f"{_lines(queried)} queried by contract managers; counted neither as claimed nor as "
            "delivered. A later return may have answered."
        )
    lower = sum(one.is_lower_better for one in kept)
    if lower:
        yield (
            f"On {_promises(lower)} less is better, so no amount can be said to be due by a day."
        )
    if any(one.is_due for one in kept):
        yield (
            "No contract says how much is due in which quarter. An even pace over the contract "
            "was assumed, counted in whole quarters."
        )


def _about_contracts(contracts: Sequence[Contract]) -> Iterator[str]:
    unstarted = sum(contract.started_at is None for contract in contracts)
    if unstarted:
        yield (
            f"{unstarted} {'contract has' if unstarted == 1 else 'contracts have'} been awarded "
            "and not started."
        )


def _about_charters(charters: Sequence[dict], tenders: Sequence[Tender]) -> Iterator[str]:
    if not charters:
        yield "The authority has no charter in force, so progress on it cannot be shown."
    not_set = sum(len(charter["targets_not_set"]) for charter in charters)
    if not_set:
        yield (
            f"{not_set} {'metric has' if not_set == 1 else 'metrics have'} no target yet. "
            "“Not set” is not zero: nothing was scored or judged against "
            f"{'it' if not_set == 1 else 'them'}."
        )
    left_open = sum(len(charter["targets_left_open"]) for charter in charters)
    if left_open:
        yield (
            f"{left_open} {'metric has its' if left_open == 1 else 'metrics have their'} target "
            "left open by decision: evaluators judge the answer, and nothing is measured."
        )
    current = {charter["id"] for charter in charters}
    earlier = sum(str(tender.charter_id) not in current for tender in tenders)
    if earlier and charters:
        yield (
            f"{earlier} {'procurement keeps' if earlier == 1 else 'procurements keep'} to an "
            "earlier version of the charter and are not counted in its progress."
        )


def _about_own_results(own: dict) -> Iterator[str]:
    silent = own["asked"] - own["recorded"]
    if silent:
        yield (
            f"On {silent} of {own['asked']} metrics that ask the authority itself, nothing is "
            "recorded for the year. That is not zero."
        )
    without = sum(not one["evidence"] for each in own["answers"] for one in each["results"])
    if without:
        yield (
            f"{without} {'result' if without == 1 else 'results'} of the authority itself "
            f"{'has' if without == 1 else 'have'} no file of evidence; the reason stands beside."
        )


def _promises(count: int) -> str:
    return "1 promise" if count == 1 else f"{count} promises"


def _lines(count: int) -> str:
    return "1 line of a return is" if count == 1 else f"{count} lines of returns are"
