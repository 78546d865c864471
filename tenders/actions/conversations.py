"""A company asks in private; the answer, which is public, is given in `bids`, who tells bidders."""

from datetime import datetime

from django.db import transaction

from accounts.access import Conflict
from accounts.models import Organisation, User
from design.templatetags.format import london
from records import audit
from tenders import emails
from tenders.actions.drafts import need_text
from tenders.actions.following import note_follower
from tenders.models import Question, Tender
from tenders.permissions_while_out import check_can_ask
from tenders.refusals import Unfit

MOST_WAITING = 50


@transaction.atomic
def ask_question(
    *, tender: Tender, company: Organisation, text: str, by: User, at: datetime
) -> Question:
    """Ask the authority something; whoever asks is told the answer with everybody else.

    The trail says that somebody asked, and for which company; never what.
    """
    # Two colleagues may ask at the same moment, and count as one company.
    company = Organisation.objects.select_for_update().get(pk=company.pk)
    if check_can_ask(by, tender, at) != company:
        raise Conflict("Ask for your own company.")
    _check_in_time(tender, at)
    text = need_text("text", text, "Enter your question.")
    waiting = Question.objects.waiting().filter(tender=tender)
    _check_not_too_many(waiting.filter(asked_for=company).count())
    is_first = not waiting.exists()
    asked = Question.objects.create(
        tender=tender, asked_for=company, asked_by=by, asked_at=at, text=text
    )
    note_follower(tender=tender, person=by, at=at)
    audit.record(verb="tender.question_asked", by=by, target=asked, at=at, company=company.pk)
    if is_first:
        emails.tell_of_first_question(tender)
    return asked


def _check_in_time(tender: Tender, at: datetime) -> None:
    if tender.questions_until is not None and at >= tender.questions_until:
        raise Unfit(
            None,
            f"Questions could be asked until {london(tender.questions_until)}, London time. Read "
            "the questions and answers on the tender's page: yours may be among them.",
        )


def _check_not_too_many(waiting: int) -> None:
    if waiting >= MOST_WAITING:
        raise Unfit(
            None,
            f"Your company has {MOST_WAITING} questions waiting for an answer. Ask again when one "
            "of them is answered.",
        )
