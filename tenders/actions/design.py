"""Designing a tender: what is bought, when, for which weights and on which scale."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from design.london import LONDON
from metrics.grammar import Refused
from tenders.actions.drafts import hold_draft, keep_draft
from tenders.cases import number
from tenders.models import PriceMethod, ScaleStep, Tender, WeightBasis, default_tie_break
from tenders.policy import broken_words, policy_answer, policy_day
from tenders.published import TIE_BREAKS
from tenders.refusals import BelowPolicy, Unfit, WeightsNotWhole
from tenders.weights import resolve

HIGHEST_MARK = 20


@transaction.atomic
def set_timetable(
    *,
    tender: Tender,
    opens_at: datetime,
    closes_at: datetime,
    questions_until: datetime | None = None,
    award_on: date | None = None,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> Tender:
    """Fix when bids may be sent: from opening time up to, not including, the deadline.

    Questions are taken until the deadline where no earlier moment is set.
    """
    draft = hold_draft(tender, by=by, at=at, seen=seen)
    if closes_at <= opens_at:
        raise Unfit("closes_at", "Enter a deadline after the time at which bids may first be sent.")
    if closes_at <= at:
        raise Unfit("closes_at", "Enter a deadline in the future.")
    if questions_until is not None and questions_until >= closes_at:
        raise Unfit("questions_until", "Enter a time before the deadline, or leave it empty.")
    if questions_until is not None and questions_until <= at:
        raise Unfit("questions_until", "Enter a time in the future, or leave it empty.")
    if award_on is not None and award_on <= closes_at.astimezone(LONDON).date():
        raise Unfit("award_on", "Enter a day after the deadline, or leave it empty.")
    draft.opens_at, draft.closes_at = opens_at, closes_at
    draft.questions_until, draft.award_on = questions_until, award_on
    return keep_draft(
        draft,
        verb="tender.timetable_set",
        by=by,
        at=at,
        opens_at=opens_at,
        closes_at=closes_at,
        questions_until=questions_until,
        award_on=award_on,
    )


@transaction.atomic
def set_weights(
    *,
    tender: Tender,
    basis: str,
    price_weight: Decimal,
    quality_weight: Decimal,
    social_value_weight: Decimal,
    price_method: str,
    price_full_at: Decimal | None,
    price_zero_at: Decimal | None,
    rounding_places: int,
    rounding_level: str,
    rank_on: str,
    tie_break: Sequence[str],
    is_relative_accepted: bool = False,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> Tender:
    """Decide what price, quality and social value count for, if policy allows it.

    A relative price method needs to be accepted knowingly.
    """
    draft = hold_draft(tender, by=by, at=at, seen=seen)
    draft.basis, draft.price_weight, draft.quality_weight = basis, price_weight, quality_weight
    draft.social_value_weight = social_value_weight
    _check_weights(draft, at)
    draft.price_method, draft.price_full_at, draft.price_zero_at = (
        price_method,
        price_full_at,
        price_zero_at,
    )
    draft.is_relative_accepted = is_relative_accepted
    _check_price_scale(draft)
    _check_relative(draft)
    draft.rounding_places, draft.rounding_level, draft.rank_on = (
        rounding_places,
        rounding_level,
        rank_on,
    )
    draft.tie_break = list(tie_break) if tie_break is not None else default_tie_break()
    _check_ranking(draft)
    return keep_draft(draft, verb="tender.weights_set", by=by, at=at, weights=draft.weights)


def _check_weights(draft: Tender, at: datetime) -> None:
    if draft.price_weight and not draft.is_procurement:
        raise WeightsNotWhole("quality_weight", "Nothing is bought here, so price has no weight.")
    try:
        resolve(draft.weights)
    except Refused as refusal:
        field = "price_weight" if draft.is_procurement else "quality_weight"
        raise WeightsNotWhole(field, _whole_words(draft, refusal)) from None
    answer = policy_answer(draft, policy_day(draft, at))
    if answer.broken:
        raise BelowPolicy("social_value_weight", broken_words(answer))


def _whole_words(draft: Tender, refusal: Refused) -> str:
    """What the three fields come to, and by how much they miss."""
    parts = {"price": draft.price_weight} if draft.is_procurement else {}
    if draft.basis == WeightBasis.OVERALL:
        parts |= {"quality": draft.quality_weight, "social value": draft.social_value_weight}
    else:
        parts["the quality element"] = draft.quality_weight
    total = sum(parts.values(), Decimal(0))
    if total == 100 or min(parts.values()) < 0:
        return f"The weightings cannot stand: {refusal}."
    *others, last = parts
    named = f"{', '.join(others)} and {last}" if others else last
    what, they = named[0].upper() + named[1:], "They total" if others else "It is"
    gap = number(abs(total - 100))
    mend = f"Add {gap}" if total < 100 else f"Take away {gap}"
    must = "must total 100" if others else "must be 100"
    return f"{what} {must}. {they} {number(total)}. {mend}."


def _check_price_scale(draft: Tender) -> None:
    if draft.price_method != PriceMethod.FIXED_SCALE or not draft.price_weight:
        draft.price_full_at = draft.price_zero_at = None
        return
    if draft.price_full_at is None:
        raise Unfit("price_full_at", "Enter the price at or below which a bid earns full points.")
    if draft.price_zero_at is None:
        raise Unfit("price_zero_at", "Enter the price at or above which a bid earns no points.")
    if draft.price_full_at < 0 or draft.price_full_at >= draft.price_zero_at:
        raise Unfit("price_zero_at", "Enter a price above the one that earns full points.")


def _check_relative(draft: Tender) -> None:
    """Refuse a relative price method that nobody has accepted; an absolute one needs nothing."""
    if not draft.is_relative:
        draft.is_relative_accepted = False
    elif not draft.is_relative_accepted:
        raise Unfit(
            "is_relative_accepted",
            "Under this method a bid's points depend on the other bids: a bid that does not win "
            "can decide which one does. Read the example, then tick to accept that, or choose "
            "the fixed scale.",
        )


def _check_ranking(draft: Tender) -> None:
    if not 0 <= draft.rounding_places <= 6:
        raise Unfit("rounding_places", "Enter how many decimal places are published, 0 to 6.")
    rules = draft.tie_break
    if set(rules) - set(TIE_BREAKS) or len(set(rules)) != len(rules):
        raise Unfit("tie_break", "Name each rule for breaking a tie once.")


@transaction.atomic
def set_scale(
    *,
    tender: Tender,
    max_mark: Decimal,
    mark_step: Decimal,
    steps: Sequence[tuple[Decimal, str, str]],
    by: User,
    at: datetime,
    seen: int | None = None,
) -> Tender:
    """Fix the marks that evaluators may give, and say what each of them means."""
    draft = hold_draft(tender, by=by, at=at, seen=seen)
    if not 0 < max_mark <= HIGHEST_MARK:
        raise Unfit("max_mark", f"Enter a highest mark from 1 to {HIGHEST_MARK}.")
    if mark_step <= 0 or max_mark % mark_step:
        raise Unfit("mark_step", f"Choose a step that leads exactly to {number(max_mark)}.")
    marks = [mark for mark, _, _ in steps]
    if len(set(marks)) != len(marks) or any(
        mark < 0 or mark > max_mark or mark % mark_step for mark in marks
    ):
        raise Unfit("max_mark", "Describe each mark of the scale once, and no other.")
    draft.max_mark, draft.mark_step = max_mark, mark_step
    draft.scale.all().delete()
    ScaleStep.objects.bulk_create(
        ScaleStep(tender=draft, mark=mark, label=label.strip(), descriptor=descriptor.strip())
        for mark, label, descriptor in steps
    )
    return keep_draft(
        draft, verb="tender.scale_set", by=by, at=at, max_mark=max_mark, mark_step=mark_step
    )
