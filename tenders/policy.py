"""What an authority's policy asks of a tender's weights, and what they come to."""

from datetime import date

from metrics.grammar import plain
from tenders.models import Tender
from tenders.weights import PolicyAnswer, Requirement, check_policy

# Holds where a charter brings no weighting rule of its own.
DEFAULT_RULES = [
    {
        "id": "default-10",
        "clause": {
            "document": "Tenth, rule where a charter has none",
            "paragraph": "1",
            "text": "Social value counts for at least 10 % of the overall score.",
        },
        "minimum_percent": "10",
        "basis": "overall",
    }
]
OF_THE = {"overall": "the total", "quality_element": "the quality element"}


def rules_for(tender: Tender) -> list:
    """The weighting rules of the tender's charter, or the default where it has none."""
    return tender.charter.rules or DEFAULT_RULES


def policy_answer(tender: Tender, on: date) -> PolicyAnswer:
    """Hold the tender's weights against the rules in force on a day."""
    return check_policy(
        rules=rules_for(tender), value=tender.contract_value, on=on, weights=tender.weights
    )


def effective_words(answer: PolicyAnswer) -> str:
    """What the social value weight comes to: "10 % of the quality element = 6 % of the total"."""
    chosen, whole = plain(answer.chosen_percent), plain(answer.effective_overall_percent)
    if answer.chosen_basis == "overall":
        return f"{whole} % of the total"
    return f"{chosen} % of {OF_THE[answer.chosen_basis]} = {whole} % of the total"


def asked_words(requirement: Requirement) -> str:
    """What one rule asks for: "at least 10 % of the total"."""
    asked = f"at least {plain(requirement.minimum_percent)} % of {OF_THE[requirement.basis]}"
    if requirement.basis == "overall":
        return asked
    return f"{asked}, here {plain(requirement.effective_overall_minimum)} % of the total"


def broken_words(answer: PolicyAnswer) -> str:
    """Why the weights are refused, each broken clause quoted with its place."""
    quoted = [
        f"{one.clause['document']}, paragraph {one.clause['paragraph']}, asks for "
        f"{asked_words(one)}: “{one.clause['text']}”"
        for one in answer.broken
    ]
    return (
        f"Social value is {effective_words(answer)}, which is too little. "
        f"{' '.join(quoted)} Raise the social value weighting and lower another."
    )
