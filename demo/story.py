"""The demo procurements, told through the actions that the pages call."""

import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import bids.actions as bidding
import delivery.actions as delivering
import reporting.actions as accounting
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

import evaluations.actions as judging
import tenders.actions as tendering
from accounts.models import Organisation
from accounts.roles import Role
from bids.models import Bid
from charter.models import Charter
from demo import cast
from demo.cast import Person, company_of, user
from demo.open_subjects import (
    CHILDCARE,
    CHILDCARE_OFFER,
    MENTAL_HEALTH,
    MENTAL_HEALTH_OFFERS,
)
from demo.past import told_at
from demo.subjects import HOUSING, HOUSING_MARKS, HOUSING_OFFERS, SCALE, Offer, Subject
from tenders.models import Tender

LONDON = ZoneInfo("Europe/London")
TEAM = (
    (cast.CHAIR, Role.CHAIR),
    (cast.APPROVER, Role.APPROVER),
    *((evaluator, Role.EVALUATOR) for evaluator in cast.EVALUATORS),
    (cast.CONFLICTED, Role.EVALUATOR),
    (cast.CONTRACT_MANAGER, Role.CONTRACT_MANAGER),
)


class Calendar:
    """Days of the story, counted from today, at noon in London."""

    def __init__(self, today: date):
        self.today = today

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def noon(self, days: int) -> datetime:
        return datetime.combine(self.day(days), time(12), LONDON)


def tell(today: date) -> None:
    """Build everything: one procurement finished, one waiting to be opened, one open."""
    days = Calendar(today)
    with told_at(days.noon(-400)) as start:
        authority = cast.assemble(start)
        call_command("load_charter", cast.CHARTER, authority=authority.name, verbosity=0)
    tell_housing(authority, days)
    tell_mental_health(authority, days)
    tell_childcare(authority, days)
    with told_at(days.noon(0)) as now:
        year = today.year if today.month >= 4 else today.year - 1
        accounting.request_report(authority=authority, year=year, by=user(cast.OFFICER), at=now)


def design(
    subject: Subject, authority: Organisation, days: Calendar, *, opens: int, closes: int
) -> Tender:
    """Create, fill in and publish a tender; it is published the day before it opens."""
    with told_at(days.noon(opens - 7)) as now:
        who = {"by": user(cast.OFFICER), "at": now}
        tender = tendering.create_tender(
            authority=authority,
            charter=Charter.objects.in_force().get(authority=authority),
            title=subject.title,
            summary=subject.summary,
            contract_value=subject.value,
            starts_on=days.day(closes + 60),
            months=subject.months,
            **who,
        )
        _fill_in(tender, subject, days, opens, closes, who)
        for person, role in TEAM:
            tendering.assign(tender=tender, person=user(person), role=role, **who)
    with told_at(days.noon(opens - 1)) as now:
        return tendering.publish_tender(tender=tender, by=user(cast.OFFICER), at=now)


def _fill_in(tender, subject, days, opens, closes, who) -> None:
    basis, price, quality, social_value = subject.weights
    tendering.set_weights(
        tender=tender,
        basis=basis,
        price_weight=price,
        quality_weight=quality,
        social_value_weight=social_value,
        price_method="fixed_scale",
        price_full_at=subject.price_full_at,
        price_zero_at=subject.price_zero_at,
        rounding_places=2,
        rounding_level="total",
        rank_on="rounded",
        tie_break=["social_value", "quality", "lower_price"],
        **who,
    )
    tendering.set_scale(
        tender=tender, max_mark=Decimal(5), mark_step=Decimal(1), steps=SCALE, **who
    )
    tendering.set_timetable(
        tender=tender, opens_at=days.noon(opens), closes_at=days.noon(closes), **who
    )
    for question in subject.questions:
        words = {"question": question.question, "weight": question.weight, "max_words": 400}
        if question.metric is None:
            tendering.add_question(tender=tender, title=question.title, **words, **who)
        else:
            tendering.add_metric(
                tender=tender,
                metric=tender.charter.metrics.get(number=question.metric),
                method=question.method,
                **words,
                **who,
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


def tell_housing(authority: Organisation, days: Calendar) -> None:
    """The whole story: three bids, three evaluators, an award, a contract, two returns."""
    bidders = (cast.WINNER, cast.MOORLAND, cast.CASTLE)
    tender = design(HOUSING, authority, days, opens=-330, closes=-300)
    for number, person in enumerate(bidders):
        with told_at(days.noon(-320 + number)) as now:
            bid = answer(tender, person, HOUSING_OFFERS[person.organisation], now)
            if person is cast.WINNER:
                visits = tender.criteria.get(metric__number=5)
                bidding.attach(
                    bid=bid,
                    criterion=visits,
                    upload=_letter("letters-from-schools.pdf"),
                    by=user(person),
                    at=now,
                )
        submit(bid, person, days.noon(-301) + timedelta(minutes=7 * number))
    with told_at(days.noon(-305)) as now:
        declare_all(tender, now)
    open_bids(tender, days.noon(-299))
    _judge(tender, days)
    contract = _award(tender, days)
    _deliver(contract, days)


def _judge(tender: Tender, days: Calendar) -> None:
    """Marks alone, then agreed with reasons; the engine ranks at the lock."""
    bids = {bid.supplier.name: bid for bid in tender.bids.select_related("supplier")}
    criteria = {criterion.title: criterion for criterion in tender.criteria.all()}
    for number, evaluator in enumerate(cast.EVALUATORS):
        with told_at(days.noon(-295 + number)) as now:
            for company, answers in HOUSING_MARKS.items():
                for title, (alone, _) in answers.items():
                    value, reason = alone[number]
                    judging.give_mark(
                        bid=bids[company],
                        criterion=criteria[title],
                        value=Decimal(value),
                        reason=reason,
                        by=user(evaluator),
                        at=now,
                    )
            judging.submit_marks(tender=tender, by=user(evaluator), at=now)
    with told_at(days.noon(-290)) as now:
        chair = {"by": user(cast.CHAIR), "at": now}
        judging.open_moderation(tender=tender, **chair)
        for company, answers in HOUSING_MARKS.items():
            for title, (_, (value, reason)) in answers.items():
                judging.agree_mark(
                    bid=bids[company],
                    criterion=criteria[title],
                    value=Decimal(value),
                    reason=reason,
                    **chair,
                )
        judging.lock(tender=tender, **chair)


def _award(tender: Tender, days: Calendar):
    with told_at(days.noon(-285)) as now:
        award = judging.recommend_award(
            tender=tender,
            bid=tender.bids.get(supplier__name=cast.WINNER.organisation),
            reason=(
                "It has the highest total under the published rules: strong commitments in "
                "all four quadrants at a price near the lowest."
            ),
            contract_manager=user(cast.CONTRACT_MANAGER),
            by=user(cast.OFFICER),
            at=now,
        )
    with told_at(days.noon(-280)) as now:
        contract = delivering.approve_award(award=award, by=user(cast.APPROVER), at=now)
    with told_at(days.noon(-240)) as now:
        return delivering.start_contract(contract=contract, by=user(cast.CONTRACT_MANAGER), at=now)


# What the supplier reported of each commitment, and what the contract manager said.
FIRST_RETURN = {
    "m1": ("36", "Thirty-six of our people live in the area.", "accept"),
    "m9_hours": ("140", "Hedges and two ponds.", "accept"),
    "m9_budget": ("600", "Plants and tools.", "accept"),
    "m13": ("190000", "Timber, kitchens, scaffolding.", "accept"),
    "m19": ("1", "One plumber has begun.", "accept"),
    "m5": ("14", "Three schools visited.", "accept"),
}
SECOND_RETURN = {
    "m9_hours": ("160", "Verges along the canal.", "accept"),
    "m13": ("175000", "Timber and scaffolding.", None),
    "m5": ("12", "Two schools, with a day on site.", "The sign-in sheet of one visit is missing."),
}


def _deliver(contract, days: Calendar) -> None:
    """Two quarters are returned; one line waits and one is queried."""
    for number, lines in enumerate((FIRST_RETURN, SECOND_RETURN)):
        began = -235 + 91 * number
        with told_at(days.noon(began + 95)) as now:
            sent = delivering.send_return(
                contract=contract,
                period_from=days.day(began),
                period_to=days.day(began + 90),
                lines=_lines(contract, lines),
                by=user(cast.WINNER),
                at=now,
            )
        with told_at(days.noon(began + 99)) as now:
            _check(sent, lines, now)


def _lines(contract, lines) -> list[dict]:
    promises = {promise.quantity_id: promise for promise in contract.promises.all()}
    return [
        {
            "promise": promises[quantity_id],
            "quantity": Decimal(quantity),
            "narrative": words,
            "upload": _letter(f"evidence-{quantity_id}.pdf"),
        }
        for quantity_id, (quantity, words, _) in lines.items()
    ]


def _check(sent, lines, now: datetime) -> None:
    manager = {"by": user(cast.CONTRACT_MANAGER), "at": now}
    for line in sent.lines.select_related("promise"):
        verdict = lines[line.promise.quantity_id][2]
        if verdict == "accept":
            delivering.accept_line(line=line, **manager)
        elif verdict:
            delivering.query_line(line=line, reason=verdict, **manager)


def tell_mental_health(authority: Organisation, days: Calendar) -> None:
    """Closed yesterday, two bids sealed: an officer and the chair may open them."""
    tender = design(MENTAL_HEALTH, authority, days, opens=-30, closes=-1)
    for number, person in enumerate((cast.MOORLAND, cast.NEWCOMER)):
        with told_at(days.noon(-10 + number)) as now:
            bid = answer(tender, person, MENTAL_HEALTH_OFFERS[person.organisation], now)
        submit(bid, person, days.noon(-2) + timedelta(hours=number))
    with told_at(days.noon(-1)) as now:
        declare_all(tender, now)


def tell_childcare(authority: Organisation, days: Calendar) -> None:
    """Open for another three weeks: one bid submitted, one begun."""
    tender = design(CHILDCARE, authority, days, opens=-9, closes=21)
    with told_at(days.noon(-3)) as now:
        bid = answer(tender, cast.CHILDCARE, CHILDCARE_OFFER, now)
        who = {"by": user(cast.RIVAL), "at": now}
        bidding.start_bid(tender=tender, company=company_of(cast.RIVAL), **who)
    submit(bid, cast.CHILDCARE, days.noon(-2))


def _letter(name: str) -> SimpleUploadedFile:
    """A small, honest PDF to stand for a piece of evidence."""
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )
    return SimpleUploadedFile(name, body, content_type="application/pdf")
