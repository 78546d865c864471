"""Whatever is added, changed, moved and removed in whatever order, a draft stays sound."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charter import actions
from charter.clauses import KINDS, wrong_fact
from charter.models import Charter, Principle
from charter.refusals import Unfit
from tests.charter.drafts import CLAUSE, NOW, PRINCIPLE, QUOTED, RULE, administrator_of, draft

pytestmark = pytest.mark.django_db

CODES = st.sampled_from(["ES1", "es1", "ES2", "A", "", "a b"])
WORDS = st.sampled_from(["", " ", "Work", "work", "Green", "Somewhere 9"])
KIND_AND_FACTS = st.sampled_from(
    [
        ("outcome", {}),
        ("most-metrics", {"most": "6"}),
        ("most-metrics", {}),
        ("split", {"price": "70", "quality": "15", "social_value": "15"}),
        ("split", {"price": "70", "quality": "15", "social_value": "20"}),
        ("review", {"month": "4"}),
        ("review", {"month": "14"}),
        ("outcome", {"who": "Cabinet"}),
    ]
)
WHICH = st.integers(0, 5)
WAYS = st.sampled_from(["up", "down"])
STEP = st.one_of(
    st.tuples(st.just("add_quadrant"), WORDS),
    st.tuples(st.just("edit_quadrant"), WHICH, WORDS),
    st.tuples(st.just("move_quadrant"), WHICH, WAYS),
    st.tuples(st.just("remove_quadrant"), WHICH),
    st.tuples(st.just("add_principle"), WHICH, CODES, WORDS),
    st.tuples(st.just("edit_principle"), WHICH, CODES, WORDS, WHICH),
    st.tuples(st.just("move_principle"), WHICH, WAYS),
    st.tuples(st.just("remove_principle"), WHICH),
    st.tuples(st.just("add_rule"), WORDS, WHICH),
    st.tuples(st.just("edit_rule"), WHICH, WORDS, WHICH),
    st.tuples(st.just("remove_rule"), WHICH),
    st.tuples(st.just("add_clause"), WORDS, KIND_AND_FACTS),
    st.tuples(st.just("edit_clause"), WHICH, WORDS, KIND_AND_FACTS),
    st.tuples(st.just("remove_clause"), WHICH),
)


def one_of(things, which: int):
    """One of the things there are; none where there are none."""
    return things[which % len(things)] if things else None


class Hand:
    """Takes steps on a draft as an administrator would, past every refusal."""

    def __init__(self, charter, by):
        self.charter, self.who = charter, {"by": by, "at": NOW}

    def take(self, name: str, *chosen) -> None:
        self.charter.refresh_from_db()
        told = getattr(self, name.split("_")[1])(name, *chosen)
        if told is None:
            return
        try:
            with transaction.atomic():
                getattr(actions, name)(**told, **self.who)
        except Unfit:
            return

    def quadrant(self, name, *chosen):
        if name == "add_quadrant":
            return {"charter": self.charter, "title": chosen[0], "source": ""}
        found = one_of(list(self.charter.quadrants.all()), chosen[0])
        rest = {
            "edit_quadrant": lambda: {"title": chosen[1], "source": ""},
            "move_quadrant": lambda: {"way": chosen[1]},
            "remove_quadrant": dict,
        }
        return found and {"quadrant": found, **rest[name]()}

    def principle(self, name, which, *chosen):
        quadrants = list(self.charter.quadrants.all())
        if name == "add_principle":
            found = one_of(quadrants, which)
            return found and {"quadrant": found, **_worded(*chosen)}
        found = one_of(list(Principle.objects.filter(quadrant__in=quadrants)), which)
        if name == "edit_principle":
            code, text, there = chosen
            home = one_of(quadrants, there)
            return found and {"principle": found, "quadrant": home.code, **_worded(code, text)}
        way = {"way": chosen[0]} if chosen else {}
        return found and {"principle": found, **way}

    def rule(self, name, *chosen):
        names = [one["id"] for one in self.charter.rules]
        if name == "add_rule":
            return {"charter": self.charter, **self._asked(names, *chosen)}
        found = one_of(names, chosen[0])
        rest = self._asked(names, *chosen[1:]) if name == "edit_rule" else {}
        return found and {"charter": self.charter, "rule": found, **rest}

    def _asked(self, names, text, against):
        other = one_of(["", *names], against)
        percent = Decimal(against)
        return {**RULE, "text": text, "minimum_percent": percent, "contradicts": other}

    def clause(self, name, *chosen):
        if name == "add_clause":
            return {"charter": self.charter, **_stated(*chosen)}
        found = one_of([one["id"] for one in self.charter.clauses], chosen[0])
        rest = _stated(*chosen[1:]) if name == "edit_clause" else {}
        return found and {"charter": self.charter, "clause": found, **rest}


def _worded(code, text):
    return {**PRINCIPLE, "code": code, "text": text, "opening": ""}


def _stated(text, kind_and_facts):
    kind, facts = kind_and_facts
    return {**CLAUSE, "text": text, "kind": kind, "facts": facts}


def faults(charter: Charter) -> list[str]:
    """What is wrong with a draft; nothing when it is sound."""
    charter.refresh_from_db()
    principles = Principle.objects.filter(quadrant__charter=charter)
    quadrants = list(charter.quadrants.all())
    groups = {
        "principles share a code": [one.code.casefold() for one in principles],
        "fields of action share a code": [one.code for one in quadrants],
        "fields of action share a title": [one.title.casefold() for one in quadrants],
        "fields of action share a place": [one.position for one in quadrants],
        "rules share a name": [one["id"] for one in charter.rules],
        "clauses share a name": [one["id"] for one in charter.clauses],
        **{
            f"principles of {quadrant} share a place": [
                one.position for one in quadrant.principles.all()
            ]
            for quadrant in quadrants
        },
    }
    against = {one["id"]: one.get("contradicts") for one in charter.rules}
    return [
        *(words for words, names in groups.items() if len(set(names)) != len(names)),
        *(f"{one} has no words" for one in principles if not one.text.strip()),
        *(f"{one} opens otherwise" for one in principles if not one.text.startswith(one.opening)),
        *(f"{one['id']} has no clause" for one in charter.rules if not _is_quoted(one["clause"])),
        *(f"{one['id']} has no words" for one in charter.clauses if not _is_quoted(one)),
        *(f"{one['id']} has wrong facts" for one in charter.clauses if not _is_read(one)),
        *(
            f"{one} is contradicted from one side"
            for one, other in against.items()
            if other and against.get(other) != one
        ),
    ]


def _is_quoted(clause: dict) -> bool:
    return all(clause.get(name, "").strip() for name in QUOTED)


def _is_read(clause: dict) -> bool:
    known = {fact.name: fact for fact in KINDS[clause["kind"]].facts}
    needed = {name for name, fact in known.items() if fact.is_needed}
    facts = clause.get("facts", {})
    return (
        needed <= set(facts) <= set(known)
        and [name for name, value in facts.items() if wrong_fact(known[name], value)] == []
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEP, min_size=5, max_size=18))
def test_a_draft_stays_sound_whatever_is_done_to_it(steps):
    with transaction.atomic():
        charter = draft()
        hand = Hand(charter, administrator_of(charter))
        for step in steps:
            hand.take(*step)
        found = faults(charter)
        transaction.set_rollback(True)

    assert found == []


def test_a_draft_made_unsound_by_force_is_found_out():
    charter = draft()
    hand = Hand(charter, administrator_of(charter))
    hand.take("add_quadrant", "Work")
    hand.take("add_quadrant", "Green")
    for which, code in enumerate(("ES1", "ES2")):
        hand.take("add_principle", which, code, "Work")
    Principle.objects.update(code="ES1", text=" ")
    charter.rules = [{"id": "a", "clause": {**QUOTED, "text": ""}, "contradicts": "b"}]
    charter.clauses = [{**QUOTED, "id": "c", "kind": "review", "facts": {"month": "14"}}] * 2
    charter.save()

    assert sorted(faults(charter)) == [
        "ES1 Local jobs has no words",
        "ES1 Local jobs has no words",
        "ES1 Local jobs opens otherwise",
        "ES1 Local jobs opens otherwise",
        "a has no clause",
        "a is contradicted from one side",
        "c has wrong facts",
        "c has wrong facts",
        "clauses share a name",
        "principles share a code",
    ]
