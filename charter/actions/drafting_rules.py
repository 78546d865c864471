"""Changing a draft: its weighting rules and its clauses. Neither is ever without its words."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.text import slugify

from accounts.access import Conflict
from accounts.models import User
from charter.actions.drafts import hold_draft, need_text, refuse_stale
from charter.clauses import (
    BASES,
    KINDS,
    OF_A_CONTRACT,
    Kind,
    unknown_codes,
    wrong_fact,
    wrong_total,
)
from charter.drafting import clause_state, rule_state, with_id
from charter.models import Charter, Principle
from charter.names import free_name
from charter.refusals import Unfit
from charter.scope import LABELS, wrong_when
from design.numbers import plain_digits
from design.words import raised
from records import audit

HUNDRED = Decimal(100)
LONGEST_ID = 40


@transaction.atomic
def add_rule(*, charter: Charter, by: User, at: datetime, **entry) -> dict:
    """Ask for a minimum weight of social value; `entry` is what `edit_rule` names."""
    draft = hold_draft(charter, by=by)
    rule = _rule(free_name("rule", _names_in(draft.rules)), draft, **entry)
    draft.rules = _paired([*draft.rules, rule], rule)
    _keep(draft, "rule_added", rule["id"], by, at, rule=rule)
    return rule


@transaction.atomic
def edit_rule(
    *, charter: Charter, rule: str, by: User, at: datetime, seen: str | None = None, **entry
) -> dict:
    """Change a weighting rule or the clause it comes from."""
    draft = hold_draft(charter, by=by)
    held = _find(draft.rules, rule, "rule")
    refuse_stale(seen, rule_state(held))
    new = _rule(rule, draft, **entry)
    draft.rules = _paired([new if one is held else one for one in draft.rules], new)
    _keep(draft, "rule_edited", rule, by, at, rule=new)
    return new


@transaction.atomic
def remove_rule(*, charter: Charter, rule: str, by: User, at: datetime) -> None:
    """Take a weighting rule out of the draft, and out of what others contradict."""
    draft = hold_draft(charter, by=by)
    held = _find(draft.rules, rule, "rule")
    draft.rules = [
        {key: value for key, value in one.items() if (key, value) != ("contradicts", rule)}
        for one in draft.rules
        if one is not held
    ]
    _keep(draft, "rule_removed", rule, by, at)


@transaction.atomic
def add_clause(*, charter: Charter, by: User, at: datetime, **entry) -> dict:
    """Add a clause of a kind, with what is read out of it; `entry` is what `edit_clause` names."""
    draft = hold_draft(charter, by=by)
    stem = slugify(entry["heading"])[:LONGEST_ID].strip("-") or entry["kind"]
    clause = _clause(free_name(stem, _names_in(draft.clauses)), draft, **entry)
    draft.clauses = [*draft.clauses, clause]
    _keep(draft, "clause_added", clause["id"], by, at, clause=clause)
    return clause


@transaction.atomic
def edit_clause(
    *, charter: Charter, clause: str, by: User, at: datetime, seen: str | None = None, **entry
) -> dict:
    """Change a clause, or what is read out of it."""
    draft = hold_draft(charter, by=by)
    held = _find(draft.clauses, clause, "clause")
    refuse_stale(seen, clause_state(held))
    new = _clause(clause, draft, **entry)
    draft.clauses = [new if one is held else one for one in draft.clauses]
    _keep(draft, "clause_edited", clause, by, at, clause=new)
    return new


@transaction.atomic
def remove_clause(*, charter: Charter, clause: str, by: User, at: datetime) -> None:
    """Take a clause out of the draft."""
    draft = hold_draft(charter, by=by)
    held = _find(draft.clauses, clause, "clause")
    draft.clauses = [one for one in draft.clauses if one is not held]
    _keep(draft, "clause_removed", clause, by, at)


def _names_in(entries: list[dict]) -> set[str]:
    """In small letters, as new names are."""
    return {one["id"].casefold() for one in entries}


def _find(entries: list[dict], wanted: str, what: str) -> dict:
    found = with_id(entries, wanted)
    if found is None:
        raise Conflict(f"This {what} has been removed. Go back to the draft and look.")
    return found


def _keep(draft: Charter, verb: str, name: str, by: User, at: datetime, **details) -> None:
    draft.save(update_fields=["rules", "clauses"])
    audit.record(verb=f"charter.{verb}", by=by, target=draft, at=at, id=name, **details)


def _rule(
    name: str,
    draft: Charter,
    *,
    minimum_percent: Decimal,
    basis: str,
    when: Mapping,
    document: str,
    paragraph: str,
    text: str,
    contradicts: str,
    note: str,
) -> dict:
    """A weighting rule in the form that the policy check reads."""
    if not 0 <= minimum_percent <= HUNDRED:
        raise Unfit("minimum_percent", "Enter a percentage from 0 to 100.")
    if basis not in BASES:
        raise Unfit("basis", "Choose what the percentage is a share of.")
    if contradicts and contradicts not in {one["id"] for one in draft.rules} - {name}:
        raise Unfit("contradicts", "Choose another rule of this draft, or none.")
    may = {
        "when": _sound_when(when),
        "contradicts": contradicts,
        "note": note.strip(),
    }
    return {
        "id": name,
        "clause": _quoted(document, paragraph, text),
        "minimum_percent": plain_digits(minimum_percent),
        "basis": basis,
        **{key: value for key, value in may.items() if value},
    }


def _sound_when(when: Mapping) -> dict:
    """To which contracts something speaks, in one order; empty where it is for every one."""
    if wrong := wrong_when(when):
        key, why = wrong
        raise Unfit(f"when_{key}", f"“{LABELS.get(key, key)}” {why}.")
    return {key: when[key] for key in LABELS if key in when}


def _paired(rules: list[dict], changed: dict) -> list[dict]:
    """The rules, a contradiction told from both sides and each rule in at most one."""
    other = changed.get("contradicts")
    pair = {changed["id"]: other, other: changed["id"]} if other else {changed["id"]: None}

    def told(rule: dict) -> dict:
        against = rule.get("contradicts")
        if rule["id"] in pair:
            against = pair[rule["id"]]
        elif against in pair:
            against = None
        rest = {key: value for key, value in rule.items() if key != "contradicts"}
        return {**rest, "contradicts": against} if against else rest

    return [told(rule) for rule in rules]


def _clause(
    name: str,
    draft: Charter,
    *,
    kind: str,
    heading: str,
    document: str,
    paragraph: str,
    text: str,
    note: str,
    facts: Mapping[str, str],
    when: Mapping | None = None,
) -> dict:
    if kind not in KINDS:
        raise Unfit("kind", "Choose the kind of clause.")
    if when and kind not in OF_A_CONTRACT:
        raise Unfit(None, f"A clause of the kind “{KINDS[kind].label}” is not for some contracts.")
    read = _facts(KINDS[kind], facts)
    _refuse_unknown_codes(draft, kind, read)
    may = {"note": note.strip(), "facts": read, "when": _sound_when(when or {})}
    return {
        "id": name,
        "kind": kind,
        "heading": need_text("heading", heading, "Enter a heading."),
        **_quoted(document, paragraph, text),
        **{key: value for key, value in may.items() if value},
    }


def _facts(kind: Kind, given: Mapping[str, str]) -> dict[str, str]:
    """What is read out of a clause: each fact its kind needs, and none it does not know."""
    known = {fact.name: fact for fact in kind.facts}
    for name in given:
        if name not in known:
            raise Unfit(None, f"A clause of the kind “{kind.label}” does not say “{name}”.")
    for name, fact in known.items():
        if fact.is_needed and name not in given:
            raise Unfit(f"fact_{name}", f"Enter what the clause says: {fact.label.lower()}.")
        if name in given and (wrong := wrong_fact(fact, given[name])):
            raise Unfit(f"fact_{name}", f"{fact.label} {wrong}")
    if wrong := wrong_total(kind.code, given):
        raise Unfit("fact_social_value", f"{raised(wrong)}. Change one of them.")
    return {name: given[name] for name in known if name in given}


def _refuse_unknown_codes(draft: Charter, kind: str, facts: Mapping[str, str]) -> None:
    """A clause may name only fields of action and principles of its own draft."""
    principles = Principle.objects.filter(quadrant__charter=draft)
    known = [*(one.code for one in draft.quadrants.all()), *(one.code for one in principles)]
    if unknown := unknown_codes(kind, facts, known):
        there = f"There are: {', '.join(known)}." if known else "Add one first."
        raise Unfit(
            "fact_among",
            f"This draft has no field of action and no principle called {unknown}. {there}",
        )


def _quoted(document: str, paragraph: str, text: str) -> dict[str, str]:
    """Where a rule stands and its words: no rule is without them."""
    return {
        "document": need_text("document", document, "Enter the document the words stand in."),
        "paragraph": need_text("paragraph", paragraph, "Enter the paragraph, page or heading."),
        "text": need_text("text", text, "Enter the words themselves, exactly as they stand."),
    }
