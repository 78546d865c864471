"""What a policy asks of one contract: exact at every limit, and with its reason."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.clauses import (
    ACCOUNTABILITY,
    ANSWER_LENGTH,
    BASES,
    COMPULSORY,
    ENCOURAGED,
    EVIDENCE,
    MOST_METRICS,
    OPT_OUT,
    REQUIRED,
    SPLIT,
)
from charter.pack import read_charter
from charter.proportion import WEIGHTING, asked_of, bands, contradict, contradictions
from charter.scope import PENNY, Contract, highest, lowest, may_meet, wrong_when

DAY = date(2026, 4, 1)
QUOTED = {"document": "Policy", "paragraph": "1", "text": "As they stand."}


def rule(name="tenth", percent="10", basis="overall", **more):
    return {"id": name, "clause": QUOTED, "minimum_percent": percent, "basis": basis, **more}


def clause(kind, name="", facts=None, **when):
    told = {"id": name or kind, "kind": kind, "heading": f"On {kind}", **QUOTED}
    return {
        **told,
        **({"facts": facts} if facts else {}),
        **({"when": when} if when else {}),
    }


def split(price, quality, social_value, name="split", **when):
    facts = {"price": price, "quality": quality, "social_value": social_value}
    return clause(SPLIT, name, facts, **when)


def asked(*, rules=(), clauses=(), value="100000", on=DAY, months=None, kind="", leave=()):
    contract = Contract(Decimal(value), on, months, kind)
    return asked_of(contract, rules=rules, clauses=clauses, leave=frozenset(leave))


def keys(duties):
    return [one.key for one in duties]


# --- North East Lincolnshire's policy, from its files ----------------------------------


@pytest.fixture(scope="module")
def nelc():
    pack = read_charter("nelc-2018")
    return {"rules": pack.rules, "clauses": pack.clauses}


LEADERSHIP, CABINET = ("Leadership Team",) * 2, ("Cabinet",) * 2


@pytest.mark.parametrize(
    ("value", "is_required", "is_encouraged", "minimums", "answers"),
    [
        ("0.01", False, True, [], (None, "")),
        ("99999.99", False, True, [], (None, "")),
        ("100000.00", False, True, [], (None, "")),
        ("100000.01", True, False, ["quality-element", "overall"], LEADERSHIP),
        ("349999.99", True, False, ["quality-element", "overall"], LEADERSHIP),
        ("350000.00", True, False, ["quality-element", "overall"], LEADERSHIP),
        ("350000.01", True, False, ["quality-element", "overall"], CABINET),
        ("999999999999.99", True, False, ["quality-element", "overall"], CABINET),
    ],
)
def test_nelc_asks_in_proportion_to_the_penny(
    nelc, value, is_required, is_encouraged, minimums, answers
):
    found = asked(value=value, **nelc)

    accountable = found.accountable.facts["who"] if found.accountable else None
    assert (found.is_required, found.is_encouraged) == (is_required, is_encouraged)
    assert keys(found.minimums) == [f"rule:{name}" for name in minimums]
    assert (accountable, found.approves_opt_out) == answers
    assert found.opt_out.key == "clause:opt-out"


@pytest.mark.parametrize(("value", "is_told"), [("100000.00", False), ("100000.01", True)])
def test_nelcs_two_rules_contradict_each_other_where_both_reach(nelc, value, is_told):
    found = asked(value=value, **nelc)

    pairs = [(one.key, other.key) for one, other in found.conflicts]
    assert pairs == ([("rule:quality-element", "rule:overall")] if is_told else [])
    assert found.unsettled == found.conflicts


def test_weightings_with_a_price_do_not_reach_what_is_not_bought():
    clauses = [split("60", "30", "10"), clause("required")]
    funded = Contract(Decimal(100_000), DAY, is_bought=False)

    found = asked_of(funded, rules=[rule()], clauses=clauses)

    assert found.splits == []
    assert [one.because for one in found.silent] == ["nothing is bought, so no price is weighed"]
    assert (keys(found.minimums), found.is_required) == (["rule:tenth"], True)


def test_a_contradiction_is_settled_when_one_rule_is_set_aside(nelc):
    found = asked(value="250000", leave=["rule:overall"], **nelc)

    assert len(found.conflicts) == 1
    assert found.unsettled == []
    assert keys(found.minimums) == ["rule:quality-element"]


def test_nelc_has_three_bands(nelc):
    found = bands(nelc["rules"], nelc["clauses"])

    assert [(one.words, one.sample) for one in found] == [
        ("Up to and including £100,000", PENNY),
        ("Over £100,000, up to and including £350,000", Decimal("100000.01")),
        ("Over £350,000", Decimal("350000.01")),
    ]


def test_nelc_says_why(nelc):
    found = asked(value="100000.01", **nelc)

    assert {
        name: found.with_key(f"clause:{name}").because
        for name in ("required", "encouraged", "opt-out", "accountable-cabinet")
    } == {
        "required": "the value, £100,000.01, is over £100,000",
        "encouraged": "the value, £100,000.01, is over £100,000",
        "opt-out": "it is for every contract",
        "accountable-cabinet": "the value, £100,000.01, is not over £350,000",
    }


def test_a_duty_keeps_where_it_stands_and_its_words(nelc):
    duty = asked(value="100000.01", **nelc).with_key("clause:required")

    assert (duty.kind, duty.heading, duty.note) == (
        REQUIRED,
        "Required over £100,000",
        "The policy does not say whether the sum includes VAT.",
    )
    assert duty.clause["paragraph"] == "Delivery and Reporting, 1, first sentence"
    assert duty.clause["text"].startswith("As a minimum, all procurements over £100,000")


def test_what_speaks_of_no_contract_is_no_duty(nelc):
    duties = asked(value="100000.01", **nelc).duties

    assert {one.kind for one in duties} == {
        *(WEIGHTING, REQUIRED, ENCOURAGED, OPT_OUT, ACCOUNTABILITY),
        *("delivery", "expectation", "publication"),
    }


def test_no_duty_has_a_name_that_is_not_there(nelc):
    assert asked(**nelc).with_key("clause:gone") is None


# --- Days, lengths, kinds --------------------------------------------------------------

RISING = (
    rule("tenth", "10", when={"until": "2026-12-31"}),
    rule("fifth", "20", when={"from": "2027-01-01"}),
)


@pytest.mark.parametrize(
    ("on", "percents"),
    [
        (date(2026, 12, 30), ["10"]),
        (date(2026, 12, 31), ["10"]),
        (date(2027, 1, 1), ["20"]),
        (date(2027, 1, 2), ["20"]),
    ],
)
def test_a_minimum_rises_on_its_day(on, percents):
    found = asked(rules=RISING, on=on)

    assert [one.facts["minimum_percent"] for one in found.minimums] == percents
    assert found.conflicts == []


@pytest.mark.parametrize(
    ("told", "applies"),
    [
        ({}, None),
        ({"months": 24}, False),
        ({"months": 25}, None),
        ({"months": 25, "kind": "works"}, True),
        ({"kind": "goods"}, False),
    ],
)
def test_a_duty_is_unknown_until_enough_is_said(told, applies):
    found = asked(clauses=[clause(REQUIRED, months_over="24", kinds=["works"])], **told)

    assert [one.applies for one in found.duties] == [applies]
    assert [len(one) for one in (found.reaching, found.silent, found.unknown)] == [
        int(applies is answer) for answer in (True, False, None)
    ]
    assert found.is_required is (applies is True)


def test_an_unknown_duty_says_what_it_hangs_on():
    found = asked(clauses=[clause(REQUIRED, over="5", months_over="24", kinds=["works"])])

    assert found.unknown[0].because == (
        "whether it is longer than 24 months is not known and whether it is for works is not known"
    )


# --- What several clauses come to ------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "is_required"),
    [
        ({"rules": [rule()]}, True),
        ({"rules": [rule(percent="0")]}, False),
        ({"clauses": [clause(REQUIRED)]}, True),
        ({"clauses": [split("70", "15", "15")]}, True),
        ({"clauses": [split("70", "30", "0")]}, False),
        ({"clauses": [clause(COMPULSORY, facts={"among": "ES", "at_least": "1"})]}, True),
        ({"clauses": [clause(MOST_METRICS, facts={"most": "6"})]}, False),
        ({"rules": [rule(when={"over": "100000"})]}, False),
        ({}, False),
    ],
)
def test_social_value_is_required_where_something_of_it_is(policy, is_required):
    assert asked(**policy).is_required is is_required


def test_what_is_required_is_not_merely_encouraged():
    both = [clause(REQUIRED, over="100000"), clause(ENCOURAGED)]

    assert asked(clauses=both).is_encouraged
    assert not asked(clauses=both, value="100000.01").is_encouraged


def test_the_smallest_cap_holds():
    found = asked(
        clauses=[
            *[clause(MOST_METRICS, f"m{most}", {"most": most}) for most in ("10", "6", "9")],
            *[clause(ANSWER_LENGTH, f"w{most}", {"words": most}) for most in ("1000", "500")],
            clause(MOST_METRICS, "elsewhere", {"most": "1"}, over="100000"),
        ]
    )

    assert (found.most_metrics.key, found.most_words.key) == ("clause:m6", "clause:w500")


def test_the_clause_whose_band_begins_highest_speaks():
    found = asked(
        clauses=[
            clause(EVIDENCE, "records", {"depth": "records"}, over="50000"),
            clause(EVIDENCE, "any", {"depth": "statement"}),
            clause(EVIDENCE, "least", {"depth": "verified"}, at_least="50000"),
            clause(ACCOUNTABILITY, "board", {"who": "the board"}, at_least="75000"),
            clause(ACCOUNTABILITY, "all", {"who": "the head"}, up_to="200000"),
            clause(OPT_OUT, "small", {"evidence": "why"}),
            clause(OPT_OUT, "large", {"evidence": "why", "approval": "the mayor"}, over="5"),
        ]
    )

    assert found.evidence.key == "clause:records"
    assert found.accountable.key == "clause:board"
    assert (found.opt_out.key, found.approves_opt_out) == ("clause:large", "the mayor")


def test_where_nothing_is_said_nothing_is_capped_and_nobody_answers():
    found = asked()

    assert (found.most_metrics, found.most_words, found.evidence) == (None, None, None)
    assert (found.accountable, found.opt_out, found.approves_opt_out) == (None, None, "")


def test_every_compulsory_clause_holds_until_it_is_waived():
    names = [
        clause(COMPULSORY, "es", {"among": "ES", "at_least": "1", "waiver": "the director"}),
        clause(COMPULSORY, "gs", {"among": "GS", "at_least": "1"}),
    ]

    assert keys(asked(clauses=names).compulsory) == ["clause:es", "clause:gs"]
    assert keys(asked(clauses=names, leave=["clause:es"]).compulsory) == ["clause:gs"]


# --- What cannot both be meant ---------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "clauses", "contradict_each_other"),
    [
        ([rule(), rule("other", "20")], [], False),
        ([rule(), rule("other", basis="quality_element")], [], True),
        ([rule(contradicts="other"), rule("other", contradicts="tenth")], [], True),
        # A split of 70/15/15 gives 15% of the whole score, and half of the quality element.
        ([rule(percent="15")], [split("70", "15", "15")], False),
        ([rule(percent="15.01")], [split("70", "15", "15")], True),
        ([rule(percent="50", basis="quality_element")], [split("70", "15", "15")], False),
        ([rule(percent="50.01", basis="quality_element")], [split("70", "15", "15")], True),
        ([], [split("70", "15", "15"), split("70.0", "15", "15.00", "other")], False),
        ([], [split("70", "15", "15"), split("60", "25", "15", "other")], True),
        # A clause of the name that a rule contradicts is not that rule.
        ([rule(contradicts="split")], [split("70", "15", "15")], False),
    ],
)
def test_rules_and_splits_that_cannot_both_be_meant(rules, clauses, contradict_each_other):
    found = asked(rules=rules, clauses=clauses)

    assert len(found.conflicts) == int(contradict_each_other)
    assert len(contradictions(rules, clauses)) == int(contradict_each_other)


def test_a_contradiction_is_none_where_no_contract_meets_both():
    rules = [
        rule(when={"kinds": ["works"]}),
        rule("other", basis="quality_element", when={"kinds": ["goods"]}),
    ]

    assert contradictions(rules, []) == []
    assert asked(rules=rules, kind="works").conflicts == []


def test_a_contradiction_hangs_on_what_nobody_has_said_yet():
    rules = [rule(), rule("other", basis="quality_element", when={"kinds": ["works"]})]

    assert len(contradictions(rules, [])) == 1
    assert asked(rules=rules).conflicts == []
    assert len(asked(rules=rules, kind="works").conflicts) == 1


# --- Bands -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("whens", "told"),
    [
        ([], [("Every value", "0.01")]),
        ([{"kinds": ["works"]}], [("Every value", "0.01")]),
        ([{"over": "0"}], [("Every value", "0.01")]),
        ([{"at_least": "0.01"}], [("Every value", "0.01")]),
        ([{"at_least": "5"}], [("Under £5", "0.01"), ("From £5", "5")]),
        ([{"under": "5"}], [("Under £5", "0.01"), ("From £5", "5")]),
        (
            [{"over": "5"}, {"up_to": "5"}],
            [("Up to and including £5", "0.01"), ("Over £5", "5.01")],
        ),
        (
            [{"over": "5"}, {"at_least": "5.01"}],
            [("Up to and including £5", "0.01"), ("Over £5", "5.01")],
        ),
        (
            [{"over": "5"}, {"at_least": "5"}],
            [
                ("Under £5", "0.01"),
                ("From £5, up to and including £5", "5"),
                ("Over £5", "5.01"),
            ],
        ),
        (
            [{"at_least": "25000", "under": "75000"}, {"at_least": "75000"}],
            [
                ("Under £25,000", "0.01"),
                ("From £25,000, under £75,000", "25000"),
                ("From £75,000", "75000"),
            ],
        ),
    ],
)
def test_values_are_cut_at_every_sum_that_the_policy_names(whens, told):
    rules = [rule(f"r{at}", when=when) for at, when in enumerate(whens)]
    names = [clause(REQUIRED, f"c{at}", **when) for at, when in enumerate(whens)]
    expected = [(words, Decimal(sample)) for words, sample in told]

    assert [(one.words, one.sample) for one in bands(rules, [])] == expected
    assert [(one.words, one.sample) for one in bands([], names)] == expected


def test_a_sum_of_what_speaks_of_no_contract_cuts_nothing():
    assert len(bands([], [clause("history", over="5"), {**QUOTED, "id": "old"}])) == 1


# --- Whatever the policy ---------------------------------------------------------------

SUM = st.integers(0, 12).map(lambda pence: str(Decimal(pence) / 100))
DAYS = [DAY + timedelta(days=days) for days in range(4)]
WHEN = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("over", "at_least", "up_to", "under"), SUM),
        "months_over": st.sampled_from(["12", "24"]),
        "kinds": st.just(["goods", "works"]),
        **dict.fromkeys(("from", "until"), st.sampled_from(DAYS).map(date.isoformat)),
    },
).filter(lambda when: wrong_when(when) is None)
FACTS = {
    SPLIT: st.sampled_from(
        [
            {"price": "70", "quality": "15", "social_value": "15"},
            {"price": "60", "quality": "40", "social_value": "0"},
        ]
    ),
    MOST_METRICS: st.sampled_from([{"most": "6"}, {"most": "9"}]),
    ANSWER_LENGTH: st.sampled_from([{"words": "500"}, {"words": "900"}]),
    COMPULSORY: st.just({"among": "ES", "at_least": "1"}),
    EVIDENCE: st.sampled_from([{"depth": "statement"}, {"depth": "records"}]),
    OPT_OUT: st.sampled_from([{"evidence": "why"}, {"evidence": "why", "approval": "Cabinet"}]),
    ACCOUNTABILITY: st.sampled_from([{"who": "Cabinet"}, {"who": "the head"}]),
}
KIND = st.sampled_from([REQUIRED, ENCOURAGED, "expectation", *FACTS])
CLAUSE = KIND.flatmap(
    lambda kind: st.builds(
        lambda facts, when: clause(kind, "", facts, **when), FACTS.get(kind, st.none()), WHEN
    )
)
RULE = st.builds(
    lambda percent, basis, when: rule("", percent, basis, **({"when": when} if when else {})),
    st.sampled_from(["0", "10", "20"]),
    st.sampled_from(list(BASES)),
    WHEN,
)


def numbered(entries):
    return [{**one, "id": f"n{at}"} for at, one in enumerate(entries)]


POLICY = st.fixed_dictionaries(
    {
        "rules": st.lists(RULE, max_size=4).map(numbered),
        "clauses": st.lists(CLAUSE, max_size=6).map(numbered),
    }
)
VALUE = st.integers(1, 14).map(lambda pence: Decimal(pence) / 100)
CONTRACT = st.builds(
    Contract,
    value=VALUE,
    on=st.sampled_from(DAYS),
    months=st.none() | st.sampled_from([6, 18, 30]),
    kind=st.sampled_from(["", "goods", "services"]),
)


def extents(policy):
    """Each band with its first value and that of the next."""
    found = bands(**policy)
    return list(zip(found, [*found[1:], None], strict=True))


@given(POLICY, VALUE)
def test_every_value_lies_in_exactly_one_band(policy, value):
    lying = [
        band
        for band, following in extents(policy)
        if band.sample <= value and (following is None or value < following.sample)
    ]

    assert len(lying) == 1
    assert len({band.words for band, _ in extents(policy)}) == len(extents(policy))


def answers(found):
    """Everything asked, without the words that name the value."""
    return (
        {one.key: (one.applies, [test.is_met for test in one.tests]) for one in found.duties},
        found.is_required,
        found.is_encouraged,
        found.approves_opt_out,
        [
            one and one.key
            for one in (found.most_metrics, found.most_words, found.evidence, found.accountable)
        ],
        [(one.key, other.key) for one, other in found.conflicts],
    )


@given(POLICY, CONTRACT)
def test_the_policy_asks_the_same_throughout_a_band(policy, contract):
    band = [band for band, _ in extents(policy) if band.sample <= contract.value][-1]
    first = Contract(band.sample, contract.on, contract.months, contract.kind)

    assert answers(asked_of(contract, **policy)) == answers(asked_of(first, **policy))


@given(POLICY)
def test_neighbouring_bands_differ_in_some_duty(policy):
    for band, following in extents(policy):
        if following is not None:
            one, other = [asked_of(Contract(it.sample, DAY), **policy) for it in (band, following)]
            changed = [
                after.key
                for before, after in zip(one.duties, other.duties, strict=True)
                if _holds(before, band.sample) is not _holds(after, following.sample)
            ]
            assert changed != []


def _holds(duty, value):
    return lowest(duty.when) <= value <= highest(duty.when)


@given(POLICY, CONTRACT, st.data())
def test_leaving_a_duty_off_never_adds_one(policy, contract, data):
    whole = asked_of(contract, **policy)
    names = keys(whole.duties)
    leave = frozenset(data.draw(st.sets(st.sampled_from(names)) if names else st.just(set())))
    found = asked_of(contract, **policy, leave=leave)

    assert keys(found.binding) == [key for key in keys(whole.binding) if key not in leave]
    assert keys(found.reaching) == keys(whole.reaching)
    assert len(found.unsettled) <= len(whole.unsettled)
    assert found.is_required <= whole.is_required


@given(POLICY, CONTRACT)
def test_every_duty_reaches_does_not_or_cannot_be_told(policy, contract):
    found = asked_of(contract, **policy)

    parts = [*keys(found.reaching), *keys(found.silent), *keys(found.unknown)]
    assert sorted(parts) == sorted(keys(found.duties))
    assert all(one.because for one in found.duties)


@given(POLICY, CONTRACT)
def test_what_conflicts_in_a_contract_was_told_of_the_policy(policy, contract):
    told = [(one.key, other.key) for one, other in contradictions(**policy)]

    for one, other in asked_of(contract, **policy).conflicts:
        assert (one.key, other.key) in told
        assert may_meet(one.when, other.when)
        assert contradict(one, other) is contradict(other, one)


@given(POLICY, CONTRACT, CONTRACT)
def test_a_clause_kept_for_every_contract_reaches_every_contract(policy, one, other):
    policy = {**policy, "rules": [*policy["rules"], rule("for-every-contract")]}
    unbound = [f"rule:{it['id']}" for it in policy["rules"] if "when" not in it]

    for contract in (one, other):
        assert set(unbound) <= set(keys(asked_of(contract, **policy).reaching))
