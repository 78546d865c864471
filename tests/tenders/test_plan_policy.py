"""What the policy will ask of a planned contract is worked out anew, at the penny and the day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from charter.states import CharterStatus
from tenders.models import Suitability
from tenders.planned import (
    Demand,
    charters_in_force,
    content_of,
    digest_of_plan,
    entry_of,
    lines_of,
)
from tests.factories.accounts import AuthorityFactory
from tests.factories.charter import CharterFactory
from tests.factories.planning import PlannedContractFactory
from tests.tenders.plans import nelc_charter

pytestmark = pytest.mark.django_db
LOW, MIDDLE, HIGH = (
    "Up to and including £100,000",
    "Over £100,000, up to and including £350,000",
    "Over £350,000",
)


@pytest.fixture
def charter():
    return nelc_charter(AuthorityFactory())


def line_of(planned):
    return lines_of([planned], charters_in_force(planned.authority))[0]


def planned(charter, value="250000.00", **fields):
    return PlannedContractFactory(
        authority=charter.authority, charter=charter, contract_value=Decimal(value), **fields
    )


@pytest.mark.parametrize(
    ("value", "band", "demand", "accountable"),
    [
        ("0.01", LOW, Demand.POSSIBLE, None),
        ("100000.00", LOW, Demand.POSSIBLE, None),
        ("100000.01", MIDDLE, Demand.REQUIRED, "Leadership Team"),
        ("350000.00", MIDDLE, Demand.REQUIRED, "Leadership Team"),
        ("350000.01", HIGH, Demand.REQUIRED, "Cabinet"),
        ("999999999999.99", HIGH, Demand.REQUIRED, "Cabinet"),
    ],
)
def test_the_band_changes_at_the_penny_and_with_it_what_is_required(
    charter, value, band, demand, accountable
):
    line = line_of(planned(charter, value))

    assert (line.band.words, line.demand) == (band, demand)
    assert [term for term in line.terms if term.startswith("accountable")] == (
        [f"accountable: {accountable}"] if accountable else []
    )


def test_one_line_says_what_will_be_required(charter):
    assert line_of(planned(charter, "100000.01")).words == (
        "Required: at least 10% of the quality element; at least 10% of the whole score; "
        "two clauses contradict each other; accountable: Leadership Team"
    )
    assert line_of(planned(charter, "100000.00")).words == "Wherever possible"


def test_a_charter_without_rules_is_held_to_the_rule_of_last_resort():
    charter = CharterFactory(rules=[], clauses=[])

    line = line_of(planned(charter))

    assert line.words == "Required: at least 10% of the whole score"
    assert line.band.words == "Every value"


def split_clause(**when):
    return {
        "id": "split",
        "kind": "split",
        "heading": "How the score is split",
        "document": "Policy",
        "paragraph": "2",
        "text": "Seventy, fifteen and fifteen.",
        "facts": {"price": "70", "quality": "15", "social_value": "15"},
        **({"when": when} if when else {}),
    }


def test_a_split_and_the_day_on_which_it_begins_to_hold_are_told():
    nothing = {"id": "none", "minimum_percent": "0", "basis": "overall"}
    nothing["clause"] = {"document": "Policy", "paragraph": "1", "text": "None is fixed."}
    clause = split_clause(**{"from": "2026-09-02"})
    charter = CharterFactory(rules=[nothing], clauses=[clause])

    before = line_of(planned(charter, begins_on=date(2026, 9, 1)))
    on_the_day = line_of(planned(charter, begins_on=date(2026, 9, 2)))

    assert before.words == "Not asked for"
    assert on_the_day.words == "Required: price 70%, quality 15%, social value 15%"


def test_a_policy_speaks_of_kind_and_length_too():
    short_works = split_clause(kinds=["works"], months_up_to="12")
    nothing = {"id": "none", "minimum_percent": "0", "basis": "overall"}
    nothing["clause"] = {"document": "Policy", "paragraph": "1", "text": "None is fixed."}
    charter = CharterFactory(rules=[nothing], clauses=[short_works])

    def demand(**fields):
        return line_of(planned(charter, **fields)).demand

    assert demand(kind="works", months=12) == Demand.REQUIRED
    assert demand(kind="works", months=13) == Demand.NOTHING
    assert demand(kind="goods", months=12) == Demand.NOTHING


def test_a_new_version_of_the_charter_changes_the_answer_of_what_is_planned(charter):
    contract = planned(charter, "100000.00")
    charter.status = CharterStatus.SUPERSEDED
    charter.save()
    newer = CharterFactory(authority=charter.authority, code=charter.code, version=2, clauses=[])

    line = line_of(contract)

    assert (line.charter, line.demand) == (newer, Demand.REQUIRED)


def test_without_a_version_in_force_the_pinned_one_is_read(charter):
    contract = planned(charter, "100000.00")
    charter.status = CharterStatus.SUPERSEDED
    charter.save()

    assert line_of(contract).charter == charter


@pytest.mark.parametrize(
    ("value", "suitability", "asked", "opt_out"),
    [
        ("100000.00", Suitability.UNDECIDED, False, False),
        ("100000.00", Suitability.SUITABLE, True, False),
        ("100000.00", Suitability.UNSUITABLE, False, False),
        ("100000.01", Suitability.UNDECIDED, True, False),
        ("100000.01", Suitability.UNSUITABLE, True, True),
    ],
)
def test_social_value_will_be_asked_where_it_is_required_or_suits(
    charter, value, suitability, asked, opt_out
):
    line = line_of(planned(charter, value, suitability=suitability))

    assert (line.will_be_asked, line.needs_opt_out) == (asked, opt_out)


def test_what_a_contract_says_and_what_is_entered_are_one(charter):
    contract = planned(charter, thought_through=True)

    entry = entry_of(content_of(contract), {"nelc": charter})

    assert (entry.title, entry.contract_value) == (contract.title, contract.contract_value)
    assert (entry.target_groups, entry.begins_on) == (("Care leavers",), contract.begins_on)
    assert replace(entry, charter=charter) == entry


def test_two_plans_that_differ_in_one_word_have_two_digests(charter):
    contract = planned(charter)
    before = digest_of_plan([contract])
    contract.responsible = "Somebody else"

    assert digest_of_plan([contract]) != before
