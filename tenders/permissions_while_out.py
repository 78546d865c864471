"""Who may follow, ask, answer and move the deadline while a tender is out, and when."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import Conflict, companies_of, refuse_outsider
from accounts.models import Organisation, User
from accounts.roles import Role
from tenders.models import Extension, Tender
from tenders.permissions import Rule, check, check_can_view_public, standing_on

OUT = "PO"
ASK = Rule(
    "question.ask",
    {Role.BIDDER: OUT},
    is_change=True,
    too_early_or_late="Questions can be asked only from publication until the deadline.",
)
ANSWER = Rule(
    "tender.answer_question",
    {Role.OFFICER: OUT},
    is_change=True,
    too_early_or_late="Questions can be answered only from publication until the deadline: later "
    "nobody could act on the answer.",
)
PROPOSE_EXTENSION = Rule(
    "tender.propose_extension",
    {Role.OFFICER: OUT},
    is_change=True,
    too_early_or_late="The deadline can be moved only from publication until it has passed. In a "
    "draft, change the timetable.",
)
DECIDE_EXTENSION = Rule(
    "tender.approve_extension",
    {Role.APPROVER: OUT},
    is_change=True,
    too_early_or_late="The deadline has passed or the tender is not out, so it can no longer be "
    "moved.",
)
# What was asked in private, without who asked.
READ_ASKED = Rule(
    "",
    dict.fromkeys((Role.OFFICER, Role.CHAIR, Role.APPROVER, Role.ADMINISTRATOR), "POCERMALX"),
    is_change=False,
    too_early_or_late="Bidders can ask once the tender is published.",
)


def check_can_follow(user: User, tender: Tender) -> None:
    """Whoever is signed in may follow what is public; a draft is there for its team alone."""
    check_can_view_public(user, tender)
    if not tender.is_public:
        raise Conflict("A tender can be followed once it is published.")


def tender_to_ask_about(user: User, pk: UUID, now: datetime) -> tuple[Tender, Organisation]:
    """The tender this person asks about, and the company they ask for; else a refusal."""
    tender = Tender.objects.select_related("authority").filter(pk=pk).first()
    if tender is None:
        raise Http404
    return tender, check_can_ask(user, tender, now)


def check_can_ask(user: User, tender: Tender, now: datetime) -> Organisation:
    """Refuse unless this person may ask for a company; returns the company."""
    if standing_on(user, tender).is_of_the_authority or user.is_superuser:
        check(ASK, user, tender, now)
    companies = companies_of(user)
    if not companies:
        refuse_outsider(user, tender.authority, is_public=False)
    if tender.state(now) not in OUT:
        raise Conflict(ASK.too_early_or_late)
    return companies[0]


def check_can_read_asked(user: User, tender: Tender, now: datetime) -> None:
    check(READ_ASKED, user, tender, now)


def check_can_answer(user: User, tender: Tender, now: datetime) -> None:
    check(ANSWER, user, tender, now)


def check_can_propose_extension(user: User, tender: Tender, now: datetime) -> None:
    check(PROPOSE_EXTENSION, user, tender, now)


def check_can_approve_extension(user: User, tender: Tender, now: datetime) -> None:
    check(DECIDE_EXTENSION, user, tender, now)


def check_can_decide_extension(user: User, extension: Extension, now: datetime) -> None:
    """An approver decides what another person proposed, once, while bids may still be sent."""
    check_can_approve_extension(user, extension.tender, now)
    if extension.proposed_by_id == user.pk:
        raise PermissionDenied("Another person must decide on what you proposed.")
    if extension.is_approved is not None:
        raise Conflict("This has been decided already. Read the decision on the tender's page.")
