"""What a draft still lacks before it may be published, section by section."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from accounts.roles import Role
from charter.proportion import Asked
from metrics.attainment import is_undetermined, read_measure
from metrics.grammar import Refused
from metrics.reliance import Reliance
from tenders.cases import case_without_bids, number
from tenders.checking import reliance_under
from tenders.models import Criterion, Group, Method, Tender
from tenders.policy import broken_words, is_left_out, policy_day, policy_of
from tenders.policy_needs import of_answers, of_metrics, of_policy
from tenders.published import read_published
from tenders.weights import check_weights

# In the order in which an officer is led through them.
TITLES = {
    "basics": "What is bought",
    "policy": "What policy asks",
    "social_value": "Social value metrics",
    "quality": "Quality questions",
    "scale": "Marking scale",
    "weights": "Weightings and price",
    "timetable": "Timetable",
    "team": "Team",
    "check": "Check of the wording",
}
# Errors of the check that a section of their own tells.
SAID_ELSEWHERE = frozenset({"target-needed"})
# Opening bids takes an officer and the chair; an award takes an approver.
NEEDED_ROLES = {
    Role.OFFICER: "an officer",
    Role.EVALUATOR: "an evaluator",
    Role.CHAIR: "a chair",
    Role.APPROVER: "an approver",
}


@dataclass(frozen=True)
class Section:
    """One part of a draft, and what it still needs."""

    code: str
    needs: tuple[str, ...]

    @property
    def title(self) -> str:
        return TITLES[self.code]

    @property
    def is_complete(self) -> bool:
        return not self.needs


def sections(tender: Tender, at: datetime) -> list[Section]:
    """Every part of the draft with what it still needs at this moment."""
    criteria = list(tender.criteria.all())
    asked = policy_of(tender, policy_day(tender, at))
    needs = {
        "basics": _of_basics(tender),
        "policy": of_policy(tender, asked),
        "timetable": _of_timetable(tender, at),
        "weights": _of_weights(tender, asked),
        "quality": _of_group(tender, Group.QUALITY, tender.quality_weight, criteria),
        "social_value": _of_social_value(tender, asked, criteria),
        "scale": _of_scale(tender),
        "team": _of_team(tender),
        "check": _of_check(tender, asked),
    }
    found = {code: tuple(words) for code, words in needs.items()}
    if not any(found.values()):
        found["weights"] = tuple(_of_the_whole(tender))
    return [Section(code, found[code]) for code in TITLES if code in found]


def needs_of(tender: Tender, at: datetime) -> list[str]:
    """Everything a draft still needs, in the order of its sections."""
    return [words for section in sections(tender, at) for words in section.needs]


def _of_basics(tender: Tender) -> Iterator[str]:
    if not tender.title or not tender.summary:
        yield "Enter a title and a summary."


def _of_timetable(tender: Tender, at: datetime) -> Iterator[str]:
    if tender.opens_at is None or tender.closes_at is None:
        yield "Set when bids may be sent, and the deadline."
    elif tender.closes_at <= at:
        yield "The deadline has passed. Set a deadline in the future."


def _of_weights(tender: Tender, asked: Asked) -> Iterator[str]:
    try:
        answer = check_weights(tender.weights, asked)
    except Refused as refusal:
        yield f"Set weightings that total 100: {refusal}."
        return
    if answer.broken:
        yield broken_words(answer)
    needs_scale = tender.price_method == "fixed_scale" and tender.price_weight
    if needs_scale and (tender.price_full_at is None or tender.price_zero_at is None):
        yield "Set the prices that earn full points and none."


def _of_group(
    tender: Tender, group: Group, weight: Decimal, criteria: list[Criterion]
) -> Iterator[str]:
    """The criteria of a group weigh 100 together; a group of weight 0 has none."""
    weights = [one.weight for one in criteria if one.group == group]
    total = sum(weights, Decimal(0))
    if not weight and weights:
        yield f"{group.label} weighs nothing in this tender. Remove its questions or weigh it."
    elif weight and not weights:
        yield f"{group.label} weighs {number(weight)}%, but nothing is asked for it yet."
    elif weight and total != 100:
        yield (
            f"The weights inside {group.label.lower()} total {number(total)}, not 100. "
            "Change them, or share them equally."
        )


def _of_social_value(tender: Tender, asked: Asked, criteria: list[Criterion]) -> Iterator[str]:
    chosen = [one for one in criteria if one.group == Group.SOCIAL_VALUE]
    if not chosen and not tender.social_value_weight and asked.is_required:
        yield "Choose at least one metric of the charter."
    if is_left_out(tender, asked) and (chosen or tender.social_value_weight):
        yield "Social value is left out of this tender. Weigh it with 0 and remove its metrics."
    yield from _of_group(tender, Group.SOCIAL_VALUE, tender.social_value_weight, criteria)
    yield from of_metrics(asked, criteria)
    yield from of_answers(asked, criteria)
    for one in chosen:
        if one.method == Method.MARKS:
            continue
        if is_undetermined(read_measure(one.measure_asked)):
            yield f"“{one.title}” has no target on the day the contract starts: mark it instead."


def _of_scale(tender: Tender) -> Iterator[str]:
    described = {step.mark for step in tender.scale.all() if step.label and step.descriptor}
    missing = [mark for mark in range(int(tender.max_mark) + 1) if Decimal(mark) not in described]
    if missing:
        yield f"Describe what is meant by mark {', '.join(map(str, missing))}."


def _of_team(tender: Tender) -> Iterator[str]:
    held = {one.role for one in tender.assignments.all() if not one.conflicted_at}
    missing = [words for role, words in NEEDED_ROLES.items() if role not in held]
    if missing:
        *first, last = missing
        yield f"Name {', '.join(first)} and {last}." if first else f"Name {last}."


def _of_check(tender: Tender, asked: Asked) -> Iterator[str]:
    """Errors block publishing; a warning needs a recorded reason."""
    reliance = reliance_under(tender, asked)
    found = [one for one in reliance.found if one.code not in SAID_ELSEWHERE]
    yield from Reliance(found, reliance.reasons).needs


def _of_the_whole(tender: Tender) -> Iterator[str]:
    """What only the engine's own reading of the whole case would find."""
    try:
        read_published(case_without_bids(tender))
    except Refused as refusal:
        yield f"The scoring cannot be worked out: {refusal}."
