"""What happens to partners: they sign, are confirmed or declined, and may leave again."""

from datetime import datetime

from django.db import transaction

from accounts.access import Conflict, check_role
from accounts.models import User
from accounts.roles import Permission
from charter import emails
from charter.models import Charter, Partner, Principle
from charter.permissions import refuse_unless_in_force
from charter.refusals import Unfit
from charter.states import PARTNER_NEXT, PartnerState
from records import audit

MOST_WAITING = 50
# Nobody can have a stranger's address written to more often than this, by whichever charters.
MOST_WAITING_PER_ADDRESS = 3


@transaction.atomic
def sign_up(
    *,
    charter: Charter,
    principles: list[Principle],
    by: User | None,
    at: datetime,
    **told: str,
) -> Partner:
    """Keep an organisation's signature, unseen by the public, until it is confirmed."""
    charter = _locked_in_force(charter)
    waiting = Partner.objects.waiting().filter(contact_email__iexact=told["contact_email"])
    held = waiting.filter(charter=charter, name__iexact=told["name"]).first()
    if held:
        # Whoever tries out names and addresses is told of nobody's signature.
        return held
    _refuse_one_too_many(charter, waiting.count())
    partner = Partner.objects.create(charter=charter, asked_at=at, **told)
    partner.principles.set(principles)
    audit.record(verb="partner.signed", by=by, target=partner, at=at, name=partner.name)
    emails.acknowledge(partner)
    return partner


@transaction.atomic
def record_partner(
    *,
    charter: Charter,
    principles: list[Principle],
    decision_reason: str,
    by: User,
    at: datetime,
    **told: str,
) -> Partner:
    """Write down a partner who signed elsewhere; `decision_reason` says how that is known."""
    check_role(by, Permission.CHARTER_EDIT, within=charter.authority)
    partner = Partner.objects.create(
        charter=_locked_in_force(charter),
        state=PartnerState.CONFIRMED,
        asked_at=at,
        decided_by=by,
        decided_at=at,
        decision_reason=decision_reason,
        **told,
    )
    partner.principles.set(principles)
    audit.record(verb="partner.recorded", by=by, target=partner, at=at, name=partner.name)
    return partner


@transaction.atomic
def decide_partner(
    *, partner: Partner, decision: PartnerState, reason: str, by: User, at: datetime
) -> Partner:
    """Confirm or decline a signature that waits, or withdraw a confirmed one; tell the partner."""
    # Two administrators may press the button together.
    found = Partner.objects.select_for_update(of=("self",)).select_related("charter__authority")
    partner = found.get(pk=partner.pk)
    check_role(by, Permission.CHARTER_EDIT, within=partner.charter.authority)
    before = PartnerState(partner.state)
    if decision not in PARTNER_NEXT[before]:
        raise Conflict(
            f"This signature is no longer as you saw it: {partner} is now “{before.label}”. "
            "Open the list of partners to see what can be done."
        )
    if decision != PartnerState.CONFIRMED and not reason:
        raise Unfit("reason", "Enter a reason: the partner is told it by e-mail")
    partner.state = decision
    partner.decided_by, partner.decided_at, partner.decision_reason = by, at, reason
    partner.save()
    audit.record(
        verb=f"partner.{decision.value}",
        by=by,
        target=partner,
        at=at,
        name=partner.name,
        reason=reason,
    )
    emails.tell_partner(partner)
    return partner


def _locked_in_force(charter: Charter) -> Charter:
    """The charter read anew, so that signatures are counted one after the other."""
    found = Charter.objects.select_for_update(of=("self",), no_key=True)
    charter = found.select_related("authority").get(pk=charter.pk)
    refuse_unless_in_force(charter)
    return charter


def _refuse_one_too_many(charter: Charter, of_address: int) -> None:
    if of_address >= MOST_WAITING_PER_ADDRESS:
        raise Unfit(
            "contact_email",
            f"{MOST_WAITING_PER_ADDRESS} signatures from this e-mail address wait already. "
            "Sign again when they are decided, or give another address",
        )
    if Partner.objects.filter(charter=charter).waiting().count() >= MOST_WAITING:
        raise Unfit(
            None,
            "More signatures wait at the moment than can be looked at. Nothing was kept. "
            f"Try again in a week, or write to {charter.authority}",
        )
