"""Who may read a contract, report on it and check what was reported, and when."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import allows, companies_of
from accounts.models import User
from accounts.roles import Role
from delivery.models import Contract, ReturnLine
from tenders.models import Tender
from tenders.permissions import Rule, Standing, check, check_standing, standing_on
from tenders.states import Stage, State

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


def standing_towards(user: User, contract: Contract) -> Standing:
    """What a person is to a contract: of the supplier, or on the authority's team."""
    if contract.supplier in companies_of(user):
        return Standing(True, False, frozenset({Role.BIDDER}))
    return standing_on(user, contract.tender)


def state_of(contract: Contract, now: datetime) -> State:
    """Where this contract stands: of a funding round one may run while another has yet to start."""
    state = contract.tender.state(now)
    if state == State.LIVE and contract.started_at is None:
        return State.AWARDED
    return state


def check_contract(rule: Rule, user: User, contract: Contract, now: datetime) -> Standing:
    """Refuse unless the table lets this person do this on this contract now."""
    standing = standing_towards(user, contract)
    if not standing.is_inside:
        check(rule, user, contract.tender, now)
    check_standing(rule, standing, state_of(contract, now))
    return standing


def also_allowed(rule: Rule, standing: Standing, contract: Contract, now: datetime) -> bool:
    """Whether someone whose standing is known may do this too: for links and buttons."""
    return allows(check_standing, rule, standing, state_of(contract, now))


def contract_for(rule: Rule, user: User, pk: UUID, now: datetime) -> tuple[Contract, Standing]:
    """The contract this person asks for, once the table allows it, and what they are to it."""
    contracts = Contract.objects.select_related("tender__authority", "supplier", "manager")
    contract = contracts.filter(pk=pk).first()
    if contract is None:
        raise Http404
    return contract, check_contract(rule, user, contract, now)


def tender_noticed(pk: UUID) -> Tender:
    """The tender whose award the public may read of: awarded, and not cancelled."""
    tenders = Tender.objects.select_related("authority", "charter")
    tender = tenders.filter(pk=pk, stage__in=[Stage.AWARDED, Stage.LIVE]).first()
    if tender is None:
        raise Http404
    return tender


def line_for(rule: Rule, user: User, pk: UUID, now: datetime) -> ReturnLine:
    """The line of a return this person asks for, once the table allows it."""
    lines = ReturnLine.objects.select_related(
        "part_of__contract__tender__authority",
        "part_of__contract__supplier",
        "part_of__sent_by",
        "promise__metric__principle",
        "evidence",
        "decided_by",
    )
    line = lines.filter(pk=pk).first()
    if line is None:
        raise Http404
    check_contract(rule, user, line.part_of.contract, now)
    return line


def check_can_check(user: User, line: ReturnLine, now: datetime) -> None:
    """Refuse whoever may not decide on this line; nobody checks what they sent."""
    check_contract(CHECK_RETURN, user, line.part_of.contract, now)
    if line.part_of.sent_by_id == user.pk:
        raise PermissionDenied("Another person must check what you sent.")
