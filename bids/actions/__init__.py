"""Everything that happens to a bid, one action per event."""

from bids.actions.drafting import (
    attach,
    remove_attachment,
    save_answer,
    save_hours,
    set_bases,
    set_price,
    start_bid,
)
from bids.actions.offline import apply_sheet, read_sheet
from bids.actions.opening import mark_won, open_bids
from bids.actions.sending import submit_bid, withdraw_bid
from bids.actions.telling import (
    add_to_answer,
    answer_question,
    cancel_tender,
    decide_extension,
)

__all__ = [
    "add_to_answer",
    "answer_question",
    "apply_sheet",
    "attach",
    "cancel_tender",
    "decide_extension",
    "mark_won",
    "open_bids",
    "read_sheet",
    "remove_attachment",
    "save_answer",
    "save_hours",
    "set_bases",
    "set_price",
    "start_bid",
    "submit_bid",
    "withdraw_bid",
]
