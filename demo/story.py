"""The demo procurements, told through the actions that the pages call."""

from datetime import date, timedelta
from decimal import Decimal

import bids.actions as bidding
import delivery.actions as delivering
import evaluations.actions as judging
import reporting.actions as accounting
import tenders.actions as tendering
from accounts.models import Organisation
from charter.models import Charter
from demo import cast, charter_life, firm, funding, planning
from demo.calendar import Calendar
from demo.cast import company_of, user
from demo.deliveries import deliver, letter
from demo.open_subjects import (
    CHILDCARE,
    CHILDCARE_OFFER,
    MENTAL_HEALTH,
    MENTAL_HEALTH_OFFERS,
)
from demo.past import told_at
from demo.steps import answer, answer_the_check, declare_all, open_bids, seat_team, submit
from demo.subjects import HOUSING, HOUSING_MARKS, HOUSING_OFFERS, SCALE, Subject
from tenders.models import ContractKind, Tender


def tell(today: date) -> None:
    """Build three procurements (finished, closed, open) and what is funded besides."""
    days = Calendar(today)
    with told_at(days.noon(-400)) as start:
        authority = cast.assemble(start)
    charter_life.adopt(authority, days)
    planning.plan(authority, days)
    tell_housing(authority, days)
    tell_mental_health(authority, days)
    tell_childcare(authority, days)
    funding.tell_round(authority, days)
    funding.tell_case(authority, days)
    planning.tell_neighbour(days)
    charter_life.live(authority, days)
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
            kind=ContractKind.SERVICES,
            contract_value=subject.value,
            starts_on=days.day(closes + 60),
            months=subject.months,
            **who,
        )
        _fill_in(tender, subject, days, opens, closes, who)
        if subject is CHILDCARE:
            planning.think_before(tender, days, who)
        seat_team(tender, who)
    with told_at(days.noon(opens - 1)) as now:
        answer_the_check(tender, now)
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


def tell_housing(authority: Organisation, days: Calendar) -> None:
    """The whole story: three bids, three evaluators, an award, a contract, two returns."""
    bidders = (cast.WINNER, cast.MOORLAND, cast.CASTLE)
    tender = design(HOUSING, authority, days, opens=-215, closes=-190)
    for number, person in enumerate(bidders):
        with told_at(days.noon(-205 + number)) as now:
            bid = answer(tender, person, HOUSING_OFFERS[person.organisation], now)
            if person is cast.WINNER:
                visits = tender.criteria.get(metric__number=5)
                bidding.attach(
                    bid=bid,
                    criterion=visits,
                    upload=letter("letters-from-schools.pdf"),
                    by=user(person),
                    at=now,
                )
        submit(bid, person, days.noon(-191) + timedelta(minutes=7 * number))
    with told_at(days.noon(-195)) as now:
        declare_all(tender, now)
    open_bids(tender, days.noon(-189))
    _judge(tender, days)
    contract = _award(tender, days)
    deliver(contract, days)


def _judge(tender: Tender, days: Calendar) -> None:
    """Marks alone, then agreed with reasons; the engine ranks at the lock."""
    bids = {bid.supplier.name: bid for bid in tender.bids.select_related("supplier")}
    criteria = {criterion.title: criterion for criterion in tender.criteria.all()}
    for number, evaluator in enumerate(cast.EVALUATORS):
        with told_at(days.noon(-187 + number)) as now:
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
    with told_at(days.noon(-182)) as now:
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
    with told_at(days.noon(-178)) as now:
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
    with told_at(days.noon(-172)) as now:
        contract = delivering.approve_award(award=award, by=user(cast.APPROVER), at=now)
    with told_at(days.noon(-130)) as now:
        return delivering.start_contract(contract=contract, by=user(cast.CONTRACT_MANAGER), at=now)


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
        its_own = {"by": user(cast.CHILDCARE), "at": now}
        firm.says_what_it_is(its_own)
        bid = answer(tender, cast.CHILDCARE, CHILDCARE_OFFER, now)
        firm.adds_to_its_bid(bid, its_own)
        who = {"by": user(cast.RIVAL), "at": now}
        bidding.start_bid(tender=tender, company=company_of(cast.RIVAL), **who)
    submit(bid, cast.CHILDCARE, days.noon(-2))
