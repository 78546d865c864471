"""What a check finds in rules and clauses that no file would be read with, and how it tells it."""

from dataclasses import replace

import pytest

from metrics.lint import ERROR, WARNING, Finding, Mapped, Papers, check

PLACE = {
    "document": "Policy",
    "paragraph": "4",
    "text": "Social value is at least 10% of the whole score.",
}
RULE = {"id": "a-tenth", "minimum_percent": "10", "basis": "overall", "clause": PLACE}
OTHER = {**RULE, "id": "element", "basis": "quality_element"}
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
    "bases": [],
    "geography": "",
    "applies_to": {},
    "overlaps": [],
    "principle": "P1",
    "flags": [],
}
PAPERS = Papers(source="Policy", codes=frozenset({"G", "G1"}))


def clause(kind, facts=None, *, text="Over £100,000 without VAT.", **more):
    told = {"id": kind, "kind": kind, "heading": kind.title(), "facts": facts or {}}
    return {**told, "document": "Policy", "paragraph": "5", "text": text, **more}


def found(*, metrics=(TREES,), rules=(RULE,), clauses=(), papers=PAPERS):
    return [
        (one.code, one.severity)
        for one in check(metrics=metrics, rules=rules, clauses=clauses, papers=papers)
    ]


def with_metric(**change):
    return found(metrics=({**TREES, **change},))


def test_a_sound_policy_gives_nothing_to_find():
    assert found() == []


# Rules and clauses on weights.

CONTRADICTION = [("contradiction", WARNING)]


@pytest.mark.parametrize(
    ("one", "other", "contradicts"),
    [
        pytest.param({}, {}, True, id="for every contract"),
        pytest.param({"until": "2026-12-31"}, {"from": "2027-01-01"}, False, id="days apart"),
        pytest.param({"until": "2027-01-01"}, {"from": "2027-01-01"}, True, id="one day"),
        pytest.param({"up_to": "100"}, {"over": "100"}, False, id="sums apart"),
        pytest.param({"up_to": "100"}, {"at_least": "100"}, True, id="one sum"),
        pytest.param({"under": "100"}, {"at_least": "100"}, False, id="a penny apart"),
        pytest.param({"under": "100.01"}, {"at_least": "100"}, True, id="a penny in both"),
        pytest.param({"months_up_to": "12"}, {"months_over": "12"}, False, id="lengths apart"),
        pytest.param({"months_up_to": "13"}, {"months_over": "12"}, True, id="one month"),
        pytest.param({"kinds": ["works"]}, {"kinds": ["goods"]}, False, id="kinds apart"),
        pytest.param({"kinds": ["works", "goods"]}, {"kinds": ["goods"]}, True, id="one kind"),
        pytest.param({"kinds": ["works"]}, {"over": "100"}, True, id="a kind and a sum"),
    ],
)
def test_two_bases_contradict_only_where_they_may_meet(one, other, contradicts):
    rules = ({**RULE, "when": one}, {**OTHER, "when": other})

    assert found(rules=rules) == (CONTRADICTION if contradicts else [])
    assert found(rules=rules[::-1]) == (CONTRADICTION if contradicts else [])


def test_a_contradiction_asks_every_tender_for_its_choice():
    [one] = check(metrics=(), rules=(RULE, OTHER), clauses=())

    assert one.remedy == "Each tender records which of the two it follows, and why."
    assert one.clauses == (PLACE, PLACE)


def test_rules_that_name_each_other_contradict_on_one_basis_too():
    rules = (
        {**RULE, "contradicts": "fifth"},
        {**RULE, "id": "fifth", "minimum_percent": "20", "contradicts": "a-tenth"},
    )

    assert found(rules=rules) == CONTRADICTION


def test_a_minimum_that_rises_on_a_day_is_no_contradiction():
    rules = (
        {**RULE, "when": {"until": "2026-12-31"}},
        {**RULE, "id": "fifth", "minimum_percent": "20", "when": {"from": "2027-01-01"}},
    )

    assert found(rules=rules) == []


SPLIT = {"price": "70", "quality": "15", "social_value": "15"}
HALVES = {"price": "50", "quality": "25", "social_value": "25"}


@pytest.mark.parametrize(
    ("clauses", "finding"),
    [
        pytest.param([clause("split", SPLIT)], [], id="a whole"),
        pytest.param(
            [clause("split", SPLIT | {"price": "69.99"})],
            [("split-not-whole", ERROR)],
            id="less than a whole",
        ),
        pytest.param(
            [clause("split", {"price": "80", "quality": "10.01", "social_value": "9.99"})],
            CONTRADICTION,
            id="less than the minimum",
        ),
        pytest.param(
            [clause("split", {"price": "80", "quality": "10", "social_value": "10"})],
            [],
            id="just the minimum",
        ),
        pytest.param(
            [clause("split", SPLIT), clause("split", HALVES, id="other")],
            CONTRADICTION,
            id="two at once",
        ),
        pytest.param(
            [clause("split", SPLIT), clause("split", SPLIT, id="other")], [], id="the same twice"
        ),
        pytest.param(
            [
                clause("split", SPLIT, when={"up_to": "100000"}),
                clause("split", HALVES, id="other", when={"over": "100000"}),
            ],
            [],
            id="two for different contracts",
        ),
    ],
)
def test_a_split_is_whole_alone_and_enough(clauses, finding):
    assert found(clauses=clauses) == finding


# Limits, codes, and contracts.


@pytest.mark.parametrize(
    "when",
    [
        pytest.param({"over": "100", "up_to": "100"}, id="no sum"),
        pytest.param({"over": "100", "under": "100.01"}, id="no penny"),
        pytest.param({"months_over": "12", "months_up_to": "12"}, id="no month"),
        pytest.param({"from": "2027-01-01", "until": "2026-12-31"}, id="no day"),
    ],
)
def test_what_no_contract_can_be_is_an_error(when):
    assert found(rules=[{**RULE, "when": when}]) == [("no-contract", ERROR)]
    assert found(clauses=[clause("required", when=when)]) == [("no-contract", ERROR)]


def test_metrics_of_what_the_charter_does_not_have_are_an_error():
    asked = clause("compulsory", {"among": "G, G2", "at_least": "1"})

    [one] = check(metrics=(), rules=(), clauses=[asked], papers=PAPERS)

    assert (one.code, one.severity) == ("names-nothing", ERROR)
    assert one.words == "It asks for metrics of what the charter does not have: G2."


def test_codes_are_not_held_against_a_charter_that_is_not_there():
    asked = clause("compulsory", {"among": "G2", "at_least": "1"})

    assert found(clauses=[asked], papers=None) == []


def test_a_cap_of_no_metric_is_an_error():
    assert found(clauses=[clause("most-metrics", {"most": "0"})]) == [("cap-of-nothing", ERROR)]


@pytest.mark.parametrize(("most", "finding"), [("2", []), ("1", [("cannot-be-kept", ERROR)])])
def test_what_is_compulsory_fits_under_the_cap(most, finding):
    clauses = [
        clause("most-metrics", {"most": most}),
        clause("compulsory", {"among": "G", "at_least": "2"}),
    ]

    assert found(clauses=clauses) == finding
    assert found(clauses=clauses[::-1]) == finding


TWO_ANSWERS = [("two-answers", WARNING)]


@pytest.mark.parametrize(
    ("first", "second", "finding"),
    [
        pytest.param(({"over": "1"}, "Board"), ({"over": "1"}, "Cabinet"), TWO_ANSWERS, id="both"),
        pytest.param(({"over": "1"}, "Board"), ({"over": "1"}, "Board"), [], id="the same"),
        pytest.param(({"over": "1"}, "Board"), ({"over": "2"}, "Cabinet"), [], id="one is higher"),
        pytest.param(
            ({"over": "1", "kinds": ["works"]}, "Board"),
            ({"over": "1", "kinds": ["goods"]}, "Cabinet"),
            [],
            id="of different kinds",
        ),
    ],
)
def test_two_bodies_answer_for_one_contract_only_where_neither_goes_before(first, second, finding):
    clauses = [
        clause("accountability", {"who": who}, id=who, when=when) for when, who in (first, second)
    ]

    assert found(clauses=clauses) == finding


def test_two_who_may_approve_and_two_depths_of_evidence_are_found_too():
    approvals = [
        clause("opt-out", {"evidence": "why", "approval": who}, id=who) for who in ("A", "B")
    ]
    depths = [clause("evidence", {"depth": one}, id=one) for one in ("records", "verified")]

    assert found(clauses=approvals) == TWO_ANSWERS
    assert found(clauses=depths) == TWO_ANSWERS


# Metrics held back, left open, dated and conditional.


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"evidence_text": ""}, "evidence-missing"),
        ({"wording": "Trees better than"}, "text-cut-off"),
        ({"target_text": "20, part of it counting, by firms with 50 or more staff"}, "conditional"),
        ({"target_text": "20, part of it counting, and more by 2030"}, "dated-target"),
    ],
)
def test_an_error_in_a_metric_held_back_is_a_warning_that_says_so(change, code):
    held = {"flags": [{"kind": "held-back", "words": "Until mended.", "source": ""}]}
    metric = {**TREES, **change}

    [offered] = check(metrics=[metric], rules=(), clauses=())
    [kept] = check(metrics=[metric | held], rules=(), clauses=())

    assert (offered.code, offered.severity) == (code, ERROR)
    assert (kept.code, kept.severity) == (code, WARNING)
    assert kept.words == (
        f"{offered.words} It is held back, and not offered to tenders until that is mended."
    )
    assert kept.fingerprint != offered.fingerprint


UNDETERMINED = {"id": "m1", "target": {"kind": "undetermined"}}


def test_a_target_left_open_on_purpose_is_no_fault():
    left_open = [{"kind": "left-open", "words": "", "source": ""}]

    assert with_metric(measure=UNDETERMINED) == [("target-not-set", WARNING)]
    assert with_metric(measure=UNDETERMINED, flags=left_open) == []


def test_a_unit_that_is_a_question_mark_is_a_fault_of_its_own():
    assert with_metric(measure=UNDETERMINED, target_text="??% of use in ? units") == [
        ("target-not-set", WARNING),
        ("unit-not-set", WARNING),
    ]


def test_a_later_amount_and_a_condition_make_an_error_a_warning():
    later = [{"from": "2030-01-01", "measure": TREES["measure"]}]
    dated = "20, part of it counting, and more by 2030"
    some = "20, part of it counting, by firms with 50 or more staff"

    assert with_metric(target_text=dated, later_measures=later) == [("dated-target", WARNING)]
    assert with_metric(target_text=some, applies_to={"who": "bidder"}) == [("conditional", WARNING)]


# What makes one finding the same as another.


def test_a_finding_keeps_its_mark_while_its_words_stay():
    one = Finding("overlap", WARNING, "Two", "Words.", "Do.", (PLACE,), (1, 2))

    assert replace(one, remedy="Do it now.", severity=ERROR).fingerprint == one.fingerprint
    others = [
        replace(one, code="boundary"),
        replace(one, subject="Three"),
        replace(one, words="Other words."),
        replace(one, clauses=({**PLACE, "text": "Another text."},)),
        replace(one, clauses=(PLACE, PLACE)),
    ]
    assert one.fingerprint not in {it.fingerprint for it in others}
    assert len({it.fingerprint for it in others}) == len(others)


def test_a_mark_is_64_digits_and_the_same_wherever_it_is_made():
    one = Finding("overlap", WARNING, "Two", "Words.", "Do.", (dict(reversed(PLACE.items())),))

    assert len(one.fingerprint) == 64
    assert one.fingerprint == replace(one, clauses=(PLACE,)).fingerprint


def test_a_mapping_to_an_edition_without_an_end_is_sound():
    mapped = Mapped("G1", "Model, edition 2", "model", begins=None, ends=None)

    assert found(papers=replace(PAPERS, mapped=(mapped,))) == []


@pytest.mark.parametrize(
    "text", ["£100,000 in 2021-04-01", "Objective 0", "732765/file.pdf", "07.10.20", "Drs"]
)
def test_numbers_that_nobody_can_call_are_no_contact_details(text):
    assert with_metric(evidence_text=text) == []
