"""What happens in every story of the demo, told through the actions that the pages call."""

import uuid
from datetime import datetime

import bids.actions as bidding
import evaluations.actions as judging
import tenders.actions as tendering
from accounts.roles import Role
from bids.models import Bid
from demo import cast
from demo.cast import Person, company_of, user
from demo.past import told_at
from demo.subjects import Offer
from tenders.checking import reliance_of
from tenders.models import Tender

TEAM = (
    (cast.CHAIR, Role.CHAIR),
    (cast.APPROVER, Role.APPROVER),
    *((evaluator, Role.EVALUATOR) for evaluator in cast.EVALUATORS),
    (cast.CONFLICTED, Role.EVALUATOR),
    (cast.CONTRACT_MANAGER, Role.CONTRACT_MANAGER),
)


def seat_team(tender: Tender, who: dict) -> None:
    """Give everybody their role."""
    for person, role in TEAM:
        tendering.assign(tender=tender, person=user(person), role=role, **who)


def answer_the_check(tender: Tender, now: datetime) -> None:
    """The officer reads what the check warns of, and says why the tender goes on."""
    unanswered = reliance_of(Tender.objects.with_design().get(pk=tender.pk), now).unanswered
    tendering.give_reasons(
        tender=tender,
        fingerprints=[one.fingerprint for one in unanswered],
        reason="Read with our legal adviser. The questions say what is counted, and bidders may "
        "ask before the deadline.",
        by=user(cast.OFFICER),
        at=now,
    )


def answer(tender: Tender, person: Person, offer: Offer, now: datetime) -> Bid:
    """Start a bid and fill in everything."""
    who = {"by": user(person), "at": now}
    bid = bidding.start_bid(tender=tender, company=company_of(person), **who)
    bidding.set_price(bid=bid, amount=offer.price, **who)
    if offer.bases:
        bidding.set_bases(bid=bid, bases=offer.bases, **who)
    for criterion in tender.criteria.select_related("metric"):
        title = criterion.title
        bidding.save_answer(
            bid=bid,
            criterion=criterion,
            text=offer.texts[title],
            quantities=offer.quantities.get(title, {}),
            **who,
        )
    return bid


def submit(bid: Bid, person: Person, moment: datetime) -> None:
    with told_at(moment):
        bidding.submit_bid(bid=bid, idempotency_key=uuid.uuid4(), by=user(person))


def declare_all(tender: Tender, now: datetime) -> None:
    """Everybody on the team declares; one person has an interest and is out at once."""
    for person in (cast.OFFICER, cast.CHAIR, cast.APPROVER, *cast.EVALUATORS):
        judging.declare(tender=tender, has_interest=False, statement="", by=user(person), at=now)
    judging.declare(
        tender=tender,
        has_interest=True,
        statement="My brother works for one of the companies that may bid.",
        by=user(cast.CONFLICTED),
        at=now,
    )


def open_bids(tender: Tender, moment: datetime) -> None:
    with told_at(moment):
        bidding.open_bids(tender=tender, by=user(cast.OFFICER))
        bidding.open_bids(tender=tender, by=user(cast.CHAIR))
