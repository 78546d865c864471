"""What somebody says of a planned contract, for tests of the plan."""

from datetime import UTC, date, datetime
from decimal import Decimal

from accounts.roles import IN_AN_AUTHORITY, Role
from charter.pack import read_charter
from tenders.models import Suitability
from tenders.planned import Entry
from tests.factories.accounts import (
    DealingFactory,
    SupplierFactory,
    UserFactory,
    bidder_of,
    person_in,
)
from tests.factories.charter import CharterFactory

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
PLANNERS = (Role.OFFICER, Role.ADMINISTRATOR)
READERS = tuple([role for role in IN_AN_AUTHORITY if role not in PLANNERS])


def entry(charter, **changes) -> Entry:
    return Entry(
        **{
            "charter": charter,
            "title": "School meals",
            "kind": "services",
            "contract_value": Decimal("350000.00"),
            "months": 36,
            "begins_on": date(2026, 10, 1),
            "responsible": "Education procurement lead",
            "target_groups": ("Care leavers", "Young carers"),
            "programmes": ("Apprenticeship hub",),
            "suitability": Suitability.SUITABLE,
            "suitability_reason": "",
            **changes,
        }
    )


def typed(**changes) -> dict:
    """The same as a browser sends it."""
    return {
        "title": "School meals",
        "kind": "services",
        "contract_value": "£350,000",
        "months": "36",
        "begins_on_day": "1",
        "begins_on_month": "10",
        "begins_on_year": "2026",
        "responsible": "Education procurement lead",
        "target_groups": "Care leavers\r\nYoung carers",
        "programmes": "Apprenticeship hub",
        "suitability": "suitable",
        "suitability_reason": "",
        **changes,
    }


def outsiders(authority) -> dict:
    """Everybody to whom the plan of this authority does not exist."""
    return {
        "a stranger's officer": person_in(DealingFactory().authority, *PLANNERS),
        "a bidder": bidder_of(SupplierFactory()),
        "a bidder that has dealt with it": bidder_of(DealingFactory(authority=authority).supplier),
        "somebody without any role": UserFactory(),
    }


def nelc_charter(authority, **fields):
    """A charter in force whose policy is North East Lincolnshire's as it ships."""
    pack = read_charter("nelc-2018")
    rules, clauses = list(pack.rules), list(pack.clauses)
    return CharterFactory(authority=authority, code="nelc", rules=rules, clauses=clauses, **fields)
