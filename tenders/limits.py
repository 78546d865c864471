"""How large and how long a contract may be, planned or put to tender."""

from decimal import Decimal

from tenders.choices import ContractKind
from tenders.refusals import Unfit

# In pounds, over the whole life of the contract.
MOST_MONEY = Decimal("999999999999.99")
MOST_MONTHS = 600
PENNY = Decimal("0.01")


def check_contract(*, kind: str, value: Decimal, months: int) -> None:
    """Refuse what no contract can be, naming the field."""
    if kind not in ContractKind.values:
        raise Unfit("kind", "Choose what is bought: goods, services or works.")
    if not 0 < value <= MOST_MONEY or value != value.quantize(PENNY):
        raise Unfit(
            "contract_value",
            "Enter the contract value over its whole life, above £0, for example £1,250,000.",
        )
    if not 1 <= months <= MOST_MONTHS:
        raise Unfit("months", f"Enter how many months the contract lasts, 1 to {MOST_MONTHS}.")
