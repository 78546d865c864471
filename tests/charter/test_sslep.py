"""The SSLEP charter as it ships: complete, verbatim, and sound in every rule."""

import hashlib
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from charter.pack import read_charter
from charter.proportion import asked_of
from charter.scope import Contract
from tenders.weights import check_weights


@pytest.fixture(scope="module")
def charter():
    return read_charter("sslep-2021")


def test_the_charter_has_four_quadrants_and_fifteen_principles(charter):
    shape = {one.title: len(one.principles) for one in charter.quadrants}

    assert shape == {
        "Employment and skills": 3,
        "Green and sustainable": 4,
        "Championing local": 4,
        "Communities": 4,
    }


def test_the_principles_read_as_printed(charter):
    """A digest of the sentences: an edit by accident shows here."""
    sentences = "\n".join(one.text for each in charter.quadrants for one in each.principles)

    assert (
        hashlib.sha256(sentences.encode()).hexdigest()
        == "12586ce04e36ce4f1c7fac43a5bfe279fe7c37e706aca019de1c3010981096c3"
    )


def test_each_principle_is_mapped_as_the_paper_has_it(charter):
    mapped = {
        one.code: " ".join(
            f"{'T' if m.framework == 'ppn-06-20' else 'G'}{m.number}{'' if m.is_primary else 'r'}"
            for m in one.mappings
        )
        for each in charter.quadrants
        for one in each.principles
    }

    assert mapped == {
        "ES1": "T1 T2r G8 G10r",
        "ES2": "T1 T2r G8 G4r",
        "ES3": "T1 T2r G17 G8r",
        "GS1": "T3 T1r G12 G7r G11r",
        "GS2": "T3 T1r T2r G12 G13r",
        "GS3": "T3 T5r G11 G3r G13r G15r",
        "GS4": "T3 G12 G13r",
        "CL1": "T2 T3r G8 G13r",
        "CL2": "T1 T2r G8 G9r",
        "CL3": "T1 T2r G8 G9r",
        "CL4": "T1 T2r G9 G8r",
        "CO1": "T4 T2r G10 G4r G11r",
        "CO2": "T2 T1r G17 G8r G9r",
        "CO3": "T4 T2r G17 G10r G5r",
        "CO4": "T5 T2r G3 G11r G17r",
    }


def test_the_frameworks_are_whole(charter):
    sizes = {one.code: [theme.number for theme in one.themes] for one in charter.frameworks}

    assert sizes == {"ppn-06-20": [1, 2, 3, 4, 5], "sdg": list(range(1, 18))}


@pytest.mark.parametrize(("social_value", "is_allowed"), [("10", True), ("9.99", False)])
def test_the_policy_check_reads_the_charters_rule(charter, social_value, is_allowed):
    weights = {
        "basis": "overall",
        "price": "50",
        "quality": str(50 - Decimal(social_value)),
        "social_value": social_value,
    }

    contract = Contract(Decimal(250000), date(2026, 4, 1))
    asked = asked_of(contract, rules=charter.rules, clauses=charter.clauses)

    assert check_weights(weights, asked).is_allowed is is_allowed


def test_the_rule_is_quoted_word_for_word(charter):
    clauses = [rule["clause"] for rule in charter.rules]

    assert clauses == [
        {
            "document": "SSLEP: Social Value in strategy and decision making (board paper)",
            "paragraph": "9",
            "text": "The guidance states that the minimum weighting that should be applied "
            "to social value is 10%.",
        }
    ]


def test_the_pack_says_what_the_papers_print_of_their_dates(charter):
    assert (charter.version, charter.maturity, charter.effective_from) == (2, "whole", None)
    assert charter.published == (
        "The charter is headed “DRAFT 07.10.20”. The board paper that extends it gives its date "
        "as “Date TBC”."
    )


def test_the_clauses_by_kind(charter):
    assert Counter(one["kind"] for one in charter.clauses) == {
        "driver": 11,
        "use": 10,
        "history": 4,
        "open": 4,
        "law": 3,
        "proportionality": 2,
        "alternative": 1,
        "education": 1,
        "engagement": 1,
        "report": 1,
    }


def test_every_paragraph_of_the_board_paper_is_quoted_but_the_meeting_with_a_firm(charter):
    paper = "SSLEP: Social Value in strategy and decision making (board paper)"
    quoted = {one["paragraph"] for one in charter.clauses if one["document"] == paper}

    # Paragraph 2 stands in the charter's own words; paragraph 20 reports a meeting with a firm.
    numbers = {int(found.split()[0].strip(",")) for found in quoted if found[0].isdigit()}
    assert numbers == {*range(1, 25)} - {2, 20}
    assert {found for found in quoted if found.startswith("6")} == {f"6 {it}" for it in "abcdef"}


@pytest.mark.parametrize(
    ("code", "kind", "text"),
    [
        (
            "strategy",
            "use",
            "formal incorporation of the Social Value charter principles into the LEP's strategy "
            "and ways of working",
        ),
        (
            "funding",
            "use",
            "incorporating Social Value objectives into its funding evaluation / business case "
            "assessment process and post investment monitoring and review",
        ),
        (
            "procurement",
            "use",
            "incorporating a Social Value assessment into its procurement processes",
        ),
        (
            "stakeholders",
            "engagement",
            "use of stakeholder groups on significant programmes/projects to ensure that outcomes "
            "meet our communities needs and remain dynamic",
        ),
        (
            "partners",
            "use",
            "to use the LEP's convening role to encourage and support the use of Social Value "
            "principles by partners, aligning with their existing Social Value statements.",
        ),
        (
            "annual-review",
            "report",
            "carry out an annual Social Value review to track progress, share learnings and "
            "celebrate success. This should be reported to Board and included in the Annual "
            "Report.",
        ),
        (
            "driver-workforce",
            "driver",
            "Future Workforce - Satisfying work and a pipeline of opportunity, enabling our "
            "residents and local businesses to “start anywhere, go anywhere” and to prepare for "
            "the jobs of the future. We are investing in skills, progressive employment, "
            "education, advice & guidance and jobs recovery.",
        ),
        (
            "threshold-or-weight",
            "open",
            "The LEP will have to consider whether Social Value objectives should be a threshold "
            "– i.e. all bidders/suppliers must reach a certain level to be considered, or one "
            "aspect of the overall judgement.",
        ),
        (
            "programme-criterion",
            "open",
            "Similarly, when selecting between projects for an over-subscribed bidding round, it "
            "may be considered as part of a set of programme criteria as well as or instead of "
            "at an individual project level.",
        ),
        ("small-firms", "open", "Is this supporting SME participation?"),
    ],
)
def test_a_clause_reads_as_printed(charter, code, kind, text):
    (clause,) = [one for one in charter.clauses if one["id"] == code]

    assert (clause["kind"], clause["text"]) == (kind, text)
