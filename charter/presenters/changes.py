"""What differs between two versions of a charter, in plain words.

A quadrant or a principle is known by its code, a rule or a clause by its id.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from charter import clauses
from charter.models import Charter, Principle, Quadrant
from charter.models import Mapping as Mapped
from charter.presenters.differences import Held, Item, Items, Section, compare, text
from charter.scope import when_in_words
from design.templatetags.format import london_date, percent
from design.words import raised


def compare_charters(before: Charter, after: Charter) -> list[Section]:
    """What differs in words, quadrants, principles, mappings, rules and clauses."""
    parts: Sequence[tuple[str, Callable[[Charter], Items], str]] = (
        ("The charter", _words, ""),
        ("Fields of action", _quadrants, "quadrants"),
        ("Principles", _principles, "principles"),
        ("What the principles serve", _mappings, ""),
        ("Weighting rules", _rules, "weighting rules"),
        ("Clauses", _clauses, "clauses"),
    )
    return [
        Section(title, compare(items(before), items(after), order_of=order_of))
        for title, items, order_of in parts
    ]


def _words(charter: Charter) -> Items:
    fields = {
        "Title": charter.title,
        "Place": charter.place,
        "Ambition": charter.ambition,
        "Purpose": charter.purpose,
        "What the papers say of its adoption": charter.adoption,
        "Where it comes from": charter.source,
        "Where the mapping comes from": charter.mappings_source,
    }
    held = {label: text(value) for label, value in fields.items()}
    held["How much it decides"] = Held(charter.maturity, charter.get_maturity_display())
    return {"words": Item("Words of the charter", held)}


def _quadrants(charter: Charter) -> Items:
    return {
        one.code: Item(
            f"{one.code} {one.title}",
            {"Title": text(one.title), "Where it comes from": text(one.source)},
        )
        for one in charter.quadrants.all()
    }


def _principles(charter: Charter) -> Items:
    return {
        one.code: Item(str(one), _principle(one, quadrant), quadrant.code, quadrant.title)
        for quadrant in charter.quadrants.all()
        for one in quadrant.principles.all()
    }


def _principle(principle: Principle, quadrant: Quadrant) -> dict[str, Held]:
    return {
        "Field of action": Held(quadrant.code, quadrant.title, quadrant.code),
        "Short title": text(principle.short_title),
        "Words that open it": text(principle.opening),
        "Sentence": text(principle.text),
    }


def _mappings(charter: Charter) -> Items:
    return {
        (principle.code, one.theme_id, one.element_id): Item(
            f"{principle} → {one.theme.framework}: {one.element or one.theme}", _mapping(one)
        )
        for quadrant in charter.quadrants.all()
        for principle in quadrant.principles.all()
        for one in principle.mappings.all()
    }


def _mapping(mapping: Mapped) -> dict[str, Held]:
    return {
        "How": Held(mapping.is_primary, "Primary" if mapping.is_primary else "Related"),
        "From": Held(mapping.effective_from, london_date(mapping.effective_from)),
        "Until": Held(mapping.effective_to, london_date(mapping.effective_to)),
        "Where it comes from": text(mapping.source),
    }


RULE_LABELS = {
    "heading": "Heading",
    "kind": "Kind",
    "minimum_percent": "At least",
    "basis": "Of what",
    "document": "Document",
    "paragraph": "Paragraph",
    "text": "Words",
    "contradicts": "Stands against the rule",
    "note": "Note",
}
SAID = {
    "minimum_percent": lambda value: percent(Decimal(value)),
    "basis": lambda value: clauses.BASES.get(value, value),
    "kind": lambda value: clauses.KINDS[value].label if value in clauses.KINDS else value,
}


def _rules(charter: Charter) -> Items:
    return {
        rule["id"]: Item(
            f"Rule {rule['id']}", {**_entries({**rule, **rule.get("clause", {})}), **_reach(rule)}
        )
        for rule in charter.rules
    }


def _clauses(charter: Charter) -> Items:
    return {
        clause["id"]: Item(
            clause["heading"], {**_entries(clause), **_facts(clause), **_reach(clause)}
        )
        for clause in charter.clauses
    }


def _entries(told: Mapping) -> dict[str, Held]:
    """Each plain entry of a rule or a clause under its label; one without a label too."""
    # The database keeps no order of its own making.
    names = [*(name for name in RULE_LABELS if name in told), *sorted({*told} - {*RULE_LABELS})]
    return {
        RULE_LABELS.get(name, name.replace("_", " ").capitalize()): Held(
            told[name], SAID.get(name, str)(told[name])
        )
        for name in names
        if isinstance(told[name], str) and told[name] and name != "id"
    }


def _reach(told: Mapping) -> dict[str, Held]:
    """For which contracts: told of a rule always, of a clause where it speaks of contracts."""
    if told.get("kind", clauses.REQUIRED) not in clauses.OF_A_CONTRACT:
        return {}
    when = told.get("when", {})
    words = when_in_words(when) or "every contract"
    return {"For which contracts": Held(when, raised(words))}


def _facts(clause: Mapping) -> dict[str, Held]:
    """What Tenth reads out of a clause, under the labels of its kind."""
    kind = clauses.KINDS.get(clause.get("kind", ""))
    known = {fact.name: fact for fact in kind.facts} if kind else {}
    told = clause.get("facts", {})
    return {
        fact.label: Held(told[name], clauses.fact_in_words(fact, told[name]))
        for name, fact in known.items()
        if name in told
    } | {name: text(value) for name, value in told.items() if name not in known}
