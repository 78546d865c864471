"""What was said while a tender is out, and when its deadline moved: in public, and inside."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.access import allows
from accounts.models import User
from tenders.models import Question, Tender
from tenders.permissions_while_out import (
    OUT,
    check_can_ask,
    check_can_decide_extension,
    check_can_propose_extension,
    check_can_read_asked,
)


def told_in_public(user: User, tender: Tender, now: datetime) -> dict:
    """Template context of the public page: answers, moved deadlines, what this person may do."""
    until = asked_until(tender)
    return {
        "answered": answered_of(tender),
        "moves": tender.extensions.filter(is_approved=True).order_by("decided_at"),
        "own_waiting": _own_waiting(user, tender),
        "asked_until": until,
        "may_still_ask": tender.state(now) in OUT and (until is None or now < until),
        "can_ask": user.is_authenticated and allows(check_can_ask, user, tender, now),
        "is_following": user.is_authenticated and tender.followers.filter(person=user).exists(),
    }


def told_inside(user: User, tender: Tender, now: datetime) -> dict:
    """Template context of the team's page: what waits to be answered or decided in time."""
    waiting = tender.extensions.undecided().select_related("proposed_by").first()
    is_out = tender.state(now) in OUT
    return {
        "waiting_questions": Question.objects.waiting().filter(tender=tender).count()
        if is_out and allows(check_can_read_asked, user, tender, now)
        else 0,
        "extension": waiting if is_out else None,
        "can_decide_extension": waiting is not None
        and allows(check_can_decide_extension, user, waiting, now),
        "can_propose_extension": waiting is None
        and allows(check_can_propose_extension, user, tender, now),
    }


def asked_until(tender: Tender) -> datetime | None:
    """The last moment for questions: its own, or else the deadline for bids."""
    return tender.questions_until or tender.closes_at


def answered_of(tender: Tender) -> QuerySet[Question]:
    """The questions everybody reads, oldest answer first, with what was added later."""
    return Question.objects.answered().filter(tender=tender).prefetch_related("further__given_by")


def _own_waiting(user: User, tender: Tender) -> QuerySet[Question]:
    if not user.is_authenticated:
        return Question.objects.none()
    return Question.objects.of_companies_of(user).waiting().filter(tender=tender)
