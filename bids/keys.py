"""The data key of a bid: wrapped once for its firm and once for its tender's opening."""

from uuid import UUID

from accounts.access import Conflict
from bids.keyring import Keyring, Purpose, WrongKey, keyring
from bids.models import Bid
from bids.sealing import new_data_key


def new_bid(**fields) -> Bid:
    """A bid, not yet saved, with a data key of its own."""
    bid, key = Bid(**fields), new_data_key()
    bid.key_for_firm = keyring().wrap(key, purpose=Purpose.FIRM, context=_firm(bid))
    bid.key_for_opening = keyring().wrap(key, purpose=Purpose.OPENING, context=_opening(bid))
    return bid


def firm_key(bid: Bid) -> bytes:
    """The data key, for the bid's own firm; `bids.unsealing` sees to it that it is."""
    wrapped = bytes(bid.key_for_firm)
    return keyring().unwrap(wrapped, purpose=Purpose.FIRM, context=_firm(bid))


def opening_key(bid: Bid) -> bytes:
    """The data key, once an officer and the chair have both opened the tender."""
    if bid.tender.opened_at is None:
        raise Conflict("These bids are sealed until an officer and the chair have opened them.")
    wrapped = bytes(bid.key_for_opening)
    return keyring().unwrap(wrapped, purpose=Purpose.OPENING, context=_opening(bid))


def _firm(bid: Bid) -> str:
    return _context("supplier", bid.supplier_id, bid.pk)


def _opening(bid: Bid) -> str:
    return _context("tender", bid.tender_id, bid.pk)


def _context(kind: str, whose: UUID, bid: UUID) -> str:
    return f"{kind}:{whose}/bid:{bid}"


def opened_by(keys: Keyring, bid: Bid) -> list[Purpose]:
    """For which purposes these keys open the bid. It says nothing of what the bid says."""
    wrapped = {
        Purpose.FIRM: (bid.key_for_firm, _firm(bid)),
        Purpose.OPENING: (bid.key_for_opening, _opening(bid)),
    }
    return [purpose for purpose, one in wrapped.items() if _opens(keys, purpose, *one)]


def _opens(keys: Keyring, purpose: Purpose, wrapped: bytes, context: str) -> bool:
    try:
        keys.unwrap(bytes(wrapped), purpose=purpose, context=context)
    except WrongKey:
        return False
    return True
