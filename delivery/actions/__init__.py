"""What happens between the award and the end of the contract."""

from delivery.actions.contracts import approve_award, approve_programme, start_contract
from delivery.actions.refusals import LineRefused, PeriodRefused, ReasonMissing, Refusal
from delivery.actions.returns import accept_line, query_line, send_return

__all__ = [
    "LineRefused",
    "PeriodRefused",
    "ReasonMissing",
    "Refusal",
    "accept_line",
    "approve_award",
    "approve_programme",
    "query_line",
    "send_return",
    "start_contract",
]
