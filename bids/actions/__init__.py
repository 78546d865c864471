"""Everything that happens to a bid, one action per event."""

from bids.actions.drafting import (
    attach,
    remove_attachment,
    save_answer,
    set_bases,
    set_price,
    start_bid,
)
from bids.actions.opening import mark_won, open_bids
from bids.actions.sending import submit_bid, withdraw_bid

__all__ = [
    "attach",
    "mark_won",
    "open_bids",
    "remove_attachment",
    "save_answer",
    "set_bases",
    "set_price",
    "start_bid",
    "submit_bid",
    "withdraw_bid",
]
