"""What happens to a tender while it is out and all bidders must hear of, or none.

Each action changes the tender and writes to every bidder and follower in one transaction:
a letter is a row first (`records.letters`), so a change without its letters cannot be.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.access import Conflict, allows, companies_of
from accounts.models import User
from bids import emails
from bids.actions.sending import share_tender
from design.london import LONDON
from records import audit
from records.clock import database_time
from tenders.actions import note_cancelled
from tenders.actions.drafts import hold_tender, need_text
from tenders.discretion import gives_away
from tenders.emails import tell_of_decided_deadline
from tenders.lots import closing_with, name_of
from tenders.models import Extension, FurtherAnswer, Question, Tender
from tenders.permissions import check_can_cancel
from tenders.permissions_while_out import (
    check_can_answer,
    check_can_approve_extension,
    check_can_decide_extension,
)
from tenders.refusals import Unfit

# What the deadline of every lot that moves was proposed and decided with.
AS_DECIDED = (
    *("reason", "proposed_by", "proposed_at"),
    *("is_approved", "decided_by", "decided_at", "decision_reason"),
)


@transaction.atomic
def answer_question(*, question: Question, public_text: str, answer: str, by: User) -> Question:
    """Answer a question for everybody to read, in words that do not tell who asked."""
    held, now = _hold_question(question, by)
    if held.answered_at is not None:
        raise Conflict(
            "This question has been answered already, and an answer is never edited. Add to it "
            "instead."
        )
    held.public_text = need_text("public_text", public_text, "Enter the question to publish.")
    held.answer = need_text("answer", answer, "Enter the answer.")
    _refuse_names(held, held.public_text, held.answer)
    held.answered_by, held.answered_at = by, now
    held.save()
    audit.record(verb="tender.question_answered", by=by, target=held, at=now, answer=held.answer)
    emails.tell_of_answer(held)
    return held


@transaction.atomic
def add_to_answer(*, question: Question, text: str, by: User) -> FurtherAnswer:
    """Correct or complete a published answer by a further one; the first stays as it was."""
    held, now = _hold_question(question, by)
    if held.answered_at is None:
        raise Conflict("This question has no answer yet. Answer it first.")
    text = need_text("text", text, "Enter what is to be added.")
    _refuse_names(held, text)
    further = FurtherAnswer.objects.create(question=held, text=text, given_by=by, given_at=now)
    audit.record(verb="tender.answer_added_to", by=by, target=held, at=now, text=text)
    emails.tell_of_answer(held, further)
    return further


@transaction.atomic
def decide_extension(
    *, extension: Extension, is_approved: bool, reason: str = "", by: User
) -> Extension:
    """Move the deadline as proposed, or return the proposal; only before the present one passes.

    Waits for every submit under way; those who come later find the new deadline. The lots of a
    procurement that close together stay together: the deadline moves for all or for none.
    """
    # Whoever comes too late does not make bidders wait.
    check_can_decide_extension(by, extension, database_time())
    tender = hold_tender(extension.tender)
    beside = [hold_tender(lot) for lot in closing_with(tender)]
    now = database_time()
    held = Extension.objects.select_related("proposed_by").get(pk=extension.pk)
    held.tender = tender
    check_can_decide_extension(by, held, now)
    if is_approved:
        _check_approver_of(beside, by, now)
    held.decision_reason = reason.strip()
    if not is_approved and not held.decision_reason:
        raise Unfit("reason", "Enter why you return it. The officer will read it.")
    held.is_approved, held.decided_by, held.decided_at = is_approved, by, now
    held.save()
    for one in (held, *(_beside(held, lot) for lot in beside if is_approved)):
        if is_approved:
            _move_deadline(one)
        _record_decision(one)
    tell_of_decided_deadline(held)
    return held


@transaction.atomic
def cancel_tender(*, tender: Tender, reason: str, by: User, at: datetime) -> Tender:
    """End a tender without a contract, for a reason that is kept, shown and sent to all bidders."""
    tender = hold_tender(tender)
    check_can_cancel(by, tender, at)
    tender = note_cancelled(tender=tender, reason=reason, by=by, at=at)
    if tender.is_public:
        emails.tell_of_end(tender)
    return tender


def _hold_question(question: Question, by: User) -> tuple[Question, datetime]:
    """The question, locked, and the clock read once; nobody opens or cancels meanwhile."""
    share_tender(question.tender)
    rows = Question.objects.select_related("tender__authority", "asked_for", "asked_by")
    held, now = rows.select_for_update(of=("self",)).get(pk=question.pk), database_time()
    check_can_answer(by, held.tender, now)
    return held, now


def _refuse_names(question: Question, *words: str) -> None:
    """Everybody reads an answer, so it must not tell who asked.

    It is not said in which box the name stands: whoever put one name in each would learn whose
    question it is, and publish nothing.
    """
    person = question.asked_by
    # Whoever works for two companies may have asked with the other one in mind.
    companies = {question.asked_for, *companies_of(person)}
    names = (*(one.name for one in companies), person.full_name, person.email)
    if any(gives_away(text, names) for text in words):
        raise Unfit(
            None,
            "This tells who asked: what you wrote holds a name or an e-mail address of theirs. "
            "Take out every name. Everybody will read this.",
        )


def _check_approver_of(lots: Iterable[Tender], by: User, now: datetime) -> None:
    for lot in lots:
        if not allows(check_can_approve_extension, by, lot, now):
            raise Unfit(
                "decision",
                f"All lots close together, and you are no approver of “{name_of(lot)}”. Ask one "
                "of its officers to add you.",
            )


def _beside(extension: Extension, lot: Tender) -> Extension:
    """The same decision for a lot that closes together with the one it was proposed for."""
    until = extension.questions_until
    is_later = until and lot.questions_until and until > lot.questions_until
    return Extension.objects.create(
        tender=lot,
        former_closes_at=lot.closes_at,
        closes_at=extension.closes_at,
        questions_until=until if is_later else None,
        **{name: getattr(extension, name) for name in AS_DECIDED},
    )


def _move_deadline(extension: Extension) -> None:
    """A day of the award that would not follow the new deadline stands no more."""
    tender = extension.tender
    tender.closes_at = extension.closes_at
    tender.questions_until = extension.questions_until or tender.questions_until
    if tender.award_on and tender.award_on <= tender.closes_at.astimezone(LONDON).date():
        tender.award_on = None
    tender.save(update_fields=["closes_at", "questions_until", "award_on"])
    emails.tell_of_later_deadline(extension)


def _record_decision(extension: Extension) -> None:
    audit.record(
        verb="tender.extension_approved" if extension.is_approved else "tender.extension_returned",
        by=extension.decided_by,
        target=extension.tender,
        at=extension.decided_at,
        former_closes_at=extension.former_closes_at,
        closes_at=extension.closes_at,
        reason=extension.decision_reason,
    )
