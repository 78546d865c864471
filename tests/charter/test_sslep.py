"""The SSLEP charter as it ships: complete, verbatim, and sound in every rule."""

import hashlib
from datetime import date
from decimal import Decimal

import pytest

from charter.pack import read_charter
from tenders.weights import check_policy


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

    answer = check_policy(
        rules=charter.rules, value=Decimal(250000), on=date(2026, 4, 1), weights=weights
    )

    assert answer.is_allowed is is_allowed


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
