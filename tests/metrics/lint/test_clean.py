"""A sound policy gives nothing to find, and each single spoiling gives exactly one finding more."""

import pytest

from metrics.lint import ERROR, WARNING, check

RULE = {
    "id": "a-tenth",
    "minimum_percent": "10",
    "basis": "overall",
    "clause": {
        "document": "Policy",
        "paragraph": "4",
        "text": "Social value is at least 10% of the whole score.",
    },
}
CLAUSE = {
    "id": "opt-out",
    "kind": "opt-out",
    "heading": "Leaving it out",
    "document": "Policy",
    "paragraph": "5",
    "text": "It may be left out with the director's approval.",
    "facts": {"evidence": "why", "approval": "The director"},
}
TREES = {
    "number": 1,
    "short_title": "Trees",
    "wording": "Trees planted for every £1,000,000 of the contract's value",
    "answered_by": "procurement",
    "target_text": "20 for every £1,000,000, part of it counting in proportion",
    "evidence_text": "Photographs and invoices",
    "unit": "trees",
    "source": "Policy, annex",
    "measure": {
        "id": "m1",
        "target": {"kind": "ratio", "value": "20", "per": "1000000", "base": "contract_value"},
    },
    "later_measures": [],
    "quantities": [{"id": "m1", "label": "Trees planted", "unit": "trees"}],
    "bases": [
        {"id": "contract_value", "label": "Value of the contract", "unit": "£", "stated_by": "x"}
    ],
    "geography": "",
    "applies_to": {},
    "overlaps": [],
    "principle": "P1",
    "flags": [],
}
REPAIRS = {
    **TREES,
    "number": 2,
    "short_title": "Repair sessions",
    "wording": "Share of tenants who were offered a repair session",
    "target_text": "80% of tenants",
    "evidence_text": "Attendance lists without names",
    "unit": "%",
    "measure": {"id": "m2", "target": {"kind": "share", "percent": "80", "base": "tenants"}},
    "quantities": [{"id": "m2", "label": "Offered", "unit": "people"}],
    "bases": [],
    "principle": "P2",
}


def found(*, metrics=(TREES, REPAIRS), rules=(RULE,), clauses=(CLAUSE,)):
    return [
        (one.code, one.severity) for one in check(metrics=metrics, rules=rules, clauses=clauses)
    ]


def test_a_sound_policy_gives_nothing_to_find():
    assert found() == []


UNDETERMINED = {"id": "m1", "target": {"kind": "undetermined"}}


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"measure": UNDETERMINED}, ("target-not-set", WARNING)),
        ({"evidence_text": " "}, ("evidence-missing", ERROR)),
        ({"wording": "Trees planted above the average of"}, ("text-cut-off", ERROR)),
        (
            {"wording": "Trees planted by staff on the national living wage"},
            ("legal-minimum", WARNING),
        ),
        (
            {"wording": "Number of trees", "target_text": "5%, part of it counting"},
            ("unit-mismatch", WARNING),
        ),
        ({"wording": "Reduction in felled trees"}, ("needs-baseline", WARNING)),
        (
            {"wording": "Trees planted by people residing in the town"},
            ("local-preference", WARNING),
        ),
        ({"wording": "Money invested in trees"}, ("measures-authority", WARNING)),
        (
            {"target_text": "20, part of it counting, in the previous 12 months or planned"},
            ("past-or-future", WARNING),
        ),
        (
            {"target_text": "20 per £1m, part of it counting, by firms with 50 or more staff"},
            ("conditional", ERROR),
        ),
        ({"target_text": "20, part of it counting, and 40 by 2030"}, ("dated-target", ERROR)),
        ({"target_text": "20 for every £1,000,000"}, ("rounding", WARNING)),
        ({"evidence_text": "Breakdown of planters by age"}, ("personal-data", WARNING)),
        (
            {"evidence_text": "Photographs or equivalent Financial records"},
            ("text-run-together", WARNING),
        ),
        ({"overlaps": [2]}, ("overlap", WARNING)),
    ],
)
def test_one_fault_in_a_sound_policy_is_found(change, finding):
    spoilt = found(metrics=({**TREES, **change}, REPAIRS))

    assert finding in spoilt
    assert {code for code, _ in spoilt} <= {finding[0], "compound"}


def test_a_target_left_open_on_purpose_is_no_fault():
    left_open = {**TREES, "measure": UNDETERMINED, "flags": [{"kind": "left-open"}]}

    assert found(metrics=(left_open, REPAIRS)) == []


def test_evidence_of_each_other_is_exchanged():
    trees = {**TREES, "evidence_text": "Lists of repair sessions for tenants"}
    repairs = {**REPAIRS, "evidence_text": "Photographs of trees planted"}

    assert found(metrics=(trees, repairs)) == [("evidence-swapped", WARNING)] * 2


def test_the_same_long_evidence_under_two_principles_is_copied():
    same = "A signed letter of the head of the garden department about it"

    spoilt = found(metrics=({**TREES, "evidence_text": same}, {**REPAIRS, "evidence_text": same}))

    assert spoilt == [("evidence-copied", WARNING)] * 2


def test_two_areas_in_one_catalogue_are_two_meanings_of_local():
    spoilt = found(
        metrics=({**TREES, "geography": "The borough"}, {**REPAIRS, "geography": "The county"})
    )

    assert spoilt == [("boundary", WARNING)]


OTHER = {**RULE, "id": "element", "basis": "quality_element"}


def test_two_bases_contradict():
    assert found(rules=(RULE, OTHER)) == [("contradiction", ERROR)]


def test_rules_that_never_hold_on_one_day_do_not_contradict():
    before, after = {**RULE, "until": "2026-12-31"}, {**OTHER, "from": "2027-01-01"}

    assert found(rules=(before, after)) == []


def test_rules_that_meet_on_one_day_contradict():
    before, after = {**RULE, "until": "2027-01-01"}, {**OTHER, "from": "2027-01-01"}

    assert found(rules=(before, after)) == [("contradiction", ERROR)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "open", "facts": {}}, "left-undecided"),
        ({"kind": "required", "facts": {"over": "100000"}}, "vat-not-said"),
        ({"facts": {"evidence": "why"}}, "no-approver"),
        ({"kind": "use", "facts": {}, "text": "Suppliers follow BS 8950:2020."}, "guide-only"),
    ],
)
def test_one_fault_in_a_clause_is_found(change, code):
    assert found(clauses=({**CLAUSE, **change},)) == [(code, WARNING)]


def test_a_percentage_of_nothing_in_particular_is_found():
    clause = {**RULE["clause"], "text": "The minimum weighting is 10%."}

    assert found(rules=({**RULE, "clause": clause},)) == [("basis-not-said", WARNING)]
