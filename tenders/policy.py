"""What an authority's policy asks of a tender, what the tender is let off, and what it comes to."""

from collections.abc import Iterable
from datetime import date, datetime

from charter.clauses import BASES, COMPULSORY, REQUIRED, SPLIT
from charter.proportion import WEIGHTING, Asked, asked_of
from charter.sayings import minimum_words, percent, split_words
from charter.scope import Contract
from design.london import LONDON
from metrics.grammar import plain
from tenders.models import OptOut, RuleChoice, Tender
from tenders.weights import PolicyAnswer, Requirement, check_weights

# No answer may be longer, whatever a policy says.
MOST_WORDS = 5000
# What an opt-out of social value as a whole lets a tender off.
ASKS_FOR_SOCIAL_VALUE = frozenset({WEIGHTING, SPLIT, REQUIRED, COMPULSORY})


def policy_day(tender: Tender, now: datetime) -> date:
    """The day whose policy holds: that of publication, or today while it is a draft."""
    return (tender.published_at or now).astimezone(LONDON).date()


def contract_of(tender: Tender, on: date) -> Contract:
    """What the policy is told of a tender."""
    return Contract(
        value=tender.value_with_lots,
        on=on,
        months=tender.months,
        kind=tender.kind,
        is_bought=tender.is_procurement,
    )


def whole_policy(tender: Tender, on: date) -> Asked:
    """Everything the policy asks of a tender, before anything it is let off."""
    return asked_of(
        contract_of(tender, on),
        rules=tender.charter.weighting_rules,
        clauses=tender.charter.clauses,
    )


def policy_of(tender: Tender, on: date) -> Asked:
    """What the policy asks of a tender: rules set aside and approved opt-outs let it off."""
    whole = whole_policy(tender, on)
    set_aside = {one.sets_aside for one in tender.rule_choices.all() if settles(one, whole)}
    return Asked(whole.contract, whole.duties, frozenset(set_aside | set(_let_off(tender, whole))))


def settles(choice: RuleChoice, whole: Asked) -> bool:
    """Whether a choice counts: its rules contradict each other in the contract as it is."""
    chosen = {choice.follows, choice.sets_aside}
    return any(chosen == {one.key, other.key} for one, other in whole.conflicts)


def _let_off(tender: Tender, whole: Asked) -> Iterable[str]:
    for opt_out in tender.opt_outs.all():
        if not still_holds(opt_out, whole):
            continue
        if opt_out.clause:
            yield f"clause:{opt_out.clause}"
        else:
            yield from (one.key for one in whole.duties if one.kind in ASKS_FOR_SOCIAL_VALUE)


def still_holds(opt_out: OptOut, whole: Asked) -> bool:
    """Whether an opt-out counts: approved, by whom the policy names for the tender as it is."""
    is_approved = opt_out.is_approved and opt_out.withdrawn_at is None
    return bool(is_approved) and opt_out.decides == decides_on(opt_out.clause, whole)


def decides_on(clause: str, whole: Asked) -> str:
    """Who may approve leaving out social value, or waiving one clause; empty for nobody."""
    if not clause:
        return whole.approves_opt_out if whole.opt_out else ""
    duty = whole.with_key(f"clause:{clause}")
    return duty.facts.get("waiver", "") if duty and duty.applies else ""


def is_left_out(tender: Tender, asked: Asked) -> bool:
    """Whether social value is left out of a tender as a whole, on an approved opt-out."""
    return any(not one.clause and still_holds(one, asked) for one in tender.opt_outs.all())


def longest_answer(tender: Tender, now: datetime) -> int:
    """How many words an answer on social value may have: the policy's limit, or our own."""
    cap = policy_of(tender, policy_day(tender, now)).most_words
    return min(int(cap.facts["words"]), MOST_WORDS) if cap else MOST_WORDS


def policy_answer(tender: Tender, on: date) -> PolicyAnswer:
    """Hold the tender's weights against the rules that bind it on a day."""
    return check_weights(tender.weights, policy_of(tender, on))


def effective_words(answer: PolicyAnswer) -> str:
    """What the social value weight comes to: "10% of the quality element = 6% of the total"."""
    chosen, whole = plain(answer.chosen_percent), plain(answer.effective_overall_percent)
    if answer.chosen_basis == "overall":
        return f"{whole}% of the total"
    return f"{chosen}% of {BASES[answer.chosen_basis]} = {whole}% of the total"


def asked_words(requirement: Requirement) -> str:
    """What one rule asks of a tender's weights: "at least 10% of the total"."""
    facts = requirement.duty.facts
    if requirement.is_split:
        return split_words(facts)
    if facts["basis"] == "overall":
        return f"at least {percent(facts['minimum_percent'])} of the total"
    comes_to = plain(requirement.effective_overall_minimum)
    return f"{minimum_words(facts)}, here {comes_to}% of the total"


def broken_words(answer: PolicyAnswer) -> str:
    """Why the weights are refused, each broken clause quoted with its place."""
    quoted = [
        f"{one.clause['document']}, paragraph {one.clause['paragraph']}, asks for "
        f"{asked_words(one)}: “{one.clause['text']}”"
        for one in answer.broken
    ]
    if any(one.is_split for one in answer.broken):
        return f"These weightings are not those of your policy. {' '.join(quoted)} Enter those."
    return (
        f"Social value is {effective_words(answer)}, which is too little. "
        f"{' '.join(quoted)} Raise the social value weighting and lower another."
    )
