"""What every change to a draft shares: its row held, numbers merged, the change counted."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from accounts.access import Conflict
from accounts.models import User
from bids.contents import AnswerContent
from bids.drafts import needs_of
from bids.models import Answer, Bid
from bids.permissions import EDIT, check_bid
from bids.refusals import QuantityRefused
from bids.sealed_parts import draft_in, sealed_answer
from bids.unsealing import loudly, own_key
from metrics.grammar import Refused, plain, read_number
from records import audit
from tenders.models import Criterion


def hold_draft(bid: Bid, *, by: User, at: datetime) -> tuple[Bid, bytes]:
    """The bid's row, locked, if this person may change it now: a submit must not see half.

    With it the key under which what it says is sealed.
    """
    held = Bid.objects.select_for_update(of=("self",)).select_related("tender__authority")
    bid = held.get(pk=bid.pk)
    check_bid(EDIT, by, bid, at)
    return bid, own_key(bid, by=by)


def keep_change(
    bid: Bid, key: bytes, *, verb: str, by: User, at: datetime, **details: object
) -> Bid:
    """Count the change, so that every page can say what a receipt covers, and what is missing."""
    bid.edits += 1
    bid.changed_at = at
    with loudly(bid):
        draft = draft_in(key, bid)
    bid.is_complete = not needs_of(bid.tender, draft)
    bid.save()
    audit.record(verb=verb, by=by, target=bid, at=at, **details)
    return bid


def answer_row(bid: Bid, criterion: Criterion, at: datetime) -> Answer:
    """The row of the answer to a criterion; a fresh one before it is first saved."""
    if criterion.tender_id != bid.tender_id:
        raise Conflict("This question belongs to another tender.")
    answer, _ = Answer.objects.get_or_create(
        bid=bid, criterion=criterion, defaults={"changed_at": at}
    )
    answer.bid = bid
    return answer


def write_answer(answer: Answer, said: AnswerContent, key: bytes, at: datetime) -> None:
    """Seal what an answer says, as its next change."""
    answer.edits += 1
    answer.changed_at = at
    answer.sealed = sealed_answer(key, answer, said)
    answer.save()


def merged(
    kept: Mapping[str, str],
    given: Mapping[str, object],
    asked: set[str],
    *,
    above_zero: bool = False,
) -> dict[str, str]:
    """The numbers kept, with those given put in their place; only those asked for."""
    together = {name: number for name, number in kept.items() if name in asked}
    for name, number in given.items():
        if name not in asked:
            raise QuantityRefused(name, "This tender does not ask for that number.")
        if number is None:
            together.pop(name, None)
        else:
            together[name] = _exact(name, number, above_zero=above_zero)
    return together


def _exact(name: str, number: object, *, above_zero: bool) -> str:
    """A number as a scoring case writes it."""
    text = f"{number:f}" if isinstance(number, Decimal) else str(number)
    try:
        value = read_number(text)
    except Refused:
        raise QuantityRefused(name, "Enter a number, for example 14 or 12.5.") from None
    if value < 0 or (above_zero and value == 0):
        least = "above 0" if above_zero else "0 or more"
        raise QuantityRefused(name, f"Enter a number that is {least}.")
    return plain(value)
