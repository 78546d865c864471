"""What a policy's papers ask, as rules.toml holds it: weighting rules, and every other clause."""

import re

from charter.clauses import (
    BASES,
    KINDS,
    OF_A_CONTRACT,
    is_at_most,
    unknown_codes,
    wrong_fact,
    wrong_total,
)
from charter.loading import Entry, Malformed, refuse_repeats
from charter.scope import DAYS, READERS, wrong_when

NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,9})?")
# How much of a rule's or clause's name fits.
NAME = 60


def read_policy(entry: Entry) -> tuple[tuple[dict, ...], tuple[dict, ...]]:
    """The weighting rules and the clauses of one file, checked."""
    rules = tuple([_read_rule(one) for one in _named(entry, "rule")])
    clauses = tuple([_read_clause(one) for one in _named(entry, "clause")])
    entry.close()
    refuse_repeats(entry.where, "rules", [one["id"] for one in rules])
    refuse_repeats(entry.where, "clauses", [one["id"] for one in clauses])
    _refuse_lone_contradictions(entry, rules)
    return rules, clauses


def _named(entry: Entry, key: str) -> list[Entry]:
    return entry.tables(key, lambda it: f"{key} {it.get('id', '?')}")


def _read_rule(entry: Entry) -> dict:
    """A weighting rule in the form that the policy check reads."""
    clause = entry.table("clause")
    rule: dict = {
        "id": entry.name("id", most=NAME),
        "clause": {key: clause.text(key) for key in ("document", "paragraph", "text")},
        "minimum_percent": _percent(entry, "minimum_percent"),
        "basis": entry.choice("basis", list(BASES)),
    }
    clause.close()
    if when := _read_when(entry):
        rule["when"] = when
    for key in ("contradicts", "note"):
        if words := entry.note(key):
            rule[key] = words
    entry.close()
    return rule


def _read_when(entry: Entry) -> dict:
    """To which contracts it speaks; nothing where it is for every one."""
    if "when" not in entry.fields:
        return {}
    told = entry.table("when")
    when: dict = {}
    for key in (key for key in READERS if key in told.fields):
        if key == "kinds":
            when[key] = told.items(key, str)
        else:
            when[key] = told.day(key).isoformat() if key in DAYS else told.text(key)
    told.close()
    if wrong := wrong_when(when):
        raise told.refuse(f'"{wrong[0]}" {wrong[1]}')
    return when


def _number(entry: Entry, key: str) -> str:
    value = entry.text(key)
    if not NUMBER.fullmatch(value):
        raise entry.refuse(f'"{key}" must be a text of plain digits, such as "12.5"')
    return value


def _percent(entry: Entry, key: str) -> str:
    value = _number(entry, key)
    if not is_at_most(value, 100):
        raise entry.refuse(f'"{key}" must be from 0 to 100')
    return value


def _refuse_lone_contradictions(entry: Entry, rules: tuple[dict, ...]) -> None:
    """Two rules that cannot both be meant name each other."""
    named = {one["id"]: one.get("contradicts") for one in rules}
    for rule, other in named.items():
        if other is None:
            continue
        if other == rule or other not in named:
            raise entry.refuse(
                f'rule {rule}: "contradicts" names "{other}", which is no other rule'
            )
        if named[other] != rule:
            raise entry.refuse(f'rule {rule}: "contradicts" names {other}, which must name it too')


def _read_clause(entry: Entry) -> dict:
    clause: dict = {"id": entry.name("id", most=NAME), "kind": entry.choice("kind", list(KINDS))}
    for key in ("heading", "document", "paragraph", "text"):
        clause[key] = entry.text(key)
    if note := entry.note("note"):
        clause["note"] = note
    if facts := _read_facts(entry, clause["kind"]):
        clause["facts"] = facts
    # What is said of no single contract cannot be said of some of them: `close` refuses it.
    if clause["kind"] in OF_A_CONTRACT and (when := _read_when(entry)):
        clause["when"] = when
    entry.close()
    return clause


def _read_facts(entry: Entry, kind: str) -> dict[str, str]:
    """What Tenth understands of the clause, each fact held to its kind."""
    told = entry.table("facts") if "facts" in entry.fields else Entry({}, f"{entry.where}, facts")
    facts = {}
    for fact in KINDS[kind].facts:
        if not fact.is_needed and fact.name not in told.fields:
            continue
        facts[fact.name] = told.text(fact.name)
        if why := wrong_fact(fact, facts[fact.name]):
            raise told.refuse(f'"{fact.name}" {why}')
    told.close()
    if wrong := wrong_total(kind, facts):
        raise told.refuse(wrong)
    return facts


def refuse_unknown_codes(where: str, clauses: tuple[dict, ...], known: list[str]) -> None:
    """A clause may name only fields of action and principles of its own charter."""
    for clause in clauses:
        if unknown := unknown_codes(clause["kind"], clause.get("facts", {}), known):
            raise Malformed(
                f"{where}, clause {clause['id']}, facts: there is no field of action or principle "
                f"{unknown}; there are: {', '.join(known) or 'none'}"
            )
