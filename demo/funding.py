"""A funding round whose projects are to be chosen, and a call for business cases."""

from datetime import timedelta
from decimal import Decimal

import evaluations.actions as judging
import tenders.actions as tendering
from accounts.models import Organisation
from charter.models import Charter
from demo import cast
from demo.calendar import Calendar
from demo.cast import user
from demo.funding_subjects import (
    APPLICATIONS,
    BUDGET,
    CASE_CALL,
    CASE_QUESTIONS,
    COVERAGE,
    DELIVERY,
    NEED,
    ROUND,
    ROUND_QUESTIONS,
)
from demo.past import told_at
from demo.steps import answer, answer_the_check, declare_all, open_bids, seat_team, submit
from demo.subjects import SCALE
from tenders.actions.coverage import set_coverage
from tenders.models import Opportunity, Tender


def _begin(authority: Organisation, days: Calendar, opens: int, closes: int, who, **details):
    """A draft with scale, weightings, timetable and team."""
    tender = tendering.create_tender(
        authority=authority,
        charter=Charter.objects.in_force().get(authority=authority),
        starts_on=days.day(closes + 90),
        **details,
        **who,
    )
    tendering.set_weights(
        tender=tender,
        basis="overall",
        price_weight=Decimal(0),
        quality_weight=Decimal(80),
        social_value_weight=Decimal(20),
        price_method="fixed_scale",
        price_full_at=None,
        price_zero_at=None,
        rounding_places=2,
        rounding_level="total",
        rank_on="rounded",
        tie_break=["social_value", "quality"],
        **who,
    )
    tendering.set_scale(
        tender=tender, max_mark=Decimal(5), mark_step=Decimal(1), steps=SCALE, **who
    )
    tendering.set_timetable(
        tender=tender, opens_at=days.noon(opens), closes_at=days.noon(closes), **who
    )
    seat_team(tender, who)
    return tender


def _publish(tender: Tender, moment) -> Tender:
    with told_at(moment) as now:
        answer_the_check(tender, now)
        return tendering.publish_tender(tender=tender, by=user(cast.OFFICER), at=now)


def tell_round(authority: Organisation, days: Calendar) -> None:
    """Five applications, marked and locked: which of them the budget funds is to be recommended."""
    with told_at(days.noon(-72)) as now:
        who = {"by": user(cast.OFFICER), "at": now}
        tender = _begin(
            *(authority, days, -65, -35, who),
            opportunity=Opportunity.FUNDING_ROUND,
            contract_value=BUDGET,
            **ROUND,
        )
        for one in ROUND_QUESTIONS:
            words = {"question": one.question, "weight": one.weight, "max_words": 400}
            if one.metric is None:
                tendering.add_question(tender=tender, title=one.title, **words, **who)
            else:
                metric = tender.charter.metrics.get(number=one.metric)
                tendering.add_metric(
                    tender=tender, metric=metric, method=one.method, **words, **who
                )
        coverage = dict.fromkeys(tender.charter.quadrants.values_list("code", flat=True), 0)
        set_coverage(tender=tender, coverage=coverage | COVERAGE, **who)
    tender = _publish(tender, days.noon(-66))
    for number, one in enumerate(APPLICATIONS):
        with told_at(days.noon(-50 + number)) as now:
            bid = answer(tender, one.person, one.offer(), now)
        submit(bid, one.person, days.noon(-36) + timedelta(minutes=9 * number))
    with told_at(days.noon(-40)) as now:
        declare_all(tender, now)
    open_bids(tender, days.noon(-34))
    _judge(tender, days)


def _judge(tender: Tender, days: Calendar) -> None:
    """Two evaluators mark a step apart, the third as the panel agrees in the end."""
    bids = {bid.supplier.name: bid for bid in tender.bids.select_related("supplier")}
    criteria = {one.title: one for one in tender.criteria.all()}
    agreed = [
        (bids[one.person.organisation], criteria[title], mark, why)
        for one in APPLICATIONS
        for title, mark, why in zip((NEED, DELIVERY), one.agreed, one.because, strict=True)
    ]
    for number, evaluator in enumerate(cast.EVALUATORS):
        with told_at(days.noon(-32 + number)) as now:
            for bid, criterion, mark, why in agreed:
                judging.give_mark(
                    bid=bid,
                    criterion=criterion,
                    value=Decimal(mark - (number == 1 and mark > 1)),
                    reason=why,
                    by=user(evaluator),
                    at=now,
                )
            judging.submit_marks(tender=tender, by=user(evaluator), at=now)
    with told_at(days.noon(-28)) as now:
        chair = {"by": user(cast.CHAIR), "at": now}
        judging.open_moderation(tender=tender, **chair)
        for bid, criterion, mark, why in agreed:
            judging.agree_mark(
                bid=bid, criterion=criterion, value=Decimal(mark), reason=why, **chair
            )
        judging.lock(tender=tender, **chair)


def tell_case(authority: Organisation, days: Calendar) -> None:
    """A call for business cases, open: the five cases, the social value in the strategic one."""
    with told_at(days.noon(-20)) as now:
        who = {"by": user(cast.OFFICER), "at": now}
        tender = _begin(
            *(authority, days, -12, 25, who), opportunity=Opportunity.BUSINESS_CASE, **CASE_CALL
        )
        for case, title, question in CASE_QUESTIONS:
            tendering.add_question(
                tender=tender,
                title=title,
                question=question,
                case=case,
                weight=Decimal(20),
                max_words=800,
                **who,
            )
        for number in (5, 13, 19, 22):
            metric = tender.charter.metrics.get(number=number)
            tendering.add_metric(
                tender=tender,
                metric=metric,
                question=metric.wording,
                method="target",
                weight=Decimal(25),
                max_words=300,
                **who,
            )
    _publish(tender, days.noon(-13))
