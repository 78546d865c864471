"""Changing the weighting rules and clauses of a draft: none is ever without its words."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import Conflict
from accounts.roles import Role
from charter import actions
from charter.clauses import KINDS
from charter.drafting import clause_state, rule_state
from charter.fingerprint import fingerprint
from charter.models import Principle
from charter.presenters.drafting import UNSORTED, contradictions, shown_clauses, shown_rules
from charter.proportion import asked_of
from charter.refusals import Stale
from charter.scope import Contract
from charter.states import CharterStatus
from records.models import AuditEvent
from tenders.weights import check_weights
from tests.charter.drafts import CLAUSE, NOW, QUOTED, RULE, administrator_of, draft, refusal
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.charter import PrincipleFactory, QuadrantFactory

pytestmark = pytest.mark.django_db

ELEMENT = {**RULE, "basis": "quality_element", "paragraph": "13"}
SPEND = {**CLAUSE, "kind": "spend-aim", "heading": "A quarter with small firms"}
SPEND_FACTS = {"percent": "25", "of": "spending", "with": "small firms"}
SPLIT = {"price": "70", "quality": "15", "social_value": "15"}


@pytest.fixture
def charter():
    return draft()


@pytest.fixture
def who(charter):
    return {"by": administrator_of(charter), "at": NOW}


def rules(charter):
    charter.refresh_from_db()
    return charter.rules


def clauses(charter):
    charter.refresh_from_db()
    return charter.clauses


def pairs(charter):
    return {one["id"]: one.get("contradicts") for one in rules(charter)}


# --- Weighting rules -------------------------------------------------------------------


def test_a_rule_is_kept_as_the_policy_check_reads_it(charter, who):
    given = {
        **RULE,
        "minimum_percent": Decimal("12.50"),
        "when": {"until": "2027-03-31", "from": "2026-04-01", "over": "100000"},
        "note": " Ten was meant. ",
    }

    actions.add_rule(charter=charter, **given, **who)

    assert rules(charter) == [
        {
            "id": "rule",
            "clause": QUOTED,
            "minimum_percent": "12.5",
            "basis": "overall",
            "when": {"over": "100000", "from": "2026-04-01", "until": "2027-03-31"},
            "note": "Ten was meant.",
        }
    ]
    asked = asked_of(Contract(Decimal(100_001), date(2026, 5, 1)), rules=charter.rules, clauses=[])
    weights = {"basis": "overall", "price": "40", "quality": "50", "social_value": "10"}
    assert [one.duty.key for one in check_weights(weights, asked).broken] == ["rule:rule"]
    assert AuditEvent.objects.get().verb == "charter.rule_added"


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("minimum_percent", {"minimum_percent": Decimal("100.01")}),
        ("minimum_percent", {"minimum_percent": Decimal(-1)}),
        ("basis", {"basis": "price"}),
        ("when_over", {"when": {"over": "-0.01"}}),
        ("when_up_to", {"when": {"over": "5", "up_to": "5"}}),
        ("when_at_least", {"when": {"over": "5", "at_least": "5"}}),
        ("when_kinds", {"when": {"kinds": ["advice"]}}),
        ("when_months_up_to", {"when": {"months_over": "12", "months_up_to": "12"}}),
        ("when_until", {"when": {"from": "2026-04-02", "until": "2026-04-01"}}),
        ("when_lots", {"when": {"lots": "4"}}),
        ("document", {"document": " "}),
        ("paragraph", {"paragraph": ""}),
        ("text", {"text": "\n"}),
        ("contradicts", {"contradicts": "nothing"}),
    ],
)
def test_a_rule_that_cannot_stand_is_refused_by_the_field(charter, who, field, given):
    actions.add_rule(charter=charter, **RULE, **who)

    refusal(field, actions.add_rule, charter=charter, **{**RULE, **given}, **who)
    refusal(field, actions.edit_rule, charter=charter, rule="rule", **{**RULE, **given}, **who)

    assert len(rules(charter)) == 1


@pytest.mark.parametrize("percent", ["0", "100"])
def test_the_ends_of_the_scale_are_allowed(charter, who, percent):
    actions.add_rule(charter=charter, **{**RULE, "minimum_percent": Decimal(percent)}, **who)

    assert rules(charter)[0]["minimum_percent"] == percent


def test_a_rule_over_nothing_at_all_is_kept(charter, who):
    actions.add_rule(charter=charter, **{**RULE, "when": {"over": "0"}}, **who)

    assert rules(charter)[0]["when"] == {"over": "0"}


def test_a_rule_changes_in_its_place(charter, who):
    for _ in range(3):
        actions.add_rule(charter=charter, **RULE, **who)

    actions.edit_rule(charter=charter, rule="rule-2", **ELEMENT, **who)

    assert [(one["id"], one["basis"]) for one in rules(charter)] == [
        ("rule", "overall"),
        ("rule-2", "quality_element"),
        ("rule-3", "overall"),
    ]


def test_a_rule_changed_meanwhile_is_not_replaced_unseen(charter, who):
    rule = actions.add_rule(charter=charter, **RULE, **who)
    given = {"charter": charter, "rule": rule["id"], **who}
    actions.edit_rule(**{**RULE, "note": "Theirs"}, **given)

    with pytest.raises(Stale) as refused:
        actions.edit_rule(**RULE, **given, seen=fingerprint(rule_state(rule)))

    assert rules(charter)[0]["note"] == "Theirs"
    assert refused.value.state["note"] == "Theirs"


def test_a_contradiction_is_told_from_both_sides(charter, who):
    first = actions.add_rule(charter=charter, **RULE, **who)["id"]
    second = actions.add_rule(charter=charter, **{**ELEMENT, "contradicts": first}, **who)["id"]

    assert pairs(charter) == {first: second, second: first}


def test_a_rule_contradicts_one_other_at_most(charter, who):
    first = actions.add_rule(charter=charter, **RULE, **who)["id"]
    second = actions.add_rule(charter=charter, **{**ELEMENT, "contradicts": first}, **who)["id"]

    third = actions.add_rule(charter=charter, **{**ELEMENT, "contradicts": first}, **who)["id"]

    assert pairs(charter) == {first: third, second: None, third: first}


def test_a_contradiction_is_taken_back_from_both_sides(charter, who):
    first = actions.add_rule(charter=charter, **RULE, **who)["id"]
    second = actions.add_rule(charter=charter, **{**ELEMENT, "contradicts": first}, **who)["id"]

    actions.edit_rule(charter=charter, rule=first, **RULE, **who)

    assert pairs(charter) == {first: None, second: None}


def test_a_rule_never_contradicts_itself(charter, who):
    actions.add_rule(charter=charter, **RULE, **who)
    given = {**RULE, "contradicts": "rule"}

    refusal("contradicts", actions.edit_rule, charter=charter, rule="rule", **given, **who)


def test_a_removed_rule_is_contradicted_by_none(charter, who):
    first = actions.add_rule(charter=charter, **RULE, **who)["id"]
    second = actions.add_rule(charter=charter, **{**ELEMENT, "contradicts": first}, **who)["id"]

    actions.remove_rule(charter=charter, rule=first, **who)

    assert pairs(charter) == {second: None}


def test_rules_on_different_things_contradict_each_other_unasked(charter, who):
    for one in (RULE, ELEMENT, RULE):
        actions.add_rule(charter=charter, **one, **who)

    assert told_apart(charter) == [
        ("at least 10% of the whole score", "at least 10% of the quality element"),
        ("at least 10% of the quality element", "at least 10% of the whole score"),
    ]


def told_apart(charter):
    found = contradictions(rules(charter), charter.clauses)
    return [(one.words, other.words) for one, other in found]


def test_rules_that_no_contract_meets_together_contradict_nothing(charter, who):
    actions.add_rule(charter=charter, **{**RULE, "when": {"up_to": "5"}}, **who)
    actions.add_rule(charter=charter, **{**ELEMENT, "when": {"over": "5"}}, **who)

    assert told_apart(charter) == []


def test_a_split_below_a_minimum_contradicts_it(charter, who):
    split = {**CLAUSE, "kind": "split", "facts": SPLIT}
    actions.add_rule(charter=charter, **{**RULE, "minimum_percent": Decimal(20)}, **who)
    actions.add_clause(charter=charter, **split, **who)

    assert told_apart(charter) == [
        ("at least 20% of the whole score", "price 70%, quality 15%, social value 15%")
    ]


def test_a_rule_says_for_which_contracts_and_when_it_holds(charter, who):
    given = {"when": {"over": "350000", "from": "2026-04-01", "until": "2027-03-31"}}
    actions.add_rule(charter=charter, **RULE, **who)
    actions.add_rule(charter=charter, **{**RULE, **given}, **who)

    assert [(one.words, one.scope) for one in shown_rules(rules(charter))] == [
        ("at least 10% of the whole score", ""),
        (
            "at least 10% of the whole score",
            "For contracts over £350,000, from 1 April 2026, until 31 March 2027",
        ),
    ]


# --- Clauses ---------------------------------------------------------------------------


def test_a_clause_is_kept_with_what_is_read_out_of_it(charter, who):
    actions.add_clause(charter=charter, **{**SPEND, "facts": SPEND_FACTS, "note": " New "}, **who)

    assert clauses(charter) == [
        {
            "id": "a-quarter-with-small-firms",
            "kind": "spend-aim",
            "heading": "A quarter with small firms",
            **QUOTED,
            "note": "New",
            "facts": SPEND_FACTS,
        }
    ]
    assert AuditEvent.objects.get().verb == "charter.clause_added"


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("heading", {"heading": " "}),
        ("document", {"document": ""}),
        ("paragraph", {"paragraph": " "}),
        ("text", {"text": "\n "}),
        ("kind", {"kind": "rumour"}),
        ("fact_percent", {"facts": {**SPEND_FACTS, "percent": "100.01"}}),
        ("fact_percent", {"facts": {**SPEND_FACTS, "percent": "a quarter"}}),
        ("fact_percent", {"facts": {"of": "spending", "with": "small firms"}}),
        ("fact_of", {"facts": {**SPEND_FACTS, "of": " "}}),
        (None, {"facts": {**SPEND_FACTS, "who": "Cabinet"}}),
        (None, {"when": {"over": "100000"}}),
    ],
)
def test_a_clause_that_cannot_stand_is_refused_by_the_field(charter, who, field, given):
    sound = {**SPEND, "facts": SPEND_FACTS}
    name = actions.add_clause(charter=charter, **sound, **who)["id"]

    refusal(field, actions.add_clause, charter=charter, **{**sound, **given}, **who)
    refusal(field, actions.edit_clause, charter=charter, clause=name, **{**sound, **given}, **who)

    assert clauses(charter)[0]["facts"] == SPEND_FACTS
    assert len(charter.clauses) == 1


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_clause_asks_for_its_own_facts(charter, who, kind):
    needed = [fact.name for fact in KINDS[kind].facts if fact.is_needed]
    given = {**CLAUSE, "kind": kind}

    if needed:
        refusal(f"fact_{needed[0]}", actions.add_clause, charter=charter, **given, **who)
    else:
        assert "facts" not in actions.add_clause(charter=charter, **given, **who)


@pytest.mark.parametrize(
    ("heading", "name"), [("Good work for all", "good-work-for-all"), ("???", "outcome")]
)
def test_a_clause_is_named_after_its_heading(charter, who, heading, name):
    first = actions.add_clause(charter=charter, **{**CLAUSE, "heading": heading}, **who)
    second = actions.add_clause(charter=charter, **{**CLAUSE, "heading": heading}, **who)

    assert (first["id"], second["id"]) == (name, f"{name}-2")


def test_a_clause_changes_its_kind_and_its_facts_with_it(charter, who):
    name = actions.add_clause(charter=charter, **{**SPEND, "facts": SPEND_FACTS}, **who)["id"]

    actions.edit_clause(charter=charter, clause=name, **CLAUSE, **who)

    assert clauses(charter) == [
        {"id": name, "kind": "outcome", "heading": "Good work for all", **QUOTED}
    ]


def test_a_clause_changed_meanwhile_is_not_replaced_unseen(charter, who):
    clause = actions.add_clause(charter=charter, **CLAUSE, **who)
    given = {"charter": charter, "clause": clause["id"], **who}
    actions.edit_clause(**{**CLAUSE, "note": "Theirs"}, **given)

    with pytest.raises(Stale):
        actions.edit_clause(**CLAUSE, **given, seen=fingerprint(clause_state(clause)))

    assert clauses(charter)[0]["note"] == "Theirs"


def test_a_clause_is_removed_alone(charter, who):
    going, staying = (actions.add_clause(charter=charter, **CLAUSE, **who)["id"] for _ in "ab")

    actions.remove_clause(charter=charter, clause=going, **who)

    assert [one["id"] for one in clauses(charter)] == [staying]


def test_clauses_stand_under_their_headings_and_those_without_a_kind_come_last():
    kindless = {"id": "old", "heading": "Old", **QUOTED}
    review = {
        **kindless,
        "id": "new",
        "kind": "review",
        "facts": {"month": "4"},
    }
    aim = {**kindless, "id": "aim", "kind": "spend-aim", "facts": SPEND_FACTS}
    over = {**kindless, "id": "over", "kind": "required", "when": {"over": "100000"}}

    found = shown_clauses([kindless, review, over, aim])

    assert [(section, [one.clause["id"] for one in ones]) for section, ones in found] == [
        ("What the policy aims at", ["aim"]),
        ("When social value is asked for", ["over"]),
        ("Publication, report and review", ["new"]),
        (UNSORTED, ["old"]),
    ]
    assert [fact for _, ones in found for one in ones for fact in one.facts] == [
        ("At least, in percent", "25%"),
        ("Of what", "spending"),
        ("Spent with whom", "small firms"),
        ("Month of the year, 1 to 12", "April"),
    ]
    assert {one.clause["id"]: one.scope for _, ones in found for one in ones if one.scope} == {
        "over": "For contracts over £100,000"
    }


COMPULSORY = {**CLAUSE, "kind": "compulsory", "heading": "Jobs first"}


@pytest.fixture
def named(charter, who):
    """A field of action ES with ES1 and ES2, of which a clause names the first two."""
    home = QuadrantFactory(charter=charter, code="ES")
    principles = [PrincipleFactory(quadrant=home, code=code) for code in ("ES1", "ES2")]
    facts = {"among": "ES, ES1", "at_least": "1"}
    actions.add_clause(charter=charter, **{**COMPULSORY, "facts": facts}, **who)
    return home, *principles


def test_a_clause_names_only_what_its_draft_has(charter, who, named):
    facts = {"among": "es1, ES2, GS", "at_least": "1"}
    given = {**COMPULSORY, "facts": facts}

    said = refusal("fact_among", actions.add_clause, charter=charter, **given, **who)

    assert said == (
        "This draft has no field of action and no principle called es1, GS. "
        "There are: ES, ES1, ES2."
    )


def test_what_a_clause_names_neither_goes_nor_changes_its_code(charter, who, named):
    home, first, _ = named
    words = {"short_title": "Jobs", "text": "Jobs.", "opening": "", "quadrant": "ES"}
    told = "The clause “Jobs first” names {}. Change that clause first, then do this again."

    assert refusal(None, actions.remove_quadrant, quadrant=home, **who) == told.format("ES")
    assert refusal(None, actions.remove_principle, principle=first, **who) == told.format("ES1")
    assert refusal(
        "code", actions.edit_principle, principle=first, code="ES9", **words, **who
    ) == told.format("ES1")
    actions.edit_principle(principle=first, code="ES1", **words, **who)


def test_what_no_clause_names_goes_and_changes_its_code(charter, who, named):
    *_, second = named
    words = {"short_title": "Skills", "text": "Skills.", "opening": "", "quadrant": "ES"}

    actions.edit_principle(principle=second, code="ES9", **words, **who)
    actions.remove_principle(principle=second, **who)

    assert list(Principle.objects.values_list("code", flat=True)) == ["ES1"]


# --- Who and when ----------------------------------------------------------------------


@pytest.fixture
def attempts(charter, who):
    """Each action of this page on a draft that has a rule and a clause."""
    rule = actions.add_rule(charter=charter, **RULE, **who)["id"]
    clause = actions.add_clause(charter=charter, **CLAUSE, **who)["id"]
    return [
        (actions.add_rule, RULE),
        (actions.edit_rule, {**RULE, "rule": rule}),
        (actions.remove_rule, {"rule": rule}),
        (actions.add_clause, CLAUSE),
        (actions.edit_clause, {**CLAUSE, "clause": clause}),
        (actions.remove_clause, {"clause": clause}),
    ]


@pytest.mark.parametrize("status", [CharterStatus.PUBLISHED, CharterStatus.SUPERSEDED])
def test_rules_and_clauses_of_a_version_that_is_out_never_change(charter, who, attempts, status):
    charter.status = status
    charter.save()

    for action, given in attempts:
        with pytest.raises(Conflict, match="never changes. Start a new version"):
            action(charter=charter, **given, **who)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.BOARD, Role.APPROVER])
def test_only_administrators_change_rules_and_clauses(charter, attempts, role):
    colleague = person_in(charter.authority, role)

    for action, given in attempts:
        with pytest.raises((PermissionDenied, Http404)):
            action(charter=charter, **given, by=colleague, at=NOW)


def test_strangers_find_no_rules_to_change(charter, attempts):
    stranger = person_in(AuthorityFactory(), Role.ADMINISTRATOR)

    for action, given in attempts:
        with pytest.raises(Http404):
            action(charter=charter, **given, by=stranger, at=NOW)


def test_what_has_been_removed_is_not_changed(charter, who):
    with pytest.raises(Conflict, match="This rule has been removed"):
        actions.edit_rule(charter=charter, rule="gone", **RULE, **who)
    with pytest.raises(Conflict, match="This clause has been removed"):
        actions.remove_clause(charter=charter, clause="gone", **who)
