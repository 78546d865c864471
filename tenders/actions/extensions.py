"""An officer proposes a later deadline; another person decides in `bids`, who tells bidders."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.access import allows
from accounts.models import User
from design.london import LONDON
from design.templatetags.format import london, london_date
from records import audit
from tenders import emails
from tenders.actions.drafts import hold_tender, need_text
from tenders.lots import closing_with, name_of
from tenders.models import Extension, Tender
from tenders.permissions_while_out import check_can_propose_extension
from tenders.refusals import Unfit


@transaction.atomic
def propose_extension(
    *,
    tender: Tender,
    closes_at: datetime,
    questions_until: datetime | None = None,
    reason: str,
    by: User,
    at: datetime,
) -> Extension:
    """Propose that bids may be sent for longer; until it is approved the deadline stands.

    The lots of a procurement close together, so what is proposed for one is for all of them.
    """
    tender = hold_tender(tender)
    check_can_propose_extension(by, tender, at)
    lots = [tender, *closing_with(tender)]
    _check_officer_of(lots, by, at)
    if Extension.objects.undecided().filter(tender__in=lots).exists():
        raise Unfit(
            None,
            "A later deadline is waiting to be decided already. Ask the approver to decide on it, "
            "or to return it, before you propose another.",
        )
    _check_deadline(tender, closes_at, begins=min(lot.starts_on for lot in lots))
    _check_questions(tender, questions_until, closes_at)
    proposed = Extension.objects.create(
        tender=tender,
        former_closes_at=tender.closes_at,
        closes_at=closes_at,
        questions_until=questions_until,
        reason=need_text(
            "reason", reason, "Enter why more time is needed. Everybody will read it."
        ),
        proposed_by=by,
        proposed_at=at,
    )
    told = {"from": tender.closes_at, "to": closes_at, "reason": proposed.reason}
    audit.record(verb="tender.extension_proposed", by=by, target=tender, at=at, **told)
    emails.ask_for_later_deadline(proposed)
    return proposed


def _check_officer_of(lots: Sequence[Tender], by: User, at: datetime) -> None:
    for lot in lots:
        if not allows(check_can_propose_extension, by, lot, at):
            raise Unfit(
                None,
                f"All lots close together, and you are no officer of “{name_of(lot)}”. Ask one to "
                "add you.",
            )


def _check_deadline(tender: Tender, closes_at: datetime, *, begins: date) -> None:
    if closes_at <= tender.closes_at:
        raise Unfit(
            "closes_at",
            f"Enter a deadline after the present one, {london(tender.closes_at)}. A deadline is "
            "never brought forward: others rely on it.",
        )
    if closes_at.astimezone(LONDON).date() >= begins:
        raise Unfit(
            "closes_at",
            f"Enter a deadline before the {tender.words.agreement} begins, on "
            f"{london_date(begins)}.",
        )


def _check_questions(tender: Tender, until: datetime | None, closes_at: datetime) -> None:
    if until is None:
        return
    if until > closes_at:
        raise Unfit("questions_until", "Enter a time no later than the new deadline.")
    if tender.questions_until is None or until <= tender.questions_until:
        stands = london(tender.questions_until or closes_at)
        raise Unfit(
            "questions_until",
            f"Questions can be asked until {stands} in any case. Enter a later time, or leave "
            "this empty.",
        )
