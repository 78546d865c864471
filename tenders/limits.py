"""How large and how long a contract may be, and into how many parts an answer is judged."""

from decimal import Decimal

from tenders.choices import ContractKind, Opportunity
from tenders.refusals import Unfit
from tenders.words import WORDS

# In pounds, over the whole life of the contract.
MOST_MONEY = Decimal("999999999999.99")
MOST_MONTHS = 600
PENNY = Decimal("0.01")
# How many parts an answer is judged by at most: a small bidder has to answer each.
MOST_SUB_CRITERIA = 10


def check_contract(
    *, kind: str, value: Decimal, months: int, opportunity: str = Opportunity.PROCUREMENT
) -> None:
    """Refuse what no contract can be, naming the field; what is funded is of no kind."""
    words = WORDS[opportunity]
    if opportunity == Opportunity.PROCUREMENT:
        if kind not in ContractKind.values:
            raise Unfit("kind", "Choose what is bought: goods, services or works.")
    elif kind:
        raise Unfit("kind", f"Nothing is bought in a {words.noun}. Leave out what is bought.")
    if not 0 < value <= MOST_MONEY or value != value.quantize(PENNY):
        raise Unfit("contract_value", words.wrong_value)
    if not 1 <= months <= MOST_MONTHS:
        raise Unfit("months", f"{words.wrong_length}, 1 to {MOST_MONTHS}.")
