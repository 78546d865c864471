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
from tenders.bands import wrong_beginning
from tenders.cases import case_without_bids, number
from tenders.checking import reliance_under
from tenders.conditions import why_not
from tenders.coverage import needs_of_coverage
from tenders.five_cases import needs_of_cases
from tenders.lots import needs_of_lots
from tenders.models import Criterion, Group, Method, Opportunity, Tender
from tenders.policy import broken_words, is_left_out, policy_day, policy_of
from tenders.policy_needs import of_answers, of_metrics, of_policy
from tenders.published import read_published
from tenders.seats import TO_PUBLISH
from tenders.weights import check_weights

# In the order in which an officer is led through them.
TITLES = {
    "basics": "What is bought",
    "lots": "Lots",
    "policy": "What policy asks",
    "social_value": "Social value metrics",
    "quality": "Quality questions",
    "coverage": "What the round must cover",
    "scale": "Marking scale",
    "weights": "Weightings and price",
    "gates": "Least a bid must reach",
    "timetable": "Timetable",
    "team": "Team",
    "check": "Check of the wording",
}
# Errors of the check that a section of their own tells.
SAID_ELSEWHERE = frozenset({"target-needed"})


@dataclass(frozen=True)
class Section:
    """One part of a draft, and what it still needs."""

    code: str
    needs: tuple[str, ...]
    # What to know of it that does not keep the draft from being published.
    note: str = ""
    # What it is called in a business case or a funding round, where that differs.
    named: str = ""

    @property
    def title(self) -> str:
        return self.named or TITLES[self.code]

    @property
    def is_complete(self) -> bool:
        return not self.needs


def sections(tender: Tender, at: datetime) -> list[Section]:
    """Every part of the draft with what it still needs at this moment."""
    criteria = list(tender.criteria.all())
    asked = policy_of(tender, policy_day(tender, at))
    needs = {
        "basics": [*_of_basics(tender), *_of_beginning(tender)],
        **_of_lots(tender),
        "policy": of_policy(tender, asked),
        "timetable": _of_timetable(tender, at),
        "weights": _of_weights(tender, asked),
        "quality": [
            *_of_group(tender, Group.QUALITY, tender.quality_weight, criteria),
            *needs_of_cases(tender, criteria),
        ],
        "social_value": _of_social_value(tender, asked, criteria),
        "coverage": needs_of_coverage(tender, criteria),
        "scale": _of_scale(tender),
        "gates": _of_gates(tender, criteria),
        "team": _of_team(tender),
        "check": _of_check(tender, asked),
    }
    found = {code: tuple(words) for code, words in needs.items()}
    if tender.opportunity != Opportunity.FUNDING_ROUND:
        del found["coverage"]
    if not any(found.values()):
        found["weights"] = tuple(_of_the_whole(tender))
    notes = {
        "lots": "" if tender.lot_group else "Not divided into lots.",
        "gates": _note_of_gates(tender),
        "team": _note_of_team(tender),
    }
    names = _names(tender)
    return [
        Section(code, found[code], notes.get(code, ""), names.get(code, ""))
        for code in TITLES
        if code in found
    ]


def _names(tender: Tender) -> dict[str, str]:
    """What sections are called where nothing is bought."""
    if tender.is_procurement:
        return {}
    words = tender.words
    return {
        "basics": words.about,
        "weights": "Weightings",
        "gates": words.least,
    }


def needs_of(tender: Tender, at: datetime) -> list[str]:
    """Everything a draft still needs, in the order of its sections."""
    return [words for section in sections(tender, at) for words in section.needs]


def _of_basics(tender: Tender) -> Iterator[str]:
    if not tender.title or not tender.summary:
        yield "Enter a title and a summary."


def _of_beginning(tender: Tender) -> Iterator[str]:
    """A draft has outgrown the band in which it might begin as it did.

    A template that was kept later binds no draft begun before, nor a lot added to one.
    """
    lots = tender.lot_group.counted if tender.lot_group else ()
    begun_at = min(one.created_at for one in (tender, *lots))
    templates = [
        one
        for one in tender.authority.design_templates.all()
        if one.kept_at <= begun_at or one.pk == tender.template_id
    ]
    begun_from = next((one for one in templates if one.pk == tender.template_id), None)
    value = tender.value_with_lots
    if why := wrong_beginning(templates, tender.opportunity, value, begun_from):
        yield f"{why} Begin another that way and cancel this draft, or mend its value."


def _of_lots(tender: Tender) -> dict[str, Iterator[str]]:
    """Only a procurement may be divided."""
    if not tender.is_procurement:
        return {}
    return {"lots": needs_of_lots(tender) if tender.lot_group else iter(())}


def _of_timetable(tender: Tender, at: datetime) -> Iterator[str]:
    if tender.opens_at is None or tender.closes_at is None:
        yield f"Set when {tender.words.bids} may be sent, and the deadline."
    elif tender.closes_at <= at:
        yield "The deadline has passed. Set a deadline in the future."
    elif tender.questions_until and tender.questions_until <= at:
        yield "The last moment for questions has passed. Set a later one, or leave it empty."


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
    if tender.is_relative and not tender.is_relative_accepted:
        yield (
            "Confirm that under this price method the other bids can change who wins, or choose "
            "the fixed scale."
        )


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
    conditions = list(tender.conditions.all())
    if not (chosen or conditions or tender.social_value_weight) and asked.is_required:
        yield "Choose at least one metric of the charter."
    if is_left_out(tender, asked) and (chosen or conditions or tender.social_value_weight):
        yield (
            "Social value is left out of this tender. Weigh it with 0 and remove its metrics and "
            "conditions."
        )
    yield from _of_group(tender, Group.SOCIAL_VALUE, tender.social_value_weight, criteria)
    yield from of_metrics(asked, criteria, conditions)
    yield from of_answers(asked, criteria)
    for one in chosen:
        yield from _of_target(tender, one)
    for condition in conditions:
        if refusal := why_not(tender, condition.metric, condition.measure_asked):
            yield f"“{condition}” cannot be a condition of this contract. {refusal}"


def _of_target(tender: Tender, criterion: Criterion) -> Iterator[str]:
    """What is held against a target has one, and no tender sets what its charter leaves unset."""
    printed = criterion.metric.measure_on(tender.starts_on) if criterion.metric else None
    if criterion.own_measure and is_undetermined(read_measure(printed)):
        yield (
            f"The charter sets no target for “{criterion.title}” on the day the contract starts, "
            "so this tender cannot set one. Go back to the charter’s target and mark the answers."
        )
    elif criterion.method != Method.MARKS and is_undetermined(
        read_measure(criterion.measure_asked)
    ):
        yield f"“{criterion.title}” has no target on the day the contract starts: mark it instead."


def _of_scale(tender: Tender) -> Iterator[str]:
    described = {step.mark for step in tender.scale.all() if step.label and step.descriptor}
    missing = [mark for mark in range(int(tender.max_mark) + 1) if Decimal(mark) not in described]
    if missing:
        yield f"Describe what is meant by mark {', '.join(map(str, missing))}."


def _of_gates(tender: Tender, criteria: list[Criterion]) -> Iterator[str]:
    asked = {one.group for one in criteria}
    for gate in tender.gates.all():
        if gate.group and gate.group not in asked:
            yield (
                f"There is a minimum for {Group(gate.group).label.lower()}, and nothing is asked "
                "for it. Ask something, or take the minimum away."
            )


def _note_of_gates(tender: Tender) -> str:
    count = len(tender.gates.all())
    if not count:
        return "No minimum is set."
    return "1 minimum is set." if count == 1 else f"{count} minimums are set."


def _note_of_team(tender: Tender) -> str:
    """A contract manager is not needed to publish, but before an award."""
    is_named = any(
        one.role == Role.CONTRACT_MANAGER and not one.conflicted_at
        for one in tender.assignments.all()
    )
    return "" if is_named else "Before an award, name a contract manager."


def _of_team(tender: Tender) -> Iterator[str]:
    held = {one.role for one in tender.assignments.all() if not one.conflicted_at}
    missing = [words for role, words in TO_PUBLISH.items() if role not in held]
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
