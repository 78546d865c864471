"""Whether a tender may ask to leave social value out, or to have a clause waived; or why not."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from charter.proportion import Asked, Duty
from design.templatetags.format import london_date
from tenders.models import OptOut, Tender
from tenders.policy import (
    ASKS_FOR_SOCIAL_VALUE,
    decides_on,
    policy_of,
    still_holds,
    whole_policy,
)


@dataclass(frozen=True)
class Decision:
    """What a body decided on a request, on which day, and where that is minuted."""

    is_approved: bool
    reason: str
    body: str
    decided_on: date
    minute_reference: str = ""


@dataclass(frozen=True)
class Size:
    """What a decision on a contract is about, besides its words: more of it is another matter."""

    value: Decimal
    months: int
    kind: str

    @classmethod
    def of(cls, tender: Tender) -> "Size":
        return cls(tender.value_with_lots, tender.months, tender.kind)

    def has_grown_to(self, now: "Size") -> bool:
        """Whether the contract is dearer or longer than it was, or of another kind."""
        is_more = now.value > self.value or now.months > self.months
        return is_more or now.kind != self.kind


UNTOLD_KIND = (
    "Say first whether goods, services or works are bought: your policy tells them apart. You do "
    "that under “What is bought”."
)


def what_of(opt_out: OptOut) -> str:
    """What is asked for, to begin a sentence."""
    return "The waiver" if opt_out.clause else "The opt-out"


def standing_of(tender: Tender, clause: str) -> OptOut | None:
    """The request that waits or was approved; there is never more than one for each clause."""
    found = (one for one in tender.opt_outs.all() if one.clause == clause)
    return next((one for one in found if is_standing(one)), None)


def is_standing(opt_out: OptOut) -> bool:
    """Whether it waits or was approved: neither turned down nor withdrawn."""
    return opt_out.withdrawn_at is None and opt_out.is_approved is not False


def clause_of(asked: Asked, clause: str) -> Duty | None:
    """The clause under which something is asked for: the one waived, or the policy's opt-out."""
    return asked.with_key(f"clause:{clause}") if clause else asked.opt_out


def named_as(clause: str, asked: Asked) -> str:
    """By which of its clauses the policy makes somebody decide."""
    if clause or asked.is_approver_named:
        return "as the policy names them for this"
    return "being accountable for this contract: the policy names nobody for the opt-out itself"


def evidence_for(asked: Asked, clause: str) -> str:
    """What the policy wants shown; a request then needs a file. Empty where it says nothing."""
    duty = clause_of(asked, clause)
    return duty.facts.get("evidence", "") if duty else ""


def lapse_of(opt_out: OptOut, asked: Asked) -> str:
    """Why a request no longer fits the contract, and what to do; empty where it does."""
    decides = decides_on(opt_out.clause, asked)
    if decides == opt_out.decides:
        return ""
    begun = f"{what_of(opt_out)} was asked of {opt_out.decides}. For the contract as it is now "
    if decides:
        return f"{begun}your policy names {decides}. Withdraw it and ask again."
    return f"{begun}your policy names nobody who decides on it. Withdraw it."


def refusal_of(tender: Tender, clause: str, on: date) -> str:
    """Why it cannot be asked for now, and what to do instead; empty where it can."""
    asked = policy_of(tender, on)
    if one := standing_of(tender, clause):
        return _why_not_again(one, asked)
    return _why_no_waiver(tender, clause, on) if clause else _why_no_opt_out(asked)


def _why_not_again(one: OptOut, asked: Asked) -> str:
    if lapse := lapse_of(one, asked):
        return lapse
    if still_holds(one, asked):
        return f"{what_of(one)} is approved already. Nothing more needs to be asked."
    return (
        f"{what_of(one)} was asked for on {london_date(one.requested_at)} and waits for a "
        "decision. To say something else, withdraw it first."
    )


def _why_no_opt_out(asked: Asked) -> str:
    if not asked.is_required:
        if any(one.kind in ASKS_FOR_SOCIAL_VALUE for one in asked.unknown):
            return UNTOLD_KIND
        away = [one.because for one in asked.silent if one.kind in ASKS_FOR_SOCIAL_VALUE]
        because = f": {away[0]}" if away else ""
        return (
            f"Your policy does not require social value in this contract{because}. Nothing needs "
            "opting out. To ask for none, weigh social value with 0 and choose no metrics."
        )
    if asked.opt_out is None:
        return (
            "Your policy has no clause by which this contract may leave social value out. Keep it "
            "in the tender, at the least weighting the policy allows."
        )
    if not asked.approves_opt_out:
        return (
            "Your policy names nobody who may approve leaving social value out of this contract. "
            "Ask an administrator to put into a new version of the charter who does."
        )
    return ""


def _why_no_waiver(tender: Tender, clause: str, on: date) -> str:
    asked = policy_of(tender, on)
    duty = asked.with_key(f"clause:{clause}")
    if duty is None:
        return "Your policy has no such clause. Go back and choose one that it has."
    if duty.applies is None:
        return UNTOLD_KIND
    if not duty.applies:
        return f"“{duty.heading}” does not reach this contract: {duty.because}. Nothing to waive."
    if duty.key in asked.leave:
        return f"“{duty.heading}” is let off already, because social value is left out."
    if not decides_on(clause, whole_policy(tender, on)):
        return f"Your policy names nobody who may waive “{duty.heading}”. Ask for what it names."
    return ""
