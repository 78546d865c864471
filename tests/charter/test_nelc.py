"""North East Lincolnshire's policy as it ships: verbatim, its contradiction and all."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from charter.pack import read_charter
from charter.proportion import asked_of
from charter.scope import Contract
from metrics.loading import read_metrics
from tenders.weights import check_weights

ON = date(2026, 4, 1)
JUST_OVER = Decimal("100000.01")


@pytest.fixture(scope="module")
def charter():
    return read_charter("nelc-2018")


@pytest.fixture(scope="module")
def clauses(charter):
    return {one["id"]: one for one in charter.clauses}


def weights(social_value):
    rest = str(60 - Decimal(social_value))
    return {"basis": "overall", "price": "40", "quality": rest, "social_value": social_value}


def test_there_are_two_fields_of_action_with_eleven_and_seven_priorities(charter):
    shape = {one.title: [it.code for it in one.principles] for one in charter.quadrants}

    assert shape == {
        "Stronger Community": [f"SC{number}" for number in range(1, 12)],
        "Stronger Economy": [f"SE{number}" for number in range(1, 8)],
    }


def test_the_priorities_read_as_printed(charter):
    sentences = {one.code: one.text for each in charter.quadrants for one in each.principles}

    assert sentences["SC1"] == "Making sure that local people have the best possible life chances"
    assert sentences["SC6"] == (
        "Building partnerships – between local service providers, local services and residents – "
        "to find new ways of providing services that are more finely tailored to individual, "
        "community and local needs."
    )
    assert sentences["SC11"] == "Supporting good quality, accessible arts and leisure facilities."
    assert sentences["SE2"] == (
        "Supporting local enterprise, generating jobs for local people, helping people into work "
        "and promoting fair pay."
    )
    assert sentences["SE7"] == (
        "Generating a place based approach, aligning corporate social responsibility objectives "
        "of major employers with the agreed place outcomes"
    )


def test_the_policy_is_mapped_to_nothing_and_measures_nothing(charter):
    assert (charter.maturity, charter.frameworks) == ("principles-only", ())
    assert [one.mappings for each in charter.quadrants for one in each.principles] == [()] * 18
    assert read_metrics("nelc-2018", principles=charter.principle_codes) == ()


def test_it_only_works_towards_the_goals(clauses):
    assert clauses["goals"]["text"].startswith(
        "Within North East Lincolnshire we are working towards a local approach to the United "
        "Nation Sustainable Development Goals."
    )
    assert clauses["goals"]["note"].endswith("so nothing is mapped here.")


def test_the_two_weighting_rules_contradict_each_other(charter):
    told = [
        (one["id"], one["minimum_percent"], one["basis"], one["contradicts"])
        for one in charter.rules
    ]

    assert told == [
        ("quality-element", "10", "quality_element", "overall"),
        ("overall", "10", "overall", "quality-element"),
    ]


def test_the_two_weighting_rules_are_quoted_word_for_word(charter):
    document = "North East Lincolnshire Council: Social Value Policy, V01.00"

    assert [one["clause"] for one in charter.rules] == [
        {
            "document": document,
            "paragraph": "Objectives, 3",
            "text": "Apply a methodology that aims to ensure a minimum 10% of the quality element "
            "of the price/quality ratio will be allocated to Social Value, when it is identified "
            "in the commissioning process that additional Social Value outcomes are relevant and "
            "appropriate.",
        },
        {
            "document": document,
            "paragraph": "Delivery and Reporting, 2",
            "text": "The standard weighting for Social Value will be a minimum 10% of the overall "
            "evaluation score and where it is feasible, this may be higher.",
        },
    ]


def answer(charter, value, social_value, *leave):
    asked = asked_of(
        Contract(value, ON), rules=charter.rules, clauses=charter.clauses, leave=frozenset(leave)
    )
    return check_weights(weights(social_value), asked)


def test_the_policy_check_tells_the_contradiction(charter):
    found = answer(charter, JUST_OVER, "6")

    assert not found.is_allowed
    assert [(one.key, other.key) for one, other in found.unsettled] == [
        ("rule:quality-element", "rule:overall")
    ]


@pytest.mark.parametrize(
    ("value", "social_value", "set_aside", "is_allowed"),
    [
        (Decimal("100000"), "0", "quality-element", True),
        (JUST_OVER, "0", "quality-element", False),
        (JUST_OVER, "9.99", "quality-element", False),
        (JUST_OVER, "10", "quality-element", True),
        (JUST_OVER, "5.99", "overall", False),
        (JUST_OVER, "6", "overall", True),
    ],
)
def test_a_weight_is_asked_for_over_100000_pounds_strictly(
    charter, value, social_value, set_aside, is_allowed
):
    found = answer(charter, value, social_value, f"rule:{set_aside}")

    assert found.is_allowed is is_allowed


def test_the_clauses_by_kind(charter):
    assert Counter(one["kind"] for one in charter.clauses) == {
        "driver": 6,
        "expectation": 6,
        "governance": 6,
        "use": 8,
        "definition": 5,
        "objective": 4,
        "outcome": 5,
        "accountability": 2,
        "delivery": 1,
        "encouraged": 1,
        "history": 1,
        "law": 1,
        "opt-out": 1,
        "publication": 1,
        "report": 1,
        "required": 1,
        "review": 1,
        "spend-aim": 1,
    }


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("accountable-leadership", {"who": "Leadership Team"}),
        ("accountable-cabinet", {"who": "Cabinet"}),
        (
            "objective-4",
            {
                "percent": "25",
                "of": "the Council’s total procurement budget",
                "with": "micro, small and medium size businesses, social enterprises and "
                "voluntary/community organisations",
            },
        ),
        (
            "publication",
            {
                "when": "as part of formal awarding of contracts",
                "subject_to": "commercial sensitivity",
            },
        ),
        ("review", {"month": "4"}),
        ("group-5", {"by": "Social Value Advisory Group"}),
    ],
)
def test_a_clause_is_understood(clauses, code, facts):
    assert clauses[code]["facts"] == facts


def test_it_says_for_which_contracts_each_is(charter):
    told = {one["id"]: one["when"] for one in (*charter.rules, *charter.clauses) if "when" in one}

    assert told == {
        "quality-element": {"over": "100000"},
        "overall": {"over": "100000"},
        "required": {"over": "100000"},
        "encouraged": {"up_to": "100000"},
        "accountable-leadership": {"over": "100000"},
        "accountable-cabinet": {"over": "350000"},
    }


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            "required",
            "As a minimum, all procurements over £100,000 will be required to consider and "
            "include Social Value metrics (using the Procurement for Social Value Toolkit) as a "
            "part of the scoring and evaluation process.",
        ),
        (
            "encouraged",
            "However, wherever possible to do so, procurements below this value should also seek "
            "Social Value benefits from contracts.",
        ),
        (
            "opt-out",
            "Opting out of including a social value element will require evidence that the full "
            "potential of social value has been explored and there is clear evidence that social "
            "value cannot be included",
        ),
        (
            "accountable-cabinet",
            "Responsibility for the implementation and delivery of Social Value in individual "
            "procurement contracts over £100K will sit with the Leadership Team and above £350K "
            "will sit with Cabinet.",
        ),
        (
            "publication",
            "Social Value commitments will be published as part of formal awarding of contracts, "
            "subject to commercial sensitivity.",
        ),
        (
            "group-5",
            "Produce annual reports on the progress and impact of social value across all key "
            "commissioning and procurement activity",
        ),
    ],
)
def test_a_clause_reads_as_printed(clauses, code, text):
    assert clauses[code]["text"] == text


@pytest.mark.parametrize(
    ("stem", "texts"),
    [
        (
            "outcome",
            [
                "Enjoy and benefit from a strong economy",
                "Feel safe and are safe",
                "Enjoy good health and well being",
                "Benefit from sustainable communities",
                "Fulfil their potential through skills and learning",
            ],
        ),
        (
            "expectation",
            [
                "Ensure any and all practises equating to or associated with modern slavery are "
                "strictly prohibited.",
                "Ensure high quality health and safety standards.",
                "Ensure effective measures are in place to prevent child labour; additionally, "
                "procedures are readily in place to help children who are found to be working "
                "for them.",
                "Ensure sound and legal employment terms.",
                "Ensure fair and equal treatment in the workplace and evidence of working to "
                "employment and equality legislation.",
                "Ensure that their part of the supply chain is subject to continued renewal.",
            ],
        ),
    ],
)
def test_a_printed_list_is_whole_and_in_order(clauses, stem, texts):
    listed = [one["text"] for code, one in clauses.items() if code.startswith(f"{stem}-")]

    assert listed == texts


def test_the_five_objectives_keep_their_printed_numbers(clauses):
    numbered = {
        one["paragraph"]: one["text"].split()[0]
        for one in clauses.values()
        if one["paragraph"].startswith("Objectives")
    }

    assert numbered == {
        "Objectives, 1": "Involve",
        "Objectives, 2": "Agree",
        "Objectives, 3": "Apply",
        "Objectives, 4": "Aim",
        "Objectives, 5": "Work",
    }


def test_nobody_is_named_to_approve_an_opt_out_because_the_policy_names_nobody(clauses):
    assert list(clauses["opt-out"]["facts"]) == ["evidence"]
    assert clauses["opt-out"]["note"].startswith("The policy does not name who approves it.")


def test_the_dates_are_those_it_prints(charter):
    assert charter.effective_from is None
    assert charter.published == (
        "The document history prints “November 2018 First published version”. The header prints "
        "“Review date April 2020” and “Version No. V01.00”."
    )
