"""Who may mark, moderate, rank and award, and when."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from accounts.access import Conflict, refuse_outsider, roles_in
from accounts.models import User
from accounts.roles import Role
from evaluations.models import Mark, Marking
from tenders.models import Opportunity, Tender
from tenders.permissions import (
    ALWAYS,
    Rule,
    Standing,
    check,
    check_standing,
    standing_on,
)
from tenders.states import Stage

DECLARE = Rule(
    "conflict.declare_own",
    {
        Role.OFFICER: "DPOCER",
        Role.EVALUATOR: "POCER",
        Role.CHAIR: "POCER",
        Role.APPROVER: "DPOCERM",
    },
    is_change=True,
    too_early_or_late="Interests can no longer be declared here. Tell the officer in writing.",
)
REGISTER = Rule(
    "conflict.view_register",
    {
        Role.OFFICER: ALWAYS,
        Role.CHAIR: ALWAYS,
        Role.APPROVER: ALWAYS,
        Role.ADMINISTRATOR: ALWAYS,
    },
    is_change=False,
)
VIEW_OWN_MARKS = Rule(
    "score.view_own",
    {Role.EVALUATOR: "ERMAL"},
    is_change=False,
    too_early_or_late="Marking begins once the bids are opened.",
)
MARKING_IS_OVER = "Marks can be given only between opening and moderation."
GIVE_MARK = Rule(
    "score.edit_own",
    {Role.EVALUATOR: "E"},
    is_change=True,
    too_early_or_late=MARKING_IS_OVER,
)
SUBMIT_MARKS = Rule(
    "score.submit_own",
    {Role.EVALUATOR: "E"},
    is_change=True,
    too_early_or_late=MARKING_IS_OVER,
)
PROGRESS = Rule(
    "score.progress",
    {Role.OFFICER: "ERMAL", Role.CHAIR: "ERMAL"},
    is_change=False,
    too_early_or_late="There is no marking yet.",
)
VIEW_MODERATION = Rule(
    "moderation.view",
    {
        Role.OFFICER: "MAL",
        Role.EVALUATOR: "RMA",
        Role.CHAIR: "RMAL",
        Role.APPROVER: "MA",
    },
    is_change=False,
    too_early_or_late="Marks stay with each evaluator until the chair opens moderation.",
)
OPEN_MODERATION = Rule(
    "moderation.open",
    {Role.CHAIR: "E"},
    is_change=True,
    too_early_or_late="Moderation can be opened once, while evaluators are marking.",
)
AGREE_MARK = Rule(
    "moderation.agree_mark",
    {Role.CHAIR: "R"},
    is_change=True,
    too_early_or_late="Marks can be agreed only during moderation.",
)
LOCK = Rule(
    "moderation.lock",
    {Role.CHAIR: "R"},
    is_change=True,
    too_early_or_late="Only an open moderation can be locked.",
)
REOPEN = Rule(
    "moderation.reopen_with_reason",
    {Role.CHAIR: "M"},
    is_change=True,
    too_early_or_late="Only a locked moderation without an award can be opened again.",
)
VIEW_RANKING = Rule(
    "ranking.view",
    {Role.OFFICER: "MAL", Role.CHAIR: "MAL", Role.APPROVER: "MAL"},
    is_change=False,
    too_early_or_late="There is no ranking before moderation is locked.",
)
RECOMMEND = Rule(
    "award.recommend",
    {Role.OFFICER: "M"},
    is_change=True,
    too_early_or_late="An award can be recommended once moderation is locked.",
)
APPROVE = Rule(
    "award.approve",
    {Role.APPROVER: "M"},
    is_change=True,
    too_early_or_late="There is no award waiting for approval.",
)


def check_can_declare(user: User, tender: Tender, now: datetime) -> None:
    """Refuse unless this person may declare an interest, or the lack of one, here.

    Wider than other rules: an evaluator not yet on the team may declare beforehand, and
    somebody whose interest is known may add to what was said.
    """
    held = roles_in(user, tender.authority)
    if not held:
        refuse_outsider(user, tender.authority, is_public=tender.stage != Stage.DRAFT)
    given = tender.assignments.filter(person=user).values_list("role", flat=True)
    roles = frozenset(Role(role) for role in given)
    if not roles and Role.EVALUATOR in held:
        roles = frozenset({Role.EVALUATOR})
    if not roles:
        check(DECLARE, user, tender, now)
    check_standing(DECLARE, Standing(True, True, roles), tender.state(now))


def check_can_mark(user: User, tender: Tender, now: datetime) -> None:
    """Refuse unless this evaluator may still give marks: declared, and not handed in."""
    check(GIVE_MARK, user, tender, now)
    if must_declare(user, tender):
        raise Conflict("Declare your interests in this procurement before you mark its bids.")
    if user.pk in {tender.first_opened_by_id, tender.opened_by_id}:
        raise PermissionDenied("You opened these bids, so another person must mark them.")
    if Marking.objects.filter(tender=tender, evaluator=user).exists():
        raise Conflict("You have handed in your marks. They can no longer be changed.")


def check_as_deciding(rule: Rule, user: User, tender: Tender, now: datetime) -> None:
    """Refuse as the table does, and whoever has marked these bids, in whatever role now."""
    check(rule, user, tender, now)
    if Mark.objects.filter(evaluator=user, bid__tender=tender).exists():
        raise PermissionDenied("You have marked these bids, so another person must do this.")


def is_decided_as_a_programme(tender: Tender) -> bool:
    """Whether it is decided which bids to fund, and not who wins the one contract."""
    return tender.opportunity != Opportunity.PROCUREMENT


def check_is_one_award(tender: Tender) -> None:
    """Refuse to award a single contract where projects are chosen."""
    if is_decided_as_a_programme(tender):
        raise Conflict(
            f"A {tender.words.noun} is not decided by one award. Open its page “Programme” and "
            "recommend what to fund there."
        )


def check_is_a_programme(tender: Tender) -> None:
    """Refuse to choose projects where one contract is awarded."""
    if not is_decided_as_a_programme(tender):
        raise Conflict(
            "A procurement ends in one award and has no programme. Open its page “Award” instead."
        )


def must_declare(user: User, tender: Tender) -> bool:
    """Whether this person marks here and has not yet declared interests."""
    return standing_on(user, tender).must_declare
