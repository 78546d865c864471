"""Where a tender departs from its policy: a rule chosen, an opt-out asked for and decided."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from charter.proportion import Asked
from records import audit, files
from tenders import emails
from tenders.actions.decided import keep_decision
from tenders.actions.drafts import hold_draft, hold_tender, keep_draft, need_text, refuse_stale
from tenders.lots import siblings_of
from tenders.models import OptOut, OptOutFile, RuleChoice, Tender
from tenders.opt_outs import Decision, Size, evidence_for, lapse_of, refusal_of
from tenders.permissions import (
    check_can_decide,
    check_can_request_opt_out,
    check_can_withdraw,
)
from tenders.policy import decides_on, policy_day, whole_policy
from tenders.refusals import Unfit
from tenders.states import Stage

MOST_FILES = 20


@transaction.atomic
def choose_rule(
    *,
    tender: Tender,
    follows: str,
    sets_aside: str,
    reason: str,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> RuleChoice:
    """Follow one of two rules that contradict each other; an earlier choice gives way."""
    draft = hold_draft(tender, by=by, at=at, seen=seen)
    reason = need_text("reason", reason, "Enter why this tender follows that rule.")
    whole = whole_policy(draft, policy_day(draft, at))
    _check_pair(draft, whole, follows, sets_aside)
    replaced = list(_replaced(draft, follows, sets_aside).values("follows", "sets_aside"))
    _replaced(draft, follows, sets_aside).delete()
    choice = RuleChoice.objects.create(
        tender=draft,
        follows=follows,
        sets_aside=sets_aside,
        reason=reason,
        chosen_by=by,
        chosen_at=at,
    )
    told = {"follows": follows, "sets_aside": sets_aside, "reason": reason, "replaces": replaced}
    keep_draft(draft, verb="tender.rule_chosen", by=by, at=at, **told)
    return choice


def _check_pair(draft: Tender, whole: Asked, follows: str, sets_aside: str) -> None:
    pairs = [{one.key, other.key} for one, other in whole.conflicts]
    if {follows, sets_aside} not in pairs:
        raise Unfit(
            None,
            "These two rules do not contradict each other in this contract. Go back to “What "
            "policy asks” and see which do.",
        )
    earlier = draft.rule_choices.filter(sets_aside=follows).exclude(follows=sets_aside).first()
    if earlier and {earlier.follows, follows} in pairs:
        raise Unfit(
            "follows",
            "This rule is set aside for a third one. Choose between those two first, or follow "
            "the other.",
        )


def _replaced(draft: Tender, follows: str, sets_aside: str):
    """Choices that cannot stand beside the new one: of the same rule, or that follow what goes."""
    return draft.rule_choices.filter(
        Q(sets_aside__in=[follows, sets_aside]) | Q(follows=sets_aside)
    )


@transaction.atomic
def request_opt_out(
    *,
    tender: Tender,
    clause: str = "",
    explored: str,
    why_not: str,
    evidence: Sequence[UploadedFile],
    by: User,
    at: datetime,
    seen: int | None = None,
) -> OptOut:
    """Ask to leave social value out of a tender, or to have one clause waived."""
    draft = hold_draft(tender, by=by, at=at, seen=seen, check=check_can_request_opt_out)
    on = policy_day(draft, at)
    if refusal := refusal_of(draft, clause, on):
        raise Unfit(None, refusal)
    whole = whole_policy(draft, on)
    words = {
        "explored": need_text("explored", explored, "Enter what was looked at, and with whom."),
        "why_not": need_text("why_not", why_not, "Enter why it cannot be done."),
    }
    _check_files(evidence, is_needed=bool(evidence_for(whole, clause)))
    decides = decides_on(clause, whole)
    asked = OptOut.objects.create(
        tender=draft, clause=clause, decides=decides, requested_by=by, requested_at=at, **words
    )
    kept = [files.keep(upload=one, by=by, at=at) for one in evidence]
    OptOutFile.objects.bulk_create([OptOutFile(opt_out=asked, file=one) for one in kept])
    told = {"opt_out": asked.pk, "clause": clause, "decides": decides}
    shown = [one.sha256 for one in kept]
    keep_draft(draft, verb="tender.opt_out_requested", by=by, at=at, **told, evidence=shown)
    emails.ask_approvers(asked)
    return asked


def _check_files(evidence: Sequence[UploadedFile], *, is_needed: bool) -> None:
    """Refuse before anything is stored, so that no file is left behind."""
    if is_needed and not evidence:
        raise Unfit("evidence", "Choose at least one file. Your policy asks for evidence.")
    if len(evidence) > MOST_FILES:
        raise Unfit("evidence", f"Choose {MOST_FILES} files or fewer.")
    for one in evidence:
        try:
            files.check(one)
        except files.FileRefused as refusal:
            raise Unfit("evidence", str(refusal)) from refusal


@transaction.atomic
def decide_opt_out(
    *, opt_out: OptOut, decision: Decision, by: User, at: datetime, seen: int | None = None
) -> OptOut:
    """Record what was decided on a request: approved or turned down, by whom, when and why."""
    held = _hold(opt_out)
    check_can_decide(by, held, at)
    refuse_stale(held.tender, seen)
    whole = whole_policy(held.tender, policy_day(held.tender, at))
    lapse = lapse_of(held, whole)
    if decision.is_approved and lapse:
        raise Unfit("decision", f"It can only be turned down now. {lapse}")
    held.decision_reason = need_text("reason", decision.reason, "Enter why it was decided so.")
    keep_decision(held, decision, asked_at=held.requested_at, by=by, at=at)
    audit.record(
        verb="tender.opt_out_approved" if decision.is_approved else "tender.opt_out_turned_down",
        by=by,
        target=held.tender,
        at=at,
        opt_out=held.pk,
        body=held.decided_by_body,
        decided_on=held.decided_on,
        minute_reference=held.minute_reference,
    )
    emails.tell_officers(held)
    return held


@transaction.atomic
def withdraw_opt_out(*, opt_out: OptOut, by: User, at: datetime) -> OptOut:
    """Take back a request that waits or was approved; it stays on record."""
    held = _hold(opt_out)
    check_can_withdraw(by, held, at)
    held.withdrawn_by, held.withdrawn_at = by, at
    held.save()
    held.tender.edits += 1
    keep_draft(held.tender, verb="tender.opt_out_withdrawn", by=by, at=at, opt_out=held.pk)
    return held


def ask_again(draft: Tender, before: Size, *, by: User, at: datetime) -> list[OptOut]:
    """Ask for what was approved of a smaller contract anew, of whoever decides on it as it is now.

    What was decided stays on record, withdrawn; nothing is asked where nobody decides any more.
    """
    if not before.has_grown_to(Size.of(draft)):
        return []
    approved = draft.opt_outs.filter(is_approved=True, withdrawn_at__isnull=True)
    return [new for one in approved if (new := _renewed(one, draft, by=by, at=at))]


def sizes_beside(draft: Tender) -> dict[Tender, Size]:
    """How large the procurement is for each other lot that is still a draft."""
    return {lot: Size.of(lot) for lot in siblings_of(draft) if lot.stage == Stage.DRAFT}


def ask_again_beside(before: dict[Tender, Size], *, by: User, at: datetime) -> None:
    """As one lot changes, so does the procurement that the others are held to and approved for."""
    for lot, size in before.items():
        fresh = hold_tender(lot)
        if size != Size.of(fresh):
            ask_again(fresh, size, by=by, at=at)
            fresh.edits += 1
            fresh.save(update_fields=["edits"])


def _renewed(outgrown: OptOut, draft: Tender, *, by: User, at: datetime) -> OptOut | None:
    """The same request of the contract as it is now, in place of the one that was approved."""
    outgrown.withdrawn_by, outgrown.withdrawn_at = by, at
    outgrown.save()
    told = {"opt_out": outgrown.pk, "value": draft.contract_value, "months": draft.months}
    audit.record(verb="tender.opt_out_outgrown", by=by, target=draft, at=at, **told)
    decides = decides_on(outgrown.clause, whole_policy(draft, policy_day(draft, at)))
    if not decides:
        return None
    asked = OptOut.objects.create(
        tender=draft,
        clause=outgrown.clause,
        explored=outgrown.explored,
        why_not=outgrown.why_not,
        decides=decides,
        # Nobody comes to decide on their own words because a colleague changed the contract.
        requested_by=outgrown.requested_by,
        requested_at=at,
    )
    shown = [one.file for one in outgrown.files.select_related("file")]
    OptOutFile.objects.bulk_create([OptOutFile(opt_out=asked, file=one) for one in shown])
    told = {"opt_out": asked.pk, "clause": asked.clause, "decides": decides}
    evidence = [one.sha256 for one in shown]
    audit.record(
        verb="tender.opt_out_requested", by=by, target=draft, at=at, **told, evidence=evidence
    )
    emails.ask_approvers(asked)
    return asked


def _hold(opt_out: OptOut) -> OptOut:
    """The request as it stands now, its tender locked to the end of the transaction."""
    tender = hold_tender(opt_out.tender)
    held = OptOut.objects.get(pk=opt_out.pk)
    held.tender = tender
    return held
