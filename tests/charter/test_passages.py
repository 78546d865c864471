"""How a policy reads: at a glance, its weightings, and every passage under its heading."""

import pytest

from charter.clauses import KINDS, SECTIONS
from charter.models import Charter
from charter.pack import read_charter
from charter.presenters import passages
from tests.factories.charter import ten_percent_overall


def charter_of(code):
    """The pack as a charter that need not be kept."""
    data = read_charter(code)
    return Charter(rules=list(data.rules), clauses=list(data.clauses), maturity=data.maturity)


@pytest.fixture(scope="module")
def nelc():
    return charter_of("nelc-2018")


def clause(kind, **facts):
    words = {"id": kind, "heading": "A", "document": "B", "paragraph": "1", "text": "C"}
    return {**words, "kind": kind, **({"facts": facts} if facts else {})}


def test_a_policy_at_a_glance(nelc):
    assert dict(passages.at_a_glance(nelc)) == {
        "Weighting": [
            "At least 10% of the quality element, for contracts over £100,000",
            "At least 10% of the whole score, for contracts over £100,000",
            "These two contradict each other",
        ],
        "Aim for spending": [
            "At least 25% of the Council’s total procurement budget, with micro, small and medium "
            "size businesses, social enterprises and voluntary/community organisations"
        ],
        "Required": ["For contracts over £100,000"],
        "Wherever possible": ["For contracts up to and including £100,000"],
        "Leaving social value out": [
            "What must be shown: that the full potential of social value has been explored, and "
            "clear evidence that social value cannot be included",
            "Who approves it: the policy does not say",
        ],
        "Who is accountable": [
            "Leadership Team, for contracts over £100,000",
            "Cabinet, for contracts over £350,000",
        ],
        "Who sees that promises are kept": [
            "The officers responsible for contract management of that individual contract"
        ],
        "Who oversees the policy": [
            "Social Value Advisory Group, reporting to the Portfolio Holder Resources"
        ],
        "Publication": [
            "As part of formal awarding of contracts, subject to commercial sensitivity"
        ],
        "Report": ["By Social Value Advisory Group"],
        "Review": ["Every year in April"],
    }


@pytest.mark.parametrize("code", ["sslep-2021", "leicester-2018", "west-of-england-2024"])
def test_no_glance_where_one_row_would_be_all(code):
    assert passages.at_a_glance(charter_of(code)) == []


def test_the_same_line_is_not_said_twice():
    charter = Charter(
        clauses=[clause("report", by="The group"), clause("report", by="The group")],
        rules=[ten_percent_overall()],
    )

    assert dict(passages.at_a_glance(charter))["Report"] == ["By The group"]


def test_contradicting_rules_stand_side_by_side_with_what_they_come_to(nelc):
    (pair,) = passages.weightings(nelc)

    assert pair.contradict
    assert [one.place for one in pair.rules] == ["rule-quality-element", "rule-overall"]
    assert pair.example == (
        "Where the quality element is 60% of the score, the first comes to 6% of the whole score "
        "and the second to 10%."
    )


def test_other_rules_stand_alone():
    rules = [ten_percent_overall(), {**ten_percent_overall(), "id": "five", "minimum_percent": "5"}]

    found = passages.weightings(Charter(rules=rules))

    assert [[one.words for one in each.rules] for each in found] == [
        ["At least 10% of the whole score"],
        ["At least 5% of the whole score"],
    ]
    assert [(each.contradict, each.example) for each in found] == [(False, "")] * 2


def test_two_rules_on_one_basis_that_contradict_need_no_example():
    first = {**ten_percent_overall(), "contradicts": "five"}
    second = {**ten_percent_overall(), "id": "five", "contradicts": "ten-percent"}

    (pair,) = passages.weightings(Charter(rules=[first, second]))

    assert (pair.contradict, pair.example) == (True, "")


def test_rules_that_do_not_name_each_other_stand_together_as_the_engine_finds_them():
    own = {**ten_percent_overall(), "id": "own", "basis": "quality_element"}
    apart = {**own, "id": "apart", "when": {"until": "2020-01-01"}}
    later = {**ten_percent_overall(), "when": {"from": "2020-01-02"}}

    together, alone = passages.weightings(Charter(rules=[own, later, apart]))

    assert [one.place for one in together.rules] == ["rule-own", "rule-ten-percent"]
    assert together.which == "These two"
    assert [one.place for one in alone.rules] == ["rule-apart"]


def test_a_split_stands_beside_the_rules_it_falls_short_of_and_keeps_its_own_place():
    split = clause("split", price="70", quality="25", social_value="5")
    twenty = {**ten_percent_overall(), "id": "twenty", "minimum_percent": "20"}

    (found,) = passages.weightings(Charter(rules=[ten_percent_overall(), twenty], clauses=[split]))

    assert [(one.place, one.words) for one in found.rules] == [
        ("rule-ten-percent", "At least 10% of the whole score"),
        ("rule-twenty", "At least 20% of the whole score"),
        ("", "Price 70%, quality 25%, social value 5%"),
    ]
    assert (found.which, found.example) == ("Some of these", "")


def test_a_rule_left_behind_by_the_one_it_contradicted_stands_alone():
    rule = {**ten_percent_overall(), "contradicts": "gone"}

    (alone,) = passages.weightings(Charter(rules=[rule]))

    assert not alone.contradict


def test_a_rule_says_when_it_holds():
    rule = {
        **ten_percent_overall(),
        "minimum_percent": "12.5",
        "when": {"over": "250000.50", "from": "2026-04-01", "until": "2027-03-31"},
    }

    (alone,) = passages.weightings(Charter(rules=[rule]))

    assert alone.rules[0].words == (
        "At least 12.5% of the whole score, for contracts over £250,000.50, "
        "from 1 April 2026, until 31 March 2027"
    )


def test_every_clause_is_under_a_heading_in_the_order_of_the_page(nelc):
    found = passages.sections(nelc)

    assert [one.title for one in found] == list(SECTIONS[:-1])
    assert sum(len(one.passages) for one in found) == len(nelc.clauses)


def test_a_section_says_what_it_holds(nelc):
    holds = {one.title: one.summary for one in passages.sections(nelc)}

    assert holds["When social value is asked for"] == (
        "Required over £100,000; Wherever possible below that; Leaving social value out"
    )
    assert holds["What is expected of suppliers"].endswith("; and 2 more")


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("leicester-2018", "Still open"),
        ("west-of-england-2024", "Still open"),
        ("sslep-2021", "When social value is asked for"),
    ],
)
def test_a_draft_begins_with_what_is_open(code, first):
    section, *others = passages.sections(charter_of(code))

    assert section.title == first
    assert section.is_open_first is (first == "Still open")
    assert not any(one.is_open_first for one in others)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (clause("opt-out", evidence="why", approval="Cabinet"), "Who approves it: Cabinet"),
        (clause("publication", when="at award"), "At award"),
        (clause("spend-aim", percent="33.3", of="all", **{"with": "us"}), "At least 33.3% of all"),
        (clause("review", month="12"), "Every year in December"),
        (clause("delivery", who="contract managers"), "Contract managers"),
        (clause("most-metrics", most="6"), "At most 6 metrics"),
        (clause("most-metrics", most="1"), "At most 1 metric"),
        (clause("answer-length", words="1500"), "Answers of at most 1,500 words"),
        (clause("evidence", depth="statement"), "The bidder's own statement, without files"),
        (
            clause("split", price="70", quality="15.5", social_value="14.5"),
            "Price 70%, quality 15.5%, social value 14.5%",
        ),
        (
            clause("compulsory", among="ES", at_least="1", waiver="the director"),
            "At least 1 metric of ES must be asked; the director may waive it in writing",
        ),
        (
            clause("compulsory", among="ES1, ES2,SE3", at_least="2"),
            "At least 2 metrics of ES1, ES2 or SE3 must be asked",
        ),
    ],
)
def test_facts_in_plain_words(told, words):
    assert passages.in_words(told)[-1].startswith(words)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"required", "encouraged"}))
def test_a_clause_without_facts_says_nothing_more(kind):
    assert passages.in_words(clause(kind)) == []


@pytest.mark.parametrize("kind", ["required", "encouraged"])
def test_whether_social_value_is_asked_for_says_for_which_contracts(kind):
    for_some = {**clause(kind), "when": {"under": "5000", "kinds": ["works"]}}

    assert passages.in_words(clause(kind)) == ["For every contract"]
    assert passages.in_words(for_some) == ["For contracts under £5,000, for works"]


def test_one_line_says_for_which_contracts_it_is_at_its_end():
    told = {**clause("most-metrics", most="6"), "when": {"at_least": "75000"}}

    assert passages.in_words(told) == ["At most 6 metrics, for contracts of at least £75,000"]


def test_who_may_waive_it_comes_after_the_contracts_it_is_for():
    facts = {"among": "ES", "at_least": "1", "waiver": "the director"}
    told = {**clause("compulsory", **facts), "when": {"over": "75000"}}

    assert passages.in_words(told) == [
        "At least 1 metric of ES must be asked, for contracts over £75,000; "
        "the director may waive it in writing"
    ]


def test_several_lines_say_first_for_which_contracts_they_are():
    told = {**clause("opt-out", evidence="why"), "when": {"over": "75000"}}

    assert passages.in_words(told) == [
        "For contracts over £75,000",
        "What must be shown: why",
        "Who approves it: the policy does not say",
    ]


def test_a_clause_that_nothing_is_read_out_of_says_its_contracts_but_not_at_a_glance():
    told = {**clause("expectation"), "when": {"over": "75000"}}
    charter = Charter(clauses=[told, clause("review", month="4")], rules=[ten_percent_overall()])

    assert passages.in_words(told) == ["For contracts over £75,000"]
    assert [label for label, _ in passages.at_a_glance(charter)] == ["Weighting", "Review"]


def test_a_clause_kept_before_kinds_says_how_the_policy_is_used():
    old = {key: value for key, value in clause("open").items() if key != "kind"}

    (section,) = passages.sections(Charter(clauses=[old]))

    assert section.title == "How it is used"
    assert passages.in_words(old) == []
