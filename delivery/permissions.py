"""Who may read a contract, report on it and check what was reported, and when."""

from accounts.roles import Role
from tenders.permissions import Rule

VIEW = Rule(
    "contract.view",
    {
        Role.BIDDER: "AL",
        Role.OFFICER: "AL",
        Role.APPROVER: "AL",
        Role.CONTRACT_MANAGER: "AL",
        Role.BOARD: "L",
        Role.ADMINISTRATOR: "AL",
    },
    is_change=False,
    too_early_or_late="There is no contract at this stage.",
)
START = Rule(
    "contract.start",
    {Role.CONTRACT_MANAGER: "A"},
    is_change=True,
    too_early_or_late="This contract has already started.",
)
SEND_RETURN = Rule(
    "delivery.submit_return",
    {Role.BIDDER: "L"},
    is_change=True,
    too_early_or_late="Returns can be sent once the contract has started.",
)
CHECK_RETURN = Rule(
    "delivery.verify",
    {Role.CONTRACT_MANAGER: "L"},
    is_change=True,
    too_early_or_late="Returns can be checked once the contract has started.",
)
VIEW_EVIDENCE_RECORD = Rule(
    "delivery.view_evidence_record",
    {
        Role.BIDDER: "L",
        Role.OFFICER: "L",
        Role.CONTRACT_MANAGER: "L",
        Role.BOARD: "L",
        Role.ADMINISTRATOR: "L",
    },
    is_change=False,
)
DOWNLOAD_EVIDENCE = Rule(
    "delivery.download_evidence",
    {Role.BIDDER: "L", Role.OFFICER: "L", Role.CONTRACT_MANAGER: "L"},
    is_change=False,
)
