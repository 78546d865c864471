"""Who may read and change a bid, and when; what it says is sealed besides (bids.sealing)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import Conflict, companies_of, deals_with, refuse_outsider
from accounts.models import Organisation, User
from accounts.roles import Role
from bids.documents import files_in
from bids.models import Attachment, Bid, Submission
from bids.refusals import TooLate
from tenders.models import Tender
from tenders.permissions import (
    Rule,
    Standing,
    check,
    check_can_view_public,
    check_standing,
    standing_on,
)
from tenders.states import State

SEALED = "POC"
ONLY_WHILE_OPEN = "Bids for this tender can be changed only while it is open for bids."

START = Rule(
    "bid.start",
    {Role.BIDDER: "O"},
    is_change=True,
    too_early_or_late="A bid can be started only while the tender is open for bids.",
)
EDIT = Rule(
    "bid.edit_draft",
    {Role.BIDDER: "O"},
    is_change=True,
    too_early_or_late=ONLY_WHILE_OPEN,
)
SUBMIT = Rule("bid.submit", {Role.BIDDER: "O"}, is_change=True, too_early_or_late=ONLY_WHILE_OPEN)
WITHDRAW = Rule(
    "bid.withdraw",
    {Role.BIDDER: "O"},
    is_change=True,
    too_early_or_late="A bid can be withdrawn only while the tender is open for bids.",
)
VIEW = Rule(
    "bid.view",
    {
        Role.BIDDER: "OCERMALX",
        Role.OFFICER: "ERMAL",
        Role.EVALUATOR: "ERMA",
        Role.CHAIR: "ERMAL",
        Role.APPROVER: "MA",
        Role.CONTRACT_MANAGER: "AL",
    },
    is_change=False,
    hidden_in=SEALED,
    too_early_or_late="This bid cannot be read at this stage.",
)
EXPORT = Rule(
    "bid.export",
    {Role.OFFICER: "ERMAL", Role.CHAIR: "ERMAL"},
    is_change=False,
    hidden_in=SEALED,
    too_early_or_late="There is nothing to download at this stage.",
)
RECEIPT = Rule(
    "bid.receipt",
    {Role.BIDDER: "OCERMALX"},
    is_change=False,
    too_early_or_late="There is no receipt at this stage.",
)
COUNT = Rule(
    "bid.list_count",
    {
        Role.OFFICER: "CERMAL",
        Role.CHAIR: "CERMAL",
        Role.APPROVER: "CERMAL",
        Role.ADMINISTRATOR: "CERMAL",
    },
    is_change=False,
    hidden_in="PO",
    too_early_or_late="Nobody may know how many bids there are at this stage.",
)
SEES_PRICES = {Role.OFFICER, Role.CHAIR, Role.APPROVER}
AFTER_LOCKING = {State.LOCKED, State.AWARDED, State.LIVE}
NOT_YET_CLOSED = "Bids can be opened only after the deadline, and only once."
OPEN_FIRST = Rule(
    "bid.open_first_person",
    {Role.OFFICER: "C"},
    is_change=True,
    too_early_or_late=NOT_YET_CLOSED,
)
OPEN_SECOND = Rule(
    "bid.open_second_person",
    {Role.CHAIR: "C"},
    is_change=True,
    too_early_or_late=NOT_YET_CLOSED,
)


def check_bid(rule: Rule, user: User, bid: Bid, now: datetime) -> None:
    """Refuse unless the table lets this person do this with this bid at this time.

    To every company but its own a bid does not exist.
    """
    state = bid.tender.state(now)
    if is_own(user, bid):
        _check_in_time(rule, bid.tender, state, now)
        # Nothing of one's own bid is hidden from oneself.
        bidder = Standing(True, False, frozenset({Role.BIDDER}))
        check_standing(replace(rule, hidden_in=""), bidder, state)
        return
    standing = standing_on(user, bid.tender)
    if user.is_superuser:
        raise PermissionDenied("The platform's administrator cannot read or change bids.")
    if not standing.is_inside:
        raise Http404
    check_standing(rule, standing, state)
    _check_has_declared(standing)
    _check_is_received(bid)
    _check_contract_managers_see_only_the_winner(standing, bid)


def bid_for(rule: Rule, user: User, pk: UUID, now: datetime) -> Bid:
    """The bid this person asks for, once the table allows it; else one of the refusals."""
    bid = Bid.objects.select_related("tender__authority", "supplier").filter(pk=pk).first()
    if bid is None:
        raise Http404
    check_bid(rule, user, bid, now)
    return bid


def is_own(user: User, bid: Bid) -> bool:
    """Whether it is the bid of one of this person's companies."""
    return bid.supplier in companies_of(user)


def tender_to_bid_for(user: User, pk: UUID, now: datetime) -> tuple[Tender, Organisation]:
    """The tender this person asks to bid for, and the company; else one of the refusals."""
    tender = Tender.objects.select_related("authority").filter(pk=pk).first()
    if tender is None:
        raise Http404
    return tender, check_can_start(user, tender, now)


def check_can_start(user: User, tender: Tender, now: datetime) -> Organisation:
    """Refuse unless this person's company may begin a bid; returns the company."""
    if standing_on(user, tender).is_of_the_authority or user.is_superuser:
        check(START, user, tender, now)
    companies = companies_of(user)
    if not companies:
        refuse_outsider(user, tender.authority, is_public=False)
    if Bid.objects.filter(tender=tender, supplier__in=companies).exists():
        _refuse_second_start(user, tender)
    if tender.state(now) != State.OPEN:
        raise Conflict(START.too_early_or_late)
    return companies[0]


def check_can_open(user: User, tender: Tender, now: datetime) -> Role:
    """Refuse unless this person may open the bids now; returns the role in which."""
    roles = standing_on(user, tender).roles
    rule, role = (OPEN_SECOND, Role.CHAIR) if Role.CHAIR in roles else (OPEN_FIRST, Role.OFFICER)
    check(rule, user, tender, now)
    return role


def may_see_price(user: User, tender: Tender, now: datetime) -> bool:
    """Prices stay from everyone at the authority until all marks are agreed and locked."""
    roles = standing_on(user, tender).roles
    return bool(roles & SEES_PRICES) and tender.state(now) in AFTER_LOCKING


def attachment_for(rule: Rule, user: User, pk: UUID, now: datetime) -> Attachment:
    """The file this person asks for, once the table allows it; else one of the refusals.

    The authority reads the files of the version it received, and no others.
    """
    held = Attachment.objects.select_related(
        "file", "answer__bid__tender__authority", "answer__bid__supplier"
    )
    attachment = held.filter(pk=pk).first()
    if attachment is None:
        raise Http404
    bid = attachment.answer.bid
    check_bid(rule, user, bid, now)
    is_there = _was_kept if is_own(user, bid) else _was_opened
    if not is_there(attachment, bid):
        raise Http404
    return attachment


def check_can_count(user: User, tender: Tender, now: datetime) -> None:
    check(COUNT, user, tender, now)


def _check_has_declared(standing: Standing) -> None:
    if standing.must_declare:
        raise PermissionDenied(
            "Declare your interests in this procurement before you read its bids: "
            "go to Your tasks and choose Declare interests."
        )


def _refuse_second_start(user: User, tender: Tender) -> None:
    """A company whose bid was received is told so; a draft is known to nobody, not even here."""
    check_can_view_public(user, tender)
    if deals_with(user, tender.authority):
        raise PermissionDenied(
            f"Your company has begun already. {tender.words.go_on} from Your bids and applications."
        )
    raise Http404


def _check_in_time(rule: Rule, tender: Tender, state: State, now: datetime) -> None:
    """Say to a bidder who comes too late when bids closed, and when this reached us."""
    is_past = tender.closes_at is not None and now >= tender.closes_at
    if rule.is_change and is_past and state != State.CANCELLED:
        raise TooLate(tender.closes_at, now, tender.words)


def _was_kept(attachment: Attachment, bid: Bid) -> bool:
    """Whether a file is in the draft, or was when a version of it was received."""
    if attachment.removed_at is None:
        return True
    stood = (attachment.file.stored_at, attachment.removed_at)
    return Submission.objects.filter(bid=bid, received_at__range=stood).exists()


def _was_opened(attachment: Attachment, bid: Bid) -> bool:
    """Whether a file is in the version that both openers opened."""
    opened = Submission.objects.filter(bid=bid, version=bid.versions, document__isnull=False)
    wanted = str(attachment.pk)
    return any(file["id"] == wanted for one in opened for file in files_in(one.document))


def _check_is_received(bid: Bid) -> None:
    """A draft or a withdrawn bid is nobody's business but the company's."""
    if bid.versions == 0 or bid.withdrawn_at:
        raise Http404


def _check_contract_managers_see_only_the_winner(standing: Standing, bid: Bid) -> None:
    if standing.roles == {Role.CONTRACT_MANAGER} and bid.won_at is None:
        raise Http404
