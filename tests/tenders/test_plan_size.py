"""The largest plan that a file can bring is put together in moments, not in minutes."""

from time import perf_counter

import pytest

from tenders.models import PlannedContract
from tenders.planned import lines_of
from tenders.presenters.plan_coverage import coverage_of
from tenders.sheets.plan import MOST_ROWS
from tests.factories.accounts import UserFactory
from tests.factories.charter import CharterFactory
from tests.factories.planning import PlannedContractFactory

pytestmark = pytest.mark.django_db

NAMES = 20


@pytest.fixture
def lines():
    charter = CharterFactory(code="ours")
    who = UserFactory()
    PlannedContract.objects.bulk_create(
        PlannedContractFactory.build(
            authority=charter.authority,
            charter=charter,
            title=f"Contract {at}",
            target_groups=[f"Group {at} {number}" for number in range(NAMES)],
            programmes=["Hub", f"Programme {at}", "hub"],
            added_by=who,
        )
        for at in range(MOST_ROWS)
    )
    return lines_of(PlannedContract.objects.with_outcome(), {"ours": charter})


def test_every_name_is_counted_once_for_each_contract_and_quickly(lines):
    began = perf_counter()
    coverage = coverage_of(lines, lines[0].planned.authority, 2026)
    took = perf_counter() - began

    assert took < 10
    assert len(coverage.groups) == MOST_ROWS * NAMES
    assert {len(one.lines) for one in coverage.groups} == {1}
    assert coverage.programmes[0].name == "Hub"
    assert [len(one.lines) for one in coverage.programmes] == [MOST_ROWS] + [1] * MOST_ROWS


def test_twin_looking_for_each_name_in_every_contract_would_take_minutes(lines):
    few = [name for line in lines[:5] for name in line.planned.target_groups]

    began = perf_counter()
    for folded in few:
        _ = [line for line in lines if folded in map(str.casefold, line.planned.target_groups)]
    for_each = (perf_counter() - began) / len(few)

    assert for_each * MOST_ROWS * NAMES > 10
