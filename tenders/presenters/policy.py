"""What the page "What policy asks" shows of one tender, and what the public reads of departures."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from charter.clauses import ENCOURAGED, REQUIRED
from charter.presenters.duties import ORDER, Row, label_of, untold, words_of
from charter.proportion import Asked, Duty, asked_of, band_of, bands
from charter.sayings import percent
from metrics.grammar import Refused, plain
from tenders.models import OptOut, RuleChoice, Tender
from tenders.opt_outs import clause_of, is_standing, lapse_of, named_as, standing_of, what_of
from tenders.planned import demand_of
from tenders.policy import (
    ASKS_FOR_SOCIAL_VALUE,
    decides_on,
    is_left_out,
    policy_day,
    policy_of,
    still_holds,
    whole_policy,
)
from tenders.presenters.duties import told
from tenders.weights import PolicyAnswer, check_weights

# A tender that has no weights of its own yet is shown what rules come to in these.
EXAMPLE = {"basis": "overall", "price": "40", "quality": "50", "social_value": "10"}


@dataclass(frozen=True)
class Verdict:
    """Whether social value is asked for in this contract, in a sentence, and why."""

    tag: str
    colour: str
    words: str
    because: tuple[str, ...]


@dataclass(frozen=True)
class InBand:
    """What is asked of contracts of some value; `is_here` where this tender's lies."""

    words: str
    social_value: str
    weighting: tuple[str, ...]
    accountable: str
    is_here: bool


@dataclass(frozen=True)
class Side:
    """One of two rules that contradict each other, and what it comes to in this tender."""

    duty: Duty
    words: str
    comes_to: str
    is_followed: bool


@dataclass(frozen=True)
class Dispute:
    """Two rules that cannot both be meant, and which one the tender follows."""

    sides: tuple[Side, Side]
    choice: RuleChoice | None
    in_what: str

    @property
    def keys(self) -> tuple[str, str]:
        return self.sides[0].duty.key, self.sides[1].duty.key


@dataclass(frozen=True)
class Departure:
    """A request to be let off, as it stands now."""

    opt_out: OptOut
    what: str
    duty: Duty | None
    tag: str
    colour: str
    lapse: str
    # How the policy names whoever decides; empty where it names somebody else by now.
    named_as: str

    @property
    def waits(self) -> bool:
        return is_standing(self.opt_out) and self.opt_out.is_approved is None

    @property
    def can_be_withdrawn(self) -> bool:
        return is_standing(self.opt_out)


@dataclass(frozen=True)
class LeftOut:
    """An approved departure that counts: what the public reads of it."""

    opt_out: OptOut
    what: str
    duty: Duty | None


def verdict_of(tender: Tender, asked: Asked) -> Verdict:
    """Whether social value is required, wanted, not asked for or left out."""
    subject = tender.words.subject
    if is_left_out(tender, asked):
        return Verdict("Left out", "purple", f"Social value is left out of this {subject}.", ())
    if asked.is_required:
        words = f"Social value is required in this {subject}."
        return Verdict("Required", "green", words, _because(asked, required=True))
    if asked.unknown:
        words = "Whether social value is required cannot be told yet."
        return Verdict("Not known yet", "yellow", words, tuple(it.because for it in asked.unknown))
    if asked.is_encouraged:
        words = "Social value is wanted wherever possible, and not required."
        return Verdict("Wherever possible", "blue", words, _because(asked, required=False))
    words = f"Your policy does not ask for social value in this {subject}."
    return Verdict("Not asked for", "grey", words, _because(asked, required=False))


def _because(asked: Asked, *, required: bool) -> tuple[str, ...]:
    """What makes it so, at the boundary to the penny; each reason once."""
    if required:
        found = [*asked.of(REQUIRED), *asked.minimums, *asked.splits, *asked.compulsory]
    else:
        away = [one for one in asked.silent if one.kind == REQUIRED]
        found = [*asked.of(ENCOURAGED), *away]
    told = tuple(dict.fromkeys(one.because for one in found if one.tests))
    return told or (("the policy says so of every contract",) if found else ())


def answer_of(tender: Tender, asked: Asked) -> PolicyAnswer | None:
    """What the rules come to in the tender's own weights; None while these make no whole."""
    try:
        return check_weights(tender.weights, asked)
    except Refused:
        return None


def decisive(rows: Iterable[Row]) -> list[Row]:
    """The lines that decide about a tender."""
    return [row for row in rows if row.duty.kind in ORDER]


def further(rows: Iterable[Row]) -> list[Row]:
    """The lines that the policy says of contracts besides."""
    return [row for row in rows if row.duty.kind not in ORDER]


def unsaid(asked: Asked) -> list[str]:
    """What this policy says nothing of, for contracts of any value."""
    said = {label_of(one.kind) for one in asked.duties}
    if any(one.kind in ASKS_FOR_SOCIAL_VALUE for one in asked.duties):
        said.add(label_of(REQUIRED))
    labels = dict.fromkeys(label_of(kind) for kind in ORDER)
    return [label for label in labels if label not in said]


def bands_of(tender: Tender, asked: Asked) -> list[InBand]:
    """The values at which the policy asks something else; none where value makes no odds."""
    rules, clauses = tender.charter.weighting_rules, tender.charter.clauses
    found = bands(rules, clauses)
    if len(found) == 1:
        return []
    here = band_of(tender.value_with_lots, found)
    lines = []
    for band in found:
        contract = replace(asked.contract, value=band.sample)
        there = asked_of(contract, rules=rules, clauses=clauses)
        lines.append(_in_band(band.words, there, is_here=band == here))
    return lines


def _in_band(words: str, asked: Asked, *, is_here: bool) -> InBand:
    return InBand(
        words=words,
        social_value=demand_of(asked).label,
        weighting=tuple(words_of(one) for one in [*asked.minimums, *asked.splits]),
        accountable=asked.accountable.facts["who"] if asked.accountable else "",
        is_here=is_here,
    )


def disputes_of(tender: Tender, whole: Asked) -> list[Dispute]:
    """The rules that contradict each other here, with what each comes to.

    None where social value is left out as a whole: then neither of them is followed.
    """
    if is_left_out(tender, whole):
        return []
    answer = answer_of(tender, whole) or check_weights(EXAMPLE, whole)
    comes_to = {
        one.duty.key: f"{plain(one.effective_overall_minimum)}% of the total"
        for one in answer.required
    }
    is_own = answer_of(tender, whole) is not None
    price = tender.price_weight if is_own else Decimal(EXAMPLE["price"])
    share = f"price weighs {percent(price)}"
    in_what = f"In this tender, where {share}" if is_own else f"For example, where {share}"
    choices = list(tender.rule_choices.all())
    return [
        Dispute(_sides(pair, _choice(pair, choices), comes_to), _choice(pair, choices), in_what)
        for pair in whole.conflicts
    ]


def _choice(pair: tuple[Duty, Duty], choices: list[RuleChoice]) -> RuleChoice | None:
    keys = {one.key for one in pair}
    return next((one for one in choices if {one.follows, one.sets_aside} == keys), None)


def _sides(pair, choice, comes_to) -> tuple[Side, Side]:
    one, other = (
        Side(duty, words_of(duty), comes_to[duty.key], bool(choice and choice.follows == duty.key))
        for duty in pair
    )
    return one, other


def departures_of(tender: Tender, whole: Asked) -> list[Departure]:
    """Every request to be let off, the standing ones first."""
    people = ("requested_by", "decided_by", "withdrawn_by")
    found = tender.opt_outs.select_related(*people).prefetch_related("files__file")
    shown = [_departure(one, whole) for one in found]
    return sorted(shown, key=lambda one: not is_standing(one.opt_out))


def departure_of(opt_out: OptOut, whole: Asked) -> Departure:
    """One request, as its own page shows it."""
    return _departure(opt_out, whole)


def _departure(opt_out: OptOut, whole: Asked) -> Departure:
    tag, colour = _state_of(opt_out, whole)
    lapse = lapse_of(opt_out, whole) if is_standing(opt_out) else ""
    duty = clause_of(whole, opt_out.clause)
    is_named = decides_on(opt_out.clause, whole) == opt_out.decides
    named = named_as(opt_out.clause, whole) if is_named else ""
    return Departure(opt_out, _what(opt_out, duty), duty, tag, colour, lapse, named)


def _what(opt_out: OptOut, duty: Duty | None) -> str:
    if not opt_out.clause:
        return "Leaving social value out"
    return f"Waiver: {duty.heading}" if duty else what_of(opt_out)


def _state_of(opt_out: OptOut, whole: Asked) -> tuple[str, str]:
    if opt_out.withdrawn_at is not None:
        return "Withdrawn", "grey"
    if opt_out.is_approved is False:
        return "Turned down", "red"
    if lapse_of(opt_out, whole):
        return "No longer holds", "orange"
    return ("Approved", "green") if opt_out.is_approved else ("Waits for a decision", "yellow")


def let_off(tender: Tender, now: datetime) -> list[LeftOut]:
    """Every approved opt-out and waiver that counts, as the public reads them."""
    whole = whole_policy(tender, policy_day(tender, now))
    return [
        LeftOut(one, _what(one, clause_of(whole, one.clause)), clause_of(whole, one.clause))
        for one in tender.opt_outs.all()
        if still_holds(one, whole)
    ]


def _waivable(tender: Tender, asked: Asked) -> Iterable[tuple[str, str]]:
    """The clauses for which a waiver may be asked now: each with its name and heading."""
    for duty in asked.compulsory:
        clause = duty.key.removeprefix("clause:")
        if duty.facts.get("waiver") and standing_of(tender, clause) is None:
            yield clause, duty.heading


def policy_page(tender: Tender, now: datetime) -> dict:
    """All that the page shows."""
    on = policy_day(tender, now)
    whole, asked = whole_policy(tender, on), policy_of(tender, on)
    answer = answer_of(tender, asked)
    rows, silent = told(asked, answer), untold(asked)
    return {
        "asked": asked,
        "verdict": verdict_of(tender, asked),
        "rows": decisive(rows),
        "further": further(rows),
        "silent": silent,
        "unknown": [Row(one.heading, words_of(one), one) for one in asked.unknown],
        "unsaid": unsaid(asked),
        "bands": bands_of(tender, asked),
        "disputes": disputes_of(tender, whole),
        "departures": departures_of(tender, whole),
        "may_leave_out": bool(
            asked.is_required and asked.opt_out and standing_of(tender, "") is None
        ),
        "waivable": list(_waivable(tender, asked)),
    }
